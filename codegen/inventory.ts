import type { AccessClass } from "../src/schema/operation.ts";
import { render } from "./banner.ts";
import { byGroup } from "./group-files.ts";
import type { Check, OperationIr, Permissions, SchemaIr } from "./ir.ts";
import type { findReferences } from "./references.ts";
import { changeSince, type ReleaseChange, type ReleaseRecord } from "./release.ts";
import { exercisedBy, GENERIC_TOOLS, NO_VALIDATION, type Validation } from "./validation.ts";

/** By whom an operation was exercised with success: a typed tool, or only a shared service or a generic tool. */
type Exerciser = "tool" | "apart";

interface OperationRow {
  id: string;
  class: AccessClass;
  since?: string;
  until?: string;
  privileges: string;
  tools: readonly string[];
  modules: readonly string[];
  /** In the lab. */
  lab?: Exerciser;
  /** On a real host. */
  live?: Exerciser;
}

interface Counts {
  operations: number;
  typed: number;
  typedPercent: string;
  /** Exercised by typed tools, in the lab and on a real host; and what only services and generic tools exercised. */
  lab: number;
  labPercent: string;
  labApart: number;
  live: number;
  livePercent: string;
  liveApart: number;
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
  const exercised = (where: "lab" | "live", by: Exerciser): number => rows.filter((row) => row[where] === by).length;
  const lab = exercised("lab", "tool");
  const live = exercised("live", "tool");
  const of = (access: AccessClass): number => rows.filter((row) => row.class === access).length;
  return {
    operations: rows.length,
    typed,
    typedPercent: percent(typed, rows.length),
    lab,
    labPercent: percent(lab, rows.length),
    labApart: exercised("lab", "apart"),
    live,
    livePercent: percent(live, rows.length),
    liveApart: exercised("live", "apart"),
    generic: reachable,
    genericPercent: percent(reachable, rows.length),
    read: of("read"),
    mutate: of("mutate"),
    destructive: of("destructive"),
    escape: of("escape"),
  };
}

const whoOf = <K extends "lab" | "live">(where: K, who: Exerciser | undefined): { [key in K]?: Exerciser } =>
  (who === undefined ? {} : { [where]: who }) as { [key in K]?: Exerciser };

/** The lists of a release in words. */
const WHAT: Readonly<Record<ReleaseChange["changes"][number]["what"], string>> = {
  tools: "tools",
  operations: "operations of the API",
  typed: "operations with a typed tool",
  lab: "exercised in the lab",
  live: "exercised on a real host",
};

/** What `findReferences` finds. */
type Found = ReturnType<typeof findReferences>;

/** `module-inventory.{md,json}`: which operations the tools name, and which of them runs have exercised. */
export function emitInventory(
  ir: SchemaIr,
  { references, tools }: Found,
  validation: Validation = NO_VALIDATION,
  last?: ReleaseRecord,
): Map<string, string> {
  const generic = tools.some((tool) => GENERIC_TOOLS.includes(tool));
  const lab = exercisedBy(validation.lab);
  const live = exercisedBy(validation.live);
  const exerciser = (id: string, { tools, apart }: ReturnType<typeof exercisedBy>): Exerciser | undefined =>
    tools.has(id) ? "tool" : apart.has(id) ? "apart" : undefined;
  const rowOf = (operation: OperationIr): OperationRow => ({
    id: operation.id,
    class: operation.class,
    ...(operation.since ? { since: operation.since } : {}),
    ...(operation.until ? { until: operation.until } : {}),
    privileges: permissionText(operation.permissions),
    ...(references.get(operation.id) ?? { tools: [], modules: [] }),
    ...whoOf("lab", exerciser(operation.id, lab)),
    ...whoOf("live", exerciser(operation.id, live)),
  });
  const groups = [...byGroup(ir.operations)].map(([group, operations]) => {
    const rows = operations.map(rowOf);
    return { group, ...countsOf(rows, generic), rows };
  });
  const rows = groups.flatMap((group) => group.rows);
  const total = countsOf(rows, generic);
  const removed = ir.removed.map(rowOf);
  const idsOf = (fits: (row: OperationRow) => boolean) => rows.filter(fits).map(({ id }) => id);
  const sinceRelease =
    last &&
    changeSince(last, {
      tools,
      operations: idsOf(() => true),
      typed: idsOf((row) => row.modules.length > 0),
      lab: idsOf((row) => row.lab === "tool"),
      live: idsOf((row) => row.live === "tool"),
    });
  const json = {
    version: ir.version,
    versions: ir.versions,
    total,
    tools,
    ...(sinceRelease ? { sinceRelease } : {}),
    groups,
    removed,
  };
  const inWords = (row: OperationRow) => ({
    ...row,
    since: row.since ?? "",
    tools: row.tools.join(", "),
    lab: row.lab === "tool" ? "yes" : row.lab === "apart" ? "apart" : "",
    live: row.live === "tool" ? "yes" : row.live === "apart" ? "apart" : "",
  });
  const typed = rows.filter((row) => row.modules.length > 0).map(inWords);
  const apart = rows.filter((row) => row.modules.length === 0 && (row.lab ?? row.live) !== undefined).map(inWords);
  const markdown = render("module-inventory.md.hbs", {
    version: ir.version,
    oldest: ir.versions[0],
    total,
    tools: tools.length,
    groups,
    typed,
    apart,
    removed,
    exercisedOfTyped: percent(total.lab, total.typed),
    hasLive: validation.live !== undefined,
    release: last?.release,
    changes: sinceRelease?.changes.map(({ what, added, gone }) => ({
      what: WHAT[what],
      added: added.join(", "),
      gone: gone.join(", "),
    })),
  });
  return new Map([
    ["module-inventory.json", `${JSON.stringify(json, null, 1)}\n`],
    ["module-inventory.md", markdown],
  ]);
}
