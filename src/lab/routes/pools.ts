import { splitList } from "../permissions/check.ts";
import { locked } from "../permissions/locked.ts";
import { die } from "../refusal.ts";
import { guestRow, storageNodes, storageRow } from "../state/report.ts";
import type { LabPool } from "../state/types.ts";
import { type Call, checkOf, flag, may, type Route, text } from "./route.ts";

function thePool(call: Call): LabPool {
  const poolid = text(call, "poolid") ?? "";
  const pool = call.state.pools.get(poolid);
  if (!pool) throw die(`pool '${poolid}' does not exist`);
  return pool;
}

/** Guests by id, then storages, each storage once: as the answering node or the first that has it sees it. */
function members(call: Call, pool: LabPool): Record<string, unknown>[] {
  const { state } = call;
  const type = text(call, "type");
  const rows: Record<string, unknown>[] = [];
  for (const vmid of [...pool.guests].sort()) {
    const guest = state.guests.get(vmid);
    if (guest && (type === undefined || type === guest.type)) rows.push(guestRow(state, guest));
  }
  if (type !== undefined && type !== "storage") return rows;
  for (const name of [...pool.storages].sort()) {
    const storage = state.storages.get(name);
    if (!storage) continue;
    const nodes = storageNodes(state, storage);
    const node = nodes.includes(state.entry.name) ? state.entry.name : nodes[0];
    if (node !== undefined) rows.push(storageRow(state, storage, node));
  }
  return rows;
}

function describe(pool: LabPool): Record<string, unknown> {
  return { poolid: pool.poolid, ...(pool.comment ? { comment: pool.comment } : {}) };
}

function list(call: Call): Record<string, unknown>[] {
  if (text(call, "poolid") !== undefined) {
    checkOf(call).all(`/pool/${text(call, "poolid")}`, ["Pool.Audit"]);
    const pool = thePool(call);
    return [{ ...describe(pool), members: members(call, pool) }];
  }
  return [...call.state.pools.values()]
    .filter((pool) => may(call, `/pool/${pool.poolid}`, "Pool.Audit"))
    .sort((one, other) => (one.poolid < other.poolid ? -1 : 1))
    .map(describe);
}

function create(call: Call): void {
  const { pools } = call.state;
  const poolid = text(call, "poolid") ?? "";
  const comment = text(call, "comment");
  if (!/^[A-Za-z]/.test(poolid)) throw die("pool name must start with a letter");
  if (pools.has(poolid)) throw die(`pool '${poolid}' already exists`);
  const parent = /^(.*)\/[^/]+$/.exec(poolid)?.[1];
  if (parent !== undefined && !pools.has(parent)) throw die(`parent '${parent}' of pool '${poolid}' does not exist`);
  pools.set(poolid, { poolid, ...(comment ? { comment } : {}), guests: new Set(), storages: new Set() });
}

/** What one id in the lists of an update does, once all of them are known to be allowed. */
function guestChange(call: Call, pool: LabPool, vmid: number): () => void {
  const check = checkOf(call);
  const { state } = call;
  check.modify(`/vms/${vmid}`);
  if (flag(call, "delete")) {
    if (!pool.guests.has(vmid)) throw die(`VM ${vmid} is not a pool member`);
    return () => state.removeFromPool(vmid);
  }
  if (pool.guests.has(vmid)) throw die(`VM ${vmid} is already a pool member`);
  const other = state.poolOf(vmid);
  if (other !== undefined) {
    if (!flag(call, "allow-move"))
      throw die(`VM ${vmid} belongs already to pool '${other}' and 'allow-move' is not set`);
    check.all(`/pool/${other}`, ["Pool.Allocate"]);
  }
  return () => state.addToPool(pool.poolid, vmid);
}

function storageChange(call: Call, pool: LabPool, name: string): () => void {
  checkOf(call).modify(`/storage/${name}`);
  if (flag(call, "delete")) {
    if (!pool.storages.has(name)) throw die(`Storage '${name}' is not a pool member`);
    return () => pool.storages.delete(name);
  }
  if (pool.storages.has(name)) throw die(`Storage '${name}' is already a pool member`);
  return () => pool.storages.add(name);
}

function update(call: Call): null {
  locked("update pools failed", () => {
    const pool = thePool(call);
    // Nothing is stored unless everything is allowed.
    const changes = [
      ...splitList(call.params.vms).map((vmid) => guestChange(call, pool, Number(vmid))),
      ...splitList(call.params.storage).map((name) => storageChange(call, pool, name)),
    ];
    const comment = text(call, "comment");
    if (comment !== undefined) pool.comment = comment;
    for (const change of changes) change();
  });
  return null;
}

function remove(call: Call): null {
  const { state } = call;
  locked("delete pool failed", () => {
    const { poolid, guests, storages } = thePool(call);
    const full = (what: string): Error => die(`pool '${poolid}' is not empty (contains ${what})`);
    const child = [...state.pools.keys()].sort().find((name) => isChild(name, poolid));
    if (child !== undefined) throw full(`pool '${child}'`);
    // Members that no longer exist do not count.
    for (const vmid of [...guests].sort()) if (state.guests.has(vmid)) throw full(`VM ${vmid}`);
    for (const name of [...storages].sort()) if (state.storages.has(name)) throw full(`storage '${name}'`);
    for (const vmid of guests) state.removeFromPool(vmid);
    state.pools.delete(poolid);
    state.access.removePath(`/pool/${poolid}`);
  });
  return null;
}

function isChild(name: string, parent: string): boolean {
  return name.startsWith(`${parent}/`) && !name.slice(parent.length + 1).includes("/");
}

/** Operations on pools, by id in the path or, for nested ones, as a parameter. */
export const poolRoutes: readonly Route[] = [
  { id: "GET /pools", run: (call) => ({ data: list(call) }) },
  {
    id: "POST /pools",
    writes: true,
    run: (call) => {
      locked("create pool failed", () => create(call));
      return { data: null };
    },
  },
  { id: "PUT /pools", writes: true, run: (call) => ({ data: update(call) }) },
  { id: "DELETE /pools", writes: true, run: (call) => ({ data: remove(call) }) },
  {
    id: "GET /pools/{poolid}",
    run: (call) => {
      const pool = thePool(call);
      return { data: { ...describe(pool), members: members(call, pool) } };
    },
  },
  { id: "PUT /pools/{poolid}", writes: true, run: (call) => ({ data: update(call) }) },
  { id: "DELETE /pools/{poolid}", writes: true, run: (call) => ({ data: remove(call) }) },
];
