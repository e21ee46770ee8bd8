import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Lab } from "../../src/lab/index.ts";
import { openLabSession, type Session } from "../support/session.ts";
import { requestsOf, writesOf } from "./rows.ts";

let session: Session & { lab: Lab };

beforeAll(async () => {
  session = await openLabSession({ seed: "small", taskMs: 40 }, { PROXMOX_MCP_SCRIPTS: "write" });
});
afterAll(() => session?.close());

const run = (script: string, more: object = {}) => session.call("proxmox_script_run", { script, ...more });

describe("a script", () => {
  test("reads much and answers little", async () => {
    const { data, error } = await run(`
      const rows = await pve.getClusterResources({ type: "vm" });
      const byNode = {};
      for (const { node } of rows) byNode[node] = (byNode[node] ?? 0) + 1;
      return byNode;
    `);
    expect(error).toBeUndefined();
    const guests = [...session.lab.state.guests.values()];
    expect(Object.values<number>(data.data).reduce((a, b) => a + b)).toBe(guests.length);
    expect(data.calls).toBe(1);
  });

  test("changes what may be taken back, and waits for the task", async () => {
    const { data, error } = await run(
      `return await pve.postNodesQemuSnapshot({ node: "pve1", vmid: 102, snapname: "scripted" });`,
    );
    expect(error).toBeUndefined();
    expect(data.data).toMatchObject({ state: "ok" });
    expect(session.lab.state.guests.get(102)?.snapshots.map(({ name }) => name)).toContain("scripted");
  });

  test("gets a plan in the place of a destructive call, which is carried out by itself", async () => {
    const before = writesOf(session.lab).length;
    const { data } = await run(
      `return await pve.deleteNodesQemuSnapshotBySnapname({ node: "pve1", vmid: 102, snapname: "scripted" });`,
    );
    expect(data.data).toMatchObject({ notSent: "destructive", plan: { class: "destructive" } });
    expect(writesOf(session.lab).length).toBe(before);
    const { planId, confirm } = data.data.plan;
    const path = "/nodes/pve1/qemu/102/snapshot/scripted";
    const done = await session.call("proxmox_api_call", { method: "DELETE", path, planId, confirm });
    expect(done.error).toBeUndefined();
  });

  test("hears of a refused call, and may go on", async () => {
    const { data } = await run(`
      try { await pve.getNodesQemuConfig({ node: "pve1", vmid: 7 }); return "sent"; }
      catch (error) { return error.message; }
    `);
    expect(data.data).toMatch(/^\[invalid-parameters\] .*vmid/);
  });

  test("a task that fails is an error in it", async () => {
    const { error } = await run(`return await pve.postNodesQemuStatusStart({ node: "pve1", vmid: 101 });`);
    expect(error?.code).toBe("script-error");
    expect(error?.message).toMatch(/task-failed|failed/);
  });

  test("its log comes along", async () => {
    const { data } = await run(`console.log("seen", { a: 1 }); return null;`);
    expect(data.logs).toEqual(['seen {"a":1}']);
  });

  test("calls many at once", async () => {
    const { result, requests } = await requestsOf(session.lab, () =>
      run(`
        const guests = (await pve.getClusterResources({ type: "vm" })).filter(({ type }) => type === "qemu");
        const configs = await Promise.all(guests.map(({ node, vmid }) => pve.getNodesQemuConfig({ node, vmid })));
        return configs.map(({ name }) => name);
      `),
    );
    expect(result.data.data.length).toBeGreaterThan(1);
    expect(requests.length).toBe(result.data.calls);
  });
});

describe("is ended with a clear error, and the server goes on:", () => {
  test.each<[string, string, string, RegExp]>([
    ["a loop without end", "while (true) {}", "script-timeout", /5 s/],
    ["a loop without end in a promise", "await null; for (;;) {}", "script-timeout", /5 s/],
    [
      "a memory bomb",
      "const a = []; for (;;) a.push(new ArrayBuffer(4e7));",
      "script-memory|script-timeout",
      /64 MiB|5 s/,
    ],
    ["recursion without end", "const f = () => f() + 1; return f();", "script-error", /stack|recursion/i],
    ["1,000 calls", "for (let i = 0; i < 1000; i++) await pve.getVersion(); return 1;", "script-calls", /500/],
    ["waiting for nothing", "await new Promise(() => {});", "script-timeout", /3 s/],
    ["broken code", "return (", "script-error", /SyntaxError/],
    ["a throw", "\nthrow new TypeError('mine');", "script-error", /line 2: TypeError: mine/],
    ["a function that there is not", "return await pve.getNope();", "script-error", /not a function/],
    ["parameters that are none", "return await pve.getVersion([1]);", "script-error", /no object/],
  ])("%s", async (_, script, code, says) => {
    const { error } = await run(script, { timeoutSeconds: says.source.startsWith("3 s") ? 3 : 60 });
    expect(code.split("|")).toContain(error?.code);
    expect(error?.message).toMatch(says);
    expect((await session.call("proxmox_node_list")).error).toBeUndefined();
  });
});

describe("has nothing of the server's:", () => {
  test.each([
    ["process", "return typeof process"],
    ["require", "return typeof require"],
    ["fetch", "return typeof fetch"],
    ["Worker", "return typeof Worker"],
    ["the way to its host", "return typeof __call"],
  ])("%s", async (_, script) => {
    expect((await run(script)).data.data).toBe("undefined");
  });

  test.each([
    ["import", "return await import('node:fs');"],
    ["the constructor of functions", "return (() => {}).constructor('return process')().env;"],
    ["another constructor", "return pve.getVersion.constructor('return globalThis.process.env')();"],
  ])("not by %s", async (_, script) => {
    expect((await run(script)).error?.code).toBe("script-error");
  });

  test("tampering with prototypes and with pve changes nothing outside", async () => {
    const { data, error } = await run(`
      Object.prototype.polluted = 1;
      Array.prototype.push = () => { throw new Error("mine"); };
      JSON.stringify = () => '"forged"';
      try { pve.getVersion = () => "forged"; } catch {}
      const { version } = await pve.getVersion();
      return JSON.parse('{"__proto__": {"polluted": 2}, "version": "' + version + '"}').version;
    `);
    expect(error).toBeUndefined();
    expect(data.data).toBe("9.2.11");
    expect((await session.call("proxmox_node_list")).error).toBeUndefined();
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test("no secret comes through it", async () => {
    const { text } = await run(`return await pve.postAccessUsersTokenByTokenid({ userid: "root@pam", tokenid: "x" });`);
    expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}/);
  });
});

test("where scripts may only read, a write is refused in them", async () => {
  const reading = await openLabSession({ seed: "small" }, { PROXMOX_MCP_SCRIPTS: "read" });
  try {
    const script = `return await pve.postNodesQemuSnapshot({ node: "pve1", vmid: 102, snapname: "no" });`;
    const { error } = await reading.call("proxmox_script_run", { script });
    expect(error).toMatchObject({ code: "script-error", message: expect.stringMatching(/may only read/) });
    expect(writesOf(reading.lab)).toEqual([]);
  } finally {
    await reading.close();
  }
});

test("it is not there unless the operator wants it", async () => {
  const without = await openLabSession({ seed: "small" });
  try {
    expect((await without.listTools()).map(({ name }) => name)).not.toContain("proxmox_script_run");
    await expect(without.call("proxmox_script_run", { script: "return 1" })).rejects.toThrow(/Unknown tool/);
  } finally {
    await without.close();
  }
});

test("a question over 10,000 guests is one call and a small answer", async () => {
  const large = await openLabSession({ seed: "large" }, { PROXMOX_MCP_SCRIPTS: "read" });
  try {
    const { result, requests } = await requestsOf(large.lab, () =>
      large.call("proxmox_script_run", {
        script: `
          const rows = await pve.getClusterResources({ type: "vm" });
          const running = rows.filter(({ status }) => status === "running").length;
          return { guests: rows.length, running };
        `,
      }),
    );
    expect(result.data.data.guests).toBeGreaterThanOrEqual(10_000);
    expect(requests).toHaveLength(1);
    expect(result.text.length).toBeLessThan(300);
  } finally {
    await large.close();
  }
});
