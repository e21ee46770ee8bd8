import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { installed, newNode } from "./packages.ts";

/** Requirement sets of the suite that are run. */
export const REVISIONS = ["2025-11-25", "2026-07-28"] as const;
export type Revision = (typeof REVISIONS)[number];

/** From good to bad; INFO is no verdict, but says that something was looked at. */
const VERDICTS = ["INFO", "SUCCESS", "SKIPPED", "WARNING", "FAILURE"] as const;
export type Verdict = (typeof VERDICTS)[number];

export interface Check {
  verdict: Verdict;
  message?: string;
}

/** What the suite found: scenario, then check. */
export interface Findings {
  checks: Record<string, Record<string, Check>>;
  /** Scenarios that count for the revision. */
  required: readonly string[];
}

/** The suite, installed. */
export class Suite {
  readonly #node: string;
  readonly #folder: string;

  private constructor(node: string, folder: string) {
    this.#node = node;
    this.#folder = folder;
  }

  /** Throws `Unavailable` when it cannot be had. */
  static async open(): Promise<Suite> {
    return new Suite(...(await Promise.all([newNode(), installed("suite", "@modelcontextprotocol/conformance")])));
  }

  /** Runs all that a revision asks of a server. */
  async run(url: string, revision: Revision): Promise<Findings> {
    const text = await readFile(join(this.#folder, "requirements", `${revision}.yaml`), "utf8");
    const { server: required } = parse(text) as { server: string[] };
    const out = await mkdtemp(join(tmpdir(), "proxmox-mcp-conformance-"));
    try {
      const said = await this.#spawn(["server", "--url", url, "--requirements", revision, "-o", out]);
      const checks = await readChecks(out);
      if (Object.keys(checks).length === 0) throw new Error(`the suite ended before any check: ${said.slice(-2000)}`);
      return { checks, required };
    } finally {
      await rm(out, { recursive: true, force: true });
    }
  }

  #spawn(args: string[]): Promise<string> {
    const child = spawn(this.#node, [join(this.#folder, "dist/index.js"), ...args], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        said += chunk.toString();
      });
    }
    return new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", () => resolve(said));
    });
  }
}

/** Reads what each scenario left in a folder of its own; a check that was made several times is as bad as its worst. */
async function readChecks(out: string): Promise<Findings["checks"]> {
  const found: Findings["checks"] = {};
  for (const folder of (await readdir(out)).sort()) {
    const scenario = /^server-(.+)-\d{4}-\d\d-\d\dT[\d-]+Z$/.exec(folder)?.[1];
    if (scenario === undefined) continue;
    const list = JSON.parse(await readFile(join(out, folder, "checks.json"), "utf8")) as {
      id: string;
      status: Verdict;
      errorMessage?: string;
    }[];
    const checks: Record<string, Check> = {};
    for (const { id, status, errorMessage } of list) {
      const known = checks[id];
      if (known && VERDICTS.indexOf(known.verdict) >= VERDICTS.indexOf(status)) continue;
      checks[id] = { verdict: status, ...(errorMessage ? { message: errorMessage } : {}) };
    }
    found[scenario] = checks;
  }
  return found;
}

/** What keeps a server from conforming to a revision: one line for each fault, none when it does. */
export function faultsOf({ checks, required }: Findings): string[] {
  return required.flatMap((scenario) => {
    const all = Object.entries(checks[scenario] ?? {});
    if (all.length === 0) return [`${scenario}: was not run`];
    return all
      .filter(([, { verdict }]) => verdict === "FAILURE" || verdict === "WARNING")
      .map(([id, { verdict, message = "" }]) => `${scenario}: ${id}: ${verdict} ${message}`.trim());
  });
}

/** How many checks of the scenarios have each verdict, as words. */
export function countOf({ checks }: Findings, scenarios: readonly string[] = Object.keys(checks)): string {
  const all = scenarios.flatMap((scenario) => Object.values(checks[scenario] ?? {}));
  const counts = (["SUCCESS", "SKIPPED", "WARNING", "FAILURE"] as const)
    .map((verdict) => [verdict, all.filter((check) => check.verdict === verdict).length] as const)
    .filter(([, count]) => count > 0);
  return counts.map(([verdict, count]) => `${count} ${verdict.toLowerCase()}`).join(", ");
}
