import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type AccessGate,
  createGate,
  createPlans,
  fileMarks,
  loadPolicy,
  loadStateKey,
  openRecord,
} from "../../src/access/index.ts";
import { ConsoleParts } from "../../src/access/console-parts.ts";
import { type Consoles, type ConsoleRun, openConsoles } from "../../src/console/consoles.ts";
import { startLab, type Lab } from "../../src/lab/index.ts";
import { connectCluster } from "../../src/pve/client.ts";
import type { Cluster } from "../../src/pve/cluster.ts";
import type { Caller } from "../../src/pve/gate.ts";
import { CLI_OPERATION, type OperationId } from "../../src/schema/operation.ts";
import { CALLER, line, startTerminalNode, type TerminalNode } from "./support/terminal-node.ts";

describe("every way to a console passes the gate first", () => {
  let node: TerminalNode;
  beforeAll(async () => {
    node = await startTerminalNode();
  });
  afterAll(() => node?.close());

  test("there is one, and nothing is asked for when the gate refuses", async () => {
    const { gate: _, requests, ...consoles } = node.consoles();
    expect(Object.keys(consoles).sort()).toEqual(["close", "exec", "leadTo"]);
    const refusing = node.consoles({
      gate: {
        enter: async () => {
          throw new Error("no entry");
        },
      },
    });
    await expect(refusing.exec(CALLER, line("id"))).rejects.toThrow("no entry");
    expect(requests.calls).toEqual([]);
    expect(node.requests).toEqual([]);
  });

  test("its requests pass the gate of requests too, without the consent that was the command's", async () => {
    const consoles = node.consoles();
    const grant = { planId: "p", by: "typed", name: "pve1" } as const;
    // What runs there does not matter here.
    await consoles.exec({ ...CALLER, grant }, line("true", { timeoutMs: 1000 })).catch(() => {});
    expect(consoles.gate.calls).toMatchObject([{ operation: "RUN /nodes/{node}/terminal", caller: { grant } }]);
    const passed = consoles.requests.calls;
    expect(passed.map(({ operation }) => operation)).toEqual([
      "GET /version",
      "POST /nodes/{node}/termproxy",
      "GET /nodes/{node}/vncwebsocket",
    ]);
    for (const { caller } of passed) expect(caller).toEqual({ ...CALLER, tool: "console" });
  });

  const on = (operation: OperationId, params: object = {}): Omit<ConsoleRun, "command"> => ({
    node: "pve1",
    operation,
    params: { node: "pve1", ...params },
    timeoutMs: 1000,
  });
  const lxc = (vmid: number, command: string) => on("RUN /nodes/{node}/lxc/{vmid}/shell", { vmid, command });

  test.each<[string, Omit<ConsoleRun, "command">, ConsoleRun["command"]]>([
    ["a command as a call of the API", on("GET /version"), "id"],
    ["a command as reading a snippet", on("RUN /nodes/{node}/snippets/read"), "id"],
    ["a command as reaching", on("RUN /nodes/{node}/reach"), "id"],
    ["another node", { ...on("RUN /nodes/{node}/terminal", { command: "id" }), node: "pve2" }, "id"],
    ["another command", on("RUN /nodes/{node}/terminal", { command: "ls" }), "id"],
    ["the node for its container", lxc(103, "id"), "id"],
    ["another container", lxc(103, "id"), ["pct", "exec", "104", "--", "/bin/sh", "-c", "id"]],
    ["other arguments", on(CLI_OPERATION, { family: "qm", argv: ["list"] }), ["qm", "destroy", "100"]],
  ])("%s is refused", async (_, call, command) => {
    const before = node.requests.length;
    const failed = node.consoles().exec(CALLER, { ...call, command });
    await expect(failed).rejects.toMatchObject({ code: "off-the-record" });
    expect(node.requests.length).toBe(before);
  });
});

describe("with the real gate", () => {
  const home = mkdtempSync(join(tmpdir(), "console-gate-"));
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab({ seed: "small", taskMs: 300, authDelayMs: 0 });
  });
  afterAll(async () => {
    await lab?.close();
    rmSync(home, { recursive: true, force: true });
  });
  const caller: Caller = { principal: "local", tool: "proxmox_node_terminal_run", requestId: "r1" };

  async function wired(
    ceiling: "destructive" | "escape",
    rules?: string,
  ): Promise<{ consoles: Consoles; cluster: Cluster; gate: AccessGate; record(): string; close(): Promise<void> }> {
    const directory = mkdtempSync(join(home, "state-"));
    const key = loadStateKey(directory, {});
    const policy = await loadPolicy(undefined);
    const record = openRecord(directory, { key });
    const gate = createGate({
      ceiling,
      record,
      plans: createPlans({ key, marks: fileMarks(directory), confirm: "plan" }),
      policy: rules === undefined ? policy : { ...policy, decide: (facts) => denied(facts, policy, rules) },
      cluster: () => ({
        tokenUser: undefined,
        send: (from) => cluster.send(from),
        guest: async () => ({ tags: [] }),
      }),
    });
    const cluster = connectCluster(
      {
        name: "default",
        endpoints: [`https://${lab.host}:${lab.port}`],
        token: lab.token,
        tls: { verify: true, fingerprints: [lab.fingerprint] },
        requestTimeoutMs: 5000,
        defaults: {},
      },
      gate,
    );
    const consoles = openConsoles({ cluster, gate, hasSsh: async () => false });
    return {
      consoles,
      cluster,
      gate,
      record: () => readFileSync(join(directory, "audit.jsonl"), "utf8"),
      async close() {
        await consoles.close();
        await cluster.close();
        record.close();
      },
    };
  }

  type Policy = Awaited<ReturnType<typeof loadPolicy>>;
  const denied = (facts: Parameters<Policy["decide"]>[0], policy: Policy, operation: string) =>
    facts.operation === operation ? ({ effect: "deny", because: "a rule" } as never) : policy.decide(facts);

  test("a ceiling below escape lets nothing of it pass", async () => {
    const { consoles, cluster, close } = await wired("destructive");
    const before = lab.requests.length;
    await expect(consoles.exec(caller, line("id"))).rejects.toMatchObject({ code: "access-ceiling" });
    const open = cluster.stream({ ...caller, tool: "console" });
    const params = { node: "pve1", port: 5900, vncticket: "x" };
    await expect(
      open("GET /nodes/{node}/vncwebsocket", params, { endpoint: `https://${lab.host}:${lab.port}` }),
    ).rejects.toMatchObject({ code: "access-ceiling" });
    expect(lab.requests.length).toBe(before);
    await close();
  });

  test("without a person's consent nothing is asked of the host, by whatever name", async () => {
    const { consoles, cluster, close } = await wired("escape");
    const before = lab.requests.length;
    await expect(consoles.exec(caller, line("id"))).rejects.toMatchObject({ code: "confirmation-required" });
    for (const tool of [caller.tool, "console"]) {
      const asked = cluster.send({ ...caller, tool })("POST /nodes/{node}/termproxy", { node: "pve1" });
      await expect(asked).rejects.toMatchObject({ code: "confirmation-required" });
    }
    expect(lab.requests.length).toBe(before);
    await close();
  });

  test("a command that runs opens its own console only", () => {
    const one = new ConsoleParts();
    const params = { node: "pve1", command: "id" };
    const end = one.begin({ cluster: "default", operation: "RUN /nodes/{node}/terminal", params, caller });
    const opens = (operation: OperationId, params: object, changes: Partial<Caller> = {}, on = "default") =>
      one.has({ cluster: on, operation, params: params as never, caller: { ...caller, tool: "console", ...changes } });
    const POST = "POST /nodes/{node}/termproxy" as const;
    expect(opens(POST, { node: "pve1" })).toBe(true);
    expect(opens("GET /nodes/{node}/vncwebsocket", { node: "pve1", port: 5900 })).toBe(true);
    expect(opens(POST, { node: "pve2" })).toBe(false);
    expect(opens(POST, { node: "pve1" }, { tool: caller.tool })).toBe(false);
    expect(opens(POST, { node: "pve1" }, { requestId: "r2" })).toBe(false);
    expect(opens(POST, { node: "pve1" }, { principal: "somebody" })).toBe(false);
    expect(opens(POST, { node: "pve1" }, {}, "other")).toBe(false);
    expect(opens("POST /nodes/{node}/lxc/{vmid}/termproxy", { node: "pve1", vmid: 103 })).toBe(false);
    expect(opens("POST /nodes/{node}/qemu/{vmid}/termproxy", { node: "pve1", vmid: 100 })).toBe(false);
    expect(opens("POST /nodes/{node}/vncshell", { node: "pve1" })).toBe(false);
    expect(opens("POST /nodes/{node}/execute", { node: "pve1" })).toBe(false);
    end();
    expect(opens(POST, { node: "pve1" })).toBe(false);
  });

  test("a rule that denies the console denies the command, of which nothing is left but the record", async () => {
    const denies = "POST /nodes/{node}/termproxy";
    const { gate, cluster, close, record } = await wired("escape", denies);
    // Whoever consents to commands consents to no console that a rule denies.
    const judged = await gate.judge({
      cluster: "default",
      operation: denies,
      params: { node: "pve1" },
      caller: { ...caller, tool: "console" },
    });
    expect(judged.refusal).toMatchObject({ code: "policy-denied" });
    const asked = cluster.send({ ...caller, tool: "console" })(denies, { node: "pve1" });
    await expect(asked).rejects.toMatchObject({ code: "policy-denied" });
    expect(record()).toContain('"denied"');
    await close();
  });
});

test("a token goes to no endpoint but those of the configuration", async () => {
  const node = await startTerminalNode();
  const other = await startTerminalNode();
  try {
    const { requests } = node.consoles();
    const cluster = connectCluster(
      {
        name: "test",
        endpoints: [node.url],
        token: { user: "root", realm: "pam", id: "mcp", secret: "5ec7e7ab" },
        tls: { verify: true, fingerprints: [node.fingerprint, other.fingerprint] },
        requestTimeoutMs: 5000,
        defaults: {},
      },
      requests,
    );
    const params = { node: "pve1", port: 5900, vncticket: "PVEVNC:00000000::x" };
    const opened = cluster.stream(CALLER)("GET /nodes/{node}/vncwebsocket", params, { endpoint: other.url });
    await expect(opened).rejects.toThrow("no endpoint");
    expect(other.requests).toEqual([]);
    await cluster.close();
  } finally {
    await node.close();
    await other.close();
  }
});
