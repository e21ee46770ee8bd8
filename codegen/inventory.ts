import type { AccessClass } from "../src/schema/operation.ts";
import { render } from "./banner.ts";
import { byGroup } from "./group-files.ts";
import type { Check, OperationIr, Permissions, SchemaIr } from "./ir.ts";
import { findReferences } from "./references.ts";

/** The tool through which every operation is reachable. */
const GENERIC_TOOL = "proxmox_api_call";

interface OperationRow {
  id: string;
  class: AccessClass;
  since?: string;
  until?: string;
  privileges: string;
  tools: readonly string[];
  modules: readonly string[];
}

interface Counts {
  operations: number;
  typed: number;
  typedPercent: string;
  generic: number;
  genericPercent: string;
  read: number;
  mutate: number;
  destructive: number;
  escape: number;
}

function checkText(check: Check): string {
  if (check.kind === "and" || check.kind === "or") return `(${check.of.map(checkText).join(` ${check.kind} `)})`;
  if (check.kind === "perm") {
    const pool = check.requireParam ? ` when ${check.requireParam} is given` : "";
    return `${check.path}: ${check.privileges.join(check.any ? " | " : " + ") || "any"}${pool}`;
  }
  if (check.kind === "perm-modify") return `${check.path}: may modify permissions`;
  if (check.kind === "userid-param") return check.value === "self" ? "oneself" : `realm: ${check.value}`;
  if (check.kind === "userid-group") return `user's groups: ${check.privileges.join(" | ")}`;
  throw new Error(`unknown check ${JSON.stringify(check)}`);
}

/** A permission rule in one line. */
export function permissionText({ user, check, described }: Permissions): string {
  const base = check
    ? checkText(check)
    : { root: "root@pam", all: "any user", world: "anybody", checked: "", described: "" }[user];
  return [base, described ? "more by the server's code" : ""].filter((part) => part !== "").join("; ");
}

const percent = (part: number, whole: number): string => (whole === 0 ? "0.0" : ((100 * part) / whole).toFixed(1));

function countsOf(rows: readonly OperationRow[], generic: boolean): Counts {
  const typed = rows.filter((row) => row.modules.length > 0).length;
  const reachable = generic ? rows.length : 0;
  const of = (access: AccessClass): number => rows.filter((row) => row.class === access).length;
  return {
    operations: rows.length,
    typed,
    typedPercent: percent(typed, rows.length),
    generic: reachable,
    genericPercent: percent(reachable, rows.length),
    read: of("read"),
    mutate: of("mutate"),
    destructive: of("destructive"),
    escape: of("escape"),
  };
}

/** `module-inventory.{md,json}`: which operations the tools (sources by path below `src/tools/`) reach. */
export function emitInventory(ir: SchemaIr, sources: ReadonlyMap<string, string>): Map<string, string> {
  const { references, tools } = findReferences(sources, [...ir.operations, ...ir.removed]);
  const generic = tools.includes(GENERIC_TOOL);
  const rowOf = (operation: OperationIr): OperationRow => ({
    id: operation.id,
    class: operation.class,
    ...(operation.since ? { since: operation.since } : {}),
    ...(operation.until ? { until: operation.until } : {}),
    privileges: permissionText(operation.permissions),
    ...(references.get(operation.id) ?? { tools: [], modules: [] }),
  });
  const groups = [...byGroup(ir.operations)].map(([group, operations]) => {
    const rows = operations.map(rowOf);
    return { group, ...countsOf(rows, generic), rows };
  });
  const rows = groups.flatMap((group) => group.rows);
  const total = countsOf(rows, generic);
  const removed = ir.removed.map(rowOf);
  const json = { version: ir.version, versions: ir.versions, total, tools, groups, removed };
  const typed = rows
    .filter((row) => row.modules.length > 0)
    .map((row) => ({ ...row, since: row.since ?? "", tools: row.tools.join(", ") }));
  const markdown = render("module-inventory.md.hbs", {
    version: ir.version,
    oldest: ir.versions[0],
    total,
    tools: tools.length,
    groups,
    typed,
    removed,
  });
  return new Map([
    ["module-inventory.json", `${JSON.stringify(json, null, 1)}\n`],
    ["module-inventory.md", markdown],
  ]);
}
