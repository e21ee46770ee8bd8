/** Characters that an answer's data may fill: about 6,000 tokens. */
const BUDGET = 18_000;
/** Characters of one text. */
const TEXT = 12_000;

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
  let size = 0;
  for (const row of rows.slice(offset, limit === undefined ? undefined : offset + limit)) {
    const whole = fields ? project(row, fields) : row;
    const json = JSON.stringify(whole);
    const cut =
      json.length > BUDGET ? `${json.slice(0, TEXT)}… [cut: ${json.length} characters of JSON in all]` : whole;
    size += Math.min(json.length, TEXT) + 1;
    if (size > BUDGET && part.length > 0) break;
    part.push(cut);
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
  { offset, limit = TEXT }: { offset: number; limit?: number },
  unit = "characters",
): { data: unknown; shown?: Shown } {
  const part = text.slice(offset, offset + Math.min(limit, TEXT));
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
  if (json.length <= BUDGET) return { data: row };
  // One value that fills the answer alone is shown as the text that it is, so that it can be paged.
  const longest = Math.max(...Object.values(row).map((value) => (JSON.stringify(value) ?? "").length));
  if (longest > TEXT) return fitText(json, page, "characters of JSON");
  const entries = Object.entries(row);
  const part: [string, unknown][] = [];
  let size = 0;
  for (const [key, value] of entries) {
    size += key.length + (JSON.stringify(value) ?? "").length + 4;
    if (size > BUDGET && part.length > 0) break;
    part.push([key, value]);
  }
  if (part.length === entries.length) return { data: row };
  return {
    data: Object.fromEntries(part),
    shown: { from: 0, count: part.length, of: entries.length, unit: "keys", hint: "ask for a more specific path" },
  };
}
