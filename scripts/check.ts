import { spawn } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";

// What needs no test to be seen wrong: each is an npm script of its own. Those that take longest begin first.
const CHECKS: readonly (readonly string[])[] = [
  ["types"],
  ["codegen", "--", "--check"],
  ["spell"],
  ["knip"],
  ["lint"],
  ["publint"],
  ["format:check"],
  ["arrows"],
  ["snippets"],
  ["links"],
];

const root = fileURLToPath(new URL("..", import.meta.url));
const waiting = [...CHECKS];
const failed: string[] = [];

/** Runs one check, and writes what it says in one piece. */
async function run(words: readonly string[]): Promise<void> {
  const began = performance.now();
  const child = spawn("npm", ["run", "--silent", ...words], { cwd: root, shell: process.platform === "win32" });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => said.push(chunk));
  const [code] = await once(child, "close");
  const [name] = words;
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  process.stdout.write(
    `${code === 0 ? "ok  " : "FAIL"} ${name} (${seconds} s)\n${Buffer.concat(said).toString("utf8")}`,
  );
  if (code !== 0) failed.push(`npm run ${words.join(" ")}`);
}

async function work(): Promise<void> {
  for (let next = waiting.shift(); next; next = waiting.shift()) await run(next);
}

await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, work));
if (failed.length > 0) {
  process.stdout.write(`\nFailed: ${failed.join(", ")}\n`);
  process.exitCode = 1;
}
