import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { manifest } from "../../generated/manifest.ts";
import {
  type AccessGate,
  createGate,
  createPlans,
  fileMarks,
  loadPolicy,
  loadStateKey,
  openRecord,
} from "../../src/access/index.ts";
import {
  type AccessClass,
  BATCH_OPERATION,
  type OperationId,
  type Params,
  type Send,
} from "../../src/schema/operation.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "scopes-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const policy = await loadPolicy(undefined);
const send: Send = async <T>() => ({ data: { name: "web01", digest: "d" } as T });
const plans = () => createPlans({ key: loadStateKey(directory), marks: fileMarks(directory), confirm: "plan" });
const gate = (): AccessGate =>
  createGate({
    ceiling: "escape",
    record: openRecord(directory),
    plans: plans(),
    policy,
    cluster: () => ({ guest: async () => undefined, tokenUser: "mcp@pve!server", send: () => send }),
  });
const callBy =
  (scopes?: string[]) =>
  (operation: OperationId, params: Params = {}) => ({
    cluster: "c",
    operation,
    params,
    caller: { principal: "ann", tool: "test", requestId: "r", ...(scopes ? { scopes } : {}) },
  });

const lines = () =>
  readFileSync(join(directory, "audit.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe.each<[string[] | undefined, AccessClass[]]>([
  [undefined, ["read", "mutate", "destructive", "escape"]],
  [[], []],
  [["openid"], []],
  [["proxmox.admin"], []],
  [["proxmox.read"], ["read"]],
  [["proxmox.mutate"], ["read", "mutate", "destructive"]],
  [["proxmox.escape"], ["read", "mutate", "destructive", "escape"]],
  [
    ["proxmox.read", "proxmox.escape"],
    ["read", "mutate", "destructive", "escape"],
  ],
])("a caller with the scopes %j", (scopes, classes) => {
  test(`makes calls of the classes ${classes.join(", ") || "none"}, over all operations`, async () => {
    const one = gate();
    const call = callBy(scopes);
    for (const { id, class: its } of manifest) {
      const { refusal } = await one.judge(call(id));
      // What the gate refuses whoever asks is another matter: a batch without its calls.
      if (id === BATCH_OPERATION && refusal?.code === "invalid-parameters") continue;
      expect([id, refusal?.code]).toEqual([id, classes.includes(its) ? undefined : "insufficient-scope"]);
    }
  });
});

test("a refusal names the scope that is needed, and is recorded", async () => {
  const call = callBy(["proxmox.read"])("POST /nodes/{node}/qemu", { node: "pve1", vmid: 100 });
  await expect(gate().enter(call)).rejects.toMatchObject({
    code: "insufficient-scope",
    message: expect.stringContaining("needs the scope proxmox.mutate; this caller has proxmox.read"),
    data: { scope: "proxmox.mutate", class: "mutate" },
  });
  expect(lines()).toMatchObject([{ phase: "denied", outcome: "insufficient-scope", principal: "ann" }]);
});

describe("several requests of one call", () => {
  const config = { node: "pve1", vmid: 100, memory: 512 };
  const harmless = callBy()("POST /nodes/{node}/qemu/{vmid}/config", config);
  const deadly = callBy()("DELETE /nodes/{node}/qemu/{vmid}", { node: "pve1", vmid: 100 });

  test("are put to a person as a whole, before the first is sent", async () => {
    const error = await gate()
      .intend([harmless, deadly])
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "confirmation-required", planned: { calls: [harmless, deadly] } });
    expect(lines()).toMatchObject([{ phase: "denied", operation: deadly.operation, outcome: "confirmation-required" }]);
  });

  test("are refused as a whole when one of them is", async () => {
    const root = callBy()("DELETE /access/users/{userid}", { userid: "root@pam" });
    await expect(gate().intend([harmless, root])).rejects.toMatchObject({ code: "self-protection" });
  });

  test("pass with the plan that was made for them, and not with one for a part", async () => {
    const identity = { kind: "guest", name: "web01", version: "v" };
    const granted = (planId: string, name = "web01") =>
      [harmless, deadly].map((call) => ({
        ...call,
        caller: { ...call.caller, grant: { planId, by: "typed" as const, name } },
      }));
    const make = (...calls: (typeof harmless)[]) =>
      plans().make(
        { principal: "ann", cluster: "c", calls },
        calls.map(() => identity),
      ).planId;
    await expect(gate().intend(granted(make(harmless, deadly)))).resolves.toBeUndefined();
    await expect(gate().intend(granted(make(harmless, deadly), "web02"))).rejects.toMatchObject({
      message: expect.stringContaining("the name that was typed"),
    });
    await expect(gate().intend(granted(make(deadly)))).rejects.toMatchObject({ code: "plan-refused" });
  });
});

describe("changes of one guest", () => {
  const change = (vmid: number, signal?: AbortSignal) => ({
    ...callBy()("POST /nodes/{node}/qemu/{vmid}/config", { node: "pve1", vmid, memory: 512 }),
    ...(signal ? { signal } : {}),
  });
  const done = { outcome: "ok" as const, durationMs: 0 };
  const isOpen = async (entry: Promise<unknown>) =>
    (await Promise.race([entry.then(() => true), new Promise((resolve) => setTimeout(resolve, 60, false))])) as boolean;

  test("go one after another, while those of other guests and reads go on", async () => {
    const one = gate();
    const first = await one.enter(change(100));
    const second = one.enter(change(100));
    expect(await isOpen(second)).toBe(false);
    await (await one.enter(change(101)))(done);
    await (await one.enter(callBy()("GET /nodes/{node}/qemu/{vmid}/config", { node: "pve1", vmid: 100 })))(done);
    await first(done);
    await (await second)(done);
  });

  test("wait no longer than their caller does, and hold nobody up who comes after", async () => {
    const one = gate();
    const first = await one.enter(change(100));
    const leaving = new AbortController();
    const second = one.enter(change(100, leaving.signal));
    const third = one.enter(change(100));
    leaving.abort(new Error("gone"));
    await expect(second).rejects.toThrow("gone");
    expect(await isOpen(third)).toBe(false);
    await first(done);
    await (await third)(done);
  });

  test("that are refused end their turn", async () => {
    const one = gate();
    const deadly = callBy()("DELETE /nodes/{node}/qemu/{vmid}", { node: "pve1", vmid: 100 });
    await expect(one.enter(deadly)).rejects.toMatchObject({ code: "confirmation-required" });
    await (await one.enter(change(100)))(done);
  });
});
