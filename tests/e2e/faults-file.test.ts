import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { labEnvironment } from "../../src/cli/lab-environment.ts";
import { BIN, openSession } from "../support/session.ts";

let folder: string;
const children: ChildProcess[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "proxmox-mcp-faults-"));
});
afterAll(async () => {
  for (const child of children) child.kill();
  await rm(folder, { recursive: true, force: true });
});

async function lab(text: string | undefined) {
  const file = join(folder, `${children.length}.json`);
  if (text !== undefined) await writeFile(file, text);
  const child = spawn(process.execPath, [BIN, "lab", "--faults", file], { stdio: ["ignore", "pipe", "pipe"] });
  children.push(child);
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk;
  });
  const line = new Promise<string>((resolve) => createInterface({ input: child.stdout }).once("line", resolve));
  const ended = once(child, "close").then(([code]) => ({ code: code as number, stderr, file }));
  return { line, ended };
}

describe("lab --faults", () => {
  test("serves a cluster with the faults of the file", async () => {
    const { line } = await lab('[{"fault":"guest-locked","vmid":102,"lock":"clone"}]');
    const session = await openSession(labEnvironment(JSON.parse(await line)));
    const { error } = await session.call("proxmox_vm_action", { vmid: 102, action: "start" });
    await session.close();
    expect(error?.message).toContain("locked (clone)");
  });

  test.each([
    ["broken JSON", '[{"fault": "hang"', "line 1, column 18", "no JSON"],
    ["an unknown fault", '[{"fault":"hangs"}]', "fault 1", "there is no fault 'hangs'"],
    [
      "a guest that is not there",
      '[{"fault":"guest-locked","vmid":7}]',
      "fault 1 (guest-locked)",
      "there is no guest 7",
    ],
    ["no file", undefined, "the file", "cannot be read"],
  ])("ends with 78 for %s, naming the place", async (_, text, place, message) => {
    const { code, stderr, file } = await (await lab(text)).ended;
    expect(code).toBe(78);
    expect(stderr).toContain(`${file}: ${place}: `);
    expect(stderr).toContain(message);
    expect(stderr).toContain("docs/lab.md");
  });
});
