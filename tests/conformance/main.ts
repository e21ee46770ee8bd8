/**
 * Conformance to MCP, by the programs of its makers: `npm run conformance`. Runs the conformance suite against fixtures on
 * the product's serving stack, which have to pass everything, and against the built server, which has to do as its
 * baseline says; then the inspector asks the built server. `--quick` runs the fixtures only; `--update` writes the
 * baselines. Ends with 1 when something is not as it should be, and with 0, saying so, where the programs cannot be had.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Lab, startLab } from "../../src/lab/index.ts";
import { type HttpServer, startHttpServer } from "../support/http-server.ts";
import { Unavailable } from "../support/programs.ts";
import { BIN, labEnvironment } from "../support/session.ts";
import { deviations, readBaseline, renewed, writeBaseline } from "./baseline.ts";
import { serveFixtures } from "./fixtures/serve.ts";
import { Inspector } from "./inspector.ts";
import { countOf, faultsOf, REVISIONS, Suite } from "./suite.ts";

const { values: options } = parseArgs({ options: { quick: { type: "boolean" }, update: { type: "boolean" } } });

/** The suite opens more streams, and asks more often, than any client does. */
const ROOM = { PROXMOX_MCP_HTTP_MAX_STREAMS: "1000", PROXMOX_MCP_HTTP_REQUESTS_PER_MINUTE: "1000000" };

const began = performance.now();
const say = (text: string): void =>
  console.log(`${((performance.now() - began) / 1000).toFixed(1).padStart(5)} s  ${text}`);
function report(what: string, lines: readonly string[]): void {
  say(`${lines.length === 0 ? "ok  " : "FAIL"} ${what}`);
  for (const line of lines) console.log(`           ${line.replaceAll("\n", " ").slice(0, 400)}`);
  if (lines.length > 0) process.exitCode = 1;
}

async function runFixtures(suite: Suite, env: Record<string, string>): Promise<void> {
  const serving = await serveFixtures({ ...env, ...ROOM });
  try {
    const all = await Promise.all(REVISIONS.map((revision) => suite.run(serving.url, revision)));
    for (const [index, findings] of all.entries()) {
      const { required } = findings;
      const faults = faultsOf(findings);
      const passed = required.length - new Set(faults.map((fault) => fault.split(": ")[0])).size;
      const count = countOf(findings, required);
      report(`fixtures, ${REVISIONS[index]}: ${passed} of ${required.length} scenarios, checks: ${count}`, faults);
    }
  } finally {
    await serving.close();
  }
}

async function runBuilt(suite: Suite, { url }: HttpServer): Promise<void> {
  const all = await Promise.all(REVISIONS.map((revision) => suite.run(url, revision)));
  for (const [index, findings] of all.entries()) {
    const revision = REVISIONS[index]!;
    const { baseline, reasons } = await readBaseline(revision);
    const expected = options.update ? renewed(findings, baseline) : baseline;
    if (options.update) await writeBaseline(revision, expected);
    const lines = deviations(findings, expected, reasons);
    const how = options.update ? "written as the baseline" : "as in the baseline";
    report(`built server, ${revision}: checks ${how}: ${countOf(findings)}`, lines);
  }
}

async function inspect({ url }: HttpServer, env: Record<string, string>): Promise<void> {
  const inspector = await Inspector.open();
  for (const [name, target] of [
    ["stdio", { command: [process.execPath, BIN], env }],
    ["HTTP", { url }],
  ] as const) {
    const { calls, faults } = await inspector.inspect(target);
    report(`inspector over ${name}: ${calls} calls in both eras`, faults);
  }
}

/** What cannot be had here is said, and is no fault. */
async function unlessUnavailable(run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    say(`SKIPPED: ${error.message}`);
  }
}

async function runAll(lab: Lab, stateHome: string): Promise<void> {
  const env = { ...labEnvironment(lab), XDG_STATE_HOME: stateHome };
  await unlessUnavailable(async () => {
    const suite = await Suite.open();
    say("the suite is installed");
    await runFixtures(suite, env);
    if (options.quick) return;
    const server = await startHttpServer({ ...labEnvironment(lab), ...ROOM });
    try {
      await runBuilt(suite, server);
      await inspect(server, env);
    } finally {
      await server.close();
    }
  });
}

const stateHome = await mkdtemp(join(tmpdir(), "proxmox-mcp-conformance-state-"));
const lab = await startLab({ authDelayMs: 0 });
try {
  await runAll(lab, stateHome);
} finally {
  await lab.close();
  await rm(stateHome, { recursive: true, force: true });
}
