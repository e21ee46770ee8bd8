import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startLab } from "../../src/lab/index.ts";
import { labEnvironment, openSession } from "../../tests/support/session.ts";
import { type Domain, stageOf } from "./scenario.ts";

/** One request that a tool or a shared service made, as the audit log tells it. */
export interface Sent {
  by: string;
  operation: string;
  outcome: string;
}

/** What happened in the domains that were run. */
export interface Run {
  /** Answers of each tool: `ok`, or codes of errors. */
  answers: Map<string, Set<string>>;
  sent: Sent[];
  /** Operations to which the lab gave an answer that it made up from the schema. */
  synthetic: Set<string>;
  /** Operations that reached the lab. */
  reached: Set<string>;
  /** Scenarios that did not go as they should. */
  failures: string[];
}

/** Domains that are played at a time, each with a lab and a server of its own. */
const AT_A_TIME = 4;
/** Milliseconds that a task of the lab takes. */
const TASK_MS = 60;

/** Plays scenarios through the built server and a real client; a failure does not keep the next one from running. `env` overrides what domains set. */
export async function play(
  domains: readonly Domain[],
  { wanted = () => true, env = {} }: { wanted?: (tool: string) => boolean; env?: Record<string, string> } = {},
): Promise<Run> {
  const run: Run = { answers: new Map(), sent: [], synthetic: new Set(), reached: new Set(), failures: [] };
  const waiting = domains
    .map((domain) => ({
      ...domain,
      scenarios: Object.fromEntries(Object.entries(domain.scenarios).filter(([tool]) => wanted(tool))),
    }))
    .filter(({ scenarios }) => Object.keys(scenarios).length > 0);
  // Most of the time they wait for tasks.
  const worker = async () => {
    for (let domain = waiting.shift(); domain; domain = waiting.shift()) await playDomain(domain, env, run);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
  run.failures.sort();
  return run;
}

async function playDomain(domain: Domain, more: Record<string, string>, run: Run): Promise<void> {
  const lab = await startLab({ authDelayMs: 0, taskMs: TASK_MS, ...domain.lab });
  const stateHome = await mkdtemp(join(tmpdir(), "proxmox-mcp-validate-"));
  try {
    const own = typeof domain.env === "function" ? await domain.env(lab, stateHome) : domain.env;
    const session = await openSession({ ...labEnvironment(lab), ...own, ...more }, { stateHome });
    try {
      for (const [tool, scenario] of Object.entries(domain.scenarios)) {
        const stage = stageOf(tool, { ...session, lab }, (name, answer) => {
          run.answers.set(name, (run.answers.get(name) ?? new Set()).add(answer));
        });
        try {
          await scenario(stage);
        } catch (error) {
          run.failures.push(`${domain.name}: ${error instanceof Error ? error.message : String(error)}`);
        } finally {
          lab.faults.clear();
          lab.state.pace.taskMs = domain.lab?.taskMs ?? TASK_MS;
        }
      }
    } finally {
      await session.close();
    }
    run.sent.push(...(await sentBy(join(stateHome, "proxmox-mcp"))));
    for (const { operation, synthetic } of lab.requests) {
      if (operation === undefined) continue;
      run.reached.add(operation);
      if (synthetic) run.synthetic.add(operation);
    }
  } finally {
    await lab.close();
    await rm(stateHome, { recursive: true, force: true });
  }
}

/** The requests in the audit log, which is complete once its server has ended. */
export async function sentBy(directory: string): Promise<Sent[]> {
  const names = (await readdir(directory)).filter((name) => /^audit.*\.jsonl$/.test(name));
  const texts = await Promise.all(names.map((name) => readFile(join(directory, name), "utf8")));
  return texts
    .flatMap((text) => text.split("\n").filter(Boolean))
    .map((line) => JSON.parse(line) as { phase: string; tool: string; operation: string; outcome: string })
    .filter(({ phase }) => phase === "after")
    .map(({ tool, operation, outcome }) => ({ by: tool, operation, outcome }));
}
