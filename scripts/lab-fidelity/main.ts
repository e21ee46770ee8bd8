import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { count, percent } from "./figures.ts";
import { areaLosses, losses, raise, reachedBy, readReached } from "./reached.ts";
import { replay } from "./replay.ts";
import { document, errorTexts, kinds, listing, plainTable, tableOf } from "./report.ts";
import { runVectors } from "./vectors.ts";

const DOCUMENT = fileURLToPath(new URL("../../docs/lab-fidelity.md", import.meta.url));

const command = new Command("lab:fidelity")
  .description("measure how closely the lab follows recorded exchanges and real verdicts")
  .option("--list [area]", "print every difference, of one area or of all")
  .option("--area <area>", "only this area or recording file; what precedes it is replayed, nothing is written")
  .option("--no-vectors", "leave out the verdicts of the real validator; nothing is written")
  .option("--raise", "write down the figures, which the tests then demand")
  .option("--no-write", "do not write docs/lab-fidelity.md");

interface Options {
  list?: true | string;
  area?: string;
  raise?: true;
  vectors: boolean;
  write: boolean;
}

async function main(): Promise<void> {
  const options = command.parse().opts<Options>();
  const area = options.area ?? (typeof options.list === "string" ? options.list : undefined);
  const print = (text: string): void => void process.stdout.write(`${text}\n`);
  const all = await replay(area);
  const verdicts =
    area === undefined ? all : all.filter((verdict) => verdict.area === area || verdict.recording.file === area);
  if (options.list !== undefined) print(`${listing(verdicts)}\n`);
  print(plainTable(tableOf(verdicts)));
  const texts = errorTexts(verdicts);
  const figures = count(verdicts);
  print(`\nexchanges with differences of kind: ${kinds(verdicts)}`);
  print(`texts of parameter errors: ${texts.same} of ${texts.of} (${percent(texts.same, texts.of)})`);
  print(
    `(a) status, reason, error keys ${percent(figures.answer, figures.compared)}, ` +
      `(b) shape ${percent(figures.shape, figures.compared)}, (c) values ${percent(figures.values, figures.compared)}`,
  );
  if (area !== undefined || !options.vectors) return;
  const vectors = await runVectors();
  print("");
  for (const set of vectors) {
    print(`${set.set}, ${set.by}: ${set.agree} of ${set.cases} (${percent(set.agree, set.cases)})`);
    if (options.list !== undefined)
      for (const [rule, cases, example] of set.rules) print(`    ${cases} x ${rule}: ${example}`);
  }
  const now = reachedBy(verdicts, vectors);
  const before = readReached();
  for (const loss of [...losses(before, now), ...areaLosses(before, now)]) print(`lower than before: ${loss}`);
  if (options.raise && !raise(now)) print("nothing raised, as a figure over all is lower than before");
  if (options.write) await writeFile(DOCUMENT, document(verdicts, vectors));
}

await main();
