import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tokensOf } from "../../codegen/surface-cost.ts";
import type { Lab } from "../../src/lab/index.ts";
import { openLabSession, type Session, type ToolOutcome } from "../support/session.ts";
import { objects, requestsOf, writesOf } from "./rows.ts";

let session: Session & { lab: Lab };

beforeAll(async () => {
  session = await openLabSession({ seed: "small", taskMs: 60 }, { PROXMOX_MCP_TOOLSETS: "minimal" });
});
afterAll(() => session?.close());

const planOf = ({ error }: ToolOutcome) => error!.data!.plan as { planId: string; confirm: string };
const read = (path: string, more: object = {}) => session.call("proxmox_api_read", { path, ...more });
const write = (method: string | undefined, path: string, params = {}, more: object = {}) =>
  session.call("proxmox_api_write", { ...(method ? { method } : {}), path, params, ...more });

test("ten tools under 1,000 tokens", async () => {
  const tools = await session.listTools();
  expect(tools.map(({ name }) => name)).toEqual([
    "proxmox_inventory_overview",
    "proxmox_api_search",
    "proxmox_api_describe",
    "proxmox_api_read",
    "proxmox_api_write",
    "job_list",
    "job_get",
    "job_wait",
    "job_cancel",
    "job_logs",
  ]);
  const texts = tools.map(({ name, description, inputSchema }) => JSON.stringify({ name, description, inputSchema }));
  const tokens = texts.reduce((sum, text) => sum + tokensOf(text), 0);
  expect(tokens).toBeLessThan(1000);
  const said = execFileSync(process.execPath, ["--import", "tsx", "codegen/surface-main.ts"], { encoding: "utf8" });
  expect(said).toContain(`${tokens}  tokens (o200k), PROXMOX_MCP_TOOLSETS=minimal: 10 tools`);
});

describe("search", () => {
  test("finds operations, and the tools that are not listed", async () => {
    const answer = await session.call("proxmox_api_search", { query: "clone a vm" });
    const calls = objects(answer).map(({ call }) => call);
    expect(calls).toContain("POST /nodes/{node}/qemu/{vmid}/clone");
    expect(calls).toContain("proxmox_vm_clone");
  });

  test("says which versions have what only some have", async () => {
    const answer = await session.call("proxmox_api_search", { query: "ha affinity rule" });
    const rule = objects(answer).find(({ call }) => call === "POST /cluster/ha/rules");
    expect(rule).toMatchObject({ versions: "since 9.0", class: "mutate" });
  });

  test("asks the host for nothing", async () => {
    const { requests } = await requestsOf(session.lab, () => session.call("proxmox_api_search", { query: "qm set" }));
    expect(requests).toEqual([]);
  });
});

describe("describe", () => {
  const describeCall = (call: string, more = {}) => session.call("proxmox_api_describe", { call, ...more });

  test("tells what a call takes, needs and gives, with an example that is taken", async () => {
    const { data } = await describeCall("POST /nodes/{node}/qemu/{vmid}/snapshot");
    expect(data).toMatchObject({ class: "mutate", task: true, required: { snapname: expect.any(String) } });
    expect(data.privileges.length).toBeGreaterThan(0);
    const { tool, arguments: args } = data.example;
    const { data: plan, error } = await session.call(tool, { ...args, dryRun: true });
    expect(error).toBeUndefined();
    expect(plan.plan.requests[0]).toMatchObject({ operation: "POST /nodes/{node}/qemu/{vmid}/snapshot" });
  });

  test("takes a path with values in it, and reads without a method", async () => {
    expect((await describeCall("/nodes/pve1/qemu/100/config")).data.operation).toBe(
      "GET /nodes/{node}/qemu/{vmid}/config",
    );
  });

  test("tells the arguments of a tool that is not listed", async () => {
    const { data } = await describeCall("proxmox_vm_clone");
    expect(data).toMatchObject({ tool: "proxmox_vm_clone", class: "mutate" });
    expect(Object.keys(data.input.properties)).toContain("vmid");
  });

  test.each([
    ["POST /nodes/{node}/qmeu", /nearest/],
    ["proxmox_vm_clon", /proxmox_vm_clone/],
    ["clone it", /METHOD/],
  ])("refuses %s and says what may be meant", async (call, says) => {
    const { error } = await describeCall(call);
    expect(error?.code).toBe("invalid-argument");
    expect(`${error?.message} ${error?.next}`).toMatch(says);
  });

  test("brings the host's own documentation when asked, read once", async () => {
    const first = await requestsOf(session.lab, () => describeCall("GET /version", { docs: true }));
    expect(first.result.error).toBeUndefined();
    expect(first.result.data.docs).toMatchObject({ description: expect.stringMatching(/PVE release/), parameters: {} });
    const isDocs = (request: string) => request.includes("apidoc");
    expect(first.requests.filter(isDocs)).toHaveLength(1);
    const second = await requestsOf(session.lab, () => describeCall("POST /nodes/{node}/qemu", { docs: true }));
    expect(Object.keys(second.result.data.docs.parameters).length).toBeGreaterThan(50);
    expect(second.requests.filter(isDocs)).toEqual([]);
  });
});

describe("read", () => {
  test("filters and projects", async () => {
    const { data } = await read("/cluster/resources", { filter: { type: "qemu", status: "run*" }, fields: ["vmid"] });
    const running = [...session.lab.state.guests.values()].filter(({ type, running }) => type === "qemu" && running);
    expect(data.data.map(({ vmid }: { vmid: number }) => vmid).sort()).toEqual(running.map(({ vmid }) => vmid).sort());
    expect(Object.keys(data.data[0])).toEqual(["vmid"]);
  });

  test("runs a tool that reads, by its name", async () => {
    const { data } = await read("proxmox_vm_list", { params: { fields: ["vmid", "name"] } });
    expect(data.columns).toEqual(["vmid", "name"]);
  });

  test.each([
    ["proxmox_vm_action", /proxmox_api_write/],
    ["proxmox_vm_lst", /proxmox_vm_list/],
    ["proxmox_api_write", /directly/],
    ["nodes", /slash/],
  ])("does not take %s", async (path, says) => {
    const { error } = await read(path);
    expect(`${error?.message} ${error?.next}`).toMatch(says);
  });

  test("an argument that the tool does not know is refused by the tool", async () => {
    const { error } = await read("proxmox_vm_list", { params: { nodee: "pve1" } });
    expect(error?.code).toBe("invalid-arguments");
    expect(error?.message).toMatch(/nodee/);
  });
});

describe("write", () => {
  test("changes, and waits for the task", async () => {
    const { data, error } = await write("POST", "/nodes/pve1/qemu/102/snapshot", { snapname: "before" });
    expect(error).toBeUndefined();
    expect(data.job.state).toBe("ok");
  });

  test("a destructive operation is confirmed first", async () => {
    const before = writesOf(session.lab).length;
    const first = await write("DELETE", "/nodes/pve1/qemu/102/snapshot/before");
    expect(first.error?.code).toBe("confirmation-required");
    expect(writesOf(session.lab).length).toBe(before);
    const { planId, confirm } = planOf(first);
    const second = await write("DELETE", "/nodes/pve1/qemu/102/snapshot/before", {}, { planId, confirm });
    expect(second.error).toBeUndefined();
    expect(second.data.job.state).toBe("ok");
  });

  test("runs a typed tool by its name, with its plan", async () => {
    const call = ["proxmox_vm_action", { vmid: 102, action: "stop" }] as const;
    await write(undefined, "proxmox_vm_action", { vmid: 102, action: "start" });
    const first = await write(undefined, ...call);
    expect(first.error?.code).toBe("confirmation-required");
    const { planId, confirm } = planOf(first);
    const second = await write(undefined, ...call, { planId, confirm });
    expect(second.error).toBeUndefined();
    expect(second.data.status).toBe("stopped");
    const line = (await session.record()).findLast(({ operation }) => /status\/stop$/.test(String(operation)));
    expect(line).toMatchObject({ tool: "proxmox_vm_action" });
  });

  test("a dry run of a tool that has none is no call of it", async () => {
    const { error } = await write(undefined, "job_list", {}, { dryRun: true });
    expect(error?.code).toBe("invalid-arguments");
  });

  test("a path needs its method", async () => {
    const { error } = await write(undefined, "/nodes/pve1/qemu/102/snapshot", { snapname: "x" });
    expect(`${error?.message} ${error?.next}`).toMatch(/method.*POST/);
  });
});

test("a tool that is not listed is not called directly", async () => {
  await expect(session.call("proxmox_vm_list")).rejects.toThrow(/Unknown tool/);
});
