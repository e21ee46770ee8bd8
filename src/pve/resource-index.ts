import type { Send } from "../schema/operation.ts";
import { abortable } from "./abortable.ts";
import type { GuestResource, Resource, ResourceIndex, ResourceSnapshot } from "./cluster.ts";
import type { Caller } from "./gate.ts";

const OPERATION = "GET /cluster/resources";
/** Milliseconds; the source itself refreshes every 10 s (pve-facts 106, 123). */
const MAX_AGE_MS = 5000;

/** The cluster's resources, read with one request however many ask at a time; a failure is not kept. */
export function resourceIndex(send: (caller: Caller) => Send, now: () => number = Date.now): ResourceIndex {
  let snapshot: ResourceSnapshot | undefined;
  let pending: Promise<ResourceSnapshot> | undefined;
  let generation = 0;

  function refresh(caller: Caller): Promise<ResourceSnapshot> {
    const started = generation;
    const request = send({ ...caller, tool: "resource-index" })<unknown>(OPERATION)
      .then(({ data }) => {
        const taken = indexResources(Array.isArray(data) ? data : [], now());
        if (started === generation) snapshot = taken;
        return taken;
      })
      .finally(() => {
        if (pending === request) pending = undefined;
      });
    pending = request;
    return request;
  }

  return {
    async get(caller, { maxAgeMs = MAX_AGE_MS, signal } = {}) {
      signal?.throwIfAborted();
      if (snapshot !== undefined && now() - snapshot.takenAt < maxAgeMs) return snapshot;
      return abortable(pending ?? refresh(caller), signal);
    },
    invalidate() {
      generation++;
      snapshot = undefined;
      pending = undefined;
    },
  };
}

/** Indexes the rows of `GET /cluster/resources`; rows without an id are dropped. */
export function indexResources(data: readonly unknown[], takenAt: number): ResourceSnapshot {
  const rows: Resource[] = [];
  const guests = new Map<number, GuestResource>();
  const guestsByName = new Map<string, GuestResource[]>();
  const nodes = new Map<string, Resource>();
  const storages: Resource[] = [];
  for (const item of data) {
    if (typeof item !== "object" || item === null || typeof (item as Resource).id !== "string") continue;
    const row = normalize(item as Resource);
    rows.push(row);
    if (isGuest(row)) {
      guests.set(row.vmid, row);
      if (row.name !== undefined) {
        const named = guestsByName.get(row.name);
        if (named === undefined) guestsByName.set(row.name, [row]);
        else named.push(row);
      }
    } else if (row.type === "node" && row.node !== undefined) nodes.set(row.node, row);
    else if (row.type === "storage") storages.push(row);
  }
  return { takenAt, rows, guests, guestsByName, nodes, storages };
}

/** Types as `Resource` states them, whatever the release sends (pve-facts 28); the row itself is changed. */
function normalize(row: Resource): Resource {
  for (const key of ["vmid", "uptime", "cpu", "maxcpu", "mem", "maxmem", "disk", "maxdisk"] as const) {
    const value: unknown = row[key];
    if (typeof value === "string" && value !== "" && Number.isFinite(Number(value))) row[key] = Number(value);
  }
  for (const key of ["template", "shared"] as const) {
    const value: unknown = row[key];
    if (value !== undefined && value !== null) row[key] = value === true || value === 1 || value === "1";
  }
  return row;
}

function isGuest(row: Resource): row is GuestResource {
  return (row.type === "qemu" || row.type === "lxc") && typeof row.vmid === "number" && typeof row.node === "string";
}
