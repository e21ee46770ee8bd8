import type { Kind } from "./compare.ts";
import type { Verdict } from "./replay.ts";

/** Counts of one area, or of all. */
export interface Figures {
  compared: number;
  leftOut: number;
  notSimulated: number;
  /** Status, reason phrase and names of wrong parameters agree. */
  answer: number;
  headers: number;
  shape: number;
  values: number;
}

const ANSWER: readonly Kind[] = ["status", "reason", "error keys"];

/** Whether an exchange agrees in status, reason phrase and error keys. */
export function answers(verdict: Verdict): boolean {
  return !verdict.findings.some(({ kind }) => ANSWER.includes(kind));
}

function hasShape(verdict: Verdict): boolean {
  return !verdict.findings.some(({ kind }) => kind === "status" || kind === "shape");
}

/** Whether the lab says that it does not simulate the operation. */
function isNotSimulated({ got, recording }: Verdict): boolean {
  return got.status === 501 && recording.response.status !== 501;
}

/** The counts over some verdicts. */
export function count(verdicts: readonly Verdict[]): Figures {
  const compared = verdicts.filter(({ leftOut }) => leftOut === undefined);
  const number = (holds: (verdict: Verdict) => boolean): number => compared.filter(holds).length;
  return {
    compared: compared.length,
    leftOut: verdicts.length - compared.length,
    notSimulated: number(isNotSimulated),
    answer: number(answers),
    headers: number(({ findings }) => !findings.some(({ kind }) => kind === "status" || kind === "headers")),
    shape: number(hasShape),
    values: number(
      (verdict) => hasShape(verdict) && answers(verdict) && !verdict.findings.some(({ kind }) => kind === "values"),
    ),
  };
}

/** A share in percent with one decimal, rounded down so that 100.0 means all. */
export function percent(part: number, whole: number): string {
  return whole === 0 ? "-" : `${(Math.floor((part / whole) * 1000) / 10).toFixed(1)} %`;
}

/** What a difference in status, reason or error keys most likely comes from. */
export function causeOf(verdict: Verdict): string {
  const { recording, got } = verdict;
  const wanted = recording.response.status;
  if (isNotSimulated(verdict)) return "not simulated";
  if (wanted === 200 && (got.status === 401 || got.status === 403)) return "rights";
  if (wanted === 401 || got.status === 401) return "authentication";
  if (wanted === 403 || got.status === 403) return "rights";
  if (wanted === 200 && /no such|not exist|not found|not defined/i.test(`${got.reason} ${got.body}`))
    return "what it names is missing (follows from an earlier line)";
  if (wanted === 200) return "refused, a real server accepts";
  if (got.status === 200) return "accepted, a real server refuses";
  if (wanted !== got.status) return "refused in another way";
  if (verdict.findings.some(({ kind }) => kind === "error keys")) return "other parameters at fault";
  return "other words";
}
