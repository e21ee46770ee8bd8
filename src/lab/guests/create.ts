import { nowSeconds } from "../clock.ts";
import { die, parameterRefusal, Refusal } from "../refusal.ts";
import { type Call, flag, int, may, text } from "../routes/route.ts";
import { startTask } from "../routes/tasks.ts";
import { checkVolumeAccess } from "../routes/volume-access.ts";
import type { LabTask } from "../tasks.ts";
import { backupOf, restoreInto } from "./archive.ts";
import { checkDevices, checkDriveTexts, checkKeys, pinnedMachine } from "./checks.ts";
import { checkDrives, createDisks } from "./disks.ts";
import { type Config, defaultBoot, isDrive } from "./drives.ts";
import { newUuid, withNewUuid } from "./identity.ts";
import { destroyVm, newVm } from "./lifecycle.ts";
import { CONTROL, checkOptions } from "./options.ts";
import { changed } from "./pending.ts";
import { start } from "./power.ts";
import { normalise, optionsOf } from "./update.ts";

/** Parameters of a creation that are no options of the VM. */
const OTHERS: ReadonlySet<string> = new Set([
  ...CONTROL,
  "archive",
  "bwlimit",
  "force",
  "ha-managed",
  "live-restore",
  "pool",
  "start",
  "storage",
  "unique",
]);

/** The version of QEMU that made a VM, as its configuration remembers it. */
const QEMU_VERSION = "10.0.13";

/** Refuses a pool that is not there, in the words of the permission check. */
export function checkPool(call: Call, pool: string | undefined): void {
  if (pool !== undefined && !call.state.pools.has(pool))
    throw new Refusal(403, `Permission check failed (pool '${pool}' does not exist)`);
}

function checkAllocate(call: Call, vmid: number, pool: string | undefined): void {
  if (may(call, `/vms/${vmid}`, "VM.Allocate")) return;
  if (pool !== undefined && may(call, `/pool/${pool}`, "VM.Allocate")) return;
  const restores = flag(call, "force") && text(call, "archive") !== undefined && call.state.guests.has(vmid);
  if (restores && may(call, `/vms/${vmid}`, "VM.Backup")) return;
  throw new Refusal(403, "Permission check failed");
}

function occupied(call: Call, vmid: number): string | undefined {
  const guest = call.state.guests.get(vmid);
  return guest && `${guest.type === "qemu" ? "VM" : "CT"} ${vmid} already exists on node '${guest.node}'`;
}

function complete(config: Config): void {
  if (config.boot === undefined) config.boot = defaultBoot(config);
  if (config.smbios1 === undefined) config.smbios1 = withNewUuid(undefined);
  if (config.vmgenid === undefined || config.vmgenid === "1") config.vmgenid = newUuid();
  const machine = pinnedMachine(config.machine, config.ostype);
  if (machine !== undefined) config.machine = machine;
  config.meta = `creation-qemu=${QEMU_VERSION},ctime=${nowSeconds()}`;
  if (config.description === "") delete config.description;
}

function fill(call: Call, vmid: number, set: Config, task: LabTask): void {
  const { state } = call;
  const guest = state.guests.get(vmid);
  if (guest?.config.lock !== "create") throw new Error(`unable to create VM ${vmid} - VM ${vmid} does not exist`);
  const target = { node: guest.node, vmid, storage: text(call, "storage") };
  try {
    const made = createDisks(call, target, set, {});
    task.log.push(...made.log);
    guest.config = { ...set, ...made.config };
    complete(guest.config);
    // Nothing is installed on an empty disk, so nobody listens to a shutdown.
    if (!made.imported) guest.traits.ignoresShutdown = true;
  } catch (error) {
    destroyVm(state, guest, { unreferenced: false, purge: false });
    throw new Error(`unable to create VM ${vmid} - ${error instanceof Error ? error.message : String(error)}`);
  }
  changed(state, guest);
  const pool = text(call, "pool");
  if (pool !== undefined) state.addToPool(pool, vmid);
  if (flag(call, "start")) begin(call, vmid, task);
}

/** Starts a new VM by a task of its own, whose failure is not that of the creation (pve-facts 55). */
function begin(call: Call, vmid: number, task: LabTask): undefined {
  const guest = call.state.guests.get(vmid);
  if (!guest) return;
  task.log.push("Execute autostart");
  startTask(call, {
    node: guest.node,
    type: "qmstart",
    id: String(vmid),
    weight: 1,
    work: (child) => start(call.state, guest, child),
  });
}

/** Makes a VM, from nothing or from a backup. */
export function createVm(call: Call): { data: unknown } {
  const { state } = call;
  const vmid = int(call, "vmid") ?? 0;
  const node = text(call, "node") ?? "";
  const archive = text(call, "archive");
  const pool = text(call, "pool");
  const storage = text(call, "storage");
  const set = optionsOf(call, OTHERS);
  checkKeys(set.sshkeys);
  checkPool(call, pool);
  if (storage !== undefined && !may(call, `/storage/${storage}`, "Datastore.AllocateSpace"))
    throw new Refusal(403, `Permission check failed (/storage/${storage}, Datastore.AllocateSpace)`);
  checkAllocate(call, vmid, pool);
  const backup = archive === undefined ? undefined : chosenBackup(call, vmid, archive, set);
  checkDrives(call, { node, vmid, storage }, set);
  checkOptions(call, vmid, Object.keys(set), pool);
  checkDevices(call, vmid, set);
  checkDriveTexts(call, set);
  normalise(call, set);
  const failed = `unable to ${backup ? "restore" : "create"} VM ${vmid} -`;
  const there = occupied(call, vmid);
  const force = flag(call, "force") && backup !== undefined;
  if (there !== undefined && !force) throw die(`${failed} ${there}`);
  if (there !== undefined) reserve(call, vmid, node, failed, there);
  else {
    const guest = newVm(vmid, node, { lock: "create" });
    state.guests.set(vmid, guest);
    changed(state, guest);
  }
  const type = backup ? "qmrestore" : "qmcreate";
  return startTask(call, {
    node,
    type,
    id: String(vmid),
    weight: backup ? 3 : 1,
    work: (task) => {
      if (!backup) {
        fill(call, vmid, set, task);
        const guest = state.guests.get(vmid);
        if (guest) guest.agent = guest.config.agent === undefined ? "absent" : "stopped";
        return undefined;
      }
      checkOverwrite(call, vmid, failed);
      restoreInto(call, vmid, backup, set, task);
      if (pool !== undefined) state.addToPool(pool, vmid);
      if (flag(call, "start")) begin(call, vmid, task);
      return undefined;
    },
  });
}

function chosenBackup(call: Call, vmid: number, archive: string, set: Readonly<Config>) {
  for (const key of Object.keys(set).sort())
    if (isDrive(key)) throw parameterRefusal({ [key]: "option conflicts with option 'archive'" });
  if (archive === "-") throw die("pipe requires cli environment");
  checkVolumeAccess(call, archive, { vmid, kind: "backup" });
  return backupOf(call.state, archive);
}

/** Locks the VM that a backup is to replace. */
function reserve(call: Call, vmid: number, node: string, failed: string, there: string): void {
  const guest = call.state.guests.get(vmid);
  if (guest?.type !== "qemu" || guest.node !== node) throw die(`${failed} ${there}`);
  const { lock } = guest.config;
  if (lock !== undefined) throw die(`${failed} VM is locked (${lock})`);
  guest.config.lock = "create";
  call.state.touch(guest);
}

/** What the worker finds that is to replace a VM; the VM stays, without the lock. */
function checkOverwrite(call: Call, vmid: number, failed: string): void {
  const guest = call.state.guests.get(vmid);
  if (!guest) return;
  delete guest.config.lock;
  call.state.touch(guest);
  if (guest.config.protection === 1) throw new Error(`${failed} protection mode enabled`);
  if (guest.running) throw new Error(`${failed} vm is running`);
}
