import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Command } from "commander";
import type { AccessClass } from "../src/schema/operation.ts";
import { emitApiSummary } from "./api-summary.ts";
import { emitCommandMap } from "./command-map.ts";
import { emitClients } from "./emit-clients.ts";
import { emitData } from "./emit-data.ts";
import { searchEmitter } from "./emit-search.ts";
import { emitTypes } from "./emit-types.ts";
import { type Drift, findDrift, removeFiles, writeFiles } from "./files.ts";
import { emitInventory } from "./inventory.ts";
import type { Emitter, SchemaIr } from "./ir.ts";
import { toIr } from "./operations.ts";
import { readRelease } from "./release.ts";
import { emitReadme } from "./readme.ts";
import { findReferences } from "./references.ts";
import { emitRunbooks } from "./runbooks.ts";
import { readSummaries } from "./summaries.ts";
import { readToolSources } from "./tool-sources.ts";
import { namedBy, readValidation, staleness, VALIDATION_PATH, withoutRun } from "./validation.ts";
import type { VendoredDoc, VendoredHistory } from "./vendor.ts";
import { emitSchemas } from "./zod/emit-schemas.ts";

const ROOT = join(import.meta.dirname, "..");
const VENDOR = join(ROOT, "vendor/pve-docs");
const GENERATED = join(ROOT, "generated");
const EMITTERS: readonly Emitter[] = [emitData, emitTypes, emitClients, emitSchemas];

/** Files in `generated/` that other steps write: the built tools' surface and the record of test runs. */
const isForeign = (path: string): boolean =>
  /^(?:tools[./]|tool-facts\.json$|validation\.json$|tool-reference\.md$)/.test(path);

const readJson = async <T>(name: string): Promise<T> => JSON.parse(await readFile(join(VENDOR, name), "utf8")) as T;

const readWords = async (name: string) =>
  JSON.parse(await readFile(join(import.meta.dirname, name), "utf8")) as Record<string, string>;

/** What the first phase makes. */
interface Code {
  ir: SchemaIr;
  files: Map<string, string>;
  found: ReturnType<typeof findReferences>;
  /** Of every operation, by its id. */
  classes: Map<string, AccessClass>;
  /** What the record of runs does not cover as the tools are now. */
  unproven: { stale: string[]; without: string[] };
}

/** All generated files, by their path under `generated/`: first from the schema, then what the tools make of it. */
async function generate(): Promise<Code> {
  const doc = await readJson<VendoredDoc>("apidoc.json");
  const history = await readJson<VendoredHistory>("history.json");
  const summaries = await readFile(join(import.meta.dirname, "summaries.json"), "utf8");
  const ir = toIr(doc, history, readSummaries(summaries, Object.keys(doc.operations)));
  const files = new Map<string, string>();
  const emitSearch = searchEmitter(await readWords("command-map.json"), await readWords("search-words.json"));
  for (const emit of [...EMITTERS, emitSearch]) for (const [path, text] of emit(ir)) files.set(path, text);
  for (const [path, text] of await emitRunbooks(join(ROOT, "docs/runbooks"))) files.set(path, text);
  const found = findReferences(await readToolSources(), [...ir.operations, ...ir.removed]);
  const validation = await readValidation(GENERATED);
  for (const [path, text] of emitInventory(
    ir,
    found,
    validation,
    await readRelease(join(import.meta.dirname, "last-release.json")),
  ))
    files.set(path, text);
  const named = namedBy(found.references, found.tools);
  const classes = new Map([...ir.operations, ...ir.removed].map(({ id, class: access }) => [id, access] as const));
  return {
    ir,
    files,
    found,
    classes,
    unproven: { stale: staleness(validation, named), without: withoutRun(validation, found.tools) },
  };
}

/** Second phase, over the code that the first one wrote: the tools' surface, and what people read of it. */
async function generateSurface({
  ir,
  found,
  classes,
}: Code): Promise<{ files: Map<string, string>; documents: Map<string, string> }> {
  const { emitSurface, emitToolFacts, readDefinitions, readSurface } = await import("./surface.ts");
  const { emitToolReference } = await import("./tool-reference.ts");
  const { emitPolicySchema } = await import("./policy-schema.ts");
  const { emitServerJson } = await import("./server-json.ts");
  const definitions = await readDefinitions();
  const tools = await readSurface();
  const named = namedBy(found.references, found.tools);
  const document = async (path: string) => readFile(join(ROOT, path), "utf8");
  const readme = emitReadme(await document("README.md"), tools);
  const commandMap = emitCommandMap(await document("docs/proxmox/command-map.md"), {
    commands: await readWords("command-map.json"),
    typed: await readWords("command-tools.json"),
    operations: [...ir.operations, ...ir.removed],
    tools,
    named,
  });
  return {
    files: new Map([
      ...emitSurface(tools),
      ...emitToolFacts(definitions),
      ...emitToolReference(definitions, (tool) =>
        (named.get(tool) ?? []).map((id) => ({ id, class: classes.get(id)! })),
      ),
    ]),
    documents: new Map([
      ["README.md", readme],
      ["docs/policy.schema.json", emitPolicySchema()],
      ["docs/proxmox/api-summary.json", emitApiSummary(ir)],
      ["docs/proxmox/command-map.md", commandMap],
      ["server.json", emitServerJson(JSON.parse(await readFile(join(ROOT, "package.json"), "utf8")))],
    ]),
  };
}

/** The documents that are not as they should be. */
async function staleDocuments(documents: ReadonlyMap<string, string>): Promise<Map<string, string>> {
  const stale = new Map<string, string>();
  for (const [path, text] of documents) {
    const current = await readFile(join(ROOT, path), "utf8").catch(() => undefined);
    if (current !== text) stale.set(path, text);
  }
  return stale;
}

/** Writes what differs; answers with how many files that were. */
async function update(directory: string, files: ReadonlyMap<string, string>, drift: Drift): Promise<number> {
  const stale = new Set([...drift.drifted, ...drift.missing]);
  await writeFiles(directory, new Map([...files].filter(([path]) => stale.has(path))));
  await removeFiles(directory, drift.extra);
  return stale.size + drift.extra.length;
}

const program = new Command("codegen")
  .description("Generate code and data from vendor/pve-docs/ into generated/.")
  .option("--check", "write nothing; list what differs and fail")
  .parse();
const { check = false } = program.opts<{ check?: boolean }>();

try {
  const first = await generate();
  const { files: code, unproven } = first;
  const drift = await findDrift(GENERATED, code, isForeign);
  const written = check ? 0 : await update(GENERATED, code, drift);
  if (check) failOver(faultsOf(drift));
  const surface = await generateSurface(first);
  const surfaceDrift = await findDrift(GENERATED, surface.files, (path) => !surface.files.has(path));
  const stale = await staleDocuments(surface.documents);
  const count = code.size + surface.files.size + surface.documents.size;
  if (check) {
    failOver([...faultsOf(surfaceDrift), ...[...stale.keys()].map((path) => `drifted: ${path}`)]);
    checkRecord(unproven);
    console.log(`${count} generated files are as they should be`);
  } else {
    await writeFiles(ROOT, stale);
    const more = (await update(GENERATED, surface.files, surfaceDrift)) + stale.size;
    console.log(`${count} files, ${written + more} changed`);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

function faultsOf(drift: Drift): string[] {
  return Object.entries(drift).flatMap(([kind, paths]: [string, string[]]) =>
    paths.map((path) => `${kind}: generated/${path}`),
  );
}

/** The record of runs is made by `npm run validate`, not here; it has to fit the tools as they are. */
function checkRecord({ stale, without }: Code["unproven"]): void {
  const faults = [...stale, ...without.map((tool) => `${tool} has no successful run`)];
  if (faults.length === 0) return;
  for (const fault of faults) console.error(`generated/${VALIDATION_PATH}: ${fault}`);
  throw new Error(
    `${faults.length} things are not as recorded; run \`npm run validate\` and commit the result (docs/adding-a-tool.md)`,
  );
}

/** Tools cannot be judged over code that is not current, so each phase's faults end the check. */
function failOver(faults: readonly string[]): void {
  if (faults.length === 0) return;
  for (const fault of faults) console.error(fault);
  throw new Error(`${faults.length} generated files differ; run \`npm run codegen\` and commit the result`);
}
