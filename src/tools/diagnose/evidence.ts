import type { Evidence, RankedCause } from "./cause.ts";
import { startFailed, type VmFacts } from "./facts.ts";
import { startAgain } from "./next-calls.ts";

/** The place of all evidence from the log of the last start. */
const LOG = "log of the last start";

/** A line of the configuration as it will be at the next start; a pending one is marked. */
export function configLine(facts: VmFacts, key: string): Evidence {
  const pending = facts.pending?.some((change) => change.key === key) === true;
  const value = facts.nextConfig?.[key] ?? facts.config?.[key];
  return {
    where: pending ? `config ${key} (pending)` : `config ${key}`,
    says: value === undefined ? "not set" : String(value),
  };
}

/** The first line of the failed start's log that fits; its exit status where the log has none. */
export function logLine(facts: VmFacts, pattern: RegExp): (Evidence & { match: RegExpExecArray }) | undefined {
  const { start } = facts;
  if (!start || !startFailed(facts)) return undefined;
  for (const [index, line] of start.log.entries()) {
    const match = pattern.exec(line);
    if (match) return { where: `${LOG}, line ${start.firstLine + index}`, says: line, match };
  }
  const match = pattern.exec(start.status ?? "");
  return match ? { where: "exit status of the last start", says: start.status ?? "", match } : undefined;
}

/** Evidence without what only the detector needs. */
export function quote({ where, says }: Evidence): Evidence {
  return { where, says };
}

/** Whether a cause cites the failed start. */
export function citesStart({ evidence }: Pick<RankedCause, "evidence">): boolean {
  return evidence.some(({ where }) => where.endsWith("of the last start") || where.startsWith(LOG));
}

/** What the last start failed on is in order by now: no obstacle, but the answer to "why". */
export function settled(facts: VmFacts, stage: number, line: Evidence, now: string): RankedCause {
  return {
    cause: "settled-since",
    severity: "info",
    stage,
    what: `The last start failed on something that is in order now: ${now}.`,
    evidence: [quote(line)],
    next: startAgain(facts),
  };
}

/** Bytes in the largest unit that leaves a figure before the point. */
export function bytes(count: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
  let value = count;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : Math.round(value * 10) / 10} ${units[unit]}`;
}
