import * as z from "zod";
import { type Cell, cell, type Incomplete, incomplete, type Listed } from "./arguments.ts";
import { ArgumentError } from "./errors.ts";
import { pageBudget } from "./output-budget.ts";

/** One column of a list. */
export interface Column<Row> {
  value(row: Row): Cell | undefined;
  /** Shown only when asked for by `fields`. */
  extra?: true;
}

export type Columns<Row> = Readonly<Record<string, Column<Row>>>;

/** The arguments that every list takes beside its filters. */
export function listArguments<Row>(columns: Columns<Row>) {
  const names = Object.keys(columns) as [string, ...string[]];
  // The columns that are shown anyway are seen in the first answer; the cluster's stands there when it is needed.
  const more = names.filter((name) => columns[name]!.extra && name !== "cluster");
  return {
    fields: z
      .array(z.enum(names))
      .min(1)
      .optional()
      .meta({
        listed: {
          type: "array",
          items: { type: "string" },
          ...(more.length > 0 ? { description: `more: ${more.join(" ")}` } : {}),
        },
      } satisfies Listed),
    limit: z
      .int()
      .min(1)
      .max(1000)
      .default(200)
      .meta({ listed: { type: "integer" } } satisfies Listed),
    cursor: z.string().optional(),
  };
}

/** What every list answers with. */
export const listOutput = {
  columns: z.array(z.string()),
  rows: z.array(z.array(cell)),
  total: z.int().describe("Rows that fit the filters, on all pages"),
  nextCursor: z.string().optional(),
  incomplete,
};

export interface ListAnswer {
  columns: string[];
  rows: Cell[][];
  total: number;
  nextCursor?: string;
  incomplete?: NonNullable<Incomplete>;
}

/** A place in a sorted list: numbers before texts, element by element. */
export type SortKey = readonly (string | number)[];

/**
 * One page of a list, columnar. The cursor holds the last row's place in the order, so that a row that comes or goes
 * between two pages neither repeats nor hides another. `alsoShow` names extra columns that this answer needs; `taken` are the
 * characters of the budget that stand beside the rows.
 */
export function columnar<Row>(
  columns: Columns<Row>,
  rows: readonly Row[],
  keyOf: (row: Row) => SortKey,
  page: { fields?: readonly string[]; limit: number; cursor?: string },
  missing: NonNullable<Incomplete> = [],
  alsoShow: readonly string[] = [],
  taken = 0,
): ListAnswer {
  const names = page.fields ?? Object.keys(columns).filter((name) => !columns[name]!.extra || alsoShow.includes(name));
  const sorted = inOrder(rows, keyOf);
  const from = page.cursor === undefined ? undefined : parseCursor(page.cursor);
  const start = from === undefined ? 0 : sorted.findIndex((row) => compare(keyOf(row), from) > 0);
  const out: Cell[][] = [];
  const budget = pageBudget();
  let size = 0;
  let next: string | undefined;
  for (let index = start < 0 ? sorted.length : start; index < sorted.length; index++) {
    const cells = names.map((name) => columns[name]!.value(sorted[index]!) ?? null);
    size += JSON.stringify(cells).length + 1;
    if (out.length === page.limit || (size > budget - taken && out.length > 0)) {
      next = makeCursor(keyOf(sorted[index - 1]!));
      break;
    }
    out.push(cells);
  }
  return {
    columns: [...names],
    rows: out,
    total: rows.length,
    ...(next === undefined ? {} : { nextCursor: next }),
    ...(missing.length === 0 ? {} : { incomplete: [...missing] }),
  };
}

const ordered = new WeakMap<readonly unknown[], readonly unknown[]>();

/** The rows by their keys. Where the same array comes again, as from a snapshot, its order is known. */
function inOrder<Row>(rows: readonly Row[], keyOf: (row: Row) => SortKey): readonly Row[] {
  const known = ordered.get(rows) as readonly Row[] | undefined;
  if (known) return known;
  const keyed = rows.map((row) => ({ row, key: keyOf(row) }));
  const isSorted = keyed.every(({ key }, index) => index === 0 || compare(keyed[index - 1]!.key, key) <= 0);
  const sorted = isSorted ? rows : keyed.sort((a, b) => compare(a.key, b.key)).map(({ row }) => row);
  ordered.set(rows, sorted);
  return sorted;
}

function compare(a: SortKey, b: SortKey): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const x = a[index];
    const y = b[index];
    if (x === y) continue;
    if (x === undefined) return -1;
    if (y === undefined) return 1;
    if (typeof x !== typeof y) return typeof x === "number" ? -1 : 1;
    return x < y ? -1 : 1;
  }
  return 0;
}

function makeCursor(key: SortKey): string {
  return Buffer.from(JSON.stringify(key)).toString("base64url");
}

function parseCursor(cursor: string): SortKey {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (Array.isArray(key) && key.every((part) => typeof part === "string" || typeof part === "number")) return key;
  } catch {
    // Falls through to the error below.
  }
  throw new ArgumentError(
    "cursor",
    "is not one that a list gave",
    "Pass nextCursor of the page before, or leave it out.",
  );
}

/** Matches a name against a glob of `*` and `?`, regardless of case, in linear time. */
export function globMatches(glob: string, text: string): boolean {
  const g = [...glob.toLowerCase()];
  const t = [...text.toLowerCase()];
  let star = -1;
  let resume = 0;
  let gi = 0;
  let ti = 0;
  while (ti < t.length) {
    if (g[gi] === "*") {
      star = gi++;
      resume = ti;
    } else if (gi < g.length && (g[gi] === "?" || g[gi] === t[ti])) {
      gi++;
      ti++;
    } else if (star >= 0) {
      gi = star + 1;
      ti = ++resume;
    } else {
      return false;
    }
  }
  while (g[gi] === "*") gi++;
  return gi === g.length;
}
