import { describe, expect, test } from "vitest";
import { indexResources, resourceIndex } from "../../src/pve/resource-index.ts";
import type { Send } from "../../src/schema/operation.ts";
import { indexMemory } from "../support/index-memory.ts";
import { CALLER, connectTo, recordingGate, reply, startServer } from "./test-server.ts";

const ROWS = [
  { id: "node/pve1", type: "node", node: "pve1", status: "online" },
  { id: "qemu/100", type: "qemu", node: "pve1", vmid: "100", name: "web", template: 0, maxmem: "1024" },
  { id: "qemu/101", type: "qemu", node: "pve1", vmid: 101, name: "web", template: 1 },
  { id: "lxc/200", type: "lxc", node: "pve1", vmid: 200, status: "unknown" },
  { id: "storage/pve1/local", type: "storage", node: "pve1", storage: "local", shared: 0 },
  { id: "pool/p", type: "pool", pool: "p" },
  { type: "qemu", vmid: 5 },
  null,
];

test("rows are indexed, typed, and incomplete ones kept as they are", () => {
  const snapshot = indexResources(ROWS, 7);
  expect(snapshot.takenAt).toBe(7);
  expect(snapshot.rows.length).toBe(6);
  expect([...snapshot.guests.keys()]).toEqual([100, 101, 200]);
  expect(snapshot.guests.get(100)).toMatchObject({ vmid: 100, template: false, maxmem: 1024 });
  expect(snapshot.guestsByName.get("web")!.map(({ vmid }) => vmid)).toEqual([100, 101]);
  expect([...snapshot.nodes.keys()]).toEqual(["pve1"]);
  expect(snapshot.storages).toMatchObject([{ storage: "local", shared: false }]);
  expect(snapshot.guests.get(200)).not.toHaveProperty("name");
});

test("twenty callers cost one request", async () => {
  const server = await startServer((_, response) => void setTimeout(() => reply(response, 200, { data: ROWS }), 30));
  const gate = recordingGate();
  const cluster = connectTo([server], { gate });
  try {
    const all = await Promise.all(Array.from({ length: 20 }, () => cluster.resources.get(CALLER)));
    expect(new Set(all).size).toBe(1);
    expect(server.requests.map(({ url }) => url)).toEqual(["/api2/json/cluster/resources"]);
    expect(gate.calls).toMatchObject([{ operation: "GET /cluster/resources", caller: { tool: "resource-index" } }]);
  } finally {
    await cluster.close();
    await server.close();
  }
});

describe("freshness", () => {
  /** An index over answers that the test gives out. */
  function scripted() {
    let now = 1000;
    const waiting: { resolve: (rows: unknown[]) => void; reject: (error: Error) => void }[] = [];
    let requests = 0;
    const send: Send = <T>() => {
      requests++;
      return new Promise<{ data: T }>((resolve, reject) => {
        waiting.push({ resolve: (rows) => resolve({ data: rows as T }), reject });
      });
    };
    const index = resourceIndex(
      () => send,
      () => now,
    );
    return {
      index,
      requests: () => requests,
      pass: (ms: number) => {
        now += ms;
      },
      answer: (rows: unknown[] = []) => waiting.shift()!.resolve(rows),
      fail: (error: Error) => waiting.shift()!.reject(error),
    };
  }

  test("an answer holds for five seconds, or for as long as the caller says", async () => {
    const { index, requests, pass, answer } = scripted();
    const first = index.get(CALLER);
    answer();
    await first;
    pass(4999);
    expect(await index.get(CALLER)).toBe(await first);
    const fresh = index.get(CALLER, { maxAgeMs: 100 });
    answer();
    await fresh;
    pass(5000);
    const later = index.get(CALLER);
    answer();
    await later;
    expect(requests()).toBe(3);
  });

  test("a failure is not kept", async () => {
    const { index, fail, answer } = scripted();
    const first = index.get(CALLER);
    fail(new Error("no"));
    await expect(first).rejects.toThrow("no");
    const second = index.get(CALLER);
    answer();
    await expect(second).resolves.toBeDefined();
  });

  test("one caller's abort leaves the others their answer", async () => {
    const { index, answer, requests } = scripted();
    const controller = new AbortController();
    const leaving = index.get(CALLER, { signal: controller.signal });
    const staying = index.get(CALLER);
    controller.abort();
    await expect(leaving).rejects.toThrow(/abort/i);
    answer(ROWS);
    expect((await staying).guests.size).toBe(3);
    expect(requests()).toBe(1);
  });

  test("after a write nobody gets an answer that was asked for before it", async () => {
    const { index, answer, requests } = scripted();
    const before = index.get(CALLER);
    index.invalidate();
    const after = index.get(CALLER);
    answer([]);
    await before;
    answer(ROWS);
    expect((await after).guests.size).toBe(3);
    expect((await index.get(CALLER)).guests.size).toBe(3);
    expect(requests()).toBe(2);
  });
});

test("10,000 guests are kept in the memory that it is known to take for each", () => {
  const { bytes } = indexMemory();
  console.log(`${bytes.toFixed(0)} bytes a guest`);
  expect(bytes).toBeLessThan(520);
});
