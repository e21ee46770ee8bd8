import type { Hit } from "../faults.ts";
import { parseOutcome } from "../tasks.ts";
import type { Definitions } from "./definition.ts";

/** Longer than the proxy waits (pve-facts 24). */
const SLOW_MS = 40_000;
const LAG_MS = 5000;
/** How long a shared storage's lock is waited for (pve-facts 56). */
const LOCK_MS = 10_000;
const FULL = "No space left on device";

function names(hit: Hit, storage: string): boolean {
  return hit.path.includes(`/storage/${storage}`) || Object.values(hit.params).some((value) => refers(value, storage));
}

function refers(value: unknown, storage: string): boolean {
  return typeof value === "string" && (value === storage || value.startsWith(`${storage}:`));
}

function storagePath(storage: string | undefined, rest: string): RegExp {
  return new RegExp(`^/nodes/[^/]+/storage/${storage ?? "[^/]+"}${rest}`);
}

/** What goes wrong with storages. */
export const storageFaults = {
  "storage-slow": {
    does: "lets the content of `storage` (all) take `ms` (40000) to list, which keeps a worker busy",
    options: ["storage", "ms"],
    build: ({ storage, ms = SLOW_MS }) => ({
      faults: [{ match: { path: storagePath(storage, "/(?:content|status)") }, workMs: ms }],
    }),
  },
  "storage-full": {
    does: "leaves nothing free on `storage`: tasks that allocate there fail, and running VMs with a disk there halt",
    options: ["storage!"],
    build: ({ storage = "" }, { state }) => ({
      faults: [
        {
          match: { when: (hit) => hit.method !== "GET" && hit.method !== "DELETE" && names(hit, storage) },
          task: () => ({ outcome: parseOutcome(`unable to create image: ${FULL}`) }),
        },
      ],
      start: () => {
        const known = state.storages.get(storage)!;
        const used = new Map(known.used);
        for (const key of used.keys()) known.used.set(key, known.total);
        return () => {
          for (const [key, bytes] of used) known.used.set(key, bytes);
        };
      },
    }),
  },
  "storage-lag": {
    does: "leaves volumes that are younger than `ms` (5000) out of content lists",
    options: ["storage", "ms"],
    build: ({ storage, ms = LAG_MS }, { state }) => {
      const seen = new Map<string, number>([...state.volumes.keys()].map((volid) => [volid, 0]));
      return {
        faults: [
          {
            match: { method: "GET", path: storagePath(storage, "/content$") },
            answer: (answer) => {
              const now = Date.now();
              const rows = answer.data as { volid: string }[];
              for (const { volid } of rows) if (!seen.has(volid)) seen.set(volid, now);
              return { ...answer, data: rows.filter(({ volid }) => now - seen.get(volid)! >= ms) };
            },
          },
        ],
      };
    },
  },
  "storage-offline": {
    does: "makes `storage` unreachable on `node` (all)",
    options: ["storage!", "node"],
    build: ({ storage = "", node }, { state }) => ({
      start: () => {
        const { inactiveOn } = state.storages.get(storage)!;
        const added = (node === undefined ? [...state.nodes.keys()] : [node]).filter((name) => !inactiveOn.has(name));
        for (const name of added) inactiveOn.add(name);
        return () => {
          for (const name of added) inactiveOn.delete(name);
        };
      },
    }),
  },
  "storage-lock-timeout": {
    does: "lets tasks that write to `storage` end with a timeout of its lock; what needs no task is refused after `ms` (10000)",
    options: ["storage!", "ms"],
    build: ({ storage = "", ms = LOCK_MS }, { state }) => {
      const why = state.storages.get(storage)?.shared
        ? `cfs-lock 'storage-${storage}' error: got lock request timeout`
        : `can't lock file '/var/lock/pve-manager/pve-storage-${storage}' - got timeout`;
      return {
        faults: [
          {
            match: { when: (hit) => hit.method !== "GET" && names(hit, storage) },
            task: () => ({ outcome: parseOutcome(why) }),
          },
          {
            match: {
              path: storagePath(storage, "/content"),
              when: (hit) => hit.method === "POST" && names(hit, storage),
            },
            delayMs: ms,
            status: 500,
            reason: why,
          },
        ],
      };
    },
  },
} as const satisfies Definitions;
