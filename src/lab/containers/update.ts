import { formatSize } from "../guests/sizes.ts";
import { parameterRefusal } from "../refusal.ts";
import type { ClusterState } from "../state/cluster.ts";
import type { ConfigValue, LabGuest } from "../state/types.ts";
import { free, volumesIn } from "../state/volume.ts";
import { splitVolid } from "../state/volume-name.ts";
import { isMount, mountType, parseMount, parseNic, printMount, realise } from "./mounts.ts";

/** Options of a running container that take effect at once. */
const HOT =
  /^(?:description|onboot|startup|protection|hostname|hookscript|cores|tags|lock|cpulimit|cpuunits|memory|swap|net\d+)$/;
/** Those whose removal takes effect at once. */
const HOT_REMOVAL =
  /^(?:description|onboot|startup|protection|hostname|hookscript|cores|tags|lock|cpulimit|cpuunits|swap|net\d+|unused\d+)$/;
const REQUIRED = new Set(["memory", "rootfs", "ostype"]);

function checkProtection(guest: LabGuest, what: string): void {
  if (guest.config.protection === 1) throw new Error(`${what} - protection mode enabled`);
}

/** Whether the configuration or a snapshot names a volume. */
function isInUse(guest: LabGuest, volid: string, except?: string): boolean {
  const names = (config: Record<string, ConfigValue>): boolean =>
    [...volumesIn(config)].some(([key, named]) => named === volid && key !== except);
  return names(guest.config) || guest.snapshots.some(({ config }) => config !== undefined && names(config));
}

/** Keeps a volume that nothing else names as `unusedN`. */
export function addUnused(guest: LabGuest, volid: string): void {
  if ([...volumesIn(guest.config).values()].includes(volid)) return;
  let slot = 0;
  while (guest.config[`unused${slot}`] !== undefined) slot += 1;
  guest.config[`unused${slot}`] = volid;
}

function detach(guest: LabGuest, key: string): void {
  const value = guest.config[key];
  delete guest.config[key];
  if (value === undefined) return;
  const mount = parseMount(value);
  if (mountType(mount) === "volume") addUnused(guest, mount.get("volume") ?? "");
}

function removeNow(state: ClusterState, guest: LabGuest, key: string): void {
  if (/^mp\d+$/.test(key)) detach(guest, key);
  else if (/^unused\d+$/.test(key)) {
    const volid = String(guest.config[key]);
    if (!isInUse(guest, volid, key)) free(state, volid, guest.node);
    delete guest.config[key];
  } else delete guest.config[key];
}

function setNow(state: ClusterState, guest: LabGuest, key: string, value: ConfigValue): void {
  // A root is taken as it is written; only other places are made or measured.
  if (!/^mp\d+$/.test(key)) {
    guest.config[key] = value;
    return;
  }
  const mount = realise(state, guest.node, guest.vmid, parseMount(value));
  if (mountType(mount) === "volume") {
    const bytes = state.volumes.get(mount.get("volume") ?? "")?.size;
    if (bytes === undefined) mount.delete("size");
    else mount.set("size", formatSize(bytes));
  }
  const old = guest.config[key];
  const volid = mount.get("volume") ?? "";
  guest.config[key] = printMount(mount);
  for (const [other, named] of volumesIn(guest.config))
    if (other.startsWith("unused") && named === volid) delete guest.config[other];
  if (old !== undefined && parseMount(old).get("volume") !== volid) {
    const before = parseMount(old);
    if (mountType(before) === "volume") addUnused(guest, before.get("volume") ?? "");
  }
}

/** Applies what waits; problems are told by option and leave the option waiting. */
export function applyWaiting(state: ClusterState, guest: LabGuest, running: boolean): Record<string, string> {
  const errors: Record<string, string> = {};
  const attempt = (key: string, work: () => void): void => {
    try {
      work();
    } catch (error) {
      const what = running ? `unable to hotplug ${key}:` : `unable to apply pending change ${key} :`;
      errors[key] = `${what} ${error instanceof Error ? error.message : String(error)}\n`;
    }
  };
  for (const key of [...guest.pendingDelete]) {
    if (running && !HOT_REMOVAL.test(key)) continue;
    attempt(key, () => {
      removeNow(state, guest, key);
      guest.pendingDelete = guest.pendingDelete.filter((other) => other !== key);
    });
  }
  for (const key of Object.keys(guest.pending).sort()) {
    const fresh = /^mp\d+$/.test(key) && guest.config[key] === undefined;
    if (running && !fresh && !HOT.test(key)) continue;
    attempt(key, () => {
      setNow(state, guest, key, guest.pending[key]!);
      delete guest.pending[key];
    });
  }
  state.touch(guest);
  return errors;
}

/** What a request wants changed. */
export interface Update {
  set: Record<string, ConfigValue>;
  remove: readonly string[];
  revert: readonly string[];
}

/** Puts changes into the pending section, then applies those that can be; 400 for what cannot be plugged. */
export function update(state: ClusterState, guest: LabGuest, change: Update): void {
  const before = { pending: { ...guest.pending }, pendingDelete: [...guest.pendingDelete] };
  try {
    note(state, guest, change);
  } catch (error) {
    // What is refused leaves nothing behind, not even what was fine.
    Object.assign(guest, before);
    throw error;
  }
  const errors = applyWaiting(state, guest, guest.running);
  if (Object.keys(errors).length > 0) throw parameterRefusal(errors);
}

/** Puts changes into the pending section, or throws which of them cannot be. */
function note(state: ClusterState, guest: LabGuest, change: Update): void {
  for (const key of change.revert) {
    delete guest.pending[key];
    guest.pendingDelete = guest.pendingDelete.filter((other) => other !== key);
  }
  for (const key of change.remove) {
    if (guest.config[key] === undefined && guest.pending[key] === undefined) continue;
    if (REQUIRED.has(key)) throw new Error(`unable to delete required option '${key}'`);
    if (/^(?:mp|unused)\d+$/.test(key)) checkProtection(guest, `can't remove CT ${guest.vmid} drive '${key}'`);
    if (key === "unprivileged") throw new Error(`unable to delete read-only option: '${key}'`);
    delete guest.pending[key];
    if (!guest.pendingDelete.includes(key)) guest.pendingDelete.push(key);
  }
  for (const key of Object.keys(change.set).sort()) {
    const value = change.set[key]!;
    if (isMount(key)) {
      checkProtection(guest, `can't update CT ${guest.vmid} drive '${key}'`);
      const mount = parseMount(value);
      if (mountType(mount) === "volume") checkContent(state, mount.get("volume") ?? "");
    } else if (/^net\d+$/.test(key)) checkMtu(state, guest, key, value);
    else if (key === "unprivileged") throw new Error(`unable to modify read-only option: '${key}'`);
    guest.pendingDelete = guest.pendingDelete.filter((other) => other !== key);
    guest.pending[key] = value;
  }
  for (const [key, value] of Object.entries(guest.pending)) if (guest.config[key] === value) delete guest.pending[key];
  guest.pendingDelete = guest.pendingDelete.filter((key) => guest.config[key] !== undefined);
}

function checkContent(state: ClusterState, volid: string): void {
  const { storage: name } = splitVolid(volid);
  const storage = state.storages.get(name);
  if (!storage) throw new Error(`storage '${name}' does not exist`);
  if (!storage.content.includes("rootdir"))
    throw new Error(`storage '${name}' does not allow content type 'rootdir' (Container)`);
}

const USUAL_MTU = 1500;

/** An interface may not take longer frames than its bridge. */
function checkMtu(state: ClusterState, guest: LabGuest, key: string, value: ConfigValue): void {
  const nic = parseNic(value);
  const [mtu, bridge] = [nic.get("mtu"), nic.get("bridge")];
  if (mtu === undefined || bridge === undefined) return;
  const link = state.hosts.of(guest.node).network.read().ifaces.get(bridge);
  if (!link && !state.datacenter.sdn.vnets.ids.includes(bridge)) throw new Error(`bridge '${bridge}' does not exist`);
  const limit = Number(link?.mtu ?? USUAL_MTU);
  if (Number(mtu) > limit) throw new Error(`${key}: MTU size '${mtu}' is bigger than bridge MTU '${limit}'`);
}
