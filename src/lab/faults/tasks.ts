import type { ClusterState } from "../state/cluster.ts";
import { parseOutcome, type TaskTrouble } from "../tasks.ts";
import type { Definitions, Effect } from "./definition.ts";

const WRITES = { when: ({ method }: { method: string }) => method !== "GET" };
/** In hundredths of a second: more than 497 days (pve-facts 46). */
const LONG_UPTIME = 0x1_2345_6789;

function trouble(make: (state: ClusterState) => TaskTrouble): Effect {
  return { faults: [{ match: WRITES, task: make }] };
}

/** What is odd about tasks that a request starts (pve-facts 46 to 55). */
export const taskFaults = {
  "task-late": {
    does: "cannot be read for `ms` (1000): 400 `no such task`",
    options: ["ms"],
    build: ({ ms = 1000 }) => trouble(() => ({ visibleMs: ms })),
  },
  "task-ends": {
    does: "ends as `text` says: `OK`, `WARNINGS: n`, `unexpected status` or an error's text",
    options: ["text!"],
    build: ({ text = "OK" }) => trouble(() => ({ outcome: parseOutcome(text) })),
  },
  "task-vanishes": {
    does: "is forgotten as soon as it has ended",
    options: [],
    build: () => trouble(() => ({ vanishes: true })),
  },
  "task-stubborn": {
    does: "goes on for `ms` (5000) when it is to stop, and is killed then, which leaves its log without a final line",
    options: ["ms"],
    build: ({ ms = 5000 }) => trouble(() => ({ killMs: ms })),
  },
  "task-long-uptime": {
    does: "has a start of nine digits in its UPID, as after 497 days",
    options: [],
    build: () => trouble(() => ({ pstart: LONG_UPTIME })),
  },
  "task-empty-id": {
    does: "has an empty id in its UPID",
    options: [],
    build: () => trouble(() => ({ id: "" })),
  },
  "task-long-log": {
    does: "writes `count` (120) lines, more than one answer gives",
    options: ["count"],
    build: ({ count = 120 }) =>
      trouble(() => ({ log: Array.from({ length: count }, (_, index) => `progress: line ${index + 1} of ${count}`) })),
  },
  "task-leaves-lock": {
    does: "locks its guest (`lock`: backup), and leaves that behind when it is cancelled",
    options: ["lock"],
    build: ({ lock = "backup" }) =>
      trouble((state) => ({
        began: ({ id }) => setLock(state, id, lock),
        ended: ({ id }, cancelled) => {
          if (!cancelled) setLock(state, id, undefined);
        },
      })),
  },
  "task-misses-goal": {
    does: "ends OK without having done anything",
    options: [],
    build: () => trouble(() => ({ skipsWork: true })),
  },
  "vzdump-ok": {
    does: "answers the string OK instead of a UPID: no guest of the backup is on that node",
    options: [],
    build: () => ({ faults: [{ match: { method: "POST", path: /^\/nodes\/[^/]+\/vzdump$/ }, data: "OK" }] }),
  },
} as const satisfies Definitions;

function setLock(state: ClusterState, id: string, lock: string | undefined): void {
  const guest = state.guests.get(Number(id));
  if (!guest) return;
  if (lock === undefined) delete guest.config.lock;
  else guest.config.lock = lock;
  state.touch(guest);
}
