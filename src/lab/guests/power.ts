import { die, parameterRefusal } from "../refusal.ts";
import { type Call, flag } from "../routes/route.ts";
import { isRoot } from "../routes/volume-access.ts";
import type { ClusterState } from "../state/cluster.ts";
import { checkLock, shutDown, startVm } from "../state/power.ts";
import type { LabGuest } from "../state/types.ts";
import type { LabTask, Outcome } from "../tasks.ts";
import { drivesOf, isCdrom } from "./drives.ts";
import { checkHost, launch } from "./host-needs.ts";
import { applyPending, changed } from "./pending.ts";
import { allocate, discard, parseVolumeId } from "./volumes.ts";

/** Parameters that only root itself may give. */
const ROOT_ONLY = [
  "stateuri",
  "skiplock",
  "migratedfrom",
  "migration_type",
  "migration_network",
  "targetstorage",
  "force-cpu",
  "with-conntrack-state",
  "nets-host-mtu",
  "keepActive",
  "nocheck",
];

/** Refuses what only root may ask of a start or stop. */
export function refuseRootOptions(call: Call): void {
  if (isRoot(call)) return;
  for (const key of ROOT_ONLY) {
    const value = call.params[key];
    if (value === undefined || value === null || value === "" || value === "0" || value === 0 || value === false)
      continue;
    throw parameterRefusal({ [key]: "Only root may use this option." });
  }
}

export function isSuspended(guest: LabGuest): boolean {
  return guest.config.lock === "suspended";
}

/** Drops what a suspension to disk left behind. */
function wake(state: ClusterState, guest: LabGuest): void {
  const volid = guest.config.vmstate;
  if (volid !== undefined) discard(state, String(volid));
  for (const key of ["lock", "vmstate", "runningmachine", "runningcpu"]) delete guest.config[key];
  changed(state, guest);
}

/** Starts a VM with its pending changes, or from where it was suspended to. */
export function start(state: ClusterState, guest: LabGuest, task: LabTask): Outcome | undefined {
  if (isSuspended(guest)) wake(state, guest);
  const free = guest.config.template !== 1 && guest.config.lock === undefined && !guest.running;
  const problems = free ? applyPending(state, guest) : {};
  for (const [key, text] of Object.entries(problems)) task.log.push(`WARN: ${key}: ${text.trim()}`);
  if (free) checkHost(state, guest);
  return startVm(state, guest, task, () => launch(state, guest, task));
}

/** Ends a VM at once and brings its pending changes into force. */
export function cut(state: ClusterState, guest: LabGuest): undefined {
  checkLock(guest);
  if (!guest.running) return;
  applyAfter(state, guest, () => state.powerOff(guest));
}

function applyAfter(state: ClusterState, guest: LabGuest, stop: () => void): void {
  const { pending, pendingDelete } = guest;
  guest.pending = {};
  guest.pendingDelete = [];
  try {
    stop();
  } finally {
    Object.assign(guest, { pending, pendingDelete });
    if (!guest.running) applyPending(state, guest);
  }
}

/** Asks a VM to shut down; one that does not listen stays up unless it is forced. */
export function shutdown(state: ClusterState, guest: LabGuest, task: LabTask, force: boolean): undefined {
  checkLock(guest);
  if (!guest.running) return;
  if (guest.config.agent !== undefined && guest.agent !== "running")
    task.log.push(`QEMU Guest Agent is not running - VM ${guest.vmid} qga command 'guest-ping' failed - got timeout`);
  applyAfter(state, guest, () => shutDown(state, guest, force));
  return;
}

function stateStorage(call: Call, guest: LabGuest): string {
  const given = call.params.statestorage ?? guest.config.vmstatestorage;
  if (given !== undefined) return String(given);
  const disk =
    drivesOf(guest.config)
      .find(([, drive]) => !isCdrom(drive))?.[1]
      .get("file") ?? "";
  return parseVolumeId(disk)?.storage ?? "local";
}

/** Pauses a VM, or writes its memory away and ends it. */
export function suspend(call: Call, guest: LabGuest): undefined {
  const { state } = call;
  checkLock(guest);
  if (!guest.running) throw new Error(`VM ${guest.vmid} not running`);
  if (!flag(call, "todisk")) {
    guest.paused = true;
    return;
  }
  const date = new Date().toISOString().slice(0, 10);
  const volume = allocate(state, {
    storage: stateStorage(call, guest),
    node: guest.node,
    vmid: guest.vmid,
    size: guest.maxmem * 2 + 524_288_000,
    format: "raw",
    name: `state-suspend-${date}`,
  });
  applyAfter(state, guest, () => state.powerOff(guest));
  Object.assign(guest.config, {
    lock: "suspended",
    vmstate: volume.volid,
    runningmachine: String(guest.config.machine ?? "pc-i440fx-10.0+pve1"),
  });
  changed(state, guest);
}

/** Goes on from a pause, or from where a VM was suspended to. */
export function resume(state: ClusterState, guest: LabGuest, task: LabTask): Outcome | undefined {
  if (isSuspended(guest)) return start(state, guest, task);
  checkLock(guest);
  guest.paused = false;
  return undefined;
}

/** Refuses a VM that does not run. */
export function mustRun(guest: LabGuest): void {
  if (!guest.running) throw die(`VM ${guest.vmid} not running`);
}
