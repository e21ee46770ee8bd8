import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { manifest } from "../../generated/manifest.ts";
import {
  classOfCall,
  createGate,
  createPlans,
  fileMarks,
  exceeds,
  loadPolicy,
  loadStateKey,
  openRecord,
} from "../../src/access/index.ts";
import {
  ACCESS_CLASSES,
  type AccessClass,
  BATCH_OPERATION,
  type OperationId,
  type Params,
} from "../../src/schema/operation.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "gate-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const policy = await loadPolicy(undefined);
const cluster = () => ({
  guest: async () => undefined,
  tokenUser: "mcp@pve!server",
  send: () => () => Promise.reject(new Error("unexpected")),
});
const plans = () =>
  createPlans({
    key: loadStateKey(join(directory, "key")),
    marks: fileMarks(join(directory, "plans")),
    confirm: "plan",
  });
const gateOf = (ceiling: AccessClass, at = directory) =>
  createGate({ ceiling, record: openRecord(at), plans: plans(), policy, cluster });

const caller = { principal: "local", tool: "test", requestId: "r1" };
const call = (operation: OperationId, params: Params = {}) => ({ cluster: "c", operation, params, caller });
const lines = () =>
  readFileSync(join(directory, "audit.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe.each(ACCESS_CLASSES)("under the ceiling %s", (ceiling) => {
  test("each of the 661 operations passes or is refused by its class", async () => {
    expect(manifest).toHaveLength(661);
    const gate = gateOf(ceiling);
    for (const { id, class: its } of manifest) {
      const { refusal, confirm } = await gate.judge(call(id));
      const above = exceeds(its, ceiling);
      // Nothing can be said of a batch without its calls.
      const unreadable = !above && id === BATCH_OPERATION;
      expect([id, refusal?.code, confirm]).toEqual([
        id,
        above ? "access-ceiling" : unreadable ? "invalid-parameters" : undefined,
        !above && !unreadable && exceeds(its, "mutate"),
      ]);
    }
  });
});

test("under the read ceiling only GETs and the reviewed reading POSTs pass", async () => {
  const gate = gateOf("read");
  const passing: string[] = [];
  for (const { id } of manifest) if (!(await gate.judge(call(id))).refusal && !id.startsWith("GET ")) passing.push(id);
  expect(passing).toEqual([
    "POST /access/openid/auth-url",
    "POST /access/vncticket",
    "POST /nodes/{node}/qemu/{vmid}/agent/fsfreeze-status",
    "POST /nodes/{node}/qemu/{vmid}/agent/ping",
  ]);
});

test.each<[OperationId, Params, AccessClass]>([
  ["POST /nodes/{node}/qemu/{vmid}/config", { memory: 512 }, "mutate"],
  ["POST /nodes/{node}/qemu/{vmid}/config", { delete: "description" }, "mutate"],
  ["POST /nodes/{node}/qemu/{vmid}/config", { delete: "scsi0" }, "destructive"],
  ["POST /nodes/{node}/qemu/{vmid}/config", { delete: ["memory", "scsi0"] }, "destructive"],
  ["POST /nodes/{node}/qemu/{vmid}/config", { delete: "memory\u0000unused0" }, "destructive"],
  ["POST /nodes/{node}/qemu/{vmid}/config", { delete: "memory\tSCSI0" }, "destructive"],
  ["PUT /nodes/{node}/qemu/{vmid}/config", { args: "-S" }, "escape"],
  ["PUT /nodes/{node}/lxc/{vmid}/config", { delete: "mp0" }, "destructive"],
  ["POST /nodes/{node}/qemu", { vmid: 100, force: "1" }, "destructive"],
  ["POST /nodes/{node}/qemu", { vmid: 100, force: false }, "mutate"],
  ["POST /nodes/{node}/qemu/{vmid}/status/shutdown", { forceStop: 1 }, "destructive"],
  ["POST /not/an/operation" as OperationId, {}, "escape"],
])("%s with %j is a %s %s call", async (operation, params, expected) => {
  expect(await classOfCall(operation, params)).toBe(expected);
});

test("a call has a line before and a line after, a refusal has one, and secrets are masked", async () => {
  const gate = gateOf("destructive");
  const exit = await gate.enter(call("POST /nodes/{node}/qemu", { vmid: 100, cipassword: "hunter2" }));
  await exit({ outcome: "ok", status: 200, detail: "UPID:x", durationMs: 1.6 });
  await expect(gate.enter(call("DELETE /nodes/{node}/qemu/{vmid}", { vmid: 100 }))).rejects.toMatchObject({
    code: "confirmation-required",
  });
  expect(lines()).toMatchObject([
    {
      phase: "before",
      operation: "POST /nodes/{node}/qemu",
      class: "mutate",
      params: { vmid: 100, cipassword: "[redacted]" },
    },
    { phase: "after", outcome: "ok", status: 200, durationMs: 2 },
    { phase: "denied", operation: "DELETE /nodes/{node}/qemu/{vmid}", outcome: "confirmation-required" },
  ]);
  expect(statSync(join(directory, "audit.jsonl")).mode & 0o777).toBe(0o600);
});

test("without a record nothing is changed, and reading goes on", async () => {
  const blocked = join(directory, "file");
  writeFileSync(blocked, "");
  const gate = gateOf("escape", join(blocked, "below"));
  await expect(gate.enter(call("POST /nodes/{node}/qemu", { vmid: 100 }))).rejects.toMatchObject({
    code: "record-unavailable",
  });
  await expect(gate.enter(call("GET /version"))).resolves.toBeTypeOf("function");
});
