import { cloneVm } from "../guests/clone.ts";
import { createVm } from "../guests/create.ts";
import { isCdrom, parseDrive, printDrive } from "../guests/drives.ts";
import { lockedImage } from "../guests/emulation.ts";
import { destroyVm, linkedTo } from "../guests/lifecycle.ts";
import { migrateVm, preconditions } from "../guests/migrate.ts";
import { makeTemplate, moveDisk } from "../guests/move.ts";
import { changed } from "../guests/pending.ts";
import { formatSize, parseSize } from "../guests/sizes.ts";
import { current, listRow } from "../guests/status.ts";
import { refuseSkiplock } from "../guests/update.ts";
import { parseVolumeId } from "../guests/volumes.ts";
import { die, forbidden } from "../refusal.ts";
import { checkLock } from "../state/power.ts";
import type { LabGuest } from "../state/types.ts";
import { theGuest, theVm } from "./guests.ts";
import { type Call, flag, may, type Route, text } from "./route.ts";
import { startTask } from "./tasks.ts";

function list(call: Call): Record<string, unknown>[] {
  const node = text(call, "node");
  const rows: Record<string, unknown>[] = [];
  for (const guest of call.state.guests.values())
    if (guest.node === node && guest.type === "qemu" && may(call, `/vms/${guest.vmid}`, "VM.Audit"))
      rows.push(listRow(call.state, guest, flag(call, "full")));
  return rows;
}

function resize(call: Call): { data: unknown } {
  refuseSkiplock(call);
  return startTask(call, {
    node: text(call, "node") ?? "",
    type: "resize",
    id: text(call, "vmid") ?? "",
    weight: 0.3,
    work: (task) => {
      grow(call, theGuest(call, "qemu"), task.log);
      return undefined;
    },
  });
}

/** Makes a disk larger, absolutely or by `+` (pve-facts 64). */
function grow(call: Call, guest: LabGuest, log: string[]): void {
  const { state } = call;
  const disk = text(call, "disk") ?? "";
  const digest = text(call, "digest");
  if (digest !== undefined && digest !== "" && digest !== state.digest(guest))
    throw new Error("checksum mismatch (file change by other user?)");
  checkLock(guest);
  const value = guest.config[disk];
  if (value === undefined) throw new Error(`disk '${disk}' does not exist`);
  const drive = parseDrive(value);
  const volid = drive.get("file") ?? "";
  if (volid === "") throw new Error(`disk '${disk}' has no associated volume`);
  if (isCdrom(drive)) throw new Error("you can't resize a cdrom");
  const { storage } = parseVolumeId(volid) ?? { storage: "" };
  if (!may(call, `/storage/${storage}`, "Datastore.AllocateSpace"))
    throw forbidden(`/storage/${storage}`, ["Datastore.AllocateSpace"]);
  const volume = state.volumes.get(volid);
  if (!volume) throw new Error(`volume '${volid}' does not exist`);
  const held = lockedImage(state, guest, volid);
  if (held) {
    log.push(held.line);
    throw new Error(held.complaint);
  }
  const wanted = text(call, "size") ?? "";
  const size = (parseSize(wanted.replace(/^\+/, "")) ?? 0) + (wanted.startsWith("+") ? volume.size : 0);
  if (size < volume.size) throw new Error("shrinking disks is not supported");
  if (size === volume.size) return;
  volume.size = size;
  guest.config[disk] = printDrive(drive.set("size", formatSize(size)));
  changed(state, guest);
}

function checkDestroy(call: Call, guest: LabGuest): void {
  const { state } = call;
  const { vmid } = guest;
  if (guest.config.protection === 1) throw die(`can't remove VM ${vmid} - protection mode enabled`);
  if (!flag(call, "purge")) {
    if (state.ha.has(state.sid(guest)))
      throw die(`unable to remove VM ${vmid} - used in HA resources and purge parameter not set.`);
    const job = replicationJobs(call, vmid)[0];
    if (job !== undefined)
      throw die(`There is a replication job '${job}' for guest '${vmid}' - Please remove that first.`);
  }
  if (guest.running) throw die(`VM ${vmid} is running - destroy failed`);
}

function replicationJobs(call: Call, vmid: number): string[] {
  return call.state.datacenter.replication.jobs.ids.filter((id) => id.startsWith(`${vmid}-`));
}

function destroy(call: Call): { data: unknown } {
  const { state } = call;
  refuseSkiplock(call);
  const guest = theGuest(call, "qemu");
  checkDestroy(call, guest);
  return startTask(call, {
    node: guest.node,
    type: "qmdestroy",
    id: String(guest.vmid),
    weight: 1.5,
    work: (task) => {
      checkLock(guest);
      checkDestroy(call, guest);
      const base = linkedTo(state, guest);
      if (base !== undefined) throw new Error(`base volume '${base}' is still in use by linked cloned`);
      const purge = flag(call, "purge");
      if (purge) task.log.push(`purging VM ${guest.vmid} from related configurations..`);
      if (purge) for (const id of replicationJobs(call, guest.vmid)) state.datacenter.replication.forget(id);
      destroyVm(state, guest, { unreferenced: flag(call, "destroy-unreferenced-disks"), purge });
      return undefined;
    },
  });
}

const CHILDREN =
  "config cloudinit pending status unlink vncproxy termproxy migrate resize move rrd rrddata monitor agent snapshot spiceproxy sendkey firewall mtunnel remote_migrate".split(
    " ",
  );
const STATES = "current start stop reset shutdown suspend reboot".split(" ");

const base = "/nodes/{node}/qemu";
const one = `${base}/{vmid}`;

function directory(id: string, names: readonly string[], exists = false): Route {
  return {
    id: `GET ${id}`,
    run: (call) => {
      if (exists) theGuest(call, "qemu");
      return { data: names.map((subdir) => ({ subdir })) };
    },
  };
}

type Work = (call: Call, guest: LabGuest) => unknown;

function read(path: string, work: Work): Route {
  return {
    id: `GET ${one}/${path}`,
    permission: { path: "/vms/{vmid}", any: ["VM.Audit"] },
    run: (call) => ({ data: work(call, theGuest(call, "qemu")) }),
  };
}

function write(id: string, privilege: string, run: Route["run"]): Route {
  return { id, permission: { path: "/vms/{vmid}", any: [privilege] }, writes: true, run };
}

/** VMs as a whole: their list and states, their making and their end. */
export const qemuRoutes: readonly Route[] = [
  { id: `GET ${base}`, run: (call) => ({ data: list(call) }) },
  { id: `POST ${base}`, writes: true, run: createVm },
  directory(one, CHILDREN),
  directory(`${one}/status`, STATES, true),
  read("status/current", current),
  read("migrate", preconditions),
  write(`DELETE ${one}`, "VM.Allocate", destroy),
  write(`POST ${one}/clone`, "VM.Clone", (call) => ({ ...cloneVm(call, theVm(call)) })),
  write(`POST ${one}/template`, "VM.Allocate", (call) => ({ ...makeTemplate(call, theGuest(call, "qemu")) })),
  write(`PUT ${one}/resize`, "VM.Config.Disk", resize),
  write(`POST ${one}/move_disk`, "VM.Config.Disk", (call) => ({ ...moveDisk(call) })),
  write(`POST ${one}/migrate`, "VM.Migrate", (call) => ({ ...migrateVm(call, theGuest(call, "qemu")) })),
];
