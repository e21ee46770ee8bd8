import type { ClusterState } from "../state/cluster.ts";
import type { ConfigValue, LabGuest } from "../state/types.ts";
import { destroyVolume, release } from "./detach.ts";
import { bootDiskSize, drivesOf, fileOf, isCdrom, isCloudinit, isDrive, parseDrive } from "./drives.ts";
import { parseNet } from "./identity.ts";
import { CLOUDINIT } from "./options.ts";
import { parsePairs } from "./pairs.ts";

/** Options that take effect at once, whether the VM runs or not. */
const FAST =
  /^(?:description|hookscript|lock|migrate_downtime|migrate_speed|name|onboot|protection|shares|startup|tags|vmstatestorage|affinity)$/;

/** Raised for a change that has to wait for the next start. */
const SKIP = Symbol("skip");

/** To be called after every change of a VM's configuration. */
export function changed(state: ClusterState, guest: LabGuest): void {
  state.touch(guest);
  const sockets = Number(guest.config.sockets ?? guest.config.smp ?? 1);
  guest.maxcpu = Number(guest.config.vcpus ?? sockets * Number(guest.config.cores ?? 1));
  guest.maxmem = Number(/\d+/.exec(String(guest.config.memory ?? 512))?.[0]) * 1_048_576;
  guest.maxdisk = bootDiskSize(guest.config);
}

function forget(guest: LabGuest, key: string): void {
  guest.pendingDelete = guest.pendingDelete.filter((other) => other !== key);
  guest.pendingForce = (guest.pendingForce ?? []).filter((other) => other !== key);
}

/** Marks an option to be deleted. */
export function deleteLater(guest: LabGuest, key: string, force: boolean): void {
  forget(guest, key);
  guest.pendingDelete.push(key);
  if (force) guest.pendingForce = [...(guest.pendingForce ?? []), key];
}

/** Takes an option off the list of those to be deleted. */
export function keep(guest: LabGuest, key: string): void {
  forget(guest, key);
}

/** Drops pending changes that change nothing. */
export function cleanPending(guest: LabGuest): void {
  for (const [key, value] of Object.entries(guest.pending)) if (guest.config[key] === value) delete guest.pending[key];
  for (const key of [...guest.pendingDelete]) if (guest.config[key] === undefined) forget(guest, key);
}

function removeNow(state: ClusterState, guest: LabGuest, key: string): void {
  const value = guest.config[key];
  if (value === undefined) return;
  if (isDrive(key)) {
    if (guest.pendingForce?.includes(key)) destroyVolume(state, guest, key, value);
    delete guest.config[key];
    if (!guest.pendingForce?.includes(key)) release(state, guest, value);
  } else delete guest.config[key];
}

function setNow(state: ClusterState, guest: LabGuest, key: string, value: ConfigValue): void {
  const old = guest.config[key];
  if (isDrive(key) && old !== undefined && fileOf(old) !== fileOf(value)) {
    delete guest.config[key];
    release(state, guest, old);
  }
  guest.config[key] = value;
}

/** Brings every pending change into force, as at a start; problems by option. */
export function applyPending(state: ClusterState, guest: LabGuest): Record<string, string> {
  const errors: Record<string, string> = {};
  if (guest.pendingDelete.length === 0 && Object.keys(guest.pending).length === 0) return errors;
  for (const key of [...guest.pendingDelete].sort()) {
    try {
      removeNow(state, guest, key);
      forget(guest, key);
    } catch (error) {
      errors[key] = `unable to apply pending change ${key} : ${message(error)}\n`;
    }
  }
  for (const [key, value] of Object.entries(guest.pending)) {
    if (value === "" && key !== "boot") delete guest.config[key];
    else setNow(state, guest, key, value);
    delete guest.pending[key];
  }
  delete guest.cloudinit;
  changed(state, guest);
  return errors;
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function features(guest: LabGuest): Set<string> {
  const text = String(guest.config.hotplug ?? "1");
  if (text === "0") return new Set();
  return new Set(text === "1" ? ["network", "disk", "usb"] : text.split(/[,;\s]+/));
}

function unplug(guest: LabGuest, key: string, plugs: ReadonlySet<string>): void {
  const allowed =
    (/^net\d+$/.test(key) && plugs.has("network")) ||
    (/^(?:scsi|virtio)\d+$/.test(key) && plugs.has("disk")) ||
    (/^usb\d+$/.test(key) && plugs.has("usb")) ||
    (key === "vcpus" && plugs.has("cpu")) ||
    (key === "memory" && plugs.has("memory")) ||
    (key === "balloon" && guest.config.balloon !== 0) ||
    /^(?:cpuunits|cpulimit)$/.test(key);
  if (!allowed && !FAST.test(key) && !CLOUDINIT.test(key)) throw SKIP;
  if (/^(?:net|virtio)\d+$/.test(key)) mustLetGo(guest, key);
}

/** Unplugging takes a guest that lets go of the device, which nothing does where no system runs. */
function mustLetGo(guest: LabGuest, key: string): void {
  if (guest.traits.ignoresShutdown) throw new Error(`error on hot-unplugging device '${key}'`);
}

/** Settings of a disk that a running one keeps. */
const FIXED = ["aio", "cache", "discard", "iothread", "queues", "product", "ro", "serial", "ssd", "vendor", "wwn"];

function plugDrive(guest: LabGuest, key: string, value: ConfigValue, plugs: ReadonlySet<string>): void {
  const drive = parseDrive(value);
  if (key === "efidisk0" || key === "tpmstate0" || isCloudinit(drive)) throw SKIP;
  const current = guest.config[key];
  if (current !== undefined) {
    const old = parseDrive(current);
    if ((drive.get("media") ?? "disk") !== (old.get("media") ?? "disk")) throw new Error("unable to change media type");
    if (isCdrom(old)) return;
    if (drive.get("file") === old.get("file")) {
      if (FIXED.some((name) => drive.get(name) !== old.get(name))) throw SKIP;
      return;
    }
    if (!plugs.has("disk")) throw SKIP;
  }
  if (!plugs.has("disk") || /^(?:ide|sata)\d+$/.test(key)) throw SKIP;
}

function plugNet(guest: LabGuest, key: string, value: ConfigValue, plugs: ReadonlySet<string>): void {
  const current = guest.config[key];
  const old = parseNet(String(current ?? ""));
  const net = parseNet(String(value));
  // All else is changed in place.
  if (!["model", "macaddr", "queues", "mtu"].some((name) => net.get(name) !== old.get(name))) return;
  if (!plugs.has("network")) throw SKIP;
  if (current !== undefined) mustLetGo(guest, key);
}

function plug(guest: LabGuest, key: string, value: ConfigValue, plugs: ReadonlySet<string>): void {
  if (/^net\d+$/.test(key)) plugNet(guest, key, value, plugs);
  else if (isDrive(key)) plugDrive(guest, key, value, plugs);
  else if (key === "balloon") {
    if ((guest.config.balloon === 0) !== (value === 0)) throw SKIP;
  } else if (key === "hotplug") {
    if (/cpu|memory/.test(`${value},${guest.config.hotplug ?? ""}`)) throw SKIP;
  } else if (/^usb\d+$/.test(key) || key === "tablet") {
    if (!plugs.has("usb")) throw SKIP;
  } else if (key === "vcpus") {
    if (!plugs.has("cpu")) throw SKIP;
    if (Number(value) > Number(guest.config.sockets ?? 1) * Number(guest.config.cores ?? 1))
      throw new Error("you can't add more vcpus than maxcpus");
  } else if (key === "memory") {
    if (!plugs.has("memory")) throw SKIP;
  } else if (key === "agent") {
    if (agentDevice(guest.config.agent) !== agentDevice(value)) throw SKIP;
  } else if (!/^(?:cpuunits|cpulimit)$/.test(key)) throw SKIP;
}

/** What of the agent's setting makes its device, which comes and goes with the process; the rest is the server's own. */
function agentDevice(value: ConfigValue | undefined): string {
  if (value === undefined) return "";
  const agent = parsePairs(String(value), "enabled");
  return [agent.get("enabled") ?? "", agent.get("type") ?? "virtio"].join();
}

/** Notes what the cloud-init drive of a running VM does not hold yet (pve-facts 69). */
function noteCloudinit(
  guest: LabGuest,
  key: string,
  old: ConfigValue | undefined,
  value: ConfigValue | undefined,
): void {
  if (!CLOUDINIT.test(key) || old === value) return;
  if (!drivesOf(guest.config).some(([, drive]) => isCloudinit(drive))) return;
  guest.cloudinit ??= { old: {}, added: [] };
  const { old: kept, added } = guest.cloudinit;
  if (added.includes(key)) {
    if (value === undefined) added.splice(added.indexOf(key), 1);
  } else if (kept[key] !== undefined) {
    if (kept[key] === value) delete kept[key];
  } else if (old === undefined) added.push(key);
  else kept[key] = old;
}

/** Brings into force what a running VM takes at once; the rest stays pending, problems are told by option. */
export function hotplug(state: ClusterState, guest: LabGuest): Record<string, string> {
  const errors: Record<string, string> = {};
  const plugs = features(guest);
  const attempt = (key: string, work: () => void): void => {
    try {
      work();
    } catch (error) {
      if (error !== SKIP) errors[key] = `hotplug problem - ${message(error)}\n`;
    }
  };
  for (const key of [...guest.pendingDelete].sort())
    attempt(key, () => {
      unplug(guest, key, plugs);
      const old = guest.config[key];
      removeNow(state, guest, key);
      noteCloudinit(guest, key, old, undefined);
      forget(guest, key);
    });
  for (const [key, value] of Object.entries(guest.pending))
    attempt(key, () => {
      if (!FAST.test(key) && !CLOUDINIT.test(key)) plug(guest, key, value, plugs);
      noteCloudinit(guest, key, guest.config[key], value);
      setNow(state, guest, key, value);
      delete guest.pending[key];
    });
  changed(state, guest);
  return errors;
}
