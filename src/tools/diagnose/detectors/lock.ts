import { type Detector, type Evidence, type Finding, STAGE } from "../cause.ts";
import { logLine, quote, settled } from "../evidence.ts";
import type { TaskFact, VmFacts } from "../facts.ts";
import { jobWait, runningTasks, startAgain, taskGet, vmAction } from "../next-calls.ts";

/** Types of tasks that set each lock (pve-facts 56). */
const OWNERS: Readonly<Record<string, readonly string[]>> = {
  backup: ["vzdump"],
  clone: ["qmclone"],
  create: ["qmcreate", "qmrestore"],
  migrate: ["qmigrate"],
  rollback: ["qmrollback"],
  snapshot: ["qmsnapshot"],
  "snapshot-delete": ["qmdelsnapshot"],
  suspending: ["qmsuspend"],
};

/** Tasks that may hold a lock of some VM without naming it: a backup of several, the clone's source. */
const NAMELESS = /^(?:vzdump|qmclone)$/;

/** The running task that holds the lock, and whether it is known to be this VM's. */
function holderOf(facts: VmFacts, lock: string): { task: TaskFact; certain: boolean } | undefined {
  const types = OWNERS[lock] ?? [];
  const fitting = (facts.live?.tasks ?? []).filter(({ type }) => types.includes(type));
  const own = fitting.find(({ id }) => id === String(facts.vmid));
  if (own) return { task: own, certain: true };
  const other = fitting.find(({ type, id }) => NAMELESS.test(type) && (id === "" || type === "qmclone"));
  return other ? { task: other, certain: false } : undefined;
}

function when({ starttime }: TaskFact): string {
  return new Date(starttime * 1000).toISOString().replace(".000Z", "Z");
}

const lock: Detector<VmFacts> = (facts) => {
  const held = facts.run?.lock;
  const line = logLine(facts, /VM is locked \(([^)]+)\)/);
  if (held === undefined) {
    if (!facts.run) return undefined;
    return line
      ? { causes: [settled(facts, STAGE.lock, line, `lock ${line.match[1]} is gone`)] }
      : { fine: "not locked" };
  }
  const evidence: Evidence[] = [{ where: "config lock", says: held }, ...(line ? [quote(line)] : [])];
  if (held === "suspended") return suspended(facts, evidence);
  const severity = facts.run?.running ? "warning" : "blocks";
  const holder = holderOf(facts, held);
  if (holder) return waiting(facts, held, holder, evidence);
  const left = facts.tasks?.find(({ type, outcome }) => OWNERS[held]?.includes(type) && outcome !== "running");
  if (left) {
    evidence.push({
      where: `GET /nodes/${facts.node}/tasks?vmid=${facts.vmid}`,
      says: `${left.type} of ${when(left)} ended: ${left.status ?? left.outcome}`,
    });
  }
  const next = left ? taskGet(facts, left.upid) : runningTasks(facts);
  if (facts.live?.all !== true) {
    return {
      causes: [
        {
          cause: "locked",
          severity,
          stage: STAGE.lock,
          what: `It is locked (${held}); whether a task still works on it could not be ${facts.live ? "seen: without Sys.Audit on its node a token sees only its own tasks" : "read"}.`,
          evidence,
          next,
        },
      ],
    };
  }
  evidence.push({
    where: `GET /nodes/${facts.node}/tasks?source=active`,
    says: `no ${(OWNERS[held] ?? ["task"]).join(" or ")} runs`,
  });
  return {
    causes: [
      {
        cause: "lock-stale",
        severity,
        stage: STAGE.lock,
        what: `It is locked (${held}), and no task that works on it runs: the lock was left behind.`,
        evidence,
        next: {
          ...next,
          // No API removes a lock, and to judge one is for a person (pve-facts 52, 56).
          note: `Once a person has made sure that nothing works on it: qm unlock ${facts.vmid} on ${facts.node} (proxmox_cli_run). ${afterUnlock(held)}`.trim(),
        },
      },
    ],
  };
};

/** What a broken-off task of that kind leaves behind besides the lock. */
function afterUnlock(held: string): string {
  if (held === "rollback") return "Its disks may be half rolled back: roll back again rather than start it.";
  if (held === "create" || held === "clone") return "It may be half made: destroying it and making it again is safer.";
  if (held === "migrate") return "See that it does not run on the target node first.";
  if (held.startsWith("snapshot")) return "A half-made snapshot may remain.";
  return "";
}

function waiting(
  facts: VmFacts,
  held: string,
  { task, certain }: { task: TaskFact; certain: boolean },
  evidence: Evidence[],
): Finding {
  return {
    causes: [
      {
        cause: "lock-held",
        // A backup or snapshot of a running VM is everyday life.
        severity: facts.run?.running ? "info" : "blocks",
        stage: STAGE.lock,
        what: certain
          ? `It is locked (${held}) by a task that runs: wait for its end.`
          : `It is locked (${held}), and a ${task.type} that may hold the lock runs: wait for its end.`,
        evidence: [
          ...evidence,
          {
            where: `GET /nodes/${facts.node}/tasks?source=active`,
            says: `${task.type} of ${task.user} runs since ${when(task)}`,
          },
        ],
        next: task.job === undefined ? taskGet(facts, task.upid) : jobWait(task.job),
      },
    ],
  };
}

function suspended(facts: VmFacts, evidence: Evidence[]): Finding {
  const image = facts.volumes?.find(({ kind }) => kind === "vmstate");
  if (image) evidence.push({ where: "config vmstate", says: image.volid });
  return {
    causes: [
      {
        cause: "suspended",
        severity: "blocks",
        stage: STAGE.lock,
        what: "It is suspended to disk; its memory comes back when it is resumed.",
        evidence,
        next: vmAction(facts, "resume"),
      },
    ],
  };
}

/** The short lock that every operation takes: somebody else was at work (pve-facts 56). */
const lockFile: Detector<VmFacts> = (facts) => {
  const line = logLine(facts, /can't lock file '[^']+' - got timeout|got lock request timeout/);
  if (!line) return undefined;
  return {
    causes: [
      {
        cause: "lock-timeout",
        severity: "warning",
        stage: STAGE.lock,
        what: "The last start gave up waiting for another operation on the same VM or storage.",
        evidence: [quote(line)],
        next: startAgain(facts),
      },
    ],
  };
};

/** Locks, and who holds them. */
export const lockDetectors = { lock, lockFile };
