import { readFile, writeFile } from "node:fs/promises";
import { Command } from "commander";
import { VALIDATION_FILE, type Verdict, validate } from "./validate.ts";

const command = new Command("validate")
  .description(
    "exercise every tool through the built server, a real client and the lab; write generated/validation.json",
  )
  .argument("[tools...]", "only these tools; nothing is written")
  .option("--no-strict", "let tools without a scenario be, and only list them")
  .option("--check", "write nothing; fail when the record is not what the run gives");

const print = (text: string): void => void process.stdout.write(`${text}\n`);

function report({ faults, unexercised, pending }: Verdict): void {
  for (const fault of faults) print(`FAILED  ${fault}`);
  if (unexercised.length > 0)
    print(`named by tools, and sent with success by none:\n${unexercised.map((one) => `  ${one}`).join("\n")}`);
  if (pending.length > 0)
    print(`TOOLS WITHOUT A SCENARIO (${pending.length}):\n${pending.map((one) => `  ${one}`).join("\n")}`);
}

async function main(): Promise<void> {
  const { strict, check } = command.parse().opts<{ strict: boolean; check?: true }>();
  const only = command.args;
  const verdict = await validate(only);
  report(verdict);
  const bad = verdict.faults.length > 0 || (strict && verdict.pending.length > 0);
  if (only.length > 0 || bad) {
    process.exitCode = bad ? 1 : 0;
    return;
  }
  const current = await readFile(VALIDATION_FILE, "utf8").catch(() => "");
  if (check) {
    if (current !== verdict.text)
      throw new Error("generated/validation.json is not what the run gives: run `npm run validate`");
  } else if (current !== verdict.text) await writeFile(VALIDATION_FILE, verdict.text);
  print(
    `${Object.keys(verdict.validation.lab.tools).length} tools and ${Object.keys(verdict.validation.lab.generic).length} generic ones exercised`,
  );
}

await main();
