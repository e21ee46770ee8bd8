import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fencesOf } from "../../scripts/snippets/fences.ts";
import { type Lab, startLab } from "../../src/lab/index.ts";
import { BIN, openSession, type Session } from "../support/session.ts";

const page = readFileSync(fileURLToPath(new URL("../../docs/getting-started.md", import.meta.url)), "utf8");
const folder = mkdtempSync(join(tmpdir(), "proxmox-mcp-start-"));
let lab: Lab;
let session: Session;

/** A command of the page with the output that the page shows. */
interface Step {
  command: string;
  shown: string[];
}

/** The commands of the steps that need no host, from the lab on. */
function steps(): Step[] {
  const found: Step[] = [];
  for (const { text, language, excused } of fencesOf("page", page)) {
    if (language !== "console" || excused) continue;
    for (const block of text.split(/^\$ /m).slice(1)) {
      // A quote that is open goes on in the next line.
      const rows = block.trimEnd().split("\n");
      let end = 1;
      while ((rows.slice(0, end).join("\n").split("'").length - 1) % 2 === 1) end++;
      found.push({ command: rows.slice(0, end).join("\n"), shown: rows.slice(end) });
    }
  }
  return found;
}

/** Whether the pieces of the page's lines stand in the output in their order; `…` is anything. */
function expectShown(output: string, shown: readonly string[]): void {
  let at = 0;
  for (const piece of shown.flatMap((row) => row.split("…")).filter((one) => one.trim() !== "")) {
    const found = output.indexOf(piece.trim(), at);
    expect(found, `${piece} in ${output}`).toBeGreaterThanOrEqual(0);
    at = found + piece.trim().length;
  }
}

beforeAll(async () => {
  lab = await startLab({ seed: "small", taskMs: 60, authDelayMs: 0 });
});
afterAll(async () => {
  await session?.close();
  await lab?.close();
  rmSync(folder, { recursive: true, force: true });
});

test("every command of the page does what the page shows", async () => {
  const all = steps();
  const done: string[] = [];
  let env: Record<string, string> = {};
  let planId = "";
  for (const { command, shown } of all) {
    const [, tool, args = "{}"] = /^npm run --silent mcp -- call (\w+)(?: '(.*)')?$/.exec(command) ?? [];
    if (tool) {
      // The harness starts a server for each call; here they share one.
      session ??= await openSession(env, { stateHome: folder });
      const answer = await session.call(tool, JSON.parse(args.replace("plan_…", planId)));
      planId = (answer.error?.data as { plan?: { planId: string } } | undefined)?.plan?.planId ?? planId;
      expectShown(JSON.stringify(answer.error ? { error: answer.error } : answer.data, null, 1), shown);
      done.push("call");
    } else if (command.startsWith("node -p ")) {
      const { host, port, fingerprint, token } = lab;
      writeFileSync(join(folder, "lab.json"), JSON.stringify({ host, port, fingerprint, token }));
      execFileSync("bash", ["-c", command], { env: { PATH: process.env.PATH, LAB: folder }, stdio: "ignore" });
      const rows = readFileSync(join(folder, "env"), "utf8").trim().split("\n");
      env = Object.fromEntries(rows.map((row) => /^export (\w+)=(.*)$/.exec(row)!.slice(1)));
      expect(rows).toHaveLength(7);
      done.push("env");
    } else if (/^npx proxmox-mcp (doctor|admin)/.test(command)) {
      const { stdout } = await promisify(execFile)(process.execPath, [BIN, ...command.split(" ").slice(2)], {
        env: { PATH: process.env.PATH, ...env },
      });
      // Lines of a terminal are wrapped.
      expectShown(
        stdout.replace(/\s+/g, " "),
        shown.map((row) => row.replace(/\s+/g, " ")),
      );
      done.push("bin");
    } else done.push(`- ${command.split(" ").slice(0, 3).join(" ")}`);
  }
  expect(done).toEqual([
    // Getting it, the demo and the start of a lab have tests of their own.
    "- git clone <address",
    "- cd proxmox-mcp",
    "- npm ci",
    "- npm run demo",
    "- export LAB=$(mktemp -d)",
    "- node dist/index.js lab",
    "env",
    "- . $LAB/env",
    "bin",
    ...Array<string>(6).fill("call"),
    "bin",
    "bin",
  ]);
});
