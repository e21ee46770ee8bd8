import { addContainer, refuseTaken, settle } from "../containers/container.ts";
import {
  isMount,
  type Mount,
  mountBytes,
  mountsOf,
  mountType,
  parseMount,
  parseNic,
  printMount,
  printNic,
  realise,
  wantedVolume,
} from "../containers/mounts.ts";
import { optionsOf } from "../containers/options.ts";
import { checkChange } from "../containers/permissions.ts";
import { restoreFirewall } from "../firewall/restore.ts";
import { newMac } from "../guests/identity.ts";
import { die, parameterRefusal, Refusal } from "../refusal.ts";
import { startContainer } from "../state/power.ts";
import { enabledStorage } from "../state/storage.ts";
import type { ConfigValue, LabGuest } from "../state/types.ts";
import { free, pathOf, volumeOn } from "../state/volume.ts";
import { splitVolid } from "../state/volume-name.ts";
import type { LabTask, Outcome } from "../tasks.ts";
import { type Call, flag, int, may, type Route, text } from "./route.ts";
import { startTask } from "./tasks.ts";
import { checkVolumeAccess, demand, demandPool, isRoot } from "./volume-access.ts";

const GIB = 1_073_741_824;
/** Gibibytes of a root that nobody gave a size. */
const ROOT_GIB = 4;
/** What a new container gets where the request is silent. */
const DEFAULTS: Readonly<Record<string, ConfigValue>> = { memory: 512, swap: 512 };
/** Starts of template names, and the setup that fits what is inside. */
const SYSTEMS: readonly [RegExp, string][] = [
  [/^debian/, "debian"],
  [/^ubuntu/, "ubuntu"],
  [/^devuan/, "devuan"],
  [/^(?:centos|almalinux|rockylinux)/, "centos"],
  [/^fedora/, "fedora"],
  [/^opensuse/, "opensuse"],
  [/^archlinux/, "archlinux"],
  [/^alpine/, "alpine"],
  [/^gentoo/, "gentoo"],
];
const SYSTEMD = new Set(["debian", "ubuntu", "centos", "fedora", "opensuse", "archlinux"]);

/** How much more than an archive its contents take. */
const UNPACKED = 3.7;

interface Plan {
  vmid: number;
  node: string;
  archive: string;
  restore: boolean;
  storage: string;
  unprivileged: number | undefined;
  options: Record<string, ConfigValue>;
  mounts: Record<string, ConfigValue>;
  what: string;
}

function checkStorage(call: Call, name: string): void {
  const storage = enabledStorage(call.state, name, text(call, "node") ?? "");
  if (!storage.content.includes("rootdir"))
    throw parameterRefusal({ storage: `storage '${name}' does not support container directories` });
  if (!isRoot(call)) demand(call, `/storage/${name}`, "Datastore.AllocateSpace");
  if (storage.inactiveOn.has(text(call, "node") ?? "")) throw die(`storage '${name}' is not online`);
}

function checkAllowed(call: Call, vmid: number, pool: string | undefined, overwrites: boolean): void {
  if (may(call, `/vms/${vmid}`, "VM.Allocate")) return;
  if (pool !== undefined && may(call, `/pool/${pool}`, "VM.Allocate")) return;
  if (overwrites && may(call, `/vms/${vmid}`, "VM.Backup")) return;
  throw new Refusal(403, "Permission check failed");
}

function checkKeys(keys: string | undefined): void {
  for (const line of (keys ?? "").split("\n"))
    if (line.trim() !== "" && !/(?:^|\s)(?:ssh-|ecdsa-|sk-)[\w@.-]+ [A-Za-z0-9+/=]{16,}/.test(line))
      throw die("SSH public key validation error");
}

/** Everything that is refused before a worker starts, in the order of the server. */
function plan(call: Call): Plan {
  const { state } = call;
  const node = text(call, "node") ?? "";
  const vmid = int(call, "vmid") ?? 0;
  const restore = flag(call, "restore");
  checkKeys(text(call, "ssh-public-keys"));
  const there = state.guests.get(vmid);
  const overwrites = restore && flag(call, "force") && there?.type === "lxc" && there.node === node;
  if (!overwrites) refuseTaken(state, vmid);
  else if (there.running) throw die("can't overwrite running container");
  else if (there.config.protection === 1) throw die(`unable to restore CT ${vmid} - protection mode enabled`);
  const pool = text(call, "pool");
  if (pool !== undefined) demandPool(call, pool);
  checkAllowed(call, vmid, pool, overwrites);
  const storage = text(call, "storage") ?? "local";
  const archive = text(call, "ostemplate") ?? "";
  const { unprivileged, ...options } = optionsOf(state, call.params);
  const mounts: Record<string, ConfigValue> = {};
  for (const [key, value] of Object.entries(options)) {
    if (isMount(key)) mounts[key] = /^\d+(?:\.\d+)?$/.test(String(value)) ? `${storage}:${value}` : value;
    if (isMount(key) || key.startsWith("unused") || key === "lock") delete options[key];
  }
  checkChange(call, {
    vmid,
    pool,
    next: { ...options, ...mounts },
    remove: [],
    unprivileged: Number(unprivileged ?? 0) === 1 || (restore && unprivileged === undefined),
  });
  if (archive === "-") throw die("pipe requires cli environment");
  checkVolumeAccess(call, archive, { vmid, kind: restore ? "backup" : "vztmpl" });
  if (Object.keys(mounts).length > 0 && mounts.rootfs === undefined)
    throw die("mount points configured, but 'rootfs' not set - aborting");
  for (const [, mount] of mountsOf(mounts)) {
    if (mountType(mount) === "volume") checkStorage(call, splitVolid(mount.get("volume") ?? "").storage);
    else if (!isRoot(call)) throw die("Only root can pass arbitrary filesystem paths.");
  }
  if (mounts.rootfs === undefined) checkStorage(call, storage);
  return {
    vmid,
    node,
    archive,
    restore,
    storage,
    unprivileged: unprivileged === undefined ? undefined : Number(unprivileged),
    options,
    mounts,
    what: `unable to ${restore ? "restore" : "create"} CT ${vmid} -`,
  };
}

/** What a backup says of the container that it holds: its options, and its data places as requests for new volumes. */
function recovered(
  call: Call,
  wanted: Plan,
): { options: Record<string, ConfigValue>; mounts: Record<string, ConfigValue> } {
  const saved = volumeOn(call.state, wanted.archive, wanted.node)?.saved?.config;
  if (!saved) throw new Error("unable to recover the configuration from the archive");
  const options: Record<string, ConfigValue> = {};
  const mounts: Record<string, ConfigValue> = {};
  for (const [key, value] of Object.entries(saved)) {
    if (!isMount(key)) {
      if (!/^(?:unused\d+|lock|template|parent)$/.test(key)) options[key] = value;
      continue;
    }
    const mount = parseMount(value);
    if (mountType(mount) !== "volume") {
      mounts[key] = value;
      continue;
    }
    const bytes = mountBytes(mount) || ROOT_GIB * GIB;
    const target = text(call, "storage") ?? splitVolid(mount.get("volume") ?? "").storage;
    mount.delete("size");
    mounts[key] = printMount(mount.set("volume", `${target}:${bytes / GIB}`));
  }
  return { options, mounts };
}

function withFreshAddresses(call: Call, options: Record<string, ConfigValue>): void {
  for (const [key, value] of Object.entries(options)) {
    if (!/^net\d+$/.test(key)) continue;
    options[key] = printNic(parseNic(value).set("hwaddr", newMac(call.state)));
  }
}

function build(call: Call, wanted: Plan, guest: LabGuest, task: LabTask): Outcome | undefined {
  const { state } = call;
  const { vmid, node, archive, restore } = wanted;
  const packed = volumeOn(state, archive, node);
  if (!packed) throw new Error(`volume '${archive}' does not exist`);
  const unpacked = Math.floor(packed.size * UNPACKED);
  const old = restore ? recovered(call, wanted) : { options: {}, mounts: {} };
  const mounts =
    Object.keys(wanted.mounts).length > 0
      ? wanted.mounts
      : restore
        ? old.mounts
        : { rootfs: `${wanted.storage}:${ROOT_GIB}` };
  const options = { ...old.options, ...wanted.options };
  if (flag(call, "unique")) withFreshAddresses(call, options);
  const file = splitVolid(archive).name.replace(/^.*\//, "");
  const unprivileged = wanted.unprivileged ?? Number(old.options.unprivileged ?? 0);
  const made: [string, Mount][] = mountsOf(mounts).map(([key, mount]) => [
    key,
    realise(state, node, vmid, mount, key === "rootfs" ? unpacked : 0),
  ]);
  for (const [key, mount] of made) {
    task.log.push(`${key}: ${mount.get("volume")}`);
    if (!wantedVolume(parseMount(mounts[key]!))) continue;
    task.log.push(`Formatting '${pathOf(state, mount.get("volume")!)}'`);
  }
  task.log.push(`extracting archive '${pathOf(state, archive)}'`);
  for (const key of Object.keys(guest.config)) delete guest.config[key];
  Object.assign(guest.config, options, Object.fromEntries(made.map(([key, mount]) => [key, printMount(mount)])));
  if (unprivileged === 1) guest.config.unprivileged = 1;
  else delete guest.config.unprivileged;
  if (!restore) {
    guest.config.ostype ??= SYSTEMS.find(([start]) => start.test(file))?.[1] ?? "unmanaged";
    guest.config.arch ??= /[_-](arm64|armhf|i386|riscv64)[._-]/.exec(file)?.[1] ?? "amd64";
    guest.config.hostname ??= `CT${vmid}`;
    for (const [key, value] of Object.entries(DEFAULTS)) guest.config[key] ??= value;
  }
  if (restore) restoreFirewall(call, vmid, volumeOn(state, archive, node));
  settle(state, guest);
  return finish(call, guest, task);
}

function finish(call: Call, guest: LabGuest, task: LabTask): Outcome | undefined {
  const pool = text(call, "pool");
  if (pool !== undefined) call.state.addToPool(pool, guest.vmid);
  let warnings = 0;
  const { features, ostype, unprivileged } = guest.config;
  const nests = features !== undefined && parseNic(features).get("nesting") === "1";
  if (!flag(call, "restore") && unprivileged === 1 && !nests && SYSTEMD.has(String(ostype))) {
    task.log.push("WARN: Systemd 257 detected. You may need to enable nesting.");
    warnings += 1;
  }
  if (flag(call, "start")) {
    try {
      startContainer(call.state, guest, task);
    } catch (error) {
      task.log.push(`WARN: ${(error as Error).message}`);
      warnings += 1;
    }
  }
  return warnings === 0 ? undefined : { kind: "warnings", count: warnings };
}

function create(call: Call): { data: string } {
  const { state } = call;
  const wanted = plan(call);
  const { vmid, node, restore } = wanted;
  const before = state.guests.get(vmid);
  if (before?.config.lock !== undefined) throw die(`${wanted.what} CT is locked (${before.config.lock})`);
  return startTask(call, {
    node,
    type: restore ? "vzrestore" : "vzcreate",
    id: String(vmid),
    weight: 3,
    begin: () => {
      if (before) before.config.lock = "create";
      else addContainer(state, vmid, node);
    },
    work: (task) => {
      const guest = state.guests.get(vmid);
      if (!guest) throw new Error(`${wanted.what} Configuration file 'nodes/${node}/lxc/${vmid}.conf' does not exist`);
      const replaced = before ? mountsOf(before.config).map(([, mount]) => mount.get("volume") ?? "") : [];
      try {
        const outcome = build(call, wanted, guest, task);
        for (const volid of replaced) if (state.volumes.has(volid)) free(state, volid, node);
        return outcome;
      } catch (error) {
        if (!before) state.remove(guest);
        else delete before.config.lock;
        throw new Error(`${wanted.what} ${error instanceof Error ? error.message : String(error)}`);
      }
    },
  });
}

/** New containers, from templates and from backups. */
export const lxcCreateRoutes: readonly Route[] = [{ id: "POST /nodes/{node}/lxc", writes: true, run: create }];
