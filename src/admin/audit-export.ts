import { once } from "node:events";
import type { Writable } from "node:stream";
import type { ChainedLine } from "../access/audit/index.ts";
import { mergedLines } from "./audit-lines.ts";

export interface ExportOptions {
  directory: string;
  /** Milliseconds since the epoch, inclusive. */
  since?: number | undefined;
  /** Milliseconds since the epoch, exclusive. */
  until?: number | undefined;
  format: "jsonl" | "csv";
}

const COLUMNS = [
  "time",
  "phase",
  "principal",
  "tool",
  "cluster",
  "class",
  "operation",
  "target",
  "outcome",
  "status",
  "durationMs",
  "upid",
  "detail",
  "params",
  "requestId",
  "call",
  "pid",
  "seq",
] as const satisfies readonly (keyof ChainedLine)[];

/** Writes the lines of a span of time, all chains merged: as they stand, or as a table for spreadsheets (RFC 4180). */
export async function exportAudit({ directory, since, until, format }: ExportOptions, out: Writable): Promise<number> {
  if (format === "csv") await write(out, `${COLUMNS.join(",")}\r\n`);
  for await (const { line, text } of mergedLines(directory)) {
    const at = Date.parse(line.time);
    if ((since !== undefined && at < since) || (until !== undefined && at >= until)) continue;
    const row = () => COLUMNS.map((column) => cell(line[column])).join(",");
    await write(out, format === "csv" ? `${row()}\r\n` : `${text}\n`);
  }
  return 0;
}

/** A spreadsheet takes a cell that begins with an operator for a formula: an apostrophe makes it text. */
function cell(value: unknown): string {
  if (value === undefined || value === null) return "";
  const plain = typeof value === "object" ? JSON.stringify(value) : String(value);
  const text = typeof value !== "number" && /^[=+\-@\t\r]/.test(plain) ? `'${plain}` : plain;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

async function write(out: Writable, text: string): Promise<void> {
  if (!out.write(text)) await once(out, "drain");
}
