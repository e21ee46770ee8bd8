import { request as httpRequest, type IncomingMessage } from "node:http";
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Lab, startLab } from "../../../src/lab/index.ts";
import { connectHttp, type HttpServer, startHttpServer } from "../../support/http-server.ts";
import { labEnvironment } from "../../support/session.ts";

let lab: Lab;
let server: HttpServer;
let port: number;
beforeAll(async () => {
  lab = await startLab({ authDelayMs: 0, seed: "small" });
  server = await startHttpServer({
    ...labEnvironment(lab),
    PROXMOX_MCP_HTTP_ALLOWED_ORIGINS: "https://chat.example.net",
    PROXMOX_MCP_HTTP_ALLOWED_HOSTS: "pve-mcp",
  });
  port = Number(new URL(server.url).port);
});
afterAll(async () => {
  await server?.close();
  await lab?.close();
});

interface Given {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

/** One request with every header as it is given. */
function ask({ method = "POST", path = "/mcp", headers = {}, body }: Given): Promise<{
  status: number;
  headers: IncomingMessage["headers"];
  text: string;
}> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: "127.0.0.1", port, method, path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () =>
        resolve({ status: response.statusCode!, headers: response.headers, text: Buffer.concat(chunks).toString() }),
      );
    });
    request.on("error", reject);
    request.end(body);
  });
}

const JSON_HEADERS = { "content-type": "application/json", accept: "application/json, text/event-stream" };
const INITIALIZE = {
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "raw", version: "0" } },
};
const initialize = (headers: Record<string, string> = {}) =>
  ask({ headers: { ...JSON_HEADERS, ...headers }, body: JSON.stringify(INITIALIZE) });

/** A raw connection, and what came back over it until the server closed it. */
function raw(text: string): { socket: Socket; closed: Promise<string> } {
  const socket = connect(port, "127.0.0.1");
  let got = "";
  socket.on("data", (chunk) => {
    got += chunk.toString();
  });
  socket.on("error", () => {});
  const closed = new Promise<string>((resolve) => socket.once("close", () => resolve(got)));
  socket.write(text);
  return { socket, closed };
}

const alive = async () => expect((await initialize()).status).toBe(200);

describe("DNS rebinding: the address and the page", () => {
  const routes = ["/mcp", "/healthz", "/readyz", "/.well-known/oauth-protected-resource", "/nothing"];
  test.each(routes)("a foreign Host is refused on %s", async (path) => {
    for (const host of ["evil.example.net", `evil.example.net:${port}`, "127.0.0.1.evil.net", "user@localhost"]) {
      const { status } = await ask({ method: "GET", path, headers: { host } });
      expect([host, status]).toEqual([host, 403]);
    }
  });

  test.each(routes)("a foreign Origin is refused on %s", async (path) => {
    for (const origin of [
      "http://evil.example.net",
      "null",
      "http://localhost:1",
      "https://chat.example.net.evil.net",
    ]) {
      for (const method of ["GET", "POST", "OPTIONS"]) {
        const { status, headers } = await ask({ method, path, headers: { origin } });
        expect([origin, method, status]).toEqual([origin, method, 403]);
        expect(headers["access-control-allow-origin"]).toBeUndefined();
      }
    }
  });

  test("names of its own, and those that the operator lets in, are served", async () => {
    for (const host of ["localhost", `127.0.0.1:${port}`, "[::1]:80", "PVE-MCP:443"]) {
      expect([host, (await initialize({ host })).status]).toEqual([host, 200]);
    }
    for (const origin of [`http://localhost:${port}`, `http://127.0.0.1:${port}`, "https://chat.example.net"]) {
      const { status, headers } = await initialize({ origin });
      expect([origin, status, headers["access-control-allow-origin"]]).toEqual([origin, 200, origin]);
    }
  });

  test("a page that is let in may ask first", async () => {
    const { status, headers } = await ask({
      method: "OPTIONS",
      headers: {
        origin: "https://chat.example.net",
        "access-control-request-headers": "authorization, mcp-session-id",
      },
    });
    expect(status).toBe(204);
    expect(headers["access-control-allow-headers"]).toContain("authorization");
  });

  test("the metrics are for this machine", async () => {
    const at = new URL(server.metricsUrl);
    const status = await new Promise((resolve) =>
      httpRequest({ host: "127.0.0.1", port: at.port, path: "/metrics", headers: { host: "evil.net" } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).end(),
    );
    expect(status).toBe(403);
    expect((await ask({ method: "GET", path: "/metrics" })).status).toBe(404);
    expect(await (await fetch(server.metricsUrl)).text()).toMatch(
      /^proxmox_mcp_http_refusals_total\{reason="host"\} \d+$/m,
    );
  });
});

const PING = '{"jsonrpc":"2.0","id":1,"method":"ping"}';

describe("what is no request", () => {
  test.each<[string, Given, number]>([
    ["JSON that is none", { headers: JSON_HEADERS, body: "{" }, 400],
    ["an empty body", { headers: JSON_HEADERS, body: "" }, 400],
    ["JSON that is no message", { headers: JSON_HEADERS, body: "[]" }, 400],
    ["a number", { headers: JSON_HEADERS, body: "1" }, 400],
    ["null", { headers: JSON_HEADERS, body: "null" }, 400],
    ["a body of another type", { headers: { ...JSON_HEADERS, "content-type": "text/plain" }, body: "{}" }, 415],
    ["a compressed body", { headers: { ...JSON_HEADERS, "content-encoding": "gzip" }, body: "x" }, 415],
    ["another method", { method: "PUT", headers: JSON_HEADERS, body: "{}" }, 405],
    ["a session that nobody began", { headers: { ...JSON_HEADERS, "mcp-session-id": "x" }, body: PING }, 404],
    ["no session", { headers: JSON_HEADERS, body: PING }, 400],
    ["a stream without a session", { method: "GET", headers: { accept: "text/event-stream" } }, 400],
    ["the end of no session", { method: "DELETE" }, 400],
    ["another path", { method: "GET", path: "/mcp/../etc" }, 404],
    [
      "a protocol that nobody knows",
      {
        headers: { ...JSON_HEADERS, "mcp-protocol-version": "2099-01-01" },
        body: '{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2099-01-01"}}}',
      },
      400,
    ],
  ])("%s", async (_, given, status) => {
    const answer = await ask(given);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.text)).toMatchObject({ jsonrpc: "2.0", error: { message: expect.any(String) } });
  });

  test.each([
    ["no HTTP", "hello\r\n\r\n"],
    [
      "a request for another server",
      `GET http://evil.net/mcp HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
    ],
    ["two lengths", "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"],
    [
      "a length and chunks",
      "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
    ],
    ["no Host", "GET /healthz HTTP/1.1\r\n\r\n"],
  ])("%s is a 400", async (_, text) => {
    expect(await raw(text).closed).toMatch(/^HTTP\/1\.1 400 /);
    await alive();
  });
});

describe("too much", () => {
  test("a body of 60 MB is refused, whether it says so or not, and none of it is kept", async () => {
    const memory = () => server.metric("process_resident_memory_bytes");
    const before = await memory();
    const body = Buffer.alloc(60_000_000, 32);
    const ways: Record<string, string>[] = [
      { "content-length": String(body.length) },
      { "transfer-encoding": "chunked" },
    ];
    for (const headers of ways) {
      const { status, text } = await ask({ headers: { ...JSON_HEADERS, ...headers }, body });
      expect(status).toBe(413);
      expect(text).toContain("4194304 bytes");
    }
    expect((await memory()) - before).toBeLessThan(60_000_000);
    await alive();
  });

  test("a client that asks first sends nothing of it", async () => {
    const { socket, closed } = raw(
      "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 60000000\r\nExpect: 100-continue\r\n\r\n",
    );
    await new Promise<void>((resolve) => socket.once("data", () => resolve()));
    socket.end();
    expect(await closed).toMatch(/^HTTP\/1\.1 413 /);
  });

  test("a request of 10,000 headers is refused", async () => {
    const lines = Array.from({ length: 10_000 }, (_, index) => `x-${index}: 1\r\n`).join("");
    const answer = await raw(`GET /healthz HTTP/1.1\r\nHost: localhost\r\n${lines}\r\n`).closed;
    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
    await alive();
  });

  test("and one of 200 small ones, which weigh little", async () => {
    const headers = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`x${index}`, "1"]));
    const { status, text } = await ask({ method: "GET", path: "/healthz", headers });
    expect([status, text]).toEqual([431, expect.stringContaining("100 headers")]);
  });

  test("a batch of many messages costs as many requests", async () => {
    const { headers } = await initialize();
    const ping = { jsonrpc: "2.0", id: 1, method: "ping" };
    const answer = await ask({
      headers: { ...JSON_HEADERS, "mcp-session-id": String(headers["mcp-session-id"]) },
      body: JSON.stringify(Array.from({ length: 20_000 }, () => ping)),
    });
    expect(answer.status).toBe(429);
    expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0);
  });
});

test("is healthy and ready", async () => {
  expect(await ask({ method: "GET", path: "/healthz" })).toMatchObject({ status: 200, text: "ok\n" });
  expect(await ask({ method: "GET", path: "/readyz" })).toMatchObject({ status: 200, text: "ready\n" });
  // Nobody has to sign in, so nobody gives out tokens.
  expect((await ask({ method: "GET", path: "/.well-known/oauth-protected-resource" })).status).toBe(404);
});

test("a client that vanishes in the middle of a call leaves nothing behind", async () => {
  for (const era of ["2026-07-28", "2025"] as const) {
    const session = await connectHttp(server.url, { era });
    const { data } = await session.call("proxmox_lxc_action", { vmid: 103, action: "reboot", waitSeconds: 0 });
    await session.close();
    const wait = { name: "job_wait", arguments: { id: data.job.id, waitSeconds: 600 } };
    const meta = {
      "io.modelcontextprotocol/protocolVersion": "2026-07-28",
      "io.modelcontextprotocol/clientCapabilities": {},
      progressToken: 1,
    };
    const legacy = era === "2025" ? String((await initialize()).headers["mcp-session-id"]) : undefined;
    const body = JSON.stringify({
      jsonrpc: "2.0",
      id: 7,
      method: "tools/call",
      params: legacy ? { ...wait, _meta: { progressToken: 1 } } : { ...wait, _meta: meta },
    });
    const own = legacy
      ? `Mcp-Session-Id: ${legacy}\r\n`
      : "MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: tools/call\r\nMcp-Name: job_wait\r\n";
    const { socket } = raw(
      `POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream\r\n${own}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
    const first = await new Promise<string>((resolve) => socket.once("data", (chunk) => resolve(chunk.toString())));
    expect(first).toMatch(/^HTTP\/1\.1 200 OK/);
    expect(await server.metric("proxmox_mcp_http_requests_in_flight")).toBe(1);
    socket.destroy();
    await expect.poll(() => server.metric("proxmox_mcp_http_requests_in_flight")).toBe(0);
  }
  await alive();
  expect(server.stderr()).not.toContain("fault");
});

test("a stream whose client vanishes is over", async () => {
  const session = await connectHttp(server.url, { era: "2025" });
  const before = await server.metric("proxmox_mcp_http_streams_open");
  const id = String((await initialize()).headers["mcp-session-id"]);
  const { socket } = raw(
    `GET /mcp HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\nMcp-Session-Id: ${id}\r\n\r\n`,
  );
  await expect.poll(() => server.metric("proxmox_mcp_http_streams_open")).toBe(before + 1);
  socket.resetAndDestroy();
  await expect.poll(() => server.metric("proxmox_mcp_http_streams_open")).toBe(before);
  await session.close();
});
