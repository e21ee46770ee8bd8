/**
 * `npm run bench`: measures what the documentation states, and ends with 1 when a bound is not kept. `npm run bench --
 * start lists` measures these alone; `-- --write` puts all of it into docs/benchmarks.md.
 */
import { readFile, writeFile } from "node:fs/promises";
import { arch, cpus, platform, release, totalmem } from "node:os";
import { fileURLToPath } from "node:url";
import { type Row, table } from "./rows.ts";

const MEASURES: Readonly<Record<string, () => Promise<Row[]>>> = {
  start: async () => (await import("./starts.ts")).starts(),
  calls: async () => (await import("./calls.ts")).calls(),
  lists: async () => (await import("./calls.ts")).lists(),
  http: async () => (await import("./http.ts")).http(),
  process: async () => (await import("./in-process.ts")).inProcess(),
  tokens: async () => (await import("./tokens.ts")).tokens(),
  codegen: async () => (await import("./codegen.ts")).codegen(),
};
const DOCUMENT = fileURLToPath(new URL("../../docs/benchmarks.md", import.meta.url));
const PLACE = /(<!-- figures -->\n)[\s\S]*?(<!-- end of figures -->)/;

const given = process.argv.slice(2);
const wanted = given.filter((name) => name !== "--write");
const unknown = wanted.filter((name) => !Object.hasOwn(MEASURES, name));
if (unknown.length > 0) throw new Error(`${unknown.join(", ")}: no such measure; ${Object.keys(MEASURES).join(", ")}`);
const isWritten = given.includes("--write");
if (isWritten && wanted.length > 0) throw new Error("--write goes with all measures, not with some");

const rows: Row[] = [];
for (const [name, measure] of Object.entries(MEASURES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  process.stderr.write(`measuring ${name} …\n`);
  rows.push(...(await measure()));
}
const machine = `${cpus().length} x ${cpus()[0]?.model.trim()}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, ${platform()} ${release()} ${arch()}`;
const report = `Node ${process.version}; ${machine}; against the project's own lab on the same machine.\n\n${table(rows)}\n`;
process.stdout.write(report);
if (isWritten) {
  const text = await readFile(DOCUMENT, "utf8");
  if (!PLACE.test(text)) throw new Error(`${DOCUMENT} has no place for the figures`);
  await writeFile(
    DOCUMENT,
    text.replace(PLACE, (_, begin: string, end: string) => `${begin}\n${report}\n${end}`),
  );
}
process.exitCode = rows.every(({ kept = true }) => kept) ? 0 : 1;
