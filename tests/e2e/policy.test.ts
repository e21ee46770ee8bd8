import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Lab } from "../../src/lab/index.ts";
import { BIN, openLabSession, type Session } from "../support/session.ts";

let session: Session & { lab: Lab };
let folder: string;
const file = () => join(folder, "policy.yaml");

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "policy-"));
  writeFileSync(
    file(),
    `version: 1
protect: {tags: [prod]}
rules:
  - {name: frozen, effect: deny, match: {vmid: 102}}
  - {name: looks, effect: allow, match: {cli: qm, argv: status *}}
`,
  );
  session = await openLabSession({ seed: "small" }, { PROXMOX_MCP_POLICY_FILE: file() });
});
afterAll(async () => {
  await session?.close();
  rmSync(folder, { recursive: true, force: true });
});

const writes = () => session.lab.requests.filter((request) => request.method !== "GET");

test("a rule denies a call whatever tool asks, and dryRun says so beforehand", async () => {
  for (const [tool, args] of [
    ["proxmox_vm_action", { vmid: 102, action: "start" }],
    ["proxmox_api_call", { method: "POST", path: "/nodes/pve1/qemu/102/status/start" }],
  ] as const) {
    const { error } = await session.call(tool, args);
    expect(error).toMatchObject({ code: "policy-denied", message: expect.stringContaining("rule 1 (frozen)") });
    const { data } = await session.call(tool, { ...args, dryRun: true });
    expect(data.plan).toMatchObject({ allowed: false, refusal: expect.stringContaining("frozen") });
  }
  expect(writes()).toEqual([]);
});

test("what a protected tag is on is never destroyed, also with a typed name", async () => {
  const { error } = await session.call("proxmox_vm_action", {
    vmid: 100,
    action: "stop",
    planId: "x",
    confirm: "web01",
  });
  expect(error).toMatchObject({ code: "policy-denied", message: expect.stringContaining("protect.tags") });
  expect(writes()).toEqual([]);
});

test("SIGHUP reads the file again; a broken one changes nothing", async () => {
  writeFileSync(file(), "version: 2\n");
  await session.hangUp("old policy stays in force");
  expect((await session.call("proxmox_vm_action", { vmid: 102, action: "start" })).error?.code).toBe("policy-denied");
  writeFileSync(file(), "version: 1\n");
  await session.hangUp("was read again");
  expect((await session.call("proxmox_vm_action", { vmid: 102, action: "start" })).data.job.state).toBe("ok");
});

test.each<[string[], string, number, string?]>([
  [["--operation", "DELETE /nodes/{node}/qemu/{vmid}", "--vmid", "100", "--tag", "prod"], "deny (protect.tags)", 1],
  [["--operation", "POST /nodes/{node}/qemu/{vmid}/status/start", "--vmid", "102"], "deny (rule 1 (frozen))", 1],
  [["--operation", "POST /nodes/{node}/qemu/{vmid}/status/start", "--vmid", "103"], "allow (default for mutate)", 0],
  [
    ["--operation", "POST /nodes/{node}/qemu/{vmid}/config", "--params", '{"delete":"scsi0"}'],
    "confirm (default for destructive)",
    0,
  ],
  [["--operation", "POST /nodes/{node}/termproxy"], "deny (the ceiling is destructive", 1],
  [["--cli", "qm", "--argv", "destroy", "102"], "deny (the ceiling is destructive", 1],
  [["--cli", "qm", "--argv", "status", "102", "--node", "pve1"], "deny (rule 1 (frozen))", 1, "escape"],
  [["--cli", "qm", "--argv", "status", "103"], "allow (rule 2 (looks))", 0, "escape"],
  [["--cli", "qm", "--argv", "start", "103"], "confirm (default for escape)", 0, "escape"],
])("admin policy test %j: %s", (args, verdict, status, access) => {
  const policy = join(folder, "test.yaml");
  writeFileSync(
    policy,
    `version: 1
protect: {tags: [prod]}
rules:
  - {name: frozen, effect: deny, match: {vmid: 102}}
  - {name: looks, effect: allow, match: {cli: qm, argv: status *}}
`,
  );
  const ran = spawnSync(process.execPath, [BIN, "admin", "policy", "test", ...args], {
    encoding: "utf8",
    env: { PATH: process.env.PATH, PROXMOX_MCP_POLICY_FILE: policy, ...(access ? { PROXMOX_MCP_ACCESS: access } : {}) },
  });
  expect(ran).toMatchObject({ status, stdout: expect.stringContaining(verdict) });
});
