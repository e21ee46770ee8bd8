import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ReleaseRecord } from "./release.ts";

// Writes down what the release that is being made has, for the inventory of the next one.
const ROOT = join(import.meta.dirname, "..");
const read = async (path: string) => JSON.parse(await readFile(join(ROOT, path), "utf8"));

interface Row {
  id: string;
  modules: readonly string[];
  lab?: string;
  live?: string;
}

const { version } = await read("package.json");
const inventory = await read("generated/module-inventory.json");
const rows: Row[] = inventory.groups.flatMap((group: { rows: Row[] }) => group.rows);
const ids = (fits: (row: Row) => boolean) => rows.filter(fits).map(({ id }) => id);
const record: ReleaseRecord = {
  release: version,
  schema: inventory.version,
  tools: inventory.tools,
  operations: ids(() => true),
  typed: ids(({ modules }) => modules.length > 0),
  lab: ids(({ lab }) => lab === "tool"),
  live: ids(({ live }) => live === "tool"),
};
await writeFile(join(ROOT, "codegen/last-release.json"), `${JSON.stringify(record, null, 1)}\n`);
console.log(
  `codegen/last-release.json: ${version}, ${record.tools.length} tools, ${record.typed.length} typed operations`,
);
