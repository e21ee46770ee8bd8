import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";

/** One start: milliseconds from the spawn to each answer, and what the process then holds, in MB. */
export interface Start {
  initialize: number;
  toolsList: number;
  rss: number;
}

const LEGACY = { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "bench", version: "0" } };

/** Starts a server over stdio as a client does, asks for its tools, and ends it. */
export async function startOnce(args: readonly string[], env: Record<string, string>): Promise<Start> {
  const began = performance.now();
  const child = spawn(process.execPath, args, { env, stdio: ["pipe", "pipe", "ignore"] });
  const ended = new Promise((resolve) => child.once("close", resolve));
  const answer = answers(child.stdout);
  const send = (message: object) => child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
  try {
    send({ id: 1, method: "initialize", params: LEGACY });
    await answer(1);
    const initialize = performance.now() - began;
    send({ method: "notifications/initialized" });
    send({ id: 2, method: "tools/list" });
    await answer(2);
    const toolsList = performance.now() - began;
    const rss = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))![1]) * 1024 * 1e-6;
    return { initialize, toolsList, rss };
  } finally {
    child.kill("SIGKILL");
    await ended;
  }
}

/** Milliseconds that a process takes which does nothing. */
export async function runOnce(args: readonly string[]): Promise<number> {
  const began = performance.now();
  const child = spawn(process.execPath, args, { stdio: "ignore" });
  await new Promise((resolve) => child.once("close", resolve));
  return performance.now() - began;
}

/** Waits for answers by their ids; what is not the whole line yet waits for its end. */
function answers(stdout: NodeJS.ReadableStream): (id: number) => Promise<void> {
  const seen = new Set<number>();
  let wake = () => {};
  let chunks: string[] = [];
  stdout.setEncoding("utf8");
  stdout.on("data", (chunk: string) => {
    if (!chunk.includes("\n")) return void chunks.push(chunk);
    const lines = [...chunks, chunk].join("").split("\n");
    chunks = [lines.pop()!];
    for (const line of lines) {
      const { id, error } = JSON.parse(line) as { id?: number; error?: object };
      if (error) throw new Error(line);
      if (id !== undefined) seen.add(id);
    }
    wake();
  });
  return async (id) => {
    while (!seen.has(id)) await new Promise<void>((resolve) => (wake = resolve));
  };
}
