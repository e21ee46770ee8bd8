import { die, forbidden, parameterRefusal } from "../refusal.ts";
import { type Call, flag, int, may, text } from "../routes/route.ts";
import { startTask } from "../routes/tasks.ts";
import { checkLock } from "../state/power.ts";
import type { LabGuest } from "../state/types.ts";
import type { LabTask } from "../tasks.ts";
import { checkPool } from "./create.ts";
import { formatting } from "./disks.ts";
import {
  type Config,
  type Drive,
  drivesOf,
  isCdrom,
  isCloudinit,
  isDrive,
  isUnused,
  parseDrive,
  printDrive,
} from "./drives.ts";
import { lockedImage } from "./emulation.ts";
import { newUuid, withNewMac, withNewUuid } from "./identity.ts";
import { allShared, newVm } from "./lifecycle.ts";
import { changed } from "./pending.ts";
import { formatSize, parseSize } from "./sizes.ts";
import { sectionOf, theSnapshot } from "./snapshots.ts";
import { allocate, checkEnabled, describe, discard, hasFeature, parseVolumeId } from "./volumes.ts";

const LEFT_BEHIND = new Set([
  "parent",
  "snaptime",
  "vmstate",
  "snapstate",
  "lock",
  "template",
  "runningmachine",
  "runningcpu",
]);
const CLOUDINIT_BYTES = 4_194_304;

interface Plan {
  config: Config;
  drives: [string, Drive][];
  full: boolean;
  /** What a copy without a name is called after. */
  source: string;
}

function checkTarget(call: Call, target: string | undefined, storage: string | undefined, node: string): void {
  const { state } = call;
  if (target !== undefined && !state.nodes.has(target)) throw die(`no such cluster node '${target}'`);
  if (storage === undefined) return;
  const found = checkEnabled(state, storage, node);
  if (!found.content.includes("images"))
    throw parameterRefusal({ storage: `storage '${storage}' does not support vm images` });
  if (target === undefined) return;
  checkEnabled(state, storage, target);
  if (!found.shared) throw die(`can't clone to non-shared storage '${storage}'`);
}

function checkCopy(call: Call, guest: LabGuest, key: string, drive: Drive, full: boolean): void {
  const name = text(call, "snapname");
  const file = drive.get("file") ?? "";
  const feature = full || isCloudinit(drive) || key === "tpmstate0" ? "copy" : "clone";
  if (!parseVolumeId(file)) return;
  if (full && key === "tpmstate0" && guest.running && name === undefined)
    throw die("cannot clone TPM state while VM is running");
  if (!hasFeature(call.state, feature, file, name))
    throw die(
      `${feature === "copy" ? "Full" : "Linked"} clone feature is not supported for${name === undefined ? "" : " a snapshot of"} '${file}' (${key})`,
    );
}

/** Refuses a caller who may not put copies where they would go. */
function checkSpace(call: Call, source: Readonly<Config>): void {
  const wanted = text(call, "storage");
  const storages = drivesOf(source)
    .filter(([, drive]) => !isCdrom(drive))
    .flatMap(([, drive]) => parseVolumeId(drive.get("file") ?? "")?.storage ?? []);
  const targets = storages.map((own) => wanted ?? own);
  if (source.vmstatestorage !== undefined) targets.push(String(source.vmstatestorage));
  for (const storage of targets)
    if (!may(call, `/storage/${storage}`, "Datastore.AllocateSpace"))
      throw forbidden(`/storage/${storage}`, ["Datastore.AllocateSpace"]);
}

function plan(call: Call, guest: LabGuest, newid: number): Plan {
  const { state } = call;
  const given = text(call, "target");
  const target = given === guest.node ? undefined : given;
  const storage = text(call, "storage");
  checkPool(call, text(call, "pool"));
  checkTarget(call, target, storage, guest.node);
  checkLock(guest);
  const name = text(call, "snapname");
  const source = name === undefined ? guest.config : sectionOf(theSnapshot(guest, name));
  const full = call.params.full === undefined ? guest.config.template !== 1 : flag(call, "full");
  if (storage !== undefined && !full) throw die("parameter 'storage' not allowed for linked clones");
  if (text(call, "format") !== undefined && !full) throw die("parameter 'format' not allowed for linked clones");
  checkSpace(call, source);
  if (target !== undefined && !allShared(state, source))
    throw die(`can't clone VM to node '${target}' (VM uses local storage)`);
  const taken = state.guests.get(newid);
  if (taken?.type === "qemu" && taken.node === guest.node)
    throw die(`unable to create VM ${newid}: config file already exists`);
  const result: Plan = { config: {}, drives: [], full, source: String(source.name ?? guest.vmid) };
  for (const [key, value] of Object.entries(source).sort(([one], [other]) => (one < other ? -1 : 1))) {
    if (LEFT_BEHIND.has(key) || isUnused(key)) continue;
    if (/^net\d+$/.test(key)) result.config[key] = withNewMac(state, String(value));
    else if (isDrive(key) && !isCdrom(parseDrive(value), { butCloudinit: true })) {
      const drive = parseDrive(value);
      checkCopy(call, guest, key, drive, full);
      result.drives.push([key, drive]);
    } else result.config[key] = value;
  }
  return result;
}

function identify(call: Call, { config, source }: Plan): void {
  config.smbios1 = withNewUuid(config.smbios1 === undefined ? undefined : String(config.smbios1));
  if (config.vmgenid !== undefined) config.vmgenid = newUuid();
  config.name = text(call, "name") ?? `Copy-of-VM-${source}`;
  const description = text(call, "description")?.replace(/\s+$/, "");
  if (description) config.description = description;
}

function copyDrive(call: Call, from: LabGuest, to: LabGuest, drive: Drive, full: boolean): string {
  const { state } = call;
  const file = drive.get("file") ?? "";
  const parts = parseVolumeId(file);
  if (!parts) return printDrive(drive);
  const source = state.volumes.get(file);
  if (!source) throw new Error(`volume '${file}' does not exist`);
  const cloudinit = isCloudinit(drive);
  const copy = full || cloudinit;
  const { format } = describe(state, file);
  const volume = allocate(state, {
    storage: text(call, "storage") ?? parts.storage,
    node: from.node,
    vmid: to.vmid,
    size: cloudinit ? CLOUDINIT_BYTES : (parseSize(drive.get("size") ?? "") ?? source.size),
    format: copy && !cloudinit ? (text(call, "format") ?? format) : copy ? format : "qcow2",
    ...(cloudinit ? { name: "cloudinit" } : {}),
    ...(copy ? {} : { base: file }),
  });
  drive.set("file", volume.volid).set("size", formatSize(volume.size));
  return printDrive(drive);
}

function carryOut(call: Call, from: LabGuest, to: LabGuest, { config, drives, full }: Plan, task: LabTask): void {
  const { state } = call;
  const made: string[] = [];
  try {
    for (const [key, drive] of drives) {
      task.log.push(`create ${full ? "full" : "linked"} clone of drive ${key} (${drive.get("file")})`);
      const held = full ? lockedImage(state, from, drive.get("file") ?? "") : undefined;
      if (held) {
        task.log.push(held.line);
        throw new Error(held.complaint);
      }
      config[key] = copyDrive(call, from, to, drive, full);
      made.push(drive.get("file") ?? "");
      if (full) task.log.push(...formatting(state, drive.get("file") ?? ""));
    }
  } catch (error) {
    for (const volid of made) discard(state, volid);
    state.guests.delete(to.vmid);
    throw new Error(`clone failed: ${error instanceof Error ? error.message : String(error)}`);
  }
  to.config = config;
  to.agent = from.agent;
  state.firewall.cloneGuest(from.vmid, to.vmid);
  if (from.traits.ignoresShutdown) to.traits.ignoresShutdown = true;
  to.node = text(call, "target") ?? from.node;
  const pool = text(call, "pool");
  if (pool !== undefined) state.addToPool(pool, to.vmid);
  changed(state, to);
}

/** Copies a VM, or links a new one to a template (pve-facts 61, 62). */
export function cloneVm(call: Call, guest: LabGuest): { data: unknown } {
  const { state } = call;
  const newid = int(call, "newid") ?? 0;
  const pool = text(call, "pool");
  if (!may(call, `/vms/${newid}`, "VM.Allocate") && !(pool && may(call, `/pool/${pool}`, "VM.Allocate")))
    throw forbidden(`/vms/${newid}`, ["VM.Allocate"]);
  const planned = plan(call, guest, newid);
  const clone = newVm(newid, guest.node, { lock: "clone" });
  return startTask(call, {
    node: guest.node,
    type: "qmclone",
    id: String(guest.vmid),
    weight: planned.full ? 3 : 1,
    begin: () => {
      identify(call, planned);
      if (state.guests.has(newid)) return;
      state.guests.set(newid, clone);
      changed(state, clone);
    },
    work: (task) => {
      if (state.guests.get(newid) !== clone)
        throw new Error(`unable to open file '/etc/pve/nodes/${guest.node}/qemu-server/${newid}.conf' - File exists`);
      carryOut(call, guest, clone, planned, task);
      return undefined;
    },
  });
}
