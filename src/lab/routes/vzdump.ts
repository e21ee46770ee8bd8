import { die, parameterRefusal } from "../refusal.ts";
import { archive, archivedConfig, logStamp, notesOf } from "../state/archive.ts";
import { backupVolumes, selected } from "../state/backup.ts";
import { markBackups, parseKeep } from "../state/prune.ts";
import { guestName } from "../state/report.ts";
import { activeStorage } from "../state/storage.ts";
import type { LabGuest, LabStorage } from "../state/types.ts";
import { free, pathOf, volumeOn } from "../state/volume.ts";
import type { LabTask, Outcome } from "../tasks.ts";
import { checkOptions, checkSelection } from "./backup-rules.ts";
import { type Call, flag, may, type Route, text } from "./route.ts";
import { startTask } from "./tasks.ts";
import { checkVolumeAccess, demand, isRoot } from "./volume-access.ts";

/** Where backups go when nobody says. */
const STORAGE = "local";
/** Options in the order in which the log repeats them. */
const REPEATED =
  "storage mode compress remove protected notes-template prune-backups exclude pool all bwlimit mailto fleecing".split(
    " ",
  );

function commandLine(call: Call, vmids: readonly number[]): string {
  const given = REPEATED.filter((name) => call.params[name] !== undefined);
  const options = given.map((name) => {
    const value = text(call, name) ?? "";
    return `--${name} ${/[\s{}'"]/.test(value) ? `'${value}'` : value}`;
  });
  const named = text(call, "vmid") === undefined ? [] : vmids.map(String);
  return ["vzdump", ...named, ...options, "--node", text(call, "node")].join(" ");
}

function target(call: Call, node: string): LabStorage {
  const name = text(call, "storage") ?? STORAGE;
  try {
    const storage = activeStorage(call.state, name, node);
    if (!storage.content.includes("backup"))
      throw new Error(`can't use storage '${name}' for backups - wrong content type`);
    return storage;
  } catch (error) {
    throw new Error(`could not get storage information for '${name}': ${(error as Error).message}`);
  }
}

function backUp(call: Call, guest: LabGuest, storage: LabStorage, task: LabTask, ownsLock: boolean): void {
  const { state } = call;
  const kind = guest.type === "qemu" ? "VM" : "CT";
  const info = (line: string): void => void task.log.push(`INFO: ${line}`);
  info(`Starting Backup of VM ${guest.vmid} (${guest.type})`);
  info(`Backup started at ${logStamp()}`);
  info(`status = ${guest.running ? "running" : "stopped"}`);
  if (guest.config.lock !== undefined && !ownsLock) throw new Error(`${kind} is locked (${guest.config.lock})`);
  const mode = guest.running ? (text(call, "mode") ?? "snapshot") : "stop";
  info(`backup mode: ${mode}`);
  info("ionice priority: 7");
  info(`${kind} Name: ${guestName(guest)}`);
  for (const { key, volid, included, reason } of backupVolumes(guest)) {
    if (!included) info(`exclude disk '${key}' '${volid}' (${reason})`);
    else if (!volid.startsWith("/") && !volumeOn(state, volid, guest.node))
      throw new Error(`volume '${volid}' does not exist`);
    else info(`include disk '${key}' '${volid}'`);
  }
  const template = text(call, "notes-template");
  const volume = archive(state, guest, storage, {
    compress: text(call, "compress") ?? "0",
    protected: flag(call, "protected"),
    ...(template === undefined ? {} : { notes: notesOf(state, guest, template) }),
  });
  info(`creating vzdump archive '${pathOf(state, volume.volid)}'`);
  info(`archive file size: ${Math.ceil(volume.size / 1024)}KB`);
  if (template !== undefined) info("adding notes to backup");
  prune(call, guest, storage, info);
  info(`Finished Backup of VM ${guest.vmid} (00:00:01)`);
  info(`Backup finished at ${logStamp()}`);
}

function prune(call: Call, guest: LabGuest, storage: LabStorage, info: (line: string) => void): void {
  const keep = text(call, "prune-backups") ?? storage.definition["prune-backups"];
  if (keep === undefined || (call.params.remove !== undefined && !flag(call, "remove"))) return;
  info(`prune older backups with retention: ${String(keep).replaceAll(",", ", ")}`);
  const mine = [...call.state.volumes.values()].filter(
    (volume) => volume.storage === storage.storage && volume.content === "backup" && volume.vmid === guest.vmid,
  );
  for (const { volid, mark } of markBackups(mine, parseKeep(String(keep)))) {
    if (mark !== "remove") continue;
    info(`removing backup '${volid}'`);
    free(call.state, volid, guest.node);
  }
}

function work(
  call: Call,
  guests: LabGuest[],
  missing: readonly number[],
  task: LabTask,
  locked: LabGuest | undefined,
): Outcome | undefined {
  const node = text(call, "node") ?? "";
  const storage = target(call, node);
  const vmids = [...guests.map(({ vmid }) => vmid), ...missing].sort((a, b) => a - b);
  task.log.push(`INFO: starting new backup job: ${commandLine(call, vmids)}`);
  let failed = 0;
  for (const vmid of vmids) {
    const guest = call.state.guests.get(vmid);
    try {
      if (!guest) throw new Error(`unable to find VM '${vmid}'`);
      backUp(call, guest, storage, task, guest === locked);
    } catch (error) {
      failed += 1;
      task.log.push(`ERROR: Backup of VM ${vmid} failed - ${(error as Error).message}`);
      task.log.push(`INFO: Failed at ${logStamp()}`);
    }
  }
  task.log.push(`INFO: Backup job finished ${failed > 0 ? "with errors" : "successfully"}`);
  if (failed > 0) throw new Error("job errors");
  return undefined;
}

function start(call: Call): { data: string } {
  const { state } = call;
  const node = text(call, "node") ?? "";
  const { params } = call;
  if (flag(call, "stdout")) throw parameterRefusal({ stdout: "option is only allowed on the command line interface." });
  checkOptions(call, params);
  checkSelection(params);
  const pool = text(call, "pool");
  if (pool !== undefined && !state.pools.has(pool)) throw die(`pool '${pool}' does not exist`);
  const all = flag(call, "all") || (params.exclude !== undefined && pool === undefined);
  const { guests, missing } = selected(state, { ...params, node: undefined, all: all ? 1 : undefined });
  const allowed = guests.filter(({ vmid }) => may(call, `/vms/${vmid}`, "VM.Backup"));
  // What was named must be allowed; what a wide choice takes in is left out without a word.
  if (!all && pool === undefined)
    for (const { vmid } of guests)
      if (!allowed.some((one) => one.vmid === vmid)) demand(call, `/vms/${vmid}`, "VM.Backup");
  const storage = text(call, "storage") ?? STORAGE;
  if (!isRoot(call) && state.storages.has(storage)) demand(call, `/storage/${storage}`, "Datastore.AllocateSpace");
  const here = allowed.filter((guest) => guest.node === node);
  const vmids = [...here.map(({ vmid }) => vmid), ...missing];
  if (flag(call, "stop")) stopRunning(call, node);
  // Nothing of what was named is on this node: nothing is done, and that is fine (pve-facts 54).
  if (vmids.length === 0 && !all && pool === undefined) return { data: "OK" };
  const first = here.find(({ config }) => config.lock === undefined);
  return startTask(call, {
    node,
    type: "vzdump",
    id: vmids.length === 1 ? String(vmids[0]) : "",
    weight: 2 + vmids.length,
    begin: () => {
      if (!first) return;
      first.config.lock = "backup";
      state.touch(first);
    },
    work: (task) => {
      if (first?.config.lock === "backup") {
        delete first.config.lock;
        state.touch(first);
      }
      return work(call, here, missing, task, first);
    },
  });
}

function stopRunning(call: Call, node: string): void {
  for (const task of call.state.tasks.all())
    if (task.node === node && task.type === "vzdump" && task.endtime === undefined) call.state.tasks.cancel(task);
}

function defaults(call: Call): Record<string, unknown> {
  const name = text(call, "storage");
  const storage = call.state.storages.get(name ?? STORAGE);
  if (name !== undefined) demand(call, `/storage/${name}`, "Datastore.Audit", "Datastore.AllocateSpace");
  if (name !== undefined && !storage) throw die(`storage '${name}' does not exist`);
  if (storage && !storage.content.includes("backup"))
    throw die(`can't use storage '${storage.storage}' for backups - wrong content type`);
  const keep = name === undefined ? undefined : storage?.definition["prune-backups"];
  return {
    all: 0,
    bwlimit: 0,
    compress: "0",
    ...(name === undefined ? { dumpdir: "/var/lib/vz/dump" } : {}),
    fleecing: { enabled: 0 },
    ionice: 7,
    lockwait: 180,
    mailnotification: "always",
    mode: "snapshot",
    "notification-mode": "auto",
    performance: { "max-workers": 16, "pbs-entries-max": 1_048_576 },
    pigz: 0,
    "prune-backups": String(keep ?? "keep-all=1"),
    quiet: 0,
    remove: 1,
    stdexcludes: 1,
    stop: 0,
    stopwait: 10,
    storage: name ?? STORAGE,
    zstd: 1,
  };
}

function extractConfig(call: Call): string {
  const volid = text(call, "volume") ?? "";
  checkVolumeAccess(call, volid, { kind: "backup" });
  const volume = volumeOn(call.state, volid, text(call, "node") ?? "");
  if (!volume) throw die(`volume '${volid}' does not exist`);
  if (volume.saved === undefined) throw die(`unable to extract configuration from archive '${volid}'`);
  return archivedConfig(volume);
}

/** Backups made at once, and what is in them. */
export const vzdumpRoutes: readonly Route[] = [
  { id: "POST /nodes/{node}/vzdump", writes: true, run: start },
  { id: "GET /nodes/{node}/vzdump/defaults", run: (call) => ({ data: defaults(call) }) },
  { id: "GET /nodes/{node}/vzdump/extractconfig", run: (call) => ({ data: extractConfig(call) }) },
];
