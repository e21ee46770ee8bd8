import type { Process } from "../shell/process.ts";

/** JSON as Perl prints it: keys sorted, three blanks a step when it is made to be read. */
export function perlJson(data: unknown, pretty: boolean, depth = 0): string {
  const step = "   ".repeat(depth + 1);
  const close = pretty ? `\n${"   ".repeat(depth)}` : "";
  const open = pretty ? `\n${step}` : "";
  const between = pretty ? `,\n${step}` : ",";
  if (Array.isArray(data)) {
    if (data.length === 0) return "[]";
    return `[${open}${data.map((one) => perlJson(one, pretty, depth + 1)).join(between)}${close}]`;
  }
  if (data !== null && typeof data === "object") {
    const entries = Object.entries(data)
      .filter(([, value]) => value !== undefined)
      .sort(([one], [other]) => (one < other ? -1 : 1));
    if (entries.length === 0) return "{}";
    const colon = pretty ? " : " : ":";
    const inner = entries.map(([key, value]) => `${JSON.stringify(key)}${colon}${perlJson(value, pretty, depth + 1)}`);
    return `{${open}${inner.join(between)}${close}}`;
  }
  return JSON.stringify(data ?? null);
}

function cell(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "object" ? perlJson(value, false) : String(value);
}

/** A table with lines around its cells: drawn ones in a UTF-8 locale, typed ones else. */
function bordered(rows: readonly (readonly string[])[], head: readonly string[], drawn: boolean): string {
  const widths = head.map((title, index) => Math.max(title.length, ...rows.map((row) => [...row[index]!].length)));
  const [side, flat] = drawn ? ["│", "─"] : ["|", "-"];
  const rule = (left: string, middle: string, right: string): string =>
    `${drawn ? left : "+"}${widths.map((width) => flat.repeat(width + 2)).join(drawn ? middle : "+")}${drawn ? right : "+"}\n`;
  const print = (row: readonly string[]): string =>
    `${side}${row.map((text, index) => ` ${text.padEnd(widths[index]!)} `).join(side)}${side}\n`;
  const heavy = drawn ? rule("╞", "╪", "╡").replaceAll("─", "═") : rule("", "", "").replaceAll("-", "=");
  const body = rows.map(print).join(rule("├", "┼", "┤"));
  return `${rule("┌", "┬", "┐")}${print(head)}${heavy}${body}${rows.length === 0 ? "" : rule("└", "┴", "┘")}`;
}

/** Prints what an operation gave: as JSON, or as a text for people, in which an empty list is nothing at all. */
export function printTable(process: Process, data: unknown, format: string, columns?: readonly string[]): void {
  const { out, variables } = process;
  if (data === null || data === undefined) return;
  if (format === "json" || format === "json-pretty") {
    out(`${perlJson(data, format === "json-pretty")}\n`);
    return;
  }
  if (typeof data !== "object") {
    out(`${data}\n`);
    return;
  }
  const drawn = /utf-?8/i.test(variables.get("LC_ALL") ?? variables.get("LANG") ?? "");
  if (!Array.isArray(data)) {
    const rows = Object.entries(data)
      .filter(([, value]) => value !== undefined)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, value]) => [key, cell(value)]);
    out(bordered(rows, ["key", "value"], drawn));
    return;
  }
  if (data.length === 0) return;
  const first: unknown = data[0];
  if (typeof first !== "object" || first === null) {
    out(data.map((one) => `${cell(one)}\n`).join(""));
    return;
  }
  const head = columns ?? [...new Set(data.flatMap((row) => Object.keys(row as object)))].sort();
  const rows = data.map((row) => head.map((name) => cell((row as Record<string, unknown>)[name])));
  out(bordered(rows, head, drawn));
}
