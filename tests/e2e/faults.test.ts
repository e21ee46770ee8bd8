import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Fault, FaultByName, Lab } from "../../src/lab/index.ts";
import { call } from "../lab/support.ts";
import { openLabSession, type Session, type ToolOutcome } from "../support/session.ts";
import { objects, pause } from "../tools/rows.ts";

type Args = Record<string, unknown>;
type ToolCall = readonly [tool: string, args: Args];
type Seen = ToolOutcome & { requests: string[]; ms: number };

let session: Session & { lab: Lab };
let lab: Lab;
beforeAll(async () => {
  session = await openLabSession(
    { seed: "medium", taskMs: 60, agentMs: 20, haMs: 200 },
    { PROXMOX_REQUEST_TIMEOUT_MS: "1500" },
  );
  lab = session.lab;
});
afterEach(() => lab.faults.clear());
afterAll(() => session?.close());

const api = (method: string, path: string, params: Args = {}): ToolCall => [
  "proxmox_api_call",
  { method, path, params },
];
const vm = (vmid: number): ToolCall => ["proxmox_vm_get", { vmid }];
const act = (vmid: number, action: string): ToolCall => ["proxmox_vm_action", { vmid, action }];
const VMS: ToolCall = ["proxmox_vm_list", {}];
const STORAGES: ToolCall = ["proxmox_storage_list", {}];
const CONFIG = "/nodes/pve1/qemu/100/config";
const AGENT = "/nodes/pve1/qemu/100/agent";

/** The list of resources is kept for seconds: a write through the server makes it be read again. */
const forget = () => session.call(...api("PUT", CONFIG, { description: "read again" }));

async function meet(fault: Fault | FaultByName, [tool, args]: ToolCall): Promise<Seen> {
  await forget();
  const from = lab.requests.at(-1)?.seq ?? 0;
  lab.faults.add(fault);
  const began = Date.now();
  const outcome = await session.call(tool, args);
  return {
    ...outcome,
    ms: Date.now() - began,
    requests: lab.requests.filter(({ seq }) => seq > from).map(({ method, path }) => `${method} ${path}`),
  };
}

/** Faults that end in an error: its code, a part of what it says, a part of what to do next. */
describe("a fault is told for what it is", () => {
  test.each<[Fault | FaultByName, ToolCall, string, RegExp, RegExp]>([
    [{ fault: "late-401", ms: 50 }, VMS, "authentication-failed", /refused the API token/, /expired or is disabled/],
    [{ fault: "token-expired" }, VMS, "authentication-failed", /refused the API token/, /expired/],
    [{ fault: "csrf-refused" }, act(102, "start"), "authentication-failed", /csrf token/, /./],
    [
      { fault: "forbidden", text: "Permission check failed (/vms/100, VM.PowerMgmt)" },
      act(100, "reboot"),
      "permission-denied",
      /lacks VM\.PowerMgmt on \/vms\/100/,
      /pveum acl modify/,
    ],
    [
      { fault: "gateway-595", node: "pve2" },
      api("GET", "/nodes/pve2/status"),
      "node-unreachable",
      /pve2/,
      /cluster\/status/,
    ],
    [{ fault: "gateway-599", match: { method: "GET" } }, VMS, "gateway-timeout", /599/, /try again/],
    [{ fault: "allow-from" }, VMS, "connection-lost", /closed/, /ALLOW_FROM/],
    [
      { fault: "cut-before-work", match: { method: "PUT" } },
      api("PUT", CONFIG, { description: "b" }),
      "outcome-unknown",
      /sent once/,
      /Do not repeat it blindly/,
    ],
    [{ fault: "hang", match: { path: /qemu\/100/ } }, vm(100), "request-timeout", /1500 ms/, /./],
    [
      { fault: "no-message" },
      api("GET", "/nodes/pve1/qemu/99999/config"),
      "not-found",
      /99999\.conf/,
      /Look the object up/,
    ],
    [{ fault: "task-ends", text: "got timeout" }, act(102, "start"), "task-failed", /got timeout/, /job\.log/],
    [
      { fault: "task-ends", text: "unexpected status" },
      act(102, "start"),
      "task-unknown",
      /no known outcome/,
      /do not repeat/,
    ],
    [
      { fault: "vzdump-ok" },
      api("POST", "/nodes/pve1/vzdump", { vmid: "100" }),
      "nothing-done",
      /no guest that it names is on this node/,
      /./,
    ],
    [{ fault: "quorum-lost" }, act(100, "reboot"), "no-quorum", /no quorum/, /nodes are online/],
    [
      { fault: "node-version", node: "pve2", version: "8.4" },
      api("GET", "/nodes/pve2/capabilities/qemu/migration"),
      "not-in-version",
      /since 9\.0; pve2 runs 8\.4/,
      /Upgrade/,
    ],
    [
      { fault: "guest-locked", vmid: 100, lock: "backup" },
      api("PUT", CONFIG, { cores: 3 }),
      "guest-locked",
      /locked \(backup\)/,
      /task that holds the lock/,
    ],
    [{ fault: "lock-timeout", ms: 20 }, act(100, "reboot"), "lock-timeout", /lock-100\.conf/, /wait for its task/],
    [
      { fault: "agent-absent", vmid: 100 },
      api("POST", `${AGENT}/ping`),
      "agent-unavailable",
      /No QEMU guest agent configured/,
      /agent=1/,
    ],
    [
      { fault: "agent-stopped", vmid: 100 },
      api("POST", `${AGENT}/ping`),
      "agent-unavailable",
      /not running/,
      /While the guest boots/,
    ],
    [{ fault: "agent-flapping" }, api("GET", `${AGENT}/get-osinfo`), "agent-unavailable", /not running/, /try again/],
    [{ fault: "agent-error" }, api("GET", `${AGENT}/get-osinfo`), "agent-refused", /has been disabled/, /block-rpcs/],
    [
      { fault: "hotplug-refused", vmid: 100 },
      api("PUT", CONFIG, { description: "d" }),
      "proxmox-error",
      /hotplug problem/,
      /\/pending/,
    ],
    [{ fault: "agent-slow", ms: 2500 }, api("GET", `${AGENT}/get-osinfo`), "request-timeout", /1500 ms/, /./],
    [
      { fault: "storage-slow", storage: "local", ms: 2500 },
      api("GET", "/nodes/pve1/storage/local/content"),
      "request-timeout",
      /1500 ms/,
      /./,
    ],
    [
      { fault: "storage-full", storage: "local-lvm" },
      api("POST", "/nodes/pve1/qemu/104/clone", { newid: 9001, full: true, storage: "local-lvm" }),
      "task-failed",
      /No space left on device/,
      /./,
    ],
    [
      { fault: "storage-lock-timeout", storage: "nfs", ms: 20 },
      api("POST", "/nodes/pve1/storage/nfs/content", { filename: "vm-100-disk-9.raw", size: "1G", vmid: 100 }),
      "lock-timeout",
      /storage-nfs/,
      /./,
    ],
    [
      { fault: "sdn-locked" },
      api("POST", "/cluster/sdn/zones", { zone: "z1", type: "simple" }),
      "lock-timeout",
      /invalid lock token/,
      /./,
    ],
  ])("%j", async (fault, call, code, message, next) => {
    const { error } = await meet(fault, call);
    expect(error).toMatchObject({ code, message: expect.stringMatching(message), next: expect.stringMatching(next) });
  });
});

/** Faults that a reader does not notice. */
describe("a fault is got over", () => {
  test.each<[string, Fault | FaultByName, ToolCall]>([
    ["a reset of an idle connection, by a read", { fault: "reset-on-reuse", times: 1 }, VMS],
    ["a gateway that gave up on a read", { fault: "gateway-596", times: 1 }, vm(100)],
    ["a redirection too many, for a read", { fault: "gateway-599", times: 1 }, VMS],
    ["workers that are busy", { fault: "slow-worker", ms: 150 }, vm(100)],
    ["a read without quorum", { fault: "quorum-lost" }, vm(100)],
    ["numbers as strings", { fault: "types-swapped" }, vm(100)],
    ["types at random", { fault: "types-random", seed: 7 }, vm(100)],
    ["large numbers in scientific notation", { fault: "scientific-notation" }, vm(100)],
    ["arrays that are null", { fault: "null-arrays" }, vm(100)],
    ["lists that are null", { fault: "null-lists", match: { path: /\/(?:pending|snapshot)$/ } }, vm(100)],
    ["a guest that moves in the middle", { fault: "guest-moves", vmid: 100, to: "pve2" }, vm(100)],
    ["a guest that moves back before a write", { fault: "guest-moves", vmid: 100, to: "pve1" }, act(100, "reboot")],
    ["a task that cannot be read yet", { fault: "task-late", ms: 300 }, act(100, "reboot")],
    ["a task with warnings", { fault: "task-ends", text: "WARNINGS: 2" }, act(100, "reboot")],
    ["a UPID of a long uptime", { fault: "task-long-uptime" }, act(100, "reboot")],
    ["a UPID without an id", { fault: "task-empty-id" }, act(100, "reboot")],
    ["a node with a clock of its own", { fault: "time-skew" }, act(100, "reboot")],
    [
      "a write behind a gateway that gave up",
      { fault: "gateway-596", match: { method: "POST" }, times: 1 },
      act(100, "reboot"),
    ],
  ])("%s", async (_, fault, call) => {
    const { error, data, requests } = await meet(fault, call);
    expect(error).toBeUndefined();
    expect(requests.filter((one) => /^POST .*\/reboot$/.test(one) && one.includes("/pve1/")).length).toBeLessThan(2);
    if (call[0] !== "proxmox_vm_get") return;
    expect(data).toMatchObject({ vmid: 100, name: "web01", status: "running" });
    for (const [key, value] of Object.entries(data.usage))
      if (key !== "qmpstatus") expect([key, typeof value]).toEqual([key, "number"]);
  });

  test.each<[FaultByName, ToolCall]>([
    [{ fault: "missing-keys" }, VMS],
    [{ fault: "missing-keys", share: 0.5, seed: 3 }, VMS],
    [{ fault: "missing-keys" }, STORAGES],
    [{ fault: "missing-keys" }, ["proxmox_inventory_overview", {}]],
    [{ fault: "null-lists" }, VMS],
    [{ fault: "null-lists" }, STORAGES],
    [{ fault: "null-arrays" }, ["proxmox_inventory_overview", {}]],
    [{ fault: "types-random", seed: 9 }, ["proxmox_node_list", {}]],
    [{ fault: "scientific-notation" }, STORAGES],
  ])("%j by %j", async (fault, call) => {
    const { error, text } = await meet(fault, call);
    expect(error).toBeUndefined();
    expect(text).not.toMatch(/undefined|NaN|\[object/);
  });
});

describe("what remains is said", () => {
  test("a write whose digest is old changes nothing", async () => {
    const { digest } = (await session.call(...api("GET", CONFIG))).data.data;
    const { error } = await session.call(...api("PUT", CONFIG, { cores: 2, digest })).then(async () => {
      const fresh = (await session.call(...api("GET", CONFIG))).data.data.digest;
      lab.faults.add({ fault: "digest-changed", vmid: 100 });
      return session.call(...api("PUT", CONFIG, { cores: 7, digest: fresh }));
    });
    expect(error).toMatchObject({
      code: "digest-mismatch",
      next: expect.stringContaining("Read the configuration again"),
    });
    expect(lab.state.guests.get(100)!.config.cores).not.toBe(7);
  });

  test("a process whose end was lost is not asked for without end", async () => {
    const { data } = await call(lab, "POST", `${AGENT}/exec`, { body: "command=hostname" });
    expect(data).toMatchObject({ pid: expect.any(Number) });
    await pause(100);
    const { error } = await meet({ fault: "agent-exec-lost", times: 1 }, api("GET", `${AGENT}/exec-status`, data));
    expect(error).toMatchObject({
      message: expect.stringContaining("does not exist"),
      next: expect.stringContaining("lost"),
    });
  });

  test("a dead node's guests count as running first, then as unknown", async () => {
    const nodes = () => session.call("proxmox_vm_list", { node: "pve3", limit: 3 });
    await forget();
    lab.faults.add({ fault: "node-down", node: "pve3", ms: 150 });
    const first = await nodes();
    expect(first.data.incomplete).toContainEqual(expect.objectContaining({ node: "pve3" }));
    await pause(300);
    await forget();
    expect(new Set(objects(await nodes()).map(({ status }) => status))).toEqual(new Set(["unknown"]));
  });

  test("a long log comes with its end", async () => {
    const { error } = await meet({ fault: "task-long-log", count: 120 }, act(101, "start"));
    expect(error?.code).toBe("task-failed");
    expect(JSON.stringify(error)).toContain("TASK ERROR: volume 'local:iso/missing.iso' does not exist");
  });

  test("a task whose record is gone", async () => {
    // An old one: a new one may only not be readable yet, and counts as running for some seconds.
    const old = { node: "pve1", type: "qmreboot", id: "100", user: "root@pam" };
    const { upid } = lab.state.tasks.record(old, Date.now() - 120_000, 1, "OK", []);
    lab.state.tasks.forget(upid);
    const { data } = await session.call("proxmox_task_get", { upid });
    expect(data).toMatchObject({ state: "unknown" });
  });

  test("an HA request that takes its time", async () => {
    const { data, error } = await meet({ fault: "ha-delay", ms: 500 }, act(106, "start"));
    expect(error).toBeUndefined();
    expect(data.job).toMatchObject({ state: "ok", type: "hastart" });
    expect(JSON.stringify(data)).toMatch(/running/);
  });

  test("an HA request that is carried out elsewhere", async () => {
    const there = lab.state.guests.get(106)!.node;
    const { data } = await meet({ fault: "ha-relocation" }, act(106, "shutdown"));
    expect(data.job).toMatchObject({ state: "ok", type: "hastop" });
    await pause(400);
    expect(lab.state.guests.get(106)!.node).not.toBe(there);
    await forget();
    expect((await session.call(...vm(106))).data).toMatchObject({ vmid: 106, node: lab.state.guests.get(106)!.node });
  });

  test("a task that ended OK without having reached its goal", async () => {
    const { data, error } = await meet({ fault: "task-misses-goal" }, act(102, "start"));
    expect(lab.state.guests.get(102)!.running).toBe(false);
    expect(error).toBeUndefined();
    expect(data).toMatchObject({
      job: { state: "ok" },
      status: "stopped",
      warning: expect.stringContaining("not running"),
    });
  });

  test("a task that has to be killed", async () => {
    const { taskMs } = lab.state.pace;
    lab.state.pace.taskMs = 3_600_000;
    const { data: started } = await meet({ fault: "task-stubborn", ms: 300 }, [
      "proxmox_vm_action",
      { vmid: 100, action: "reboot", waitSeconds: 0 },
    ]);
    lab.state.pace.taskMs = taskMs;
    const { data } = await session.call("job_cancel", { id: started.job.id });
    expect(data).toMatchObject({ outcome: "stopped", job: { state: "unknown", exitstatus: "unexpected status" } });
  });

  test("a lock that a cancelled task left behind", async () => {
    await forget();
    lab.faults.add({ fault: "task-leaves-lock", lock: "backup" });
    const { data: started } = await session.call("proxmox_vm_action", { vmid: 100, action: "reboot", waitSeconds: 0 });
    const [task] = [...lab.state.tasks.all()].slice(-1);
    lab.state.tasks.cancel(task!);
    lab.faults.clear();
    expect(started.job).toBeDefined();
    const { error } = await session.call(...api("PUT", CONFIG, { cores: 2 }));
    delete lab.state.guests.get(100)!.config.lock;
    expect(error).toMatchObject({ code: "guest-locked", data: expect.objectContaining({ lock: "backup" }) });
  });

  test("a volume that is not listed yet, and is later", async () => {
    lab.faults.add({ fault: "storage-lag", storage: "nfs", ms: 400 });
    const content = api("GET", "/nodes/pve1/storage/nfs/content", { vmid: 100 });
    const made = await session.call(
      ...api("POST", "/nodes/pve1/storage/nfs/content", {
        filename: "vm-100-disk-8.raw",
        size: "1G",
        vmid: 100,
        format: "raw",
      }),
    );
    expect(made.error).toBeUndefined();
    expect((await session.call(...content)).text).not.toContain("vm-100-disk-8");
    await pause(500);
    expect((await session.call(...content)).text).toContain("vm-100-disk-8");
  });

  test("a storage that one node cannot reach", async () => {
    const seen = await meet({ fault: "storage-offline", storage: "nfs", node: "pve1" }, STORAGES);
    expect(objects(seen).find(({ storage, node }) => storage === "nfs" && node === "pve1")?.status).not.toBe(
      "available",
    );
  });

  test("a token without rights: nothing is not taken for no guests", async () => {
    const { data, error } = await meet({ fault: "token-without-rights" }, VMS);
    expect(error).toBeUndefined();
    expect(data.total).toBe(0);
    const capabilities = await session.call("proxmox_capabilities");
    expect(JSON.stringify(capabilities.data)).toMatch(/no (?:rights|privileges|permissions)|privilege|rights/i);
  });

  test("a network that goes away while it is changed", async () => {
    const create = api("POST", "/nodes/pve1/network", { iface: "vmbr9", type: "bridge" });
    const { error } = await meet(
      { fault: "network-apply-drops", ms: 200, match: { method: "POST", path: /\/network$/ } },
      create,
    );
    expect(error).toMatchObject({ code: "outcome-unknown", next: expect.stringContaining("Do not repeat it blindly") });
  });

  test("another certificate than the one that is pinned", async () => {
    const pinned = lab.fingerprint;
    lab.faults.add({ fault: "certificate-rotation" });
    while (lab.fingerprint === pinned) await pause(10);
    const { error } = await session.call(...api("GET", "/nodes"));
    expect(error?.message).toContain(lab.fingerprint);
    expect(error?.next).toContain("PROXMOX_TLS_FINGERPRINT");
  });
});
