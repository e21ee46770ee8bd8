import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Lab, startLab } from "../../src/lab/index.ts";
import { labEnvironment, openLabSession, openSession, type Session } from "../support/session.ts";
import { requestsOf, writesOf } from "../tools/rows.ts";

type Args = Record<string, unknown>;

/** Calls of every kind, by every tool that can make any. */
const CHANGES: readonly [string, Args][] = [
  ...["start", "stop", "shutdown", "reboot", "reset", "suspend", "resume"].map((action): [string, Args] => [
    "proxmox_vm_action",
    { vmid: 100, action },
  ]),
  ...["start", "stop", "shutdown", "reboot", "suspend", "resume"].map((action): [string, Args] => [
    "proxmox_lxc_action",
    { vmid: 103, action },
  ]),
  ["proxmox_api_call", { method: "POST", path: "/nodes/pve1/qemu/100/status/start" }],
  ["proxmox_api_call", { method: "POST", path: "/nodes/pve1/qemu/100/config", params: { cores: 2 } }],
  ["proxmox_api_call", { method: "PUT", path: "/nodes/pve1/qemu/100/config", params: { cores: 2 } }],
  ["proxmox_api_call", { method: "DELETE", path: "/nodes/pve1/qemu/100" }],
  ["proxmox_api_call", { method: "POST", path: "/nodes/pve1/qemu/100/agent/exec", params: { command: ["id"] } }],
  ["proxmox_api_call", { method: "POST", path: "/access/users", params: { userid: "eve@pve" } }],
  ["proxmox_api_call", { method: "POST", path: "/nodes/pve1/status", params: { command: "reboot" } }],
];

const READS: readonly [string, Args][] = [
  ["proxmox_inventory_overview", {}],
  ["proxmox_cluster_status", {}],
  ["proxmox_node_list", {}],
  ["proxmox_node_get", {}],
  ["proxmox_vm_list", {}],
  ["proxmox_vm_get", { vmid: 100 }],
  ["proxmox_lxc_list", {}],
  ["proxmox_lxc_get", { vmid: 103 }],
  ["proxmox_storage_list", {}],
  ["proxmox_storage_get", { storage: "local" }],
  ["proxmox_task_list", {}],
  ["proxmox_task_list", { since: "10d" }],
  ["proxmox_capabilities", {}],
  ["proxmox_api_call", { method: "GET", path: "/nodes/pve1/qemu/100/config" }],
  ["job_list", {}],
];

describe("a server that may only read", () => {
  let session: Session & { lab: Lab };
  beforeAll(async () => {
    session = await openLabSession({ seed: "small", taskMs: 40 }, { PROXMOX_MCP_ACCESS: "read" });
  });
  afterAll(() => session?.close());

  test("sends nothing but GET, whatever tool is called and however", async () => {
    const [task] = [...session.lab.state.tasks.all()];
    const calls: [string, Args][] = [...READS, ["proxmox_task_get", { upid: task!.upid }]];
    for (const [tool, args] of calls) expect([tool, (await session.call(tool, args)).error]).toEqual([tool, undefined]);
    for (const [tool, args] of CHANGES) {
      const { error } = await session.call(tool, args);
      expect([tool, args, error?.code]).toEqual([tool, args, "access-ceiling"]);
      expect(error?.next).toContain("PROXMOX_MCP_ACCESS=");
      const dry = await session.call(tool, { ...args, dryRun: true });
      expect(dry.error).toBeUndefined();
      expect(dry.data.plan).toMatchObject({ allowed: false, refusal: expect.stringContaining("no worse than read") });
    }
    for (const tool of ["job_get", "job_wait"]) await session.call(tool, { id: "default/UPID:x#y" });
    expect(session.lab.requests.length).toBeGreaterThan(10);
    expect(writesOf(session.lab)).toEqual([]);
    const denied = (await session.record()).filter(({ phase }) => phase === "denied");
    expect(denied).toHaveLength(CHANGES.length);
  });

  test("says so of itself", async () => {
    const { data } = await session.call("proxmox_capabilities");
    expect(data.access).toEqual({
      caller: "local",
      ceiling: "read",
      direct: ["read"],
      confirmed: [],
      refused: ["mutate", "destructive", "escape"],
      confirmation: "plan",
    });
    expect(data.off[0].how).toContain("PROXMOX_MCP_ACCESS");
  });
});

describe.each([
  ["mutate", "access-ceiling"],
  ["escape", "confirmation-required"],
])("a server that may %s", (access, code) => {
  test("makes no destructive and no escape call on a model's word", async () => {
    const session = await openLabSession({ seed: "small", taskMs: 40 }, { PROXMOX_MCP_ACCESS: access });
    const { data } = await session.call("proxmox_capabilities");
    expect(data.access).toMatchObject({ ceiling: access, direct: ["read", "mutate"] });
    const worse = CHANGES.filter(
      ([, { action, method, path, params }]) =>
        action === "stop" ||
        action === "reset" ||
        method === "DELETE" ||
        /exec$/.test(String(path)) ||
        (params as Args | undefined)?.command === "reboot",
    );
    expect(worse.length).toBeGreaterThan(5);
    for (const [tool, args] of worse) {
      expect([tool, args, (await session.call(tool, args)).error?.code]).toEqual([tool, args, code]);
    }
    expect(writesOf(session.lab)).toEqual([]);
    const started = await session.call("proxmox_vm_action", { vmid: 102, action: "start" });
    expect(started.data.job.state).toBe("ok");
    await session.close();
  });
});

describe("the gate of a server with the default access", () => {
  let session: Session & { lab: Lab };
  let lab: Lab;
  beforeAll(async () => {
    session = await openLabSession({ seed: "small", taskMs: 40 });
    lab = session.lab;
  });
  afterAll(() => session?.close());
  const api = (method: string, path: string, params: Args = {}, more: Args = {}) =>
    session.call("proxmox_api_call", { method, path, params, ...more });

  test.each<[string, Args, string]>([
    ["proxmox_vm_action", { vmid: 100, action: "stop" }, "confirmation-required"],
    ["proxmox_vm_action", { vmid: 100, action: "reset" }, "confirmation-required"],
    ["proxmox_lxc_action", { vmid: 103, action: "stop" }, "confirmation-required"],
    ["proxmox_api_call", { method: "DELETE", path: "/nodes/pve1/qemu/100" }, "confirmation-required"],
    [
      "proxmox_api_call",
      { method: "POST", path: "/nodes/pve1/qemu/100/agent/exec", params: { command: ["id"] } },
      "access-ceiling",
    ],
    [
      "proxmox_api_call",
      { method: "PUT", path: "/nodes/pve1/qemu/100/config", params: { args: "-S" } },
      "access-ceiling",
    ],
  ])("%s %o is refused: %s", async (tool, args, code) => {
    const before = writesOf(lab).length;
    const { error } = await session.call(tool, args);
    expect(error).toMatchObject({
      code,
      message: expect.stringContaining("Nothing was sent"),
      next: expect.any(String),
    });
    expect(writesOf(lab)).toHaveLength(before);
    const line = (await session.record()).findLast(({ phase }) => phase === "denied");
    expect(line).toMatchObject({ tool, outcome: code, principal: "local", cluster: "default" });
  });

  test("records a line before and a line after each call that changes something", async () => {
    const started = await session.call("proxmox_vm_action", { vmid: 102, action: "start" });
    await api("PUT", "/nodes/pve1/qemu/102/config", { cores: 2 });
    await api("PUT", "/nodes/pve1/qemu/102/config", { delete: "nothing-so" });
    lab.faults.add({ match: { method: "PUT" }, status: 500, reason: "got timeout", times: 1 });
    await api("PUT", "/nodes/pve1/qemu/102/config", { cores: 3 });
    const mutates = (await session.record()).filter(({ class: of, phase }) => of === "mutate" && phase !== "denied");
    const befores = mutates.filter(({ phase }) => phase === "before");
    expect(befores.map(({ operation }) => operation)).toEqual([
      "POST /nodes/{node}/qemu/{vmid}/status/start",
      ...Array.from({ length: 3 }, () => "PUT /nodes/{node}/qemu/{vmid}/config"),
    ]);
    for (const before of befores) {
      const after = mutates.filter(({ phase, requestId }) => phase === "after" && requestId === before.requestId);
      expect(after).toHaveLength(1);
      expect(after[0]).toMatchObject({
        operation: before.operation,
        outcome: expect.stringMatching(/^(ok|error)$/),
        durationMs: expect.any(Number),
      });
      expect(Date.parse(String(after[0]!.time))).toBeGreaterThanOrEqual(Date.parse(String(before.time)));
    }
    const afters = mutates.filter(({ phase }) => phase === "after");
    expect(afters[0]).toMatchObject({ outcome: "ok", status: 200, upid: started.data.job.upid });
    expect(afters.at(-1)).toMatchObject({ outcome: "error", status: 500 });
    expect(befores[0]).toMatchObject({ tool: "proxmox_vm_action", params: { node: "pve1", vmid: 102 } });
  });

  test("keeps secrets out of the record, of errors and of plans", async () => {
    const secrets: [string, string, string, Args][] = [
      ["PUT", "/nodes/pve1/qemu/102/config", "cipassword", { cipassword: "Sesam-1-öffne" }],
      ["PUT", "/nodes/pve1/qemu/102/config", "cipasswort", { cipasswort: "Sesam-2-öffne" }],
      [
        "PUT",
        "/access/password",
        "password",
        { userid: "a@pve", password: "Sesam-3-öffne", "confirmation-password": "Sesam-4-öffne" },
      ],
      ["POST", "/access/users", "password", { userid: "a@pve", password: "Sesam-5-öffne" }],
      [
        "POST",
        "/storage",
        "password",
        { storage: "smb", type: "cifs", server: "s", share: "x", password: "Sesam-6-öffne" },
      ],
      [
        "POST",
        "/nodes/pve1/qemu/100/agent/set-user-password",
        "password",
        { username: "root", password: "Sesam-7-öffne" },
      ],
      [
        "POST",
        "/nodes/pve1/qemu/100/agent/exec",
        "input-data",
        { command: ["Sesam-8-öffne"], "input-data": "Sesam-9-öffne" },
      ],
      [
        "POST",
        "/cluster/acme/account",
        "eab-hmac-key",
        { contact: "a@b.example", "eab-kid": "k", "eab-hmac-key": "Sesam-10-öffne" },
      ],
      ["POST", "/access/tfa/a@pve", "totp", { type: "totp", totp: "Sesam-11-öffne", value: "Sesam-12-öffne" }],
      ["POST", "/cluster/acme/plugins", "data", { id: "dns", type: "dns", data: "Sesam-13-öffne" }],
    ];
    for (const [method, path, , params] of secrets) {
      for (const dryRun of [false, true]) {
        const { text } = await api(method, path, params, { dryRun });
        // The command is what a person decides by, so the plan has it; the record has not.
        expect(text.replaceAll("Sesam-8-öffne", "")).not.toContain("Sesam");
      }
    }
    const record = JSON.stringify(await session.record());
    expect(record).not.toContain("Sesam");
    expect(record).not.toContain(lab.token.secret);
    expect(record).toContain("[redacted]");
    expect(session.stderr()).not.toContain("Sesam");
  });

  test("keeps its files from others", async () => {
    const directory = join(session.stateHome, "proxmox-mcp");
    const mode = async (path: string) => (await stat(path)).mode & 0o777;
    expect(await mode(join(directory, "audit.jsonl"))).toBe(0o600);
    expect(await mode(join(directory, "state.key"))).toBe(0o600);
    expect(await mode(directory)).toBe(0o700);
  });

  const STOP = "/nodes/pve1/qemu/100/status/stop";
  const CONFIG = "/nodes/pve1/qemu/100/config";
  const ROUNDABOUT: readonly [method: string, path: string, params: Args][] = [
    ["POST", "/nodes/pve1/qemu/100/status/start/../stop", {}],
    ["POST", "/nodes/pve1/qemu/100/status/./stop", {}],
    ["POST", "/nodes/pve1/qemu/100/status/%73top", {}],
    ["POST", "/nodes/pve1/qemu/100/status/start%2f..%2fstop", {}],
    ["POST", "/nodes/pve1/qemu/100/status%2fstop", {}],
    ["POST", "/nodes/%70ve1/qemu/100/status/stop", {}],
    ["POST", "/nodes/../nodes/pve1/qemu/100/status/stop", {}],
    ["POST", "/nodes/%2e%2e/qemu/100/status/stop", {}],
    ["POST", "//nodes//pve1//qemu/100/status/stop", {}],
    ["POST", `${STOP}/`, {}],
    ["POST", `/api2/json${STOP}`, {}],
    ["POST", `/api2/extjs${STOP}`, {}],
    ["POST", `/api2/json/api2/json${STOP}`, {}],
    ["POST", `${STOP}?timeout=1`, {}],
    ["POST", `${STOP}#`, {}],
    ["POST", `${STOP}\u0000`, {}],
    ["POST", `${STOP} HTTP/1.1\r\nX: y`, {}],
    ["POST", "/nodes/pve1/qemu/100/status/STOP", {}],
    ["POST", "/nodes/pve1/qemu/100/status/ｓtop", {}],
    ["post", STOP, {}],
    ["DELETE ", "/nodes/pve1/qemu/100", {}],
    ["GET", "/nodes/pve1/qemu/100", { _method: "DELETE" }],
    ["GET", "/nodes/pve1/qemu/100/config", { "X-HTTP-Method-Override": "DELETE" }],
    ["POST", "/nodes/{node}/qemu/{vmid}/status/stop", { node: "pve1", vmid: 100 }],
    ["POST", "/nodes/{node}/qemu/{vmid}/status/start", { node: "pve1", vmid: "100/status/stop?x=" }],
    ["POST", "/nodes/{node}/qemu/{vmid}/status/start", { node: "pve1/qemu/100/status/stop?x=", vmid: 100 }],
    ["POST", "/nodes/{node}/qemu/{vmid}/status/start", { node: ["pve1"], vmid: ["..", ".."] }],
    ["POST", "/nodes/pve1/qemu/102/status/start", { vmid: 100 }],
    ["DELETE", "/nodes/pve1/storage/local/content/{volume}", { volume: "../../../qemu/100" }],
    ["DELETE", "/nodes/pve1/storage/local/content/../../../qemu/100", {}],
    ["PUT", "/nodes/pve1/storage/local/content/{volume}", { volume: "../../../qemu/100/config", notes: "x" }],
    [
      "PUT",
      "/nodes/pve1/storage/local/content/{volume}",
      { volume: "local:iso/../../../../qemu/100/config", notes: "x" },
    ],
    ["PUT", "/nodes/pve1/storage/local/content/local:iso/../x.iso", { notes: "x" }],
    ["POST", "/cluster/firewall/ipset/{name}", { name: "..", cidr: "192.0.2.1" }],
    ["PUT", CONFIG, { delete: "scsi0" }],
    ["PUT", CONFIG, { delete: ["scsi0"] }],
    ["PUT", CONFIG, { delete: ["description", "scsi0"] }],
    ["PUT", CONFIG, { delete: ["description,scsi0"] }],
    ["PUT", CONFIG, { delete: [["scsi0"]] }],
    ["PUT", CONFIG, { delete: "description;scsi0" }],
    ["PUT", CONFIG, { delete: "description scsi0" }],
    ["PUT", CONFIG, { delete: "description\tscsi0" }],
    ["PUT", CONFIG, { delete: "description\nscsi0" }],
    ["PUT", CONFIG, { delete: "description\u0000scsi0" }],
    ["PUT", CONFIG, { delete: " scsi0 " }],
    ["PUT", CONFIG, { delete: ",,scsi0,," }],
    ["PUT", CONFIG, { delete: "SCSI0" }],
    ["PUT", CONFIG, { delete: "Scsi0" }],
    ["PUT", CONFIG, { delete: { scsi0: 1 } }],
    ["PUT", CONFIG, { Delete: "scsi0" }],
    ["PUT", CONFIG, { "delete[]": "scsi0" }],
    ["PUT", CONFIG, { "delete ": "scsi0" }],
    ["PUT", CONFIG, { description: "x", "a&delete": "scsi0" }],
    ["PUT", CONFIG, { delete: "description", force: true }],
    ["PUT", CONFIG, { delete: "description", force: "yes" }],
    ["POST", CONFIG, { delete: ["description", "scsi0"] }],
    ["PUT", "/nodes/pve1/lxc/103/config", { delete: ["hostname", "rootfs"] }],
    ["POST", "/nodes/pve1/qemu/100/status/shutdown", { forceStop: 1 }],
    ["POST", "/nodes/pve1/qemu/100/status/shutdown", { forceStop: "on" }],
  ];

  test.each(ROUNDABOUT)("is not gone round by %s %j %o", async (method, path, params) => {
    const guests = JSON.stringify(
      [...lab.state.guests.values()].map(({ vmid, running, config }) => [vmid, running, config]),
    );
    const { result, requests } = await requestsOf(lab, () => api(method, path, params));
    expect(result.error).toBeDefined();
    expect(requests.filter((request) => !request.startsWith("GET "))).toEqual([]);
    expect(
      JSON.stringify([...lab.state.guests.values()].map(({ vmid, running, config }) => [vmid, running, config])),
    ).toBe(guests);
  });

  test.each([
    ["/nodes/pve1/storage/local/content/{volume}", { volume: "local:iso/../../../../qemu/100/config" }],
    ["/nodes/{node}/status", { node: ".." }],
    ["/nodes/../version", {}],
    ["/storage/{storage}", { storage: ".." }],
    ["/storage/{storage}", { storage: "" }],
  ])("lets no read stray either: %s %o", async (path, params) => {
    const { result, requests } = await requestsOf(lab, () => api("GET", path, params));
    expect(result.error).toBeDefined();
    expect(requests).toEqual([]);
  });

  test("let through no request that is not in the record", async () => {
    // A request that a fault answered is known by its path alone.
    const template = (path: string) => path.replace(/^\/nodes\/[^/]+\/qemu\/\d+/, "/nodes/{node}/qemu/{vmid}");
    const record = await session.record();
    const sent = record.filter(
      ({ phase, outcome, status }) => phase === "after" && (outcome !== "error" || status !== undefined),
    );
    expect(sent.map(({ operation }) => operation).sort()).toEqual(
      lab.requests.map(({ operation, method, path }) => operation ?? `${method} ${template(path)}`).sort(),
    );
    const befores = record.filter(({ phase }) => phase === "before").length;
    const afters = record.filter(({ phase }) => phase === "after").length;
    expect(afters).toBe(befores);
  });
});

describe("a record that cannot be written", () => {
  test("stops what changes something, and nothing else", async () => {
    const lab = await startLab({ seed: "small", authDelayMs: 0, taskMs: 40 });
    const probe = await openSession(labEnvironment(lab));
    // The state directory is to stand where a file is.
    const blocked = join(probe.stateHome, "blocked");
    await writeFile(blocked, "");
    const session = await openSession(labEnvironment(lab), { stateHome: blocked });
    for (const [tool, args] of READS) expect([tool, (await session.call(tool, args)).error]).toEqual([tool, undefined]);
    for (const [tool, args] of [
      ["proxmox_vm_action", { vmid: 102, action: "start" }],
      ["proxmox_api_call", { method: "PUT", path: "/nodes/pve1/qemu/102/config", params: { cores: 2 } }],
    ] as const) {
      const { error } = await session.call(tool, args);
      expect(error).toMatchObject({
        code: "record-unavailable",
        message: expect.stringContaining("Nothing was sent"),
        next: expect.stringContaining("XDG_STATE_HOME"),
      });
    }
    expect(writesOf(lab)).toEqual([]);
    await session.close();
    await probe.close();
    await lab.close();
  });
});
