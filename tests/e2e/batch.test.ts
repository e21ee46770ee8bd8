import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Lab } from "../../src/lab/index.ts";
import { batchFailure } from "../../src/tools/api/batch-outcome.ts";
import { openLabSession, type Session } from "../support/session.ts";

const PATH = "/nodes/{node}/execute";
const GET = { method: "GET", path: "qemu/100/status/current" };
const DESTROY = { method: "DELETE", path: "qemu/102", args: { purge: true } };

let directory: string;
let session: Session & { lab: Lab };
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "batch-"));
  const policy = join(directory, "policy.json");
  const match = { operation: "POST /nodes/{node}/qemu/{vmid}/status/reset" };
  writeFileSync(policy, JSON.stringify({ version: 1, rules: [{ effect: "deny", match }] }));
  session = await openLabSession(
    { seed: "small", taskMs: 5 },
    { PROXMOX_MCP_TOOLSETS: "minimal", PROXMOX_MCP_ACCESS: "escape", PROXMOX_MCP_POLICY_FILE: policy },
  );
});
afterAll(async () => {
  await session?.close();
  rmSync(directory, { recursive: true, force: true });
});

const run = (commands: unknown, more: object = {}) =>
  session.call("proxmox_api_write", {
    method: "POST",
    path: PATH,
    params: { node: "pve1", commands: typeof commands === "string" ? commands : JSON.stringify(commands) },
    ...more,
  });
const sent = () => session.lab.requests.filter(({ method, path }) => method === "POST" && path.endsWith("/execute"));

test.each<[string, unknown, string]>([
  ["what is no JSON", "GET version", "commands: "],
  ["what is no list", {}, "commands: "],
  ["no method", [{ path: "version" }], "commands: "],
  ["a path that leaves the node", [{ method: "GET", path: "../../version" }], "item 1: path must be a path below"],
  [
    "a path that nobody knows",
    [GET, { method: "GET", path: "qemu/100/nothing" }],
    "item 2: GET /nodes/{node}/qemu/100/",
  ],
  ["a batch in a batch", [{ method: "POST", path: "execute", args: { commands: "[]" } }], "cannot hold another one"],
  ["a parameter twice", [{ ...GET, args: { vmid: 102 } }], "args must not give vmid again"],
  [
    "a wrong parameter",
    [GET, { method: "PUT", path: "qemu/100/config", args: { cores: "x", cipassword: "hunter22" } }],
    "commands[1].args.cores",
  ],
  ["an unknown one", [{ ...GET, args: { nothing: 1 } }], "commands[0].args.nothing"],
])("%s is refused by name, before anything is sent", async (_, commands, said) => {
  const { error } = await run(commands);
  expect(error).toMatchObject({ code: "invalid-parameters", message: expect.stringContaining(said) });
  expect(sent()).toEqual([]);
});

test("one call that the policy denies is enough", async () => {
  const { error } = await run([GET, { method: "POST", path: "qemu/100/status/reset" }]);
  expect(error).toMatchObject({ code: "policy-denied", message: expect.stringContaining("/status/reset") });
  expect(sent()).toEqual([]);
});

test("a plan tells a batch call by call, and is one for these objects as they are", async () => {
  const { data } = await run([GET, DESTROY], { dryRun: true });
  const { plan } = data as { plan: { planId: string; confirm: string; requests: object[]; consequences: string[] } };
  expect(plan).toMatchObject({
    class: "escape",
    allowed: true,
    confirm: "pve1",
    requests: [
      { operation: `POST ${PATH}`, params: { node: "pve1" } },
      { operation: "GET /nodes/{node}/qemu/{vmid}/status/current", params: { node: "pve1", vmid: "100" } },
      { operation: "DELETE /nodes/{node}/qemu/{vmid}", params: { node: "pve1", vmid: "102", purge: true } },
    ],
  });
  expect(plan.consequences.join()).toContain("these volumes are destroyed");
  const consent = { planId: plan.planId, confirm: plan.confirm };
  const other = await run([GET], consent);
  expect(other.error?.message).toMatch(/arguments were altered/);
  const edit = { method: "PUT", path: "/nodes/pve1/qemu/102/config", params: { description: "mine" } };
  expect((await session.call("proxmox_api_write", edit)).error).toBeUndefined();
  const changed = await run([GET, DESTROY], consent);
  expect(changed.error?.message).toMatch(/changed/);
  expect(sent()).toEqual([]);
});

test("what is confirmed reaches the host, which takes it from root alone", async () => {
  const { data } = await run([GET, DESTROY], { dryRun: true });
  const { planId, confirm } = (data as { plan: { planId: string; confirm: string } }).plan;
  const { error } = await run([GET, DESTROY], { planId, confirm });
  expect(error).toMatchObject({ code: "permission-denied" });
  expect(sent()).toHaveLength(1);
  expect(session.lab.state.guests.has(102)).toBe(true);
  const record = JSON.stringify(await session.record());
  expect(record).toContain("cipassword");
  expect(record).not.toContain("hunter22");
});

test("a batch of which a call failed has failed", () => {
  expect(batchFailure([{ status: 200, data: null }])).toBeUndefined();
  expect(
    batchFailure([{ status: 200 }, { status: 400, errors: { cores: "bad" } }, { status: 500, message: "no\n" }]),
  ).toEqual({
    code: "batch-failed",
    message: '2 of 3 calls of the batch failed: item 2: 400 {"cores":"bad"}; item 3: 500 no.',
    next: expect.stringContaining("The others were carried out"),
  });
});
