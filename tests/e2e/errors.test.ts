import { createServer } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Lab, startLab } from "../../src/lab/index.ts";
import { labEnvironment, openSession, type Session, type ToolOutcome } from "../support/session.ts";

const OTHER_PIN = Array.from({ length: 32 }, () => "AB").join(":");

let lab: Lab;
const open: Session[] = [];

beforeAll(async () => {
  lab = await startLab({ seed: "small", authDelayMs: 0, taskMs: 40 });
});
afterEach(async () => {
  lab.faults.clear();
  await Promise.all(open.splice(0).map((session) => session.close()));
});
afterAll(() => lab?.close());

const connect = async (env: Record<string, string>): Promise<Session> => {
  const session = await openSession(env);
  open.push(session);
  return session;
};

/** The lab's environment without some variables, and with others. */
const environment = (drop: readonly string[] = [], more: Record<string, string> = {}): Record<string, string> => ({
  ...Object.fromEntries(Object.entries(labEnvironment(lab)).filter(([name]) => !drop.includes(name))),
  ...more,
});

/** An error that a model can act on: a code, what happened, what to do, in both forms. */
const actionable = ({ error, text }: ToolOutcome): NonNullable<ToolOutcome["error"]> => {
  expect(error).toBeDefined();
  expect(error!.code).toMatch(/^[a-z]+(-[a-z]+)*$/);
  expect(error!.message.length).toBeGreaterThan(15);
  expect(error!.next?.length).toBeGreaterThan(15);
  for (const part of [error!.code, error!.message, error!.next!]) expect(text).toContain(part);
  expect(`${text}${JSON.stringify(error)}`).not.toContain(lab.token.secret);
  expect(text).not.toMatch(/\n\s+at /);
  return error!;
};

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe("what the host answers", () => {
  let session: Session;
  beforeAll(async () => {
    session = await openSession(environment([], { PROXMOX_REQUEST_TIMEOUT_MS: "1000" }));
  });
  afterAll(() => session?.close());

  test.each([
    [{ status: 595, reason: "No route to host" }, "node-unreachable", /pve1 cannot be reached.*No route to host/],
    [{ status: 401, reason: "Authentication failed!" }, "authentication-failed", /PROXMOX_API_TOKEN_USER/],
    [
      { status: 403, reason: "Permission check failed (/nodes/pve1, Sys.Audit)" },
      "permission-denied",
      /pveum acl modify/,
    ],
    [{ status: 596, reason: "Broken pipe" }, "gateway-timeout", /596/],
    [{ status: 500, reason: "cluster not ready - no quorum?" }, "no-quorum", /quorum/],
    [{ status: 500, reason: "strange words of a storage plugin" }, "proxmox-error", /strange words of/],
    [{ status: 501, reason: "Method not implemented" }, "not-implemented", /version/],
    [{ hang: true }, "request-timeout", /1000 ms/],
    [{ cutBeforeAnswer: true }, "connection-lost", /closed before the answer/],
  ])("%o is told as %s", async (fault, code, says) => {
    await session.call("proxmox_vm_list");
    lab.faults.add({ match: { path: /^\/nodes\/pve1\/status$/ }, ...fault });
    const error = actionable(await session.call("proxmox_node_get", { node: "pve1" }));
    expect(error.code).toBe(code);
    expect(`${error.message} ${error.next}`).toMatch(says);
  });

  test("a host that hangs is given up in time, and asked again when it is well", async () => {
    lab.faults.add({ hang: true });
    const began = Date.now();
    expect(actionable(await session.call("proxmox_cluster_status")).code).toBe("request-timeout");
    expect(Date.now() - began).toBeLessThan(4000);
    lab.faults.clear();
    expect((await session.call("proxmox_cluster_status")).error).toBeUndefined();
  });
});

describe("a token", () => {
  test("that is wrong is refused, and told which variables to check", async () => {
    const session = await connect(environment([], { PROXMOX_API_TOKEN_SECRET: "wrong-secret-0000" }));
    const error = actionable(await session.call("proxmox_inventory_overview"));
    expect(error).toMatchObject({ code: "authentication-failed", data: { status: 401 } });
    expect(JSON.stringify(error)).not.toContain("wrong-secret-0000");
    expect(session.stderr()).not.toContain("wrong-secret-0000");
  });

  test("without rights sees empty lists, and is told the line that grants what an action needs", async () => {
    const session = await connect(labEnvironment(lab, lab.powerless));
    for (const tool of ["proxmox_vm_list", "proxmox_lxc_list", "proxmox_storage_list"]) {
      const { data, error } = await session.call(tool);
      expect(error).toBeUndefined();
      expect(data).toMatchObject({ total: 0, rows: [] });
    }
    const error = actionable(
      await session.call("proxmox_api_call", { method: "POST", path: "/nodes/pve1/qemu/102/status/start" }),
    );
    expect(error).toMatchObject({
      code: "permission-denied",
      data: { status: 403, path: "/vms/102", privileges: ["VM.PowerMgmt"] },
    });
    expect(error.next).toContain("pveum acl modify /vms/102 --tokens 'nobody@pve!powerless' --roles PVEVMUser");
    expect(actionable(await session.call("proxmox_vm_get", { vmid: 102 })).next).toContain("VM.Audit");
    const { data } = await session.call("proxmox_capabilities");
    expect(data.clusters[0].warnings.join()).toContain("no privileges");
  });
});

describe("a connection", () => {
  test("to a host with another certificate than the pinned one is not used: no request arrives", async () => {
    const session = await connect(environment([], { PROXMOX_TLS_FINGERPRINT: OTHER_PIN }));
    const before = lab.requests.length;
    for (const [tool, args] of [
      ["proxmox_inventory_overview", {}],
      ["proxmox_api_call", { method: "POST", path: "/nodes/pve1/qemu/102/status/start" }],
    ] as const) {
      const error = actionable(await session.call(tool, args));
      expect(error).toMatchObject({ code: "tls-mismatch", data: { fingerprint: lab.fingerprint } });
      expect(error.next).toContain(`PROXMOX_TLS_FINGERPRINT=${lab.fingerprint}`);
    }
    expect(lab.requests).toHaveLength(before);
  });

  test("to a self-signed host without a pin names its fingerprint and the variable", async () => {
    const session = await connect(environment(["PROXMOX_TLS_FINGERPRINT"]));
    const before = lab.requests.length;
    const error = actionable(await session.call("proxmox_inventory_overview"));
    expect(error.code).toBe("tls-untrusted");
    expect(error.next).toContain(`PROXMOX_TLS_FINGERPRINT=${lab.fingerprint}`);
    expect(lab.requests).toHaveLength(before);
  });

  test("to a self-signed host is made when checking is switched off", async () => {
    const session = await connect(
      environment(["PROXMOX_TLS_FINGERPRINT"], { PROXMOX_TLS_REJECT_UNAUTHORIZED: "false" }),
    );
    expect((await session.call("proxmox_vm_list")).error).toBeUndefined();
  });

  test("that nobody takes names the endpoint", async () => {
    const port = await freePort();
    const session = await connect(environment([], { PROXMOX_HOST: `127.0.0.1:${port}` }));
    const error = actionable(await session.call("proxmox_inventory_overview"));
    expect(error.code).toBe("connection-refused");
    expect(error.message).toContain(`127.0.0.1:${port}`);
    expect(error.next).toContain("PROXMOX_HOST");
  });

  test("goes on to the second endpoint of a cluster", async () => {
    const port = await freePort();
    const session = await connect(environment([], { PROXMOX_HOST: `127.0.0.1:${port},${lab.host}:${lab.port}` }));
    expect((await session.call("proxmox_vm_list")).data.total).toBe(3);
  });
});

describe("a server that is not configured", () => {
  test.each([
    ["at all", {}, ["endpoint", "API token"]],
    ["with a token", { PROXMOX_HOST: "pve.example" }, ["API token"]],
  ])("%s starts, lists its tools, and says in each call what to set", async (_, env, missing) => {
    const session = await connect(env);
    expect((await session.listTools()).length).toBeGreaterThan(10);
    const calls: [string, Record<string, unknown>][] = [
      ["proxmox_inventory_overview", {}],
      ["proxmox_cluster_status", {}],
      ["proxmox_node_list", {}],
      ["proxmox_node_get", { node: "pve1" }],
      ["proxmox_vm_list", {}],
      ["proxmox_vm_get", { vmid: 100 }],
      ["proxmox_vm_action", { vmid: 100, action: "start" }],
      ["proxmox_lxc_list", {}],
      ["proxmox_storage_list", {}],
      ["proxmox_storage_get", { storage: "local" }],
      ["proxmox_task_list", {}],
      ["proxmox_api_call", { method: "GET", path: "/version" }],
      ["job_list", {}],
    ];
    for (const [tool, args] of calls) {
      const error = actionable(await session.call(tool, args));
      expect([tool, error.code]).toEqual([tool, "not-configured"]);
      expect(error.next).toMatch(/PROXMOX_HOST.*PROXMOX_API_TOKEN_SECRET/);
      for (const part of missing) expect(error.message).toContain(part);
    }
    const { data } = await session.call("proxmox_capabilities");
    expect(data.clusters[0]).toMatchObject({ reachable: false, warnings: [expect.stringContaining("not-configured")] });
  });
});
