import { type Cell, cell, type Incomplete } from "../arguments.ts";
import { type Columns, columnar, type ListAnswer, type SortKey } from "../columnar.ts";
import { isOn } from "../flag.ts";
import { reasonOf } from "../gather.ts";
import type { FirewallPlace } from "./firewall-place.ts";

export type FirewallRow = Readonly<Record<string, unknown>>;

/** Columns in the order in which they stand; those that no row has stay away. */
const ORDER = [
  "ipset",
  "group",
  "pos",
  "enable",
  "type",
  "name",
  "action",
  "macro",
  "iface",
  "source",
  "sport",
  "dest",
  "dport",
  "proto",
  "icmp-type",
  "cidr",
  "nomatch",
  "ref",
  "scope",
  "log",
  "comment",
] as const;

/** Sets or groups that are read one by one. */
const MEMBERS = 50;

/** Keys that are flags, whatever they come as. */
const FLAGS = new Set(["enable", "nomatch"]);

/** One page of rows, with the columns that any of them fills. */
export function firewallRows(
  rows: readonly FirewallRow[],
  page: { limit?: number; cursor?: string },
  missing: NonNullable<Incomplete>,
): ListAnswer {
  const names = ORDER.filter((name) => rows.some((row) => row[name] !== undefined && row[name] !== null));
  const columns: Columns<FirewallRow> = Object.fromEntries(
    names.map((name) => [name, { value: (row: FirewallRow) => cellOf(name, row[name]) }]),
  );
  return columnar(
    columns,
    rows,
    keyOf,
    { limit: page.limit ?? 200, ...(page.cursor === undefined ? {} : { cursor: page.cursor }) },
    missing,
  );
}

function cellOf(name: string, value: unknown): Cell | undefined {
  if (value === undefined || value === null) return undefined;
  if (FLAGS.has(name)) return isOn(value);
  const scalar = cell.safeParse(value);
  return scalar.success ? scalar.data : JSON.stringify(value);
}

/** Rules by position, everything else by name. */
function keyOf(row: FirewallRow): SortKey {
  const text = (name: string) => String(row[name] ?? "");
  return [text("ipset"), text("group"), Number(row.pos ?? -1), text("scope"), text("type"), text("name"), text("cidr")];
}

/** The entries of all sets, or of the one that is named; an empty set is a row of its own. */
export function entriesOfSets(
  place: FirewallPlace,
  name: string | undefined,
  missing: NonNullable<Incomplete>,
): Promise<FirewallRow[]> {
  return members("ipset", "name", place.ipsets!, place.ipset!, name, missing);
}

/** The rules of all security groups, or of the one that is named. */
export function rulesOfGroups(
  place: FirewallPlace,
  name: string | undefined,
  missing: NonNullable<Incomplete>,
): Promise<FirewallRow[]> {
  return members("group", "group", place.groups!, place.group!, name, missing);
}

async function members(
  kind: "ipset" | "group",
  key: string,
  list: () => Promise<{ data: unknown }>,
  read: (name: string) => Promise<{ data: unknown }>,
  wanted: string | undefined,
  missing: NonNullable<Incomplete>,
): Promise<FirewallRow[]> {
  const rowsOf = async (name: string, own?: FirewallRow): Promise<FirewallRow[]> => {
    const rows = (((await read(name)).data ?? []) as FirewallRow[]).map((row) => ({ ...row, [kind]: name }));
    if (rows.length > 0) return rows;
    return [{ [kind]: name, ...(own?.comment === undefined ? {} : { comment: own.comment }) }];
  };
  if (wanted !== undefined) return rowsOf(wanted);
  const all = ((await list()).data ?? []) as FirewallRow[];
  if (all.length > MEMBERS) {
    missing.push({
      part: `${kind}s`,
      reason: `of ${all.length}, the first ${MEMBERS} were read: set name for another`,
    });
  }
  const reads = all.slice(0, MEMBERS).map(async (own) => {
    const name = String(own[key]);
    try {
      return await rowsOf(name, own);
    } catch (error) {
      missing.push({ part: `${kind} ${name}`, reason: reasonOf(error) });
      return [{ [kind]: name }];
    }
  });
  return (await Promise.all(reads)).flat();
}
