import * as z from "zod";
import { type Incomplete, incomplete } from "../arguments.ts";
import { causesOutput, type Detector, detect, MOST_CAUSES, type RankedCause, rank, STAGE, shown } from "./cause.ts";
import { unexplainedStart } from "./detectors/run-state.ts";
import { citesStart } from "./evidence.ts";
import { nameOf, startFailed, type VmFacts } from "./facts.ts";

/** What both diagnoses answer with. */
export const diagnosisOutput = z.object({
  cluster: z.string(),
  vmid: z.int(),
  name: z.string().optional(),
  node: z.string(),
  status: z.string(),
  verdict: z.string(),
  causes: causesOutput,
  lastStart: z
    .object({
      upid: z.string(),
      at: z.string(),
      type: z.string(),
      state: z.string(),
      exitstatus: z.string().optional(),
    })
    .optional(),
  fine: z.array(z.string()).describe("Checked and in order"),
  incomplete,
});

export type Diagnosis = z.input<typeof diagnosisOutput>;

/** A machine that runs has passed these stages; what is wrong there now shows at its next start. */
function isPassed({ run }: VmFacts, { stage }: RankedCause): boolean {
  return run?.running === true && stage >= STAGE.cpu && stage <= STAGE.memory;
}

/** Detectors' findings, put in order and in proportion. */
export function diagnose(
  facts: VmFacts,
  detectors: Readonly<Record<string, Detector<VmFacts>>>,
): { causes: RankedCause[]; fine: string[] } {
  const { causes, fine } = detect(detectors, facts);
  const last = causes.some(citesStart) ? undefined : unexplainedStart(facts);
  const weighed = [...causes, ...(last ? [last] : [])].map((cause) =>
    isPassed(facts, cause) && cause.severity === "blocks"
      ? { ...cause, severity: "warning" as const, what: `At its next start: ${cause.what}` }
      : cause,
  );
  return { causes: rank(weighed), fine };
}

/** One sentence that answers the question. */
export function verdictOf(facts: VmFacts, causes: readonly RankedCause[], missing: number): string {
  const name = nameOf(facts);
  const serious = causes.filter(({ severity }) => severity !== "info");
  const [first] = serious;
  const more = serious.length > 1 ? ` (and ${serious.length - 1} more)` : "";
  const gaps = missing > 0 ? ` ${missing} ${missing === 1 ? "check" : "checks"} could not be made.` : "";
  if (first) {
    const lead = leadOf(facts, first);
    return `${name} ${lead}: ${first.what}${more}${gaps}`;
  }
  if (facts.question === "agent") {
    return isHeard(facts)
      ? `${name}: the guest agent works.${gaps}`
      : `${name}: its guest agent could not be asked.${gaps}`;
  }
  if (facts.run?.running) return `${name} runs, and nothing that was checked hinders it.${gaps}`;
  const [note] = causes;
  return `${name} is stopped, and nothing that was checked keeps it from starting.${note ? ` ${note.what}` : ""}${gaps}`;
}

function leadOf(facts: VmFacts, { severity, stage }: RankedCause): string {
  if (facts.question === "agent") {
    return severity === "blocks"
      ? "has no usable guest agent"
      : isHeard(facts)
        ? "has a guest agent with a limit"
        : "may have a guest agent later";
  }
  if (facts.run?.running) return severity === "blocks" ? "runs and gets nowhere" : "runs, with a catch";
  // What comes after the start cannot be why it is stopped.
  if (stage > STAGE.start)
    return severity === "blocks" ? "would not come up" : "is stopped, and would start with a catch";
  return severity === "blocks" ? "does not start" : "is stopped, and this may be why";
}

/** The agent has answered something. */
function isHeard({ agent }: VmFacts): boolean {
  return agent?.calls.some(({ outcome }) => outcome === "ok" || outcome === "refused") === true;
}

/** The whole answer. */
export function answerOf(
  facts: VmFacts,
  cluster: string,
  detectors: Readonly<Record<string, Detector<VmFacts>>>,
  missing: NonNullable<Incomplete>,
): Diagnosis {
  const { causes, fine } = diagnose(facts, detectors);
  const { start, run } = facts;
  const more = causes.length - MOST_CAUSES;
  const gaps = [
    ...missing,
    ...(more > 0 ? [{ part: "causes", reason: `${more} more, less serious, are left out` }] : []),
  ];
  return {
    cluster,
    vmid: facts.vmid,
    ...(facts.name === undefined ? {} : { name: facts.name }),
    node: facts.node,
    status: facts.nodeOnline ? statusOf(run) : "unknown",
    verdict: verdictOf(facts, causes, missing.length),
    causes: shown(causes),
    ...(start && startFailed(facts) ? { lastStart: lastStartOf(start) } : {}),
    fine,
    ...(gaps.length > 0 ? { incomplete: gaps } : {}),
  };
}

function statusOf(run: VmFacts["run"]): string {
  if (!run) return "unknown";
  if (!run.running) return "stopped";
  return run.qmp === undefined || run.qmp === "running" ? "running" : `running (${run.qmp})`;
}

function lastStartOf(start: NonNullable<VmFacts["start"]>): NonNullable<Diagnosis["lastStart"]> {
  return {
    upid: start.upid,
    at: new Date(start.starttime * 1000).toISOString().replace(".000Z", "Z"),
    type: start.type,
    state: start.outcome,
    ...(start.status === undefined ? {} : { exitstatus: start.status }),
  };
}
