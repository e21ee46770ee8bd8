import { type Detector, type RankedCause, STAGE } from "../cause.ts";
import { quote } from "../evidence.ts";
import { nameOf, startFailed, type TaskFact, type VmFacts } from "../facts.ts";
import { apiGet, bootDiagnose, jobWait, startAgain, taskGet, vmAction } from "../next-calls.ts";

/** QEMU's words for a VM that runs and does nothing; `io-error` is a matter of its storage. */
const STANDSTILL: Readonly<Record<string, [cause: string, what: string, action: string]>> = {
  paused: ["paused", "It is paused: it runs, and its processors stand still.", "resume"],
  suspended: ["paused", "It sleeps (suspend to RAM) until it is woken.", "resume"],
  "internal-error": ["qemu-internal-error", "QEMU has halted it after an error of its own.", "reset"],
  "guest-panicked": ["guest-panicked", "Its operating system has crashed (panic).", "reset"],
  watchdog: ["watchdog-fired", "Its watchdog has halted it, as the guest did not respond.", "reset"],
  shutdown: ["shut-down-inside", "The guest has shut down, and QEMU still stands.", "stop"],
};

const standstill: Detector<VmFacts> = (facts) => {
  const { run } = facts;
  if (!run?.running || run.qmp === undefined) return undefined;
  if (run.qmp === "running") return { fine: `running for ${span(run.uptime)}` };
  const known = STANDSTILL[run.qmp];
  const evidence = [{ where: "status/current, qmpstatus", says: run.qmp }];
  if (known) {
    const [cause, what, action] = known;
    const note =
      action === "resume" && run.lock !== undefined
        ? `A task may have paused it (lock ${run.lock}): wait for its end.`
        : undefined;
    return {
      causes: [
        { cause, severity: "blocks", stage: STAGE.running, what, evidence, next: vmAction(facts, action, note) },
      ],
    };
  }
  if (run.qmp === "io-error") return undefined;
  return {
    causes: [
      {
        cause: "in-between",
        severity: "info",
        stage: STAGE.running,
        what: `QEMU is in between (${run.qmp}), as during a start, a migration or a snapshot: look again in a few seconds.`,
        evidence,
        next: facts.question === "boot" ? bootDiagnose(facts) : startAgain(facts),
      },
    ],
  };
};

function span(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.floor(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.floor(seconds / 3600)} h` : `${Math.floor(seconds / 86_400)} days`;
}

/** Tasks that end a VM. */
const ENDINGS = /^(?:qmstop|qmshutdown|qmsuspend|hastop|qmrollback|qmigrate)$/;

/** Why it is stopped, when nothing failed: somebody stopped it, it ended by itself, or it was never started. */
const stopped: Detector<VmFacts> = (facts) => {
  const { run, tasks, start } = facts;
  if (!run || run.running || facts.template) return undefined;
  if (facts.question === "agent") {
    return {
      causes: [
        {
          cause: "vm-stopped",
          severity: "blocks",
          stage: STAGE.running,
          what: "It is stopped, and an agent answers only from a running guest.",
          evidence: [{ where: "status/current", says: "stopped" }],
          next: run.lock === "suspended" ? vmAction(facts, "resume") : startAgain(facts),
        },
      ],
    };
  }
  if (run.lock === "suspended" || startFailed(facts) || start?.outcome === "running") return undefined;
  const began = start?.starttime ?? 0;
  const ending = tasks?.find(
    ({ type, outcome, starttime }) => ENDINGS.test(type) && outcome !== "failed" && starttime >= began,
  );
  return { causes: [ending ? endedBy(facts, ending) : restful(facts)] };
};

function endedBy(facts: VmFacts, ending: TaskFact): RankedCause {
  return {
    cause: "stopped-by-task",
    severity: "info",
    stage: STAGE.running,
    alone: true,
    what: `${ending.user} stopped it (${ending.type}).`,
    evidence: [{ where: `GET /nodes/${facts.node}/tasks?vmid=${facts.vmid}`, says: `${ending.type} ${time(ending)}` }],
    next: startAgain(facts),
  };
}

function restful(facts: VmFacts): RankedCause {
  const { start } = facts;
  if (!start) {
    return {
      cause: "not-started",
      severity: "info",
      stage: STAGE.running,
      alone: true,
      what: "No attempt to start it is on record for this token.",
      evidence: [{ where: `GET /nodes/${facts.node}/tasks?vmid=${facts.vmid}`, says: "no start" }],
      next: startAgain(facts),
    };
  }
  return {
    cause: "ended-by-itself",
    severity: "info",
    stage: STAGE.running,
    alone: true,
    what: "It started well, and no task that this token can see stopped it: it shut down from inside, or QEMU ended.",
    evidence: [
      {
        where: `GET /nodes/${facts.node}/tasks?vmid=${facts.vmid}`,
        says: `${start.type} ${time(start)} ended ${start.status ?? "well"}`,
      },
    ],
    next: apiGet(
      facts,
      `/nodes/${facts.node}/journal`,
      "Look for the OOM killer or an error of kvm; or start it again.",
      {
        since: start.starttime,
        lastentries: 200,
      },
    ),
  };
}

function time({ starttime }: TaskFact): string {
  return new Date(starttime * 1000).toISOString().replace(".000Z", "Z");
}

/** The last start itself: under way, without a known end, or with warnings. */
const start: Detector<VmFacts> = (facts) => {
  const last = facts.start;
  if (!last) return undefined;
  const where = `${last.type} of ${time(last)}`;
  if (last.outcome === "running" && !facts.run?.running) {
    return {
      causes: [
        {
          cause: "start-under-way",
          severity: "info",
          stage: STAGE.start,
          what: "A start is under way.",
          evidence: [{ where, says: "running" }],
          next: last.job === undefined ? taskGet(facts, last.upid) : jobWait(last.job),
        },
      ],
    };
  }
  if (last.outcome === "unknown" && !facts.run?.running) {
    return {
      causes: [
        {
          cause: "start-without-end",
          severity: "warning",
          stage: STAGE.start,
          what: "The last start has no known outcome: its task was killed, or its node went down.",
          evidence: [{ where, says: last.status ?? "no final line" }],
          next: startAgain(facts),
        },
      ],
    };
  }
  if (last.outcome !== "warnings") return undefined;
  const warnings = last.log.filter((line) => /^\s*warn(?:ing)?:/i.test(line)).slice(0, 3);
  return {
    causes: [
      {
        cause: "start-warned",
        severity: "info",
        stage: STAGE.start,
        what: "The last start went well, with warnings.",
        evidence:
          warnings.length > 0 ? warnings.map((says) => ({ where, says })) : [{ where, says: last.status ?? "" }],
        next: taskGet(facts, last.upid),
      },
    ],
  };
};

/** A failed start that none of the causes explains: what it said itself. */
export function unexplainedStart(facts: VmFacts): RankedCause | undefined {
  const last = facts.start;
  if (!last || !startFailed(facts)) return undefined;
  const lines = last.log.map((says, index) => ({
    where: `log of the last start, line ${last.firstLine + index}`,
    says,
  }));
  const told = lines.filter(({ says }) => !/^\s*$/.test(says)).slice(-4);
  return {
    cause: "start-failed",
    severity: "blocks",
    stage: STAGE.start,
    what: `The last start of ${nameOf(facts)} failed, for a reason that is not among those known here: ${last.status ?? "no reason given"}.`,
    evidence: told.length > 0 ? told.map(quote) : [{ where: "exit status of the last start", says: last.status ?? "" }],
    next: taskGet(facts, last.upid),
  };
}

/** Whether it runs, and what its process does. */
export const runDetectors = { standstill, stopped, start };
