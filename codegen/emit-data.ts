import type { ManifestEntry } from "../src/schema/operation.ts";
import { escalations } from "./access-class.ts";
import { banner, render } from "./banner.ts";
import { internFacts } from "./intern.ts";
import type { OperationIr, SchemaIr } from "./ir.ts";

function entryOf(operation: OperationIr): ManifestEntry {
  const { id, group, symbol, since, until, summary, flags } = operation;
  return {
    id,
    group,
    symbol,
    class: operation.class,
    ...(since ? { since } : {}),
    ...(until ? { until } : {}),
    summary,
    ...(flags.task ? { task: true as const } : {}),
    ...(flags.noToken ? { noToken: true as const } : {}),
    ...(flags.directory ? { directory: true as const } : {}),
  };
}

const lines = (values: readonly unknown[]): string => values.map((value) => `  ${JSON.stringify(value)},\n`).join("");
const table = (entries: readonly (readonly [string, unknown])[]): string =>
  entries.map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},\n`).join("");

function manifestText(ir: SchemaIr): string {
  return `${banner(ir.version)}import type { AccessClass, ManifestEntry, OperationId } from "../src/schema/operation.ts";

/** Newest vendored version. */
export const schemaVersion = ${JSON.stringify(ir.version)};

/** All vendored versions, oldest first. */
export const schemaVersions: readonly string[] = ${JSON.stringify(ir.versions)};

/** The operations of the newest version, sorted by path, then GET, POST, PUT, DELETE. */
export const manifest: readonly ManifestEntry[] = [
${lines(ir.operations.map(entryOf))}];

/** Operations that ended before the newest version, each with \`until\`. */
export const removed: readonly ManifestEntry[] = [
${lines(ir.removed.map(entryOf))}];

/**
 * Parameters that make a call worse than its operation: when one is given and neither 0, false nor empty, or, with
 * \`matches\` (a regular expression's source), when its value as text matches.
 */
export const escalations: Readonly<Record<OperationId, readonly { parameter: string; matches?: string; class: AccessClass }[]>> = {
${table(Object.entries(escalations))}};
`;
}

function wireText(ir: SchemaIr): string {
  const { facts, operations } = internFacts(ir);
  return `${banner(ir.version)}import type { Wire } from "../src/schema/facts.ts";

/** The facts of every operation, removed ones included; a parameter with \`until\` is refused by later versions. */
export const wire: Wire = {
version: ${JSON.stringify(ir.version)},
facts: [
${lines(facts)}],
operations: {
${table(Object.entries(operations))}},
};
`;
}

function permissionsText(ir: SchemaIr): string {
  const entries = [...ir.operations, ...ir.removed].map(({ id, permissions }) => [id, permissions] as const);
  return `${banner(ir.version)}import type { OperationId } from "../src/schema/operation.ts";

/** One node of a permission check tree; \`any\` wants one of the privileges, else all of them. */
export type Check =
  | { kind: "perm"; path: string; privileges: readonly string[]; any?: true; requireParam?: string }
  | { kind: "perm-modify"; path: string }
  | { kind: "userid-param"; value: "self" | "Realm.AllocateUser" }
  | { kind: "userid-group"; privileges: readonly string[]; groups?: "create" | "update" | "param" }
  | { kind: "and" | "or"; of: readonly Check[] };

/** Who may call: \`root\` is root@pam alone, \`described\` leaves the rule to the server's code. */
export interface Permissions {
  user: "root" | "all" | "world" | "checked" | "described";
  check?: Check;
  /** The server checks more than the schema can say. */
  described?: true;
}

/** The permission rule of every operation; \`{variables}\` in paths are its parameters. */
export const permissions: Readonly<Record<OperationId, Permissions>> = {
${table(entries)}};
`;
}

function readmeText(ir: SchemaIr): string {
  return render("generated-readme.md.hbs", {
    version: ir.version,
    versions: ir.versions.join(", "),
    operations: ir.operations.length,
    removed: ir.removed.length,
    groups: new Set(ir.operations.map(({ group }) => group)).size,
  });
}

/** `manifest.ts`, `wire.ts`, `permissions.ts` and `README.md`. */
export function emitData(ir: SchemaIr): Map<string, string> {
  return new Map([
    ["README.md", readmeText(ir)],
    ["manifest.ts", manifestText(ir)],
    ["permissions.ts", permissionsText(ir)],
    ["wire.ts", wireText(ir)],
  ]);
}
