import type { AddressInfo } from "node:net";
import { createServer as createTcpServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import {
  ConnectionLostError,
  ConnectionRefusedError,
  HostNotFoundError,
  OutcomeUnknownError,
  RequestTimeoutError,
} from "../../src/pve/errors.ts";
import { CALLER, connectTo, type Handler, recordingGate, reply, startServer } from "./test-server.ts";

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

async function serve(handler: Handler, config: Parameters<typeof connectTo>[1] = {}) {
  const server = await startServer(handler);
  const gate = recordingGate();
  const cluster = connectTo([server], { gate, ...config });
  closers.push(() => cluster.close(), server.close);
  return { server, cluster, gate, send: cluster.send(CALLER) };
}

const START = "POST /nodes/{node}/qemu/{vmid}/status/start";
const GUEST = { node: "pve1", vmid: 100 };

describe("what a request looks like", () => {
  test("HTTP/1.1 with Content-Length, a form body and one kind of credential", async () => {
    const { server, send } = await serve((_, response) => reply(response, 200, { data: null }));
    await send("PUT /nodes/{node}/qemu/{vmid}/config", { ...GUEST, cores: 2 });
    await send(START, GUEST);
    await send("GET /version");
    await send("DELETE /pools/{poolid}", { poolid: "p1" });
    const [put, post, get, remove] = server.requests;
    expect(put).toMatchObject({ method: "PUT", url: "/api2/json/nodes/pve1/qemu/100/config", body: "cores=2" });
    expect(put!.headers).toMatchObject({ "content-length": "7", "content-type": "application/x-www-form-urlencoded" });
    expect(post).toMatchObject({ body: "", headers: { "content-length": "0" } });
    for (const request of [get, remove]) expect(request!.headers["content-length"]).toBeUndefined();
    for (const request of server.requests) {
      expect(request.headers["transfer-encoding"]).toBeUndefined();
      expect(request.headers.cookie).toBeUndefined();
      expect(request.headers.authorization).toMatch(/^PVEAPIToken=root@pam!mcp=/);
    }
  });

  test("reads share connections, a write has its own", async () => {
    const { server, send } = await serve((_, response) => reply(response, 200, { data: null }));
    for (let i = 0; i < 5; i++) await send("GET /version");
    const kept = server.connections();
    expect(kept).toBeLessThanOrEqual(2);
    await send(START, GUEST);
    await send(START, GUEST);
    expect(server.connections()).toBe(kept + 2);
  });

  test("at most four in flight", async () => {
    let now = 0;
    let most = 0;
    const { send } = await serve(async (_, response) => {
      most = Math.max(most, ++now);
      await sleep(20);
      now--;
      reply(response, 200, { data: null });
    });
    await Promise.all(Array.from({ length: 12 }, () => send("GET /version")));
    expect(most).toBe(4);
  });

  test("at most two slow ones per node", async () => {
    let now = 0;
    let most = 0;
    const { send } = await serve(async (_, response) => {
      most = Math.max(most, ++now);
      await sleep(20);
      now--;
      reply(response, 200, { data: null });
    });
    await Promise.all(
      Array.from({ length: 6 }, () => send("GET /nodes/{node}/storage/{storage}/content", { node: "a", storage: "s" })),
    );
    expect(most).toBe(2);
  });

  test("a redirect is not followed", async () => {
    const { server, send } = await serve((_, response) =>
      reply(response, 301, undefined, "Moved", { location: "https://elsewhere.example/?token=1" }),
    );
    const error = (await send("GET /version").catch((e: unknown) => e)) as Error;
    expect(error.message).toContain("redirects are not followed");
    expect(error.message).not.toContain("token=1");
    expect(server.requests.length).toBe(1);
  });
});

describe("time limits", () => {
  test("a read that is not answered", async () => {
    const { server, send, gate } = await serve(() => {});
    const error = await send("GET /version", {}, { timeoutMs: 80 }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(RequestTimeoutError);
    expect(server.requests.length).toBe(1);
    expect(gate.outcomes).toMatchObject([{ outcome: "error", detail: "request-timeout" }]);
  });

  test("a body that does not end", async () => {
    const { send } = await serve((_, response) => {
      response.writeHead(200, { "content-type": "application/json", "content-length": 100 });
      response.write('{"data":');
    });
    await expect(send("GET /version", {}, { timeoutMs: 80 })).rejects.toBeInstanceOf(RequestTimeoutError);
  });

  test("the caller's own abort", async () => {
    const { send, gate } = await serve(() => {});
    const reason = new Error("changed my mind");
    const controller = new AbortController();
    setTimeout(() => controller.abort(reason), 30);
    await expect(send("GET /version", {}, { signal: controller.signal })).rejects.toBe(reason);
    expect(gate.outcomes).toMatchObject([{ outcome: "error" }]);
  });

  test("waiting for a free connection ends with the caller's abort and leaves the others alone", async () => {
    const release: (() => void)[] = [];
    const { server, send } = await serve((_, response) => {
      release.push(() => reply(response, 200, { data: 1 }));
    });
    const first = Array.from({ length: 4 }, () => send("GET /version"));
    await sleep(150);
    const controller = new AbortController();
    const waiting = send("GET /version", {}, { signal: controller.signal });
    controller.abort();
    await expect(waiting).rejects.toThrow(/abort/i);
    expect(server.requests.length).toBe(4);
    for (const answer of release) answer();
    await Promise.all(first);
  });
});

describe("retries", () => {
  test.each<[string, Handler]>([
    [
      "a closed connection",
      (_, response, count) => (count < 3 ? void response.destroy() : reply(response, 200, { data: count })),
    ],
    [
      "596",
      (_, response, count) => reply(response, count < 3 ? 596 : 200, { data: count }, count < 3 ? "Broken pipe" : "OK"),
    ],
    [
      "599",
      (_, response, count) =>
        reply(response, count < 3 ? 599 : 200, { data: count }, count < 3 ? "Too many redirections" : "OK"),
    ],
  ])("a read is repeated after %s", async (_, handler) => {
    const { server, send, gate } = await serve(handler);
    expect((await send("GET /version")).data).toBe(3);
    expect(server.requests.length).toBe(3);
    expect(gate.calls.length).toBe(1);
    expect(gate.outcomes).toMatchObject([{ outcome: "ok", status: 200 }]);
  });

  test.each([
    [401, "Authentication failed!", "authentication-failed"],
    [500, "got timeout", "proxmox-error"],
    [595, "No route to host", "node-unreachable"],
  ])("not after %i %s", async (status, reason, code) => {
    const { server, send } = await serve((_, response) => reply(response, status, { data: null }, reason));
    await expect(send("GET /nodes/{node}/status", { node: "pve2" })).rejects.toMatchObject({ code });
    expect(server.requests.length).toBe(1);
  });

  test("a read gives up after three times", async () => {
    const { server, send } = await serve((_, response) => void response.destroy());
    await expect(send("GET /version")).rejects.toBeInstanceOf(ConnectionLostError);
    expect(server.requests.length).toBe(3);
  });

  test.each<[string, Handler]>([
    ["a closed connection", (_, response) => void response.destroy()],
    ["596", (_, response) => reply(response, 596, { data: null }, "Broken pipe")],
    ["no answer in time", () => {}],
  ])("a write is sent once with %s", async (_, answer) => {
    const { server, send, gate } = await serve((request, response, count) =>
      request.method === "GET" ? reply(response, 200, { data: [] }) : answer(request, response, count),
    );
    const error = await send(START, GUEST, { timeoutMs: 150 }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(OutcomeUnknownError);
    expect(server.requests.filter(({ method }) => method === "POST").length).toBe(1);
    expect(gate.outcomes.at(-1)).toMatchObject({ outcome: "unknown", detail: "outcome-unknown" });
  });
});

describe("no connection", () => {
  test("nothing listens", async () => {
    const server = createTcpServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const cluster = connectTo([{ url: `https://127.0.0.1:${port}`, fingerprint: "AA" }]);
    closers.push(() => cluster.close());
    await expect(cluster.send(CALLER)("GET /version")).rejects.toBeInstanceOf(ConnectionRefusedError);
    await expect(cluster.send(CALLER)(START, GUEST)).rejects.toBeInstanceOf(ConnectionRefusedError);
  });

  test("the name does not resolve", async () => {
    const cluster = connectTo([{ url: "https://pve.invalid:8006", fingerprint: "AA" }]);
    closers.push(() => cluster.close());
    await expect(cluster.send(CALLER)("GET /version")).rejects.toBeInstanceOf(HostNotFoundError);
  });

  test("a socket closed at once, as by ALLOW_FROM: a write was not sent", async () => {
    let accepted = 0;
    const server = createTcpServer((socket) => {
      accepted++;
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    closers.push(() => new Promise((resolve) => server.close(resolve)));
    const { port } = server.address() as AddressInfo;
    const cluster = connectTo([{ url: `https://127.0.0.1:${port}`, fingerprint: "AA" }]);
    closers.push(() => cluster.close());
    const error = await cluster
      .send(CALLER)(START, GUEST)
      .catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ConnectionLostError);
    expect((error as ConnectionLostError).next).toContain("ALLOW_FROM");
    expect(accepted).toBe(1);
  });

  test("a handshake that does not end: a write was not sent, and says so", async () => {
    const server = createTcpServer((socket) => {
      socket.on("error", () => {});
      socket.resume();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    closers.push(() => new Promise((resolve) => server.close(resolve)));
    const { port } = server.address() as AddressInfo;
    const cluster = connectTo([{ url: `https://127.0.0.1:${port}`, fingerprint: "AA" }]);
    closers.unshift(() => cluster.close());
    for (const operation of ["GET /version", START] as const) {
      await expect(cluster.send(CALLER)(operation, GUEST, { timeoutMs: 100 })).rejects.toBeInstanceOf(
        RequestTimeoutError,
      );
    }
    const left = new AbortController();
    setTimeout(() => left.abort(new Error("left")), 30);
    await expect(cluster.send(CALLER)(START, GUEST, { signal: left.signal })).rejects.toThrow("left");
  });

  test("a closed cluster opens no connection any more", async () => {
    const { server, cluster, send } = await serve((_, response) => reply(response, 200, { data: 1 }));
    await send("GET /version");
    await cluster.close();
    const before = server.connections();
    await expect(send("GET /version")).rejects.toMatchObject({
      code: "connection-refused",
      data: { reason: "closed" },
    });
    await expect(send(START, GUEST)).rejects.toMatchObject({ code: "connection-refused" });
    expect(server.connections()).toBe(before);
  });
});
