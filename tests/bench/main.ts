/** `npm run bench`: measures what the documentation states, and ends with 1 when a bound is not kept. */
import { type Row, table } from "./rows.ts";

const MEASURES: Readonly<Record<string, () => Promise<Row[]>>> = {
  start: async () => (await import("./starts.ts")).starts(),
  calls: async () => (await import("./calls.ts")).calls(),
  lists: async () => (await import("./calls.ts")).lists(),
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(MEASURES, name));
if (unknown.length > 0) throw new Error(`${unknown.join(", ")}: no such measure; ${Object.keys(MEASURES).join(", ")}`);
const rows: Row[] = [];
for (const [name, measure] of Object.entries(MEASURES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  process.stderr.write(`measuring ${name} …\n`);
  rows.push(...(await measure()));
}
process.stdout.write(`${table(rows)}\n`);
process.exitCode = rows.every(({ kept = true }) => kept) ? 0 : 1;
