import * as z from "zod";
import type { Answer } from "../../schema/operation.ts";
import { type Cell, cell } from "../arguments.ts";

export type Row = Readonly<Record<string, unknown>>;

/** What an agent's report says: the server wraps it in `result`. */
export function resultOf({ data }: Answer): unknown {
  return (data as { result?: unknown } | null)?.result ?? {};
}

/** A list of objects; one without entries comes as null at times (pve-facts 29). */
export function rowsOf(value: unknown): readonly Row[] {
  return Array.isArray(value) ? value.filter((row): row is Row => typeof row === "object" && row !== null) : [];
}

/** A short list inside an answer; `total` tells of rows that it leaves out. */
export const tableOutput = z.object({
  columns: z.array(z.string()),
  rows: z.array(z.array(cell)),
  total: z.int().optional().describe("Present when rows are left out"),
});

/** The first `most` rows, without the columns that none of them fills. */
export function table(names: readonly string[], rows: readonly object[], most: number): z.input<typeof tableOutput> {
  const shown = rows.slice(0, most) as Row[];
  const columns = names.filter((name) => shown.some((row) => row[name] !== undefined && row[name] !== null));
  return {
    columns: shown.length === 0 ? [...names] : columns,
    rows: shown.map((row) => columns.map((name) => toCell(row[name]))),
    ...(rows.length > most ? { total: rows.length } : {}),
  };
}

function toCell(value: unknown): Cell {
  if (value === undefined || value === null) return null;
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : String(value);
}
