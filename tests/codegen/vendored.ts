import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { SchemaIr } from "../../codegen/ir.ts";
import { toIr } from "../../codegen/operations.ts";
import { readSummaries } from "../../codegen/summaries.ts";
import type { VendoredDoc, VendoredHistory, VendoredManifest } from "../../codegen/vendor.ts";

export const ROOT = join(import.meta.dirname, "../..");
const read = <T>(path: string): T => JSON.parse(readFileSync(join(ROOT, path), "utf8")) as T;

export const doc = read<VendoredDoc>("vendor/pve-docs/apidoc.json");
export const history = read<VendoredHistory>("vendor/pve-docs/history.json");
export const vendorManifest = read<VendoredManifest>("vendor/pve-docs/manifest.json");

/** The intermediate form of what is vendored. */
export function vendoredIr(): SchemaIr {
  const summaries = readFileSync(join(ROOT, "codegen/summaries.json"), "utf8");
  return toIr(doc, history, readSummaries(summaries, Object.keys(doc.operations)));
}
