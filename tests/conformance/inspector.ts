import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installed, newNode } from "./packages.ts";

type Result = Record<string, unknown>;

/** Where the inspector finds the server. */
export type Target = { url: string } | { command: readonly string[]; env: Record<string, string> };

interface Step {
  args: readonly string[];
  /** Says what is wrong with the result. */
  fault(result: Result, revision: string): string | undefined;
}

const ERAS = { legacy: "2025-11-25", modern: "2026-07-28" } as const;

/** A result whose list has at least so many entries. */
const many =
  (key: string, least: number) =>
  (result: Result): string | undefined => {
    const count = (result[key] as unknown[] | undefined)?.length ?? 0;
    return count < least ? `has ${count} ${key}, not ${least} or more` : undefined;
  };

const STEPS: Readonly<Record<string, Step>> = {
  initialize: {
    args: [],
    fault: (result, revision) =>
      result.protocolVersion === revision ? undefined : `speaks ${String(result.protocolVersion)}, not ${revision}`,
  },
  "tools/list": { args: ["--strict"], fault: many("tools", 60) },
  "tools/call": {
    args: ["--tool-name", "proxmox_inventory_overview"],
    fault: ({ isError, structuredContent }) =>
      isError !== true && Array.isArray((structuredContent as Result | undefined)?.clusters)
        ? undefined
        : "is no overview of clusters",
  },
  "resources/list": { args: [], fault: many("resources", 1) },
  "resources/templates/list": { args: [], fault: many("resourceTemplates", 1) },
  "resources/read": { args: ["--uri", "proxmox://inventory"], fault: many("contents", 1) },
  "prompts/list": { args: [], fault: many("prompts", 1) },
  "prompts/get": {
    args: ["--prompt-name", "change-plan", "--prompt-args", "goal=a larger disk"],
    fault: many("messages", 1),
  },
};

/** The inspector's command line, installed. */
export class Inspector {
  readonly #node: string;
  readonly #bin: string;

  private constructor(node: string, bin: string) {
    this.#node = node;
    this.#bin = bin;
  }

  /** Throws `Unavailable` when it cannot be had. */
  static async open(): Promise<Inspector> {
    const bin = "@modelcontextprotocol/inspector/clients/cli/build/index.js";
    return new Inspector(...(await Promise.all([newNode(), installed("inspector", bin)])));
  }

  /** Asks a server for everything that the command line can ask for, in both eras; one line for each fault. */
  async inspect(target: Target): Promise<{ calls: number; faults: string[] }> {
    const home = await mkdtemp(join(tmpdir(), "proxmox-mcp-inspector-"));
    const one = async (era: keyof typeof ERAS): Promise<string[]> => {
      const faults: string[] = [];
      for (const [method, { args, fault }] of Object.entries(STEPS)) {
        const flags = ["--format", "json", "--protocol-era", era, "--method", method, ...args];
        const found = await this.#call(flags, target, home);
        const fails = typeof found === "string" ? found : fault(found, ERAS[era]);
        if (fails !== undefined) faults.push(`${method} (${era}): ${fails}`);
      }
      return faults;
    };
    try {
      const eras = Object.keys(ERAS) as (keyof typeof ERAS)[];
      const faults = (await Promise.all(eras.map(one))).flat();
      return { calls: eras.length * Object.keys(STEPS).length, faults };
    } finally {
      await rm(home, { recursive: true, force: true });
    }
  }

  /** The result of one call, or what is wrong. */
  #call(flags: readonly string[], target: Target, home: string): Promise<Result | string> {
    const of =
      "url" in target
        ? ["--server-url", target.url, "--transport", "http"]
        : [
            ...Object.entries(target.env).flatMap(([name, value]) => ["-e", `${name}=${value}`]),
            "--",
            ...target.command,
          ];
    const child = spawn(this.#node, [this.#bin, ...flags, ...of], {
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        PATH: process.env.PATH ?? "",
        HOME: home,
        USERPROFILE: home,
        MCP_INSPECTOR_SECRET_STORE: "memory",
      },
    });
    let out = "";
    let errors = "";
    child.stdout.on("data", (chunk: Buffer) => {
      out += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      errors += chunk.toString();
    });
    return new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (status) => {
        if (status !== 0) return resolve(`the inspector ended with ${status}: ${errors.trim().slice(-500)}`);
        try {
          resolve((JSON.parse(out) as { result: Result }).result);
        } catch {
          resolve(`the inspector said no JSON: ${out.slice(0, 200)}`);
        }
      });
    });
  }
}
