import * as z from "zod";

/** `blocks`: it does not work because of this. `warning`: it may be why, or will be. `info`: worth knowing. */
export const SEVERITIES = ["blocks", "warning", "info"] as const;

export type Severity = (typeof SEVERITIES)[number];

/** One thing that was read, with the place where it stands. */
export interface Evidence {
  where: string;
  says: string;
}

/** The tool call to make next, ready to be sent. */
export interface NextCall {
  tool: string;
  arguments: Record<string, unknown>;
  /** What else a person has to do or know; never needed to make the call. */
  note?: string;
}

export interface Cause {
  /** Stable id, e.g. `volume-missing`. */
  cause: string;
  severity: Severity;
  what: string;
  evidence: Evidence[];
  next: NextCall;
}

/** A cause with its place on the way from the start request to a reachable guest: the lower, the sooner it blocks. */
export interface RankedCause extends Cause {
  stage: number;
  /** Worth saying only when nothing serious is. */
  alone?: true;
}

/** The way from a start request to a reachable guest, in the order in which Proxmox goes it. */
export const STAGE = {
  node: 10,
  quorum: 20,
  ha: 30,
  template: 40,
  lock: 50,
  cpu: 60,
  device: 70,
  volume: 80,
  bridge: 90,
  memory: 100,
  start: 110,
  running: 120,
  boot: 130,
  agent: 140,
  cloudInit: 150,
  address: 160,
  pending: 170,
} as const;

/** What one detector has to say: causes, or that what it looked at is in order. */
export interface Finding {
  causes?: RankedCause[];
  fine?: string;
}

/** A pure look at facts; nothing at all when they do not tell. */
export type Detector<F> = (facts: F) => Finding | undefined;

const LONGEST = 400;
const MOST_EVIDENCE = 5;
/** Causes that an answer holds. */
export const MOST_CAUSES = 12;

const evidenceOutput = z.array(z.object({ where: z.string(), says: z.string() }));

export const nextOutput = z.object({
  tool: z.string(),
  arguments: z.record(z.string(), z.unknown()),
  note: z.string().optional(),
});

export const causesOutput = z
  .array(
    z.object({
      cause: z.string(),
      severity: z.enum(SEVERITIES),
      what: z.string(),
      evidence: evidenceOutput,
      next: nextOutput,
    }),
  )
  .describe("What blocks first stands first");

/** Causes by weight, and among equals by what comes first on the way. */
export function rank(causes: readonly RankedCause[]): RankedCause[] {
  const weight = ({ severity }: Cause) => SEVERITIES.indexOf(severity);
  const serious = causes.some(({ severity }) => severity !== "info");
  return causes.filter(({ alone }) => !alone || !serious).sort((a, b) => weight(a) - weight(b) || a.stage - b.stage);
}

/** Causes as an answer holds them, the facts of each kept short. */
export function shown(causes: readonly RankedCause[]): Cause[] {
  return causes.slice(0, MOST_CAUSES).map(({ cause, severity, what, evidence, next }) => ({
    cause,
    severity,
    what,
    evidence: evidence.slice(0, MOST_EVIDENCE).map(({ where, says }) => ({ where, says: shorten(says) })),
    next,
  }));
}

function shorten(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}… [cut: ${text.length} characters in all]`;
}

/** Runs a table of detectors over the facts. */
export function detect<F>(
  detectors: Readonly<Record<string, Detector<F>>>,
  facts: F,
): { causes: RankedCause[]; fine: string[] } {
  const causes: RankedCause[] = [];
  const fine: string[] = [];
  for (const look of Object.values(detectors)) {
    const finding = look(facts);
    causes.push(...(finding?.causes ?? []));
    if (finding?.fine !== undefined) fine.push(finding.fine);
  }
  return { causes, fine };
}
