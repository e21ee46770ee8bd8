import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Check, Findings, Revision, Verdict } from "./suite.ts";

/** What a check is expected to find; whatever is not passed has a reason, a key of `reasons.json`. */
type Expected = Verdict | `${Verdict}: ${string}`;
export type Baseline = Record<string, Record<string, Expected>>;

const pathOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const nameOf = (revision: Revision): string => `baseline-${revision}.json`;

/** What messages say where a check found nothing to look at. */
const NO_FIXTURE = /Unknown (tool|prompt): |Resource not found: test:|'\w+' not found|diagnostic tool|fixture/;
const UNEXPLAINED = "unexplained";

/** The baseline of a revision, and the reasons that baselines may give. */
export async function readBaseline(revision: Revision): Promise<{ baseline: Baseline; reasons: readonly string[] }> {
  const read = async (name: string) => JSON.parse(await readFile(pathOf(name), "utf8").catch(() => "{}"));
  return { baseline: await read(nameOf(revision)), reasons: Object.keys(await read("reasons.json")) };
}

/** One line for each check that is not as the baseline has it, or that nobody has given a reason for. */
export function deviations({ checks }: Pick<Findings, "checks">, baseline: Baseline, reasons: readonly string[]) {
  const lines: string[] = [];
  for (const scenario of new Set([...Object.keys(baseline), ...Object.keys(checks)])) {
    const expected = baseline[scenario] ?? {};
    const found = checks[scenario] ?? {};
    for (const id of new Set([...Object.keys(expected), ...Object.keys(found)])) {
      const [was, reason] = split(expected[id]);
      const is = found[id]?.verdict;
      const at = `${scenario}: ${id}`;
      if (was !== is) {
        lines.push(`- ${at}: ${expected[id] ?? "not made"}`, `+ ${at}: ${said(found[id])}`);
      } else if (needsReason(is) && !reasons.includes(reason ?? "")) {
        lines.push(`! ${at}: lacks a reason of reasons.json: ${said(found[id])}`);
      }
    }
  }
  return lines;
}

/** The baseline for what was found; reasons stay where the verdict does. */
export function renewed({ checks }: Pick<Findings, "checks">, before: Baseline): Baseline {
  const sorted = <T>(record: Record<string, T>) => Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    sorted(checks).map(([scenario, found]) => [
      scenario,
      Object.fromEntries(sorted(found).map(([id, check]) => [id, expectedOf(check, before[scenario]?.[id])])),
    ]),
  );
}

/** Writes the baseline of a revision. */
export async function writeBaseline(revision: Revision, baseline: Baseline): Promise<void> {
  await writeFile(pathOf(nameOf(revision)), `${JSON.stringify(baseline, null, 2)}\n`);
}

function expectedOf({ verdict, message = "" }: Check, before: Expected | undefined): Expected {
  if (!needsReason(verdict)) return verdict;
  const [was, reason] = split(before);
  if (was === verdict && reason !== undefined) return `${verdict}: ${reason}`;
  return `${verdict}: ${NO_FIXTURE.test(message) ? "no-fixture" : UNEXPLAINED}`;
}

function split(expected: Expected | undefined): [string | undefined, string | undefined] {
  const [verdict, reason] = expected?.split(": ") ?? [];
  return [verdict, reason];
}

function needsReason(verdict: Verdict | undefined): boolean {
  return verdict === "FAILURE" || verdict === "WARNING" || verdict === "SKIPPED";
}

function said(check: Check | undefined): string {
  return check ? [check.verdict, check.message].filter(Boolean).join(": ") : "not made";
}
