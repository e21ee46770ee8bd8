/** `npm run bench`: measures what the documentation states, and ends with 1 when a bound is not kept. */
import { type Row, table } from "./rows.ts";

const MEASURES: Readonly<Record<string, () => Promise<Row[]>>> = {
  start: async () => (await import("./starts.ts")).starts(),
};

const rows: Row[] = [];
for (const [name, measure] of Object.entries(MEASURES)) {
  process.stderr.write(`measuring ${name} …\n`);
  rows.push(...(await measure()));
}
process.stdout.write(`${table(rows)}\n`);
process.exitCode = rows.every(({ kept = true }) => kept) ? 0 : 1;
