import type { Writable } from "node:stream";
import { type ChainedLine, chainsIn, filesOf, parseLine, readTail } from "../access/audit/index.ts";
import { cleanText } from "../access/index.ts";

/** Bytes read for each line asked for, at first. */
const PER_LINE = 1024;

/** Writes the last lines of the log as columns, all chains merged by time. */
export function tailAudit(
  { directory, lines, json = false }: { directory: string; lines: number; json?: boolean },
  out: Writable,
): number {
  const last = chainsIn(directory)
    .flatMap((chain) => lastOf(directory, chain, lines))
    .sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : a.seq - b.seq))
    .slice(-lines);
  if (json) {
    for (const line of last) out.write(`${JSON.stringify(line)}\n`);
    return 0;
  }
  if (last.length === 0) {
    out.write(`There is no line in the audit log in ${directory}.\n`);
    return 0;
  }
  for (const row of aligned(last.map(columns))) out.write(`${row}\n`);
  return 0;
}

function lastOf(directory: string, chain: string, count: number): ChainedLine[] {
  const files = filesOf(directory, chain);
  let found: Buffer[] = [];
  for (let bytes = count * PER_LINE; ; bytes *= 4) {
    const { lines } = readTail(files, bytes);
    const all = lines.length === found.length;
    found = lines;
    if (found.length >= count || all) break;
  }
  return found.slice(-count).flatMap((line) => {
    const parsed = parseLine(line.toString());
    return parsed && typeof parsed.time === "string" ? [parsed] : [];
  });
}

function columns(line: ChainedLine): string[] {
  const { time, phase, principal, pveToken, tool, operation, outcome, status, durationMs, upid, detail } = line;
  const target = Object.values(line.target ?? {}).map((value) => (typeof value === "object" ? "…" : String(value)));
  const end = [outcome, status, durationMs === undefined ? undefined : `${durationMs} ms`, upid ?? detail];
  return [
    time.replace("T", " "),
    phase,
    [principal, pveToken].filter((part) => part !== undefined).join(" as "),
    tool ?? "",
    line.class ?? "",
    operation ?? "",
    target.join(" "),
    end.filter((part) => part !== undefined).join(" "),
  ].map((text) => cleanText(text).replace(/\s+/g, " "));
}

/** Cells padded to the width of their column, the last one as it is. */
function aligned(rows: readonly string[][]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column]!))
      .join("  ")
      .trimEnd(),
  );
}
