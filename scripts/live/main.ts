import { readFile, writeFile } from "node:fs/promises";
import { Command } from "commander";
import { findReferences } from "../../codegen/references.ts";
import { readToolSources } from "../../codegen/tool-sources.ts";
import { namedBy, readValidation } from "../../codegen/validation.ts";
import { manifest } from "../../generated/manifest.ts";
import { TOOL_MODULES } from "../../src/tools/registry.ts";
import { faultsOf, recordOf, textOf } from "../validate/record.ts";
import { GENERATED, VALIDATION_FILE } from "../validate/validate.ts";
import { labHost } from "./lab-host.ts";
import { type LiveRun, runLive } from "./run.ts";
import { uncovered } from "./scenarios.ts";

const command = new Command("test:live")
  .description("exercise every tool on a real Proxmox VE host that is there to be thrown away (docs/outer-lab.md)")
  .argument("[tools...]", "only these tools")
  .option("--lab", "play against the embedded lab, as if it were a host; nothing is recorded")
  .option("--clean", "only remove what earlier runs have left")
  .option("--record", "write what was exercised into generated/validation.json");

const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** The first signal ends the run after the call that is under way, and removes what was made; the second ends it at once. */
function interruptible(): AbortSignal {
  const interrupted = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.on(name, () => {
      if (interrupted.signal.aborted) {
        print("ended before all was removed: run `npm run test:live -- --clean`");
        process.exit(130);
      }
      print("interrupted: what was made is removed now");
      interrupted.abort();
    });
  }
  return interrupted.signal;
}

async function record(run: LiveRun): Promise<void> {
  const named = namedBy(findReferences(await readToolSources(), manifest).references, Object.keys(TOOL_MODULES));
  const { lab } = await readValidation(GENERATED);
  const text = textOf({ lab, live: recordOf(run, named) });
  if ((await readFile(VALIDATION_FILE, "utf8")) !== text) await writeFile(VALIDATION_FILE, text);
  for (const fault of faultsOf(run, named)) print(`note: ${fault}`);
}

async function main(): Promise<void> {
  const options = command.parse().opts<{ lab?: true; clean?: true; record?: true }>();
  if (process.env.ENABLE_LIVE_PROXMOX_TESTS !== "1" && !options.lab) {
    print(
      "test:live is skipped: ENABLE_LIVE_PROXMOX_TESTS is not 1. It changes the host that PROXMOX_HOST names; docs/outer-lab.md says how to make one for it.",
    );
    return;
  }
  const signal = interruptible();
  const lab = options.lab ? await labHost() : undefined;
  try {
    const run = await runLive(lab?.env ?? process.env, {
      say: print,
      signal,
      only: command.args,
      ...(options.clean ? { cleanOnly: true } : {}),
    });
    for (const tool of uncovered()) run.unplayed.set(tool, "has no scenario yet");
    for (const [tool, reason] of run.unplayed) print(`NOT TRIED  ${tool}: ${reason}`);
    for (const failure of run.failures) print(`FAILED  ${failure}`);
    for (const one of run.left) print(`LEFT  ${one}`);
    print(
      `${run.played.length} tools exercised, ${run.unplayed.size} not tried, ${run.failures.length} failed, ${run.left.length} things left`,
    );
    if (run.failures.length + run.left.length > 0) process.exitCode = 1;
    else if (options.record && !lab && !options.clean && command.args.length === 0) await record(run);
  } finally {
    await lab?.close();
  }
}

await main().catch((error: Error) => {
  print(`test:live: ${error.message}`);
  process.exitCode = 1;
});
