/**
 * Real clients with the built server: `npm run clients`. Claude Code, Codex and Gemini CLI run as they are published,
 * against models that a script speaks for, and nothing leaves this machine. Ends with 1 when something is not as it
 * should be, and with 0, saying so, where a client cannot be had.
 */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { install, Unavailable } from "../support/programs.ts";
import { claudeCode } from "./claude-code.ts";
import { type Client, DOOMED } from "./client.ts";
import { codex } from "./codex.ts";
import { geminiCli } from "./gemini-cli.ts";
import { consentFaults } from "./consent.ts";
import { openPlace } from "./place.ts";
import { playScenario, type Seen } from "./scenario.ts";
import { missedSearches } from "./searches.ts";

const CLIENTS: readonly Client[] = [claudeCode, codex, geminiCli];

const { values: options } = parseArgs({ options: { only: { type: "string" }, figures: { type: "boolean" } } });

const began = performance.now();
const say = (text: string): void =>
  console.log(`${((performance.now() - began) / 1000).toFixed(1).padStart(5)} s  ${text}`);
const line = (text: string): void => console.log(`           ${text.replaceAll("\n", " ").slice(0, 600)}`);

/** Installs a client and has it say its version; throws `Unavailable` where it cannot be had or does not run. */
async function open(client: Client): Promise<{ command: string[]; version: string }> {
  const folder = fileURLToPath(new URL(`packages/${client.packages}`, import.meta.url));
  const command = client.command(await install(folder, client.file));
  const place = await openPlace();
  try {
    const { status, out, errors } = await place.run([...command, "--version"]);
    const version = /\d+\.\d+\.\d+\S*/.exec(out)?.[0];
    if (status === 0 && version) return { command, version };
    throw new Unavailable(`it does not run here: ${errors.trim().slice(-200) || `it ended with ${status}`}`);
  } finally {
    await place.close();
  }
}

function report(client: Client, version: string, seen: Seen, what: string): void {
  const { wire, faults, model, outside } = seen;
  verdict(`${client.name} ${version}, ${what}`, faults);
  line(`opens with ${wire.opening}; declares ${wire.declares}`);
  const first = model.turns.find(({ tools }) => tools.length > 0);
  const bytes = Buffer.byteLength(first?.text ?? "");
  line(`shows its model ${wire.tools.length} tools by ${client.shows}; first request: ${bytes} bytes`);
  line(`gave its model for the list: ${seen.list.slice(0, 160)}`);
  line(`gave its model for a name that it typed itself: ${seen.last.slice(0, 160)}`);
  if (outside.length > 0) line(`asked for, and did not get, ${outside.join(", ")}`);
}

async function run(client: Client): Promise<void> {
  try {
    const { command, version } = await open(client);
    if (options.figures) {
      const lines = await (await import("./figures.ts")).figuresOf(client, command);
      say(`     ${client.name} ${version}, the first request to its model`);
      return lines.forEach(line);
    }
    const scenarios = (client.canAsk ? ["plan"] : ["plan", "human"]) as ("plan" | "human")[];
    await Promise.all([
      ...scenarios.map(async (confirm) => {
        report(client, version, await playScenario(client, command, confirm), outcomeOf(client, confirm));
      }),
      ...(client.search === undefined ? [] : [searchTools(client, command, version)]),
      ...(client.askWith === undefined ? [] : [answer(client, command, version)]),
    ]);
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    say(`SKIPPED ${client.name}: ${error.message}`);
  }
}

async function searchTools(client: Client, command: readonly string[], version: string): Promise<void> {
  const { faults, searches } = await missedSearches(client, command);
  verdict(`${client.name} ${version}, finds tools by ${searches} searches`, faults);
}

async function answer(client: Client, command: readonly string[], version: string): Promise<void> {
  const faults = await Promise.all([
    consentFaults(client, command, "web01", false),
    consentFaults(client, command, DOOMED.name, true),
  ]);
  verdict(
    `${client.name} ${version}, asks a person: a wrong name does nothing, the right one (over HTTP) does`,
    faults.flat(),
  );
}

/** Says what passed, or what is wrong, one line each. */
function verdict(what: string, faults: readonly string[]): void {
  say(`${faults.length === 0 ? "ok  " : "FAIL"} ${what}`);
  for (const fault of faults) line(`- ${fault}`);
  if (faults.length > 0) process.exitCode = 1;
}

function outcomeOf({ canAsk }: Client, confirm: "plan" | "human"): string {
  if (canAsk)
    return "reads; a destructive call is put to its user, refused without an answer, and passes when the operator approves";
  return confirm === "plan"
    ? "reads; a destructive call is refused, and carried out by its plan and the typed name"
    : "where only a person may confirm: refused whatever the model types, and passes when the operator approves";
}

const chosen = CLIENTS.filter(({ packages }) => options.only === undefined || packages === options.only);
await Promise.all(chosen.map(run));
