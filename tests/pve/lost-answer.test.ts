import type { ServerResponse } from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import { OutcomeUnknownError } from "../../src/pve/errors.ts";
import type { OperationId } from "../../src/schema/operation.ts";
import { CALLER, connectTo, recordingGate, reply, type SeenRequest, startServer } from "./test-server.ts";

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

const START: OperationId = "POST /nodes/{node}/qemu/{vmid}/status/start";
const GUEST = { node: "pve1", vmid: 100 };
let serial = 0;

function upid(type: string, id: string, { ageS = 0, user = "root@pam!mcp", node = "pve1" } = {}): string {
  const hex = (value: number) => value.toString(16).toUpperCase().padStart(8, "0");
  return `UPID:${node}:${hex(++serial)}:${hex(serial)}:${hex(Math.floor(Date.now() / 1000) - ageS)}:${type}:${id}:${user}:`;
}

interface Script {
  /** Tasks of the node's list once the write has arrived. */
  tasks?: () => string[];
  /** Tasks of the cluster's list. */
  clusterTasks?: () => string[];
  /** Tasks appear with this look only. */
  lateBy?: number;
  lose?: (response: ServerResponse) => void;
  /** What the server's clock is ahead by, milliseconds. */
  aheadMs?: number;
}

/** A server that carries a write out, loses the answer, and shows the task it started. */
async function losing({ tasks, clusterTasks, lateBy = 0, lose = (response) => response.destroy(), aheadMs }: Script) {
  let looks = 0;
  const started: string[] = [];
  let node: string[] = [];
  let whole: string[] = [];
  const date = (): Record<string, string> =>
    aheadMs === undefined ? {} : { date: new Date(Date.now() + aheadMs).toUTCString() };
  const rows = (upids: string[]) => upids.map((text) => ({ upid: text }));
  const handler = (request: SeenRequest, response: ServerResponse) => {
    if (request.method !== "GET") {
      node = tasks?.() ?? [];
      whole = clusterTasks?.() ?? [];
      started.push(...node, ...whole);
      lose(response);
    } else if (request.url.startsWith("/api2/json/nodes/pve1/tasks?")) {
      reply(response, 200, { data: rows(looks++ >= lateBy ? node : []) }, "OK", date());
    } else if (request.url === "/api2/json/cluster/tasks") reply(response, 200, { data: rows(whole) }, "OK", date());
    else reply(response, 200, { data: [] }, "OK", date());
  };
  const server = await startServer(handler);
  const gate = recordingGate();
  const cluster = connectTo([server], { gate });
  closers.push(() => cluster.close(), server.close);
  const writes = () => server.requests.filter(({ method }) => method !== "GET").length;
  return { server, gate, send: cluster.send(CALLER), writes, started };
}

describe("a write whose answer is lost", () => {
  test.each<[string, (response: ServerResponse) => void]>([
    ["the connection is cut", (response) => void response.destroy()],
    ["596", (response) => reply(response, 596, { data: null }, "Connection timed out")],
    ["504 of a proxy in front", (response) => reply(response, 504, undefined, "Gateway Time-out")],
    ["the server is silent", () => {}],
  ])("is found in the task list and sent once: %s", async (_, lose) => {
    const { send, writes, gate, server, started } = await losing({ tasks: () => [upid("qmstart", "100")], lose });
    const answer = await send(START, GUEST, { timeoutMs: 1500 });
    const mine = started[0]!;
    expect(answer).toEqual({ data: mine });
    expect(writes()).toBe(1);
    expect(gate.outcomes.at(-1)).toMatchObject({ outcome: "ok", detail: mine });
    expect(gate.calls.map(({ operation, caller }) => [operation, caller.tool])).toEqual([
      [START, "test"],
      ["GET /nodes/{node}/tasks", "lost-answer"],
      ["GET /cluster/tasks", "lost-answer"],
    ]);
    expect(server.requests.some(({ url }) => url === "/api2/json/nodes/pve1/tasks?source=all&vmid=100")).toBe(true);
  });

  test.each<[string, OperationId, object, () => string]>([
    ["HA takes it over", START, GUEST, () => upid("hastart", "100")],
    ["create", "POST /nodes/{node}/qemu", GUEST, () => upid("qmcreate", "100")],
    ["restore", "POST /nodes/{node}/lxc", GUEST, () => upid("vzrestore", "100")],
    [
      "clone, under the source's id",
      "POST /nodes/{node}/qemu/{vmid}/clone",
      { ...GUEST, newid: 101 },
      () => upid("qmclone", "100"),
    ],
    ["destroy", "DELETE /nodes/{node}/lxc/{vmid}", GUEST, () => upid("vzdestroy", "100")],
    ["backup of one", "POST /nodes/{node}/vzdump", { node: "pve1", vmid: "100" }, () => upid("vzdump", "100")],
    ["backup of several", "POST /nodes/{node}/vzdump", { node: "pve1", vmid: "100,101" }, () => upid("vzdump", "")],
    [
      "service",
      "POST /nodes/{node}/services/{service}/restart",
      { node: "pve1", service: "cron" },
      () => upid("srvrestart", "cron"),
    ],
    [
      "volume",
      "DELETE /nodes/{node}/storage/{storage}/content/{volume}",
      { node: "pve1", storage: "local", volume: "local:iso/x.iso" },
      () => upid("imgdel", "local"),
    ],
    [
      "volume of a guest",
      "DELETE /nodes/{node}/storage/{storage}/content/{volume}",
      { node: "pve1", storage: "lvm", volume: "lvm:vm-100-disk-0" },
      () => upid("imgdel", "100@lvm"),
    ],
  ])("knows the task of: %s", async (_, operation, params, make) => {
    const { send, writes, started } = await losing({ tasks: () => [make()] });
    expect((await send(operation, params)).data).toBe(started[0] ?? "no task");
    expect(writes()).toBe(1);
  });

  test("is found when the task appears late, or only in the cluster's list", async () => {
    const late = await losing({ tasks: () => [upid("qmstart", "100")], lateBy: 2 });
    expect((await late.send(START, GUEST)).data).toBe(late.started[0] ?? "no task");
    const elsewhere = await losing({ clusterTasks: () => [upid("qmstart", "100", { node: "pve2" })] });
    expect((await elsewhere.send(START, GUEST)).data).toBe(elsewhere.started[0] ?? "no task");
  });

  test.each<[string, () => string[]]>([
    ["an earlier task", () => [upid("qmstart", "100", { ageS: 60 })]],
    ["another user's", () => [upid("qmstart", "100", { user: "root@pam" })]],
    ["another token's", () => [upid("qmstart", "100", { user: "root@pam!other" })]],
    ["another guest's", () => [upid("qmstart", "101")]],
    ["another type", () => [upid("qmstop", "100")]],
    ["no UPID", () => ["garbage"]],
  ])("is unknown, not guessed, beside %s", async (_, tasks) => {
    const { send, writes, gate } = await losing({ tasks });
    const error = await send(START, GUEST).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(OutcomeUnknownError);
    expect((error as OutcomeUnknownError).message).toContain("qmstart or hastart on 100 by root@pam!mcp");
    expect((error as OutcomeUnknownError).next).toContain("GET /nodes/pve1/tasks?source=all&vmid=100");
    expect(writes()).toBe(1);
    expect(gate.outcomes.at(-1)).toMatchObject({ outcome: "unknown" });
  });

  test("is unknown when two tasks fit", async () => {
    const { send, writes } = await losing({ tasks: () => [upid("qmstart", "100"), upid("qmstart", "100")] });
    await expect(send(START, GUEST)).rejects.toThrow(/2 tasks fit/);
    expect(writes()).toBe(1);
  });

  test("is not taken for an earlier call's task of the same kind", async () => {
    let first = "";
    let arrived = 0;
    const { send, writes } = await losing({
      tasks: () => {
        first ||= upid("qmstart", "100");
        return [first];
      },
      lose: (response) => (arrived++ === 0 ? reply(response, 200, { data: first }) : void response.destroy()),
    });
    expect((await send(START, GUEST)).data).toBe(first);
    await expect(send(START, GUEST)).rejects.toBeInstanceOf(OutcomeUnknownError);
    expect(writes()).toBe(2);
  });

  test.each([3_600_000, -3_600_000])("goes by the server's clock, off by %i ms", async (aheadMs) => {
    const ageS = -aheadMs / 1000;
    const { send, started } = await losing({
      tasks: () => [upid("qmstart", "100", { ageS: ageS + 10 }), upid("qmstart", "100", { ageS })],
      aheadMs,
    });
    expect((await send(START, GUEST)).data).toBe(started[1] ?? "no task");
  });

  test("is unknown when the call starts no task, with what to read", async () => {
    const { send, writes } = await losing({});
    const error = await send("PUT /nodes/{node}/qemu/{vmid}/config", { ...GUEST, cores: 2 }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(OutcomeUnknownError);
    expect((error as OutcomeUnknownError).next).toContain("GET /nodes/pve1/qemu/100/config");
    expect(writes()).toBe(1);
  });

  test("is unknown for a command in a guest, which nothing can be read of", async () => {
    const { send } = await losing({});
    const exec = "POST /nodes/{node}/qemu/{vmid}/agent/exec";
    const error = await send(exec, { ...GUEST, command: ["id"] }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(OutcomeUnknownError);
    expect((error as OutcomeUnknownError).next).toContain("look whether it had its effect");
    expect((error as OutcomeUnknownError).next).not.toContain("GET ");
  });

  test("a caller who leaves after it was sent gets no false certainty", async () => {
    const controller = new AbortController();
    const { send, writes, gate } = await losing({ lose: () => void setTimeout(() => controller.abort(), 20) });
    await expect(send(START, GUEST, { signal: controller.signal })).rejects.toBeInstanceOf(OutcomeUnknownError);
    expect(writes()).toBe(1);
    expect(gate.outcomes.at(-1)).toMatchObject({ outcome: "unknown" });
  });

  test("595 is an answer: the other node was never reached", async () => {
    const { send, writes } = await losing({
      lose: (response) => reply(response, 595, { data: null }, "No route to host"),
    });
    await expect(send(START, GUEST)).rejects.toMatchObject({ code: "node-unreachable" });
    expect(writes()).toBe(1);
  });
});
