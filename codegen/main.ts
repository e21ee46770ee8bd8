import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Command } from "commander";
import { emitData } from "./emit-data.ts";
import { findDrift, writeFiles } from "./files.ts";
import type { Emitter } from "./ir.ts";
import { toIr } from "./operations.ts";
import { readSummaries } from "./summaries.ts";
import type { VendoredDoc, VendoredHistory } from "./vendor.ts";

const ROOT = join(import.meta.dirname, "..");
const VENDOR = join(ROOT, "vendor/pve-docs");
const GENERATED = join(ROOT, "generated");

const readJson = async <T>(name: string): Promise<T> => JSON.parse(await readFile(join(VENDOR, name), "utf8")) as T;

/** All files of this phase, by their path under `generated/`. */
async function generate(draft: boolean): Promise<Map<string, string>> {
  const doc = await readJson<VendoredDoc>("apidoc.json");
  const history = await readJson<VendoredHistory>("history.json");
  const ids = Object.keys(doc.operations);
  const summaries = join(import.meta.dirname, "summaries.json");
  const summaryOf =
    draft && !existsSync(summaries) ? (id: string) => id : readSummaries(await readFile(summaries, "utf8"), ids);
  const ir = toIr(doc, history, summaryOf);
  const emitters: Emitter[] = [emitData];
  const files = new Map<string, string>();
  for (const emit of emitters) for (const [path, text] of emit(ir)) files.set(path, text);
  return files;
}

const program = new Command("codegen")
  .description("Generate code and data from vendor/pve-docs/ into generated/.")
  .option("--check", "write nothing; fail when generated/ differs")
  .option("--draft", "do without codegen/summaries.json while it does not exist")
  .parse();
const { check = false, draft = false } = program.opts<{ check?: boolean; draft?: boolean }>();

try {
  const files = await generate(draft);
  if (!check) {
    await writeFiles(GENERATED, files);
    console.log(`${files.size} files written`);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
