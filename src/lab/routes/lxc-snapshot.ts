import { nowSeconds } from "../clock.ts";
import { refuseLocked, settle, snapshotConfig, theContainer } from "../containers/container.ts";
import { mountsOf } from "../containers/mounts.ts";
import { addUnused } from "../containers/update.ts";
import { die } from "../refusal.ts";
import { checkLock, startContainer } from "../state/power.ts";
import type { ConfigValue, LabGuest, LabSnapshot } from "../state/types.ts";
import type { LabTask } from "../tasks.ts";
import { hasFeature } from "./lxc.ts";
import { type Call, flag, type Route, text } from "./route.ts";
import { startTask } from "./tasks.ts";

/** Keys of the present state that no snapshot takes over. */
const NOT_COPIED = /^(?:unused\d+|lock|description|parent|snaptime)$/;

function parentOf(guest: LabGuest): string | undefined {
  const named = guest.config.parent ?? guest.snapshots.at(-1)?.name;
  return named === undefined ? undefined : String(named);
}

function list(call: Call): Record<string, unknown>[] {
  const guest = theContainer(call);
  const rows: Record<string, unknown>[] = guest.snapshots.map(({ name, snaptime, description, parent, snapstate }) => ({
    name,
    snaptime,
    description,
    ...(parent === undefined ? {} : { parent }),
    ...(snapstate === undefined ? {} : { snapstate }),
  }));
  const parent = parentOf(guest);
  rows.push({
    name: "current",
    description: "You are here!",
    digest: call.state.digest(guest),
    running: guest.running ? 1 : 0,
    ...(parent === undefined ? {} : { parent }),
  });
  return rows;
}

function create(call: Call): { data: string } {
  const { state } = call;
  const name = text(call, "snapname") ?? "";
  for (const reserved of ["current", "vzdump"])
    if (name === reserved) throw die(`unable to use snapshot name '${reserved}' (reserved name)`);
  return startTask(call, {
    node: text(call, "node") ?? "",
    type: "vzsnapshot",
    id: text(call, "vmid") ?? "",
    weight: 0.5,
    work: () => {
      const guest = theContainer(call);
      if (guest.config.template === 1) throw new Error("you can't take a snapshot if it's a template");
      checkLock(guest);
      if (guest.snapshots.some((one) => one.name === name)) throw new Error(`snapshot name '${name}' already used`);
      if (!hasFeature(call, "snapshot", guest.config)) throw new Error("snapshot feature is not available");
      const config: Record<string, ConfigValue> = Object.fromEntries(
        Object.entries(guest.config).filter(([key]) => !NOT_COPIED.test(key)),
      );
      const parent = parentOf(guest);
      const snapshot: LabSnapshot = {
        name,
        snaptime: nowSeconds(),
        description: text(call, "description") ?? "",
        config,
        ...(parent === undefined ? {} : { parent }),
      };
      guest.snapshots.push(snapshot);
      guest.config.parent = name;
      for (const volid of volumes(guest))
        state.volumes.get(volid)!.snapshots = [...(state.volumes.get(volid)!.snapshots ?? []), name];
      state.touch(guest);
      return undefined;
    },
  });
}

function volumes(guest: LabGuest): string[] {
  return mountsOf(guest.config).map(([, mount]) => mount.get("volume") ?? "");
}

function theSnapshot(guest: LabGuest, name: string): LabSnapshot {
  const snapshot = guest.snapshots.find((one) => one.name === name);
  if (!snapshot) throw new Error(`snapshot '${name}' does not exist`);
  return snapshot;
}

function rollback(call: Call): { data: string } {
  const { state } = call;
  const name = text(call, "snapname") ?? "";
  return startTask(call, {
    node: text(call, "node") ?? "",
    type: "vzrollback",
    id: text(call, "vmid") ?? "",
    weight: 1,
    work: (task: LabTask) => {
      const guest = theContainer(call);
      const snapshot = theSnapshot(guest, name);
      if (guest.config.template === 1) throw new Error("you can't rollback if vm is a template");
      checkLock(guest);
      if (snapshot.snapstate !== undefined)
        throw new Error(`unable to rollback to incomplete snapshot (snapstate = ${snapshot.snapstate})`);
      blockers(call, guest, name);
      if (guest.running) state.powerOff(guest);
      const kept = Object.entries(guest.config).filter(([key]) => /^(?:unused\d+|description)$/.test(key));
      const before = volumes(guest);
      guest.config = { ...(snapshot.config ?? guest.config), ...Object.fromEntries(kept), parent: name };
      guest.pending = {};
      guest.pendingDelete = [];
      const now = new Set(volumes(guest));
      for (const volid of before) if (!now.has(volid)) addUnused(guest, volid);
      settle(state, guest);
      if (flag(call, "start")) startContainer(state, guest, task);
      return undefined;
    },
  });
}

/** ZFS goes back to the newest snapshot only (pve-facts 93). */
function blockers(call: Call, guest: LabGuest, name: string): void {
  for (const volid of volumes(guest)) {
    const storage = call.state.storages.get(volid.split(":")[0] ?? "");
    if (storage?.type !== "zfspool") continue;
    const names = call.state.volumes.get(volid)?.snapshots ?? [];
    if (names.includes(name) && names.at(-1) !== name)
      throw new Error(`can't rollback, '${name}' is not most recent snapshot on '${volid}'`);
  }
}

function remove(call: Call): { data: string } {
  const { state } = call;
  const name = text(call, "snapname") ?? "";
  return startTask(call, {
    node: text(call, "node") ?? "",
    type: "vzdelsnapshot",
    id: text(call, "vmid") ?? "",
    weight: 0.5,
    work: () => {
      const guest = theContainer(call);
      const snapshot = theSnapshot(guest, name);
      if (!flag(call, "force")) checkLock(guest);
      guest.snapshots = guest.snapshots.filter((one) => one !== snapshot);
      for (const other of guest.snapshots) {
        if (other.parent !== name) continue;
        if (snapshot.parent === undefined) delete other.parent;
        else other.parent = snapshot.parent;
      }
      if (guest.config.parent === name) {
        if (snapshot.parent === undefined) delete guest.config.parent;
        else guest.config.parent = snapshot.parent;
      }
      for (const volid of volumes(guest)) {
        const volume = state.volumes.get(volid);
        if (volume?.snapshots) volume.snapshots = volume.snapshots.filter((one) => one !== name);
      }
      state.touch(guest);
      return undefined;
    },
  });
}

function section(call: Call): Record<string, unknown> {
  const guest = theContainer(call);
  const name = text(call, "snapname") ?? "";
  const config = snapshotConfig(guest, name);
  const { snaptime, description, parent } = theSnapshot(guest, name);
  return {
    ...config,
    snaptime,
    ...(description === "" ? {} : { description }),
    ...(parent === undefined ? {} : { parent }),
  };
}

function describe(call: Call): null {
  const description = text(call, "description");
  if (description === undefined) return null;
  const guest = theContainer(call);
  refuseLocked(guest);
  snapshotConfig(guest, text(call, "snapname") ?? "");
  theSnapshot(guest, text(call, "snapname") ?? "").description = description;
  call.state.touch(guest);
  return null;
}

const base = "/nodes/{node}/lxc/{vmid}/snapshot";
const take = { path: "/vms/{vmid}", any: ["VM.Snapshot"] };
const back = { path: "/vms/{vmid}", any: ["VM.Snapshot", "VM.Snapshot.Rollback"] };

/** Snapshots of containers. */
export const lxcSnapshotRoutes: readonly Route[] = [
  { id: `GET ${base}`, permission: { path: "/vms/{vmid}", any: ["VM.Audit"] }, run: (call) => ({ data: list(call) }) },
  { id: `POST ${base}`, permission: take, writes: true, run: create },
  { id: `GET ${base}/{snapname}`, run: () => ({ data: [{ cmd: "rollback" }, { cmd: "config" }] }) },
  { id: `DELETE ${base}/{snapname}`, permission: take, writes: true, run: remove },
  {
    id: `GET ${base}/{snapname}/config`,
    permission: { ...back, any: [...back.any, "VM.Audit"] },
    run: (call) => ({ data: section(call) }),
  },
  { id: `PUT ${base}/{snapname}/config`, permission: take, writes: true, run: (call) => ({ data: describe(call) }) },
  { id: `POST ${base}/{snapname}/rollback`, permission: back, writes: true, run: rollback },
];
