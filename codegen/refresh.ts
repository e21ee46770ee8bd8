import { createHash } from "node:crypto";
import { byKey, factsOfOperation, sorted } from "./facts-only.ts";
import { compareVersions, parametersOf, recoverPatterns, type VersionFacts } from "./history.ts";
import { type Json, parseUpstream } from "./upstream.ts";
import type { VendoredDoc, VendoredHistory, VendoredManifest, VendoredOperation } from "./vendor.ts";

/** One upstream schema file with the version it belongs to. */
export interface RefreshInput {
  version: string;
  /** Where it came from, for error messages only. */
  source: string;
  text: string;
}

/** Compares dotted versions by number, `9.10` after `9.9`. */
export function byVersion(a: string, b: string): number {
  const [left, right] = [a.split(".").map(Number), b.split(".").map(Number)];
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

const text = (value: unknown): string => `${JSON.stringify(sorted(value as Json), null, 1)}\n`;

/** The facts of one version, with patterns that its dump lost taken from the version before. */
function factsOfVersion(input: RefreshInput, older: VersionFacts | undefined): VersionFacts & { recovered: number } {
  const operations = new Map<string, VendoredOperation>();
  let recovered = 0;
  for (const operation of parseUpstream(input.text, input.source)) {
    const before = older?.operations.get(operation.id);
    const filled = recoverPatterns(factsOfOperation(operation) as never, before as never);
    recovered += filled.recovered;
    operations.set(operation.id, filled.node as unknown as VendoredOperation);
  }
  return { version: input.version, operations, recovered };
}

function countOf(input: RefreshInput, facts: VersionFacts): VendoredManifest["versions"][number] {
  const operations = [...facts.operations];
  return {
    version: input.version,
    sha256: createHash("sha256").update(input.text).digest("hex"),
    bytes: Buffer.byteLength(input.text),
    operations: operations.length,
    paths: new Set(operations.map(([id]) => id.slice(id.indexOf(" ") + 1))).size,
    parameters: operations.reduce((sum, [, operation]) => sum + parametersOf(operation.parameters).size, 0),
  };
}

/** The files of `vendor/pve-docs/` for these upstream schemas, by name; throws UpstreamSchemaError. */
export function refresh(given: readonly RefreshInput[]): Map<string, string> {
  const inputs = [...given].sort((a, b) => byVersion(a.version, b.version));
  for (const [index, input] of inputs.entries())
    if (inputs[index + 1]?.version === input.version)
      throw new Error(`version ${input.version} is given twice: ${input.source}, ${inputs[index + 1]!.source}`);
  if (inputs.length === 0) throw new Error("no upstream schema given: pass --from FILE|URL");

  const versions: (VersionFacts & { recovered: number })[] = [];
  for (const input of inputs) versions.push(factsOfVersion(input, versions.at(-1)));
  const newest = versions.at(-1)!;
  const doc: VendoredDoc = {
    version: newest.version,
    operations: Object.fromEntries([...newest.operations].sort(byKey)),
  };
  const operations = compareVersions(versions);
  const history: VendoredHistory = { versions: versions.map(({ version }) => version), operations };
  const all = Object.values(operations);
  const manifest: VendoredManifest = {
    newest: newest.version,
    versions: inputs.map((input, index) => countOf(input, versions[index]!)),
    totals: {
      operations: newest.operations.size,
      operationsAdded: all.filter((entry) => entry.since).length,
      operationsRemoved: all.filter((entry) => entry.until).length,
      parametersAdded: all.flatMap((entry) => Object.values(entry.parameters ?? {})).filter((entry) => entry.since)
        .length,
      parametersRemoved: all.flatMap((entry) => Object.values(entry.parameters ?? {})).filter((entry) => entry.until)
        .length,
      parametersChanged: all.flatMap((entry) => Object.values(entry.parameters ?? {})).filter((entry) => entry.before)
        .length,
      patternsRecovered: newest.recovered,
    },
  };
  return new Map([
    ["README.md", readme(manifest)],
    ["apidoc.json", text(doc)],
    ["history.json", text(history)],
    ["manifest.json", text(manifest)],
  ]);
}

function readme({ newest, versions }: VendoredManifest): string {
  const rows = versions.map(
    (v) => `| ${v.version} | ${v.operations} | ${v.paths} | ${v.parameters} | \`${v.sha256.slice(0, 16)}\` |`,
  );
  return `# The Proxmox VE API schema, as facts

Written by \`npm run docs:refresh\`; do not edit.

- \`apidoc.json\`: the operations of version ${newest}, in upstream's own keywords and values. All prose is left out
  (descriptions, titles, type texts, defaults that are sentences). Added: \`directory\` (lists child paths only), \`described\` (a
  permission rule that only prose states), \`deprecated\` and \`experimental\` (said in prose only).
- \`history.json\`: by operation and parameter, \`since\` and \`until\` where they differ from the oldest and the newest version,
  with the facts of what is gone (\`facts\`) and of what was different (\`before\`, by the last version that had them). Paths that
  differ in the names of their variables only are one operation.
- \`manifest.json\`: the versions, the SHA-256 of each input, counts.

A \`pattern\` that is \`null\` was a compiled expression that the dump of that version could not carry; where the version before
states it, it is taken from there.

| version | operations | paths | parameters | sha256 |
|---|---|---|---|---|
${rows.join("\n")}

The facts belong to the interface that Proxmox Server Solutions GmbH publishes; see NOTICE.
`;
}
