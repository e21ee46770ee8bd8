import {
  addContainer,
  containerName,
  refuseLocked,
  refuseTaken,
  settle,
  snapshotConfig,
  theContainer,
} from "../containers/container.ts";
import { containerFormat, isMount, mountsOf, mountType, parseNic, printMount, printNic } from "../containers/mounts.ts";
import { newMac } from "../guests/identity.ts";
import { die } from "../refusal.ts";
import { activeStorage, enabledStorage, storageNamed } from "../state/storage.ts";
import type { ConfigValue, LabGuest } from "../state/types.ts";
import { allocate, canDo, hasLinkedClones, makeBase, volumeOn, volumesIn } from "../state/volume.ts";
import { splitVolid } from "../state/volume-name.ts";
import { type Call, flag, int, type Route, text } from "./route.ts";
import { startTask } from "./tasks.ts";
import { demand, demandPool } from "./volume-access.ts";

/** Keys that a clone does not take over. */
const NOT_CLONED = /^(?:unused\d+|lock|template|parent|snaptime|description_)$/;

interface Source {
  key: string;
  volid: string;
  /** Storage of the copy. */
  storage: string;
}

/** What is to be copied, refused where it cannot be. */
function sources(call: Call, guest: LabGuest, config: LabGuest["config"], full: boolean, target: string): Source[] {
  const { state } = call;
  const name = text(call, "snapname");
  const found: Source[] = [];
  let shared = true;
  for (const [key, mount] of mountsOf(config)) {
    const type = mountType(mount);
    if (type !== "volume") throw die(`unable to clone mountpint '${key}' (type ${type})`);
    const volid = mount.get("volume") ?? "";
    const storage = text(call, "storage") ?? splitVolid(volid).storage;
    shared &&= storageNamed(state, storage).shared;
    demand(call, `/storage/${storage}`, "Datastore.AllocateSpace");
    if (full && guest.running && name === undefined)
      throw die("Cannot do full clones on a running container without snapshots");
    if (!full && !canDo(state, "clone", volid, { container: true, ...(name === undefined ? {} : { snapshot: name }) }))
      throw die(`Linked clone feature for '${volid}' is not available`);
    found.push({ key, volid, storage: full ? storage : splitVolid(volid).storage });
  }
  if (target !== guest.node && !shared) throw die(`can't clone CT to node '${target}' (CT uses local storage)`);
  return found;
}

function copyOf(call: Call, config: LabGuest["config"]): Record<string, ConfigValue> {
  const copy: Record<string, ConfigValue> = {};
  for (const [key, value] of Object.entries(config)) {
    if (NOT_CLONED.test(key) || isMount(key)) continue;
    copy[key] = /^net\d+$/.test(key) ? printNic(parseNic(value).set("hwaddr", newMac(call.state))) : value;
  }
  const hostname = text(call, "hostname");
  const description = text(call, "description");
  if (hostname !== undefined) copy.hostname = hostname;
  if (description !== undefined) copy.description = description.endsWith("\n") ? description : `${description}\n`;
  else if (copy.description !== undefined) delete copy.description;
  return copy;
}

function clone(call: Call): { data: string } {
  const { state } = call;
  const guest = theContainer(call);
  const newid = int(call, "newid") ?? 0;
  const pool = text(call, "pool");
  if (pool !== undefined) demandPool(call, pool);
  const target = text(call, "target") ?? guest.node;
  if (!state.nodes.has(target)) throw die(`no such cluster node '${target}'`);
  const storage = text(call, "storage");
  if (storage !== undefined) {
    enabledStorage(state, storage, guest.node);
    enabledStorage(state, storage, target);
    if (target !== guest.node && !storageNamed(state, storage).shared)
      throw die(`can't clone to non-shared storage '${storage}'`);
  }
  refuseLocked(guest);
  refuseTaken(state, newid);
  const name = text(call, "snapname");
  const config = name === undefined ? guest.config : snapshotConfig(guest, name);
  const full = call.params.full === undefined ? guest.config.template !== 1 : flag(call, "full");
  const wanted = sources(call, guest, config, full, target);
  const copy = copyOf(call, config);
  const places = new Map(mountsOf(config));
  return startTask(call, {
    node: guest.node,
    type: "vzclone",
    id: String(guest.vmid),
    weight: full ? 3 : 1,
    begin: () => {
      guest.config.lock = "disk";
      guest.digest = undefined;
      const made = addContainer(state, newid, target);
      Object.assign(made.config, copy);
    },
    work: (task) => {
      delete guest.config.lock;
      guest.digest = undefined;
      const made = state.guests.get(newid);
      if (!made) throw new Error(`clone failed: container ${newid} is gone`);
      try {
        for (const { key, volid, storage: where } of wanted) {
          const source = volumeOn(state, volid, guest.node);
          if (!source) throw new Error(`volume '${volid}' does not exist`);
          const format = full ? containerFormat(activeStorage(state, where, guest.node), source.size) : source.format;
          task.log.push(`create ${full ? "full" : "linked"} clone of mountpoint ${key} (${volid})`);
          const volume = allocate(state, {
            storage: where,
            node: target,
            vmid: newid,
            size: source.size,
            format,
            used: full ? (source.used ?? 0) : 0,
            ...(full ? {} : { base: volid }),
          });
          made.config[key] = printMount(new Map(places.get(key)).set("volume", volume.volid));
        }
      } catch (error) {
        state.remove(made);
        throw new Error(`clone failed: ${error instanceof Error ? error.message : String(error)}`);
      }
      delete made.config.lock;
      state.firewall.cloneGuest(guest.vmid, newid);
      if (pool !== undefined) state.addToPool(pool, newid);
      settle(state, made);
      return undefined;
    },
  });
}

/** Answers null although a worker does it (pve-facts, section 9). */
function template(call: Call): { data: null } {
  const { state } = call;
  const guest = theContainer(call);
  refuseLocked(guest);
  if (guest.snapshots.length > 0) throw die("unable to create template, because CT contains snapshots");
  if (guest.config.template === 1) throw die("you can't convert a template to a template");
  if (guest.running) throw die("you can't convert a CT to template if the CT is running");
  startTask(call, {
    node: guest.node,
    type: "vztemplate",
    id: String(guest.vmid),
    weight: 0.5,
    work: () => {
      for (const [, mount] of mountsOf(guest.config)) {
        const volid = mount.get("volume") ?? "";
        if (mountType(mount) === "volume" && !canDo(state, "template", volid))
          throw new Error(`Template feature is not available for '${volid}'`);
      }
      for (const [key, mount] of mountsOf(guest.config))
        if (mountType(mount) === "volume")
          guest.config[key] = printMount(mount.set("volume", makeBase(state, mount.get("volume") ?? "")));
      guest.config.template = 1;
      settle(state, guest);
      return undefined;
    },
  });
  return { data: null };
}

function earlyChecks(call: Call, guest: LabGuest): void {
  const force = flag(call, "force");
  if (guest.config.protection === 1) throw die(`can't remove CT ${guest.vmid} - protection mode enabled`);
  if (!force) refuseLocked(guest);
  if (!flag(call, "purge") && call.state.ha.has(call.state.sid(guest)))
    throw die(`unable to remove CT ${guest.vmid} - used in HA resources and purge parameter not set.`);
  if (!force && guest.running) throw die(`unable to destroy CT ${guest.vmid} - container is running`);
}

/** Removes a container with the volumes that it names; unreferenced ones only when asked (pve-facts 66). */
function destroyNow(call: Call, guest: LabGuest): void {
  const { state } = call;
  const named = new Set(volumesIn(guest.config).values());
  for (const { config } of guest.snapshots) for (const volid of volumesIn(config ?? {}).values()) named.add(volid);
  for (const volid of named)
    if (state.volumes.get(volid)?.vmid === guest.vmid && hasLinkedClones(state, volid))
      throw new Error(`base volume '${splitVolid(volid).name}' is still in use by linked cloned`);
  const orphans = [...state.volumes.values()].filter(
    ({ vmid, content, volid }) =>
      vmid === guest.vmid && (content === "images" || content === "rootdir") && !named.has(volid),
  );
  state.remove(guest);
  if (!flag(call, "destroy-unreferenced-disks")) for (const volume of orphans) state.volumes.set(volume.volid, volume);
  if (flag(call, "purge")) state.backups.forget(guest.vmid);
}

function destroy(call: Call): { data: string } {
  const guest = theContainer(call);
  earlyChecks(call, guest);
  return startTask(call, {
    node: guest.node,
    type: "vzdestroy",
    id: String(guest.vmid),
    weight: 1.5,
    work: (task) => {
      const now = theContainer(call);
      earlyChecks(call, now);
      if (now.running) {
        task.log.push("forced to stop CT before destroying!");
        call.state.powerOff(now);
      }
      destroyNow(call, now);
      task.log.push(`purging CT ${now.vmid} (${containerName(now)})`);
      return undefined;
    },
  });
}

const guest = "/nodes/{node}/lxc/{vmid}";
const allocateGuest = { path: "/vms/{vmid}", any: ["VM.Allocate"] };

/** Copies of containers, templates, and their end. */
export const lxcCloneRoutes: readonly Route[] = [
  { id: `POST ${guest}/clone`, permission: { path: "/vms/{vmid}", any: ["VM.Clone"] }, writes: true, run: clone },
  { id: `POST ${guest}/template`, permission: allocateGuest, writes: true, run: template },
  { id: `DELETE ${guest}`, permission: allocateGuest, writes: true, run: destroy },
];
