import { readFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { FaultFileError, parseFaults } from "../../src/lab/faults/file.ts";
import { FAULTS, type FaultName } from "../../src/lab/faults/index.ts";
import { type FaultByName, type Lab, startLab } from "../../src/lab/index.ts";
import { call, exchange, finish, open, requestBytes, until, wire } from "./support.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ seed: "medium", taskMs: 30, taskVisibleMs: 0, haMs: 40, agentMs: 0, authDelayMs: 0 });
});
afterEach(() => lab.faults.clear());
afterAll(() => lab.close());

const REBOOT = "/nodes/pve1/qemu/100/status/reboot";
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

async function timed<T>(work: Promise<T>): Promise<{ ms: number; result: T | string }> {
  const since = Date.now();
  const result = await work.catch((error: Error) => error.message);
  return { ms: Date.now() - since, result };
}

describe("the catalogue", () => {
  it.each(Object.keys(FAULTS))("%s is tested and documented", (name) => {
    const { options, does } = FAULTS[name as FaultName];
    const cells = options.map((one) => (one.endsWith("!") ? `**\`${one.slice(0, -1)}\`**` : `\`${one}\``)).join(", ");
    expect(read("docs/lab.md")).toContain(`| \`${name}\` | ${cells} | ${does} |`);
    const tests = [
      "tests/e2e/faults.test.ts",
      "tests/lab/ssh/users.test.ts",
      "tests/lab/faults-catalogue.test.ts",
      "tests/lab/ssh/faults.test.ts",
    ];
    expect(tests.map(read).join("")).toContain(`"${name}"`);
  });

  it.each<FaultByName>([
    { fault: "node-down", node: "pve2" },
    { fault: "node-memory-short" },
    { fault: "no-virtualization" },
    { fault: "quorum-lost" },
    { fault: "ha-delay", ms: 9 },
    { fault: "node-version", node: "pve2", version: "7.4" },
    { fault: "time-skew" },
    { fault: "guest-locked", vmid: 100 },
    { fault: "agent-absent", vmid: 100 },
    { fault: "agent-stopped", vmid: 100 },
    { fault: "storage-full", storage: "nfs" },
    { fault: "storage-offline", storage: "nfs" },
    { fault: "token-expired" },
    { fault: "token-without-rights" },
    { fault: "allow-from" },
    { fault: "oversized-head" },
    { fault: "ssh-dropped", count: 3 },
  ])("%j leaves nothing behind once it is off", async (fault) => {
    const paths = ["/nodes", "/nodes/pve2/version", "/nodes/pve1/qemu/100/config", "/cluster/resources?type=storage"];
    const look = async () =>
      (await Promise.all(paths.map((path) => call(lab, "GET", path)))).map(({ status, data }) => [
        status,
        JSON.stringify(data, (key, value) => (/^(?:cpu|mem|uptime|disk)$/.test(key) ? 0 : value)),
      ]);
    const before = await look();
    const off = lab.faults.add(fault);
    off();
    off();
    expect(await look()).toEqual(before);
    expect(lab.state.pace.haMs).toBe(40);
    expect(lab.state.quorate).toBe(true);
  });

  it.each<[FaultByName, string]>([
    [{ fault: "node-down", node: "pve9" }, "there is no node 'pve9'"],
    [{ fault: "guest-locked", vmid: 9 }, "there is no guest 9"],
    [{ fault: "storage-offline", storage: "x" }, "there is no storage 'x'"],
    [{ fault: "node-version", version: "6.4" }, "there is no version '6.4'"],
    [{ fault: "node-down", node: "pve1" }, "the answering node cannot be offline"],
  ])("refuses %j", (fault, message) => {
    expect(() => lab.faults.add(fault)).toThrow(message);
  });
});

describe("transport", () => {
  it("reset-on-reuse spares the first request of a connection, and busy ones", async () => {
    lab.faults.add({ fault: "reset-on-reuse", ms: 60 });
    const socket = await open(lab);
    const ask = () => exchange(socket, requestBytes(lab, "GET", "/version"));
    expect((await ask()).status).toBe(200);
    expect((await ask()).status).toBe(200);
    await pause(80);
    await expect(ask()).rejects.toThrow();
  });

  it("oversized-head hangs, then closes", async () => {
    lab.faults.add({ fault: "oversized-head", ms: 120 });
    const { ms, result } = await timed(wire(lab, "GET", "/version", { headers: { "X-Long": "x".repeat(9000) } }));
    expect(result).toMatch(/closed/);
    expect(ms).toBeGreaterThanOrEqual(115);
  });

  it("slow-worker holds up the fourth call of a node, and no other node", async () => {
    lab.faults.add({ fault: "slow-worker", ms: 900, times: 3, match: { path: /^\/nodes\/pve1\// } });
    const slow = [1, 2, 3].map(() => call(lab, "GET", "/nodes/pve1/status"));
    await until(() => lab.requests.filter(({ path }) => path === "/nodes/pve1/status").length >= 3);
    const [other, fourth] = await Promise.all([
      timed(call(lab, "GET", "/nodes/pve2/status")),
      timed(call(lab, "GET", "/nodes/pve1/status")),
    ]);
    await Promise.all(slow);
    expect(fourth.ms).toBeGreaterThan(80);
    expect(other.ms).toBeLessThan(fourth.ms);
  });

  it("delay answers late", async () => {
    lab.faults.add({ fault: "delay", ms: 50 });
    expect((await timed(call(lab, "GET", "/version"))).ms).toBeGreaterThanOrEqual(48);
  });

  it("cut-before-answer does the work", async () => {
    lab.faults.add({ fault: "cut-before-answer", match: { method: "PUT" } });
    const path = "/nodes/pve1/qemu/100/config";
    await expect(wire(lab, "PUT", path, { body: "description=behind" })).rejects.toThrow("closed");
    expect((await call(lab, "GET", path)).data.description).toContain("behind");
  });

  it("gateway-596 does the work", async () => {
    lab.faults.add({ fault: "gateway-596", times: 1 });
    const path = "/nodes/pve1/qemu/100/config";
    expect((await call(lab, "PUT", path, { body: "description=later" })).status).toBe(596);
    expect((await call(lab, "GET", path)).data.description).toContain("later");
  });

  it("skip spares the first, times ends it", async () => {
    lab.faults.add({ fault: "gateway-599", skip: 1, times: 1 });
    const seen = [];
    for (let i = 0; i < 3; i += 1) seen.push((await wire(lab, "GET", "/version")).status);
    expect(seen).toEqual([200, 599, 200]);
  });
});

describe("tasks", () => {
  const start = async () => (await call(lab, "POST", REBOOT)).data as string;
  const status = (upid: string) => call(lab, "GET", `/nodes/pve1/tasks/${encodeURIComponent(upid)}/status`);

  it("task-late: cannot be read at first", async () => {
    lab.faults.add({ fault: "task-late", ms: 80 });
    const upid = await start();
    expect(await status(upid)).toMatchObject({ status: 400, errors: { upid: "no such task" } });
    await until(async () => (await status(upid)).status === 200);
  });

  it("task-vanishes: cannot be read any more", async () => {
    lab.faults.add({ fault: "task-vanishes" });
    const upid = await start();
    await until(() => lab.state.tasks.get(upid) === undefined);
    expect(await status(upid)).toMatchObject({ status: 400, errors: { upid: "no such task" } });
  });

  it("task-long-uptime and task-empty-id: odd UPIDs that can be read", async () => {
    lab.faults.add({ fault: "task-long-uptime" });
    lab.faults.add({ fault: "task-empty-id" });
    const upid = await start();
    expect(upid).toMatch(/^UPID:pve1:[0-9A-F]{8}:[0-9A-F]{9}:[0-9A-F]{8}:qmreboot::root@pam!lab:$/);
    expect((await finish(lab, upid)).exitstatus).toBe("OK");
  });

  it("task-long-log: more lines than one answer gives", async () => {
    lab.faults.add({ fault: "task-long-log", count: 70 });
    const upid = await start();
    await finish(lab, upid);
    const log = await call(lab, "GET", `/nodes/pve1/tasks/${encodeURIComponent(upid)}/log`);
    expect([log.data.length, log.total! > 70]).toEqual([50, true]);
  });

  it("time-skew: dates of answers and tasks, and the node's time", async () => {
    lab.faults.add({ fault: "time-skew", ms: 600_000 });
    const answer = await wire(lab, "GET", "/nodes/pve1/time");
    const now = Date.now() / 1000;
    expect(JSON.parse(answer.body).data.time - now).toBeGreaterThan(590);
    expect(Date.parse(answer.headers.date!) / 1000 - now).toBeGreaterThan(590);
    expect(Number.parseInt((await start()).split(":")[4]!, 16) - now).toBeGreaterThan(590);
  });
});

describe("types", () => {
  it("scientific-notation: in numbers only", async () => {
    lab.faults.add({ fault: "scientific-notation" });
    const { body } = await wire(lab, "GET", "/nodes/pve1/status");
    expect(body).toMatch(/"total":\d(?:\.\d+)?e\+\d+/);
    expect(JSON.parse(body).data.memory.total).toBeGreaterThan(1e9);
  });

  it("no-message: the reason is all there is", async () => {
    lab.faults.add({ fault: "no-message" });
    expect((await wire(lab, "GET", "/nodes/pve1/qemu/999/config")).body).toBe('{"data":null}');
  });
});

describe("a file of faults", () => {
  it("is read with patterns and options", () => {
    const text = '[{"fault":"guest-locked","vmid":100},{"fault":"delay","ms":5,"times":2,"match":{"path":"^/nodes"}}]';
    expect(parseFaults(text)).toEqual([
      { fault: "guest-locked", vmid: 100 },
      { fault: "delay", ms: 5, times: 2, match: { path: /^\/nodes/ } },
    ]);
  });

  it.each([
    ['[\n {"fault": "hang",}\n]', "line 2, column 19", "this is no JSON"],
    ["[", "line 1, column 2", "this is no JSON"],
    ["", "line 1, column 1", "this is no JSON"],
    ["{}", "line 1", "a JSON list"],
    ["[7]", "fault 1", "is an object such as"],
    ['[{"ms":1}]', "fault 1", "'fault' has to name one"],
    ['[{"fault":"hang"},{"fault":"no-such"}]', "fault 2", "there is no fault 'no-such'"],
    ['[{"fault":"toString"}]', "fault 1", "there is no fault 'toString'"],
    ['[{"fault":"hang","ms":1}]', "fault 1 (hang)", "it takes no 'ms': it takes match, times, skip"],
    ['[{"fault":"delay","ms":"5"}]', "fault 1 (delay)", "'ms' has to be a number"],
    ['[{"fault":"delay","ms":-5}]', "fault 1 (delay)", "'ms' has to be a number"],
    ['[{"fault":"node-down","node":3}]', "fault 1 (node-down)", "'node' has to be a text"],
    ['[{"fault":"guest-locked"}]', "fault 1 (guest-locked)", "it needs 'vmid'"],
    ['[{"fault":"hang","match":{"path":"("}}]', "fault 1 (hang)", "no regular expression"],
    ['[{"fault":"hang","match":{"method":"PATCH"}}]', "fault 1 (hang)", "is one of GET, POST, PUT, DELETE"],
    ['[{"fault":"hang","match":{"host":"x"}}]', "fault 1 (hang)", "'match' takes no 'host'"],
    ['[{"fault":"hang","times":"often"}]', "fault 1 (hang)", "'times' has to be a number"],
  ])("is refused: %s", (text, place, message) => {
    const problem = (() => {
      try {
        return parseFaults(text);
      } catch (error) {
        return error;
      }
    })();
    expect(problem).toBeInstanceOf(FaultFileError);
    expect(problem).toMatchObject({ place, message: expect.stringContaining(message) });
  });
});
