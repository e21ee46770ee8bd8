import { pageBudget } from "../output-budget.ts";

type Row = Readonly<Record<string, unknown>>;

export interface Shown {
  from: number;
  count: number;
  of: number;
  unit: string;
  hint: string;
}

/** An answer's data within the output budget; what it leaves out is counted in `shown`. */
export function fitAnswer(
  data: unknown,
  page: { fields?: readonly string[]; offset: number; limit?: number },
): { data: unknown; shown?: Shown } {
  if (Array.isArray(data)) return fitList(data, page);
  if (typeof data === "string") return fitText(data, page);
  if (typeof data === "object" && data !== null) return fitObject(data as Row, page);
  return { data };
}

function fitList(
  rows: readonly unknown[],
  { fields, offset, limit }: { fields?: readonly string[]; offset: number; limit?: number },
): { data: unknown; shown?: Shown } {
  const part: unknown[] = [];
  const budget = pageBudget();
  let size = 0;
  for (const row of rows.slice(offset, limit === undefined ? undefined : offset + limit)) {
    const whole = fields ? project(row, fields) : row;
    const json = JSON.stringify(whole);
    const isHuge = json.length > budget;
    size += isHuge ? budget * 0.75 : json.length + 1;
    if (size > budget && part.length > 0) break;
    part.push(isHuge ? `${slice(json, 0, budget * 0.7)}… [cut: ${json.length} characters of JSON in all]` : whole);
  }
  if (part.length === rows.length) return { data: part };
  const rest = offset + part.length < rows.length ? `offset ${offset + part.length} has the next; ` : "";
  return {
    data: part,
    shown: { from: offset, count: part.length, of: rows.length, unit: "rows", hint: `${rest}fields narrows the rows` },
  };
}

function project(row: unknown, fields: readonly string[]): unknown {
  if (typeof row !== "object" || row === null) return row;
  return Object.fromEntries(fields.filter((name) => name in row).map((name) => [name, (row as Row)[name]]));
}

function fitText(
  text: string,
  { offset, limit }: { offset: number; limit?: number },
  unit = "characters",
): { data: unknown; shown?: Shown } {
  const part = slice(text.slice(0, limit === undefined ? undefined : offset + limit), offset, pageBudget());
  if (part.length === text.length) return { data: text };
  const end = offset + part.length;
  const rest = end < text.length ? `offset ${end} has the next; ` : "";
  return {
    data: part,
    shown: {
      from: offset,
      count: part.length,
      of: text.length,
      unit,
      hint: `${rest}the operation's own parameters may narrow it`,
    },
  };
}

function fitObject(row: Row, page: { offset: number; limit?: number }): { data: unknown; shown?: Shown } {
  const json = JSON.stringify(row);
  const budget = pageBudget();
  if (json.length <= budget) return { data: row };
  // One value that fills the answer alone is shown as the text that it is, so that it can be paged.
  const longest = Math.max(...Object.values(row).map((value) => (JSON.stringify(value) ?? "").length));
  if (longest > budget * 0.75) return fitText(json, page, "characters of JSON");
  const entries = Object.entries(row);
  const part: [string, unknown][] = [];
  let size = 0;
  for (const [key, value] of entries) {
    size += key.length + (JSON.stringify(value) ?? "").length + 4;
    if (size > budget && part.length > 0) break;
    part.push([key, value]);
  }
  if (part.length === entries.length) return { data: row };
  return {
    data: Object.fromEntries(part),
    shown: { from: 0, count: part.length, of: entries.length, unit: "keys", hint: "ask for a more specific path" },
  };
}

/** The text from `offset` on, as much of it as JSON writes in `budget` characters; never half of a surrogate pair. */
function slice(text: string, offset: number, budget: number): string {
  let part = text.slice(offset, offset + Math.floor(budget));
  for (;;) {
    if (/[\ud800-\udbff]$/.test(part) && offset + part.length < text.length) part = part.slice(0, -1);
    const size = JSON.stringify(part).length;
    if (size <= budget || part.length < 2) return part;
    part = part.slice(0, Math.max(Math.floor((part.length * budget) / size) - 1, 1));
  }
}
