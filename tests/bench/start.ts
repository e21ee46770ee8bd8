import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { openRaw } from "./raw-client.ts";

/** One start: milliseconds from the spawn to each answer, and what the process then holds, in MB. */
export interface Start {
  initialize: number;
  toolsList: number;
  rss: number;
}

/** Starts a server over stdio as a client does, asks for its tools, and ends it. */
export async function startOnce(args: readonly string[], env: Record<string, string>): Promise<Start> {
  const began = performance.now();
  const client = openRaw(args, env);
  try {
    await client.initialize();
    const initialize = performance.now() - began;
    await client.request("tools/list");
    const toolsList = performance.now() - began;
    const rss = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${client.pid}/status`, "utf8"))![1]) * 1024 * 1e-6;
    return { initialize, toolsList, rss };
  } finally {
    await client.end();
  }
}

/** Milliseconds that a process takes which does nothing. */
export async function runOnce(args: readonly string[]): Promise<number> {
  const began = performance.now();
  const child = spawn(process.execPath, args, { stdio: "ignore" });
  await new Promise((resolve) => child.once("close", resolve));
  return performance.now() - began;
}
