import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Command } from "commander";
import { emitClients } from "./emit-clients.ts";
import { emitData } from "./emit-data.ts";
import { emitTypes } from "./emit-types.ts";
import { findDrift, listFiles, removeFiles, writeFiles } from "./files.ts";
import { emitInventory } from "./inventory.ts";
import type { Emitter } from "./ir.ts";
import { toIr } from "./operations.ts";
import { readSummaries } from "./summaries.ts";
import type { VendoredDoc, VendoredHistory } from "./vendor.ts";
import { emitSchemas } from "./zod/emit-schemas.ts";

const ROOT = join(import.meta.dirname, "..");
const VENDOR = join(ROOT, "vendor/pve-docs");
const TOOLS = join(ROOT, "src/tools");
const GENERATED = join(ROOT, "generated");
const EMITTERS: readonly Emitter[] = [emitData, emitTypes, emitClients, emitSchemas];

/** Files in `generated/` that other steps write: the built tools' surface and the record of test runs. */
const isForeign = (path: string): boolean => /^(?:tools[./]|validation\.json$)/.test(path);

const readJson = async <T>(name: string): Promise<T> => JSON.parse(await readFile(join(VENDOR, name), "utf8")) as T;

/** The sources under `src/tools/`, by path. */
async function readTools(): Promise<Map<string, string>> {
  const paths = (await listFiles(TOOLS)).filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts"));
  return new Map(
    await Promise.all(paths.map(async (path) => [path, await readFile(join(TOOLS, path), "utf8")] as const)),
  );
}

/** All generated files, by their path under `generated/`: first from the schema, then what the tools make of it. */
async function generate(): Promise<Map<string, string>> {
  const doc = await readJson<VendoredDoc>("apidoc.json");
  const history = await readJson<VendoredHistory>("history.json");
  const summaries = await readFile(join(import.meta.dirname, "summaries.json"), "utf8");
  const ir = toIr(doc, history, readSummaries(summaries, Object.keys(doc.operations)));
  const files = new Map<string, string>();
  for (const emit of EMITTERS) for (const [path, text] of emit(ir)) files.set(path, text);
  for (const [path, text] of emitInventory(ir, await readTools())) files.set(path, text);
  return files;
}

const program = new Command("codegen")
  .description("Generate code and data from vendor/pve-docs/ into generated/.")
  .option("--check", "write nothing; list what differs and fail")
  .parse();

try {
  const files = await generate();
  const drift = await findDrift(GENERATED, files, isForeign);
  if (program.opts<{ check?: boolean }>().check) {
    for (const [kind, paths] of Object.entries(drift))
      for (const path of paths) console.error(`${kind}: generated/${path}`);
    const differing = Object.values(drift).flat().length;
    if (differing > 0)
      throw new Error(`${differing} generated files differ; run \`npm run codegen\` and commit the result`);
    console.log(`${files.size} generated files are as they should be`);
  } else {
    const changed = new Map(
      [...files].filter(([path]) => drift.drifted.includes(path) || drift.missing.includes(path)),
    );
    await writeFiles(GENERATED, changed);
    await removeFiles(GENERATED, drift.extra);
    console.log(`${files.size} files: ${changed.size} written, ${drift.extra.length} removed`);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
