import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Exercised, Validation } from "../../codegen/validation.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

let copy: string;
let record: string;

/** Runs codegen in the copy; answers with its exit code and what it said. */
const run = (...args: string[]): Promise<{ code: number; text: string }> =>
  promisify(execFile)(process.execPath, ["--import", "tsx", join(copy, "codegen/main.ts"), ...args], {
    cwd: copy,
  }).then(
    ({ stdout }) => ({ code: 0, text: stdout }),
    (error: { code: number; stderr: string }) => ({ code: error.code, text: error.stderr }),
  );

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), "stale-record-"));
  for (const name of ["codegen", "generated", "templates", "vendor", "src", "package.json", "README.md", "docs"])
    await cp(join(ROOT, name), join(copy, name), { recursive: true });
  await symlink(join(ROOT, "node_modules"), join(copy, "node_modules"));
  record = join(copy, "generated/validation.json");
});
afterAll(() => rm(copy, { recursive: true }));

test("the check fails for a record that lacks a tool or an operation, or has one too many", {
  timeout: 180_000,
}, async () => {
  const validation = JSON.parse(await readFile(record, "utf8")) as Validation;
  const tools = validation.lab.tools as Record<string, Exercised>;
  delete tools.proxmox_node_get;
  const operations = tools.proxmox_task_list!.operations as Record<string, string[]>;
  delete operations["GET /cluster/tasks"];
  operations["GET /pools"] = ["ok"];
  tools.proxmox_gone = { answers: ["ok"], operations: {} };
  await writeFile(record, JSON.stringify(validation));
  // What is derived from it follows, so that only the record itself is at fault.
  expect(await run()).toMatchObject({ code: 0 });
  const { code, text } = await run("--check");
  expect(code).toBe(1);
  for (const fault of [
    "generated/validation.json: proxmox_gone is recorded and does not exist",
    "generated/validation.json: proxmox_task_list names GET /cluster/tasks, which its record lacks",
    "generated/validation.json: proxmox_task_list does not name GET /pools, which its record has",
    "generated/validation.json: proxmox_node_get has no successful run",
    "4 things are not as recorded; run `npm run validate`",
  ]) {
    expect(text).toContain(fault);
  }
});
