import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serveHere } from "../../support/http-here.ts";

let server: Awaited<ReturnType<typeof serveHere>>;
let port: number;
beforeAll(async () => {
  server = await serveHere(
    {
      PROXMOX_MCP_HTTP_METRICS_PORT: "0",
      PROXMOX_MCP_HTTP_MAX_REQUESTS: "10000",
      PROXMOX_MCP_HTTP_REQUESTS_PER_MINUTE: "1000000",
    },
    { headersMs: 400, requestMs: 800, keepAliveMs: 500, checkMs: 100, slowMs: 400, connections: 50 },
  );
  port = Number(new URL(server.url).port);
});
afterAll(() => server?.end());

/** A connection, and what came over it until the server closed it. */
function open(text: string): { socket: Socket; closed: Promise<string> } {
  const socket = connect(port, "127.0.0.1");
  let got = "";
  socket.on("data", (chunk) => {
    got += chunk.toString();
  });
  socket.on("error", () => {});
  const closed = new Promise<string>((resolve) => socket.once("close", () => resolve(got)));
  if (text !== "") socket.write(text);
  return { socket, closed };
}

const metrics = async () => (await fetch(server.metricsUrl!)).text();
const healthy = async () => expect((await fetch(new URL("/healthz", server.url))).status).toBe(200);

describe("half-open sockets are closed:", () => {
  const head = "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
  test.each([
    ["one that says nothing", "", ""],
    ["one that stops in the first line", "POST /mc", "408"],
    ["one that stops in its headers", `${head}X-Slow`, "408"],
    ["one that stops before its body", `${head}Content-Length: 100\r\n\r\n`, "408"],
    ["one that stops in its body", `${head}Content-Length: 100\r\n\r\n{"jsonrpc"`, "408"],
    ["one that stops between two chunks", `${head}Transfer-Encoding: chunked\r\n\r\n5\r\n{"jso\r\n`, "408"],
    ["one that asks nothing more", "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n", "200"],
  ])("%s", async (_, text, status) => {
    expect(await open(text).closed).toContain(status === "" ? "" : `HTTP/1.1 ${status} `);
    await healthy();
  });

  test("forty of them at once, while others are served", async () => {
    const many = Array.from({ length: 40 }, () => open("POST /mcp HTTP/1.1\r\nHost: local"));
    await healthy();
    await Promise.all(many.map(({ closed }) => closed));
    expect(await metrics()).toMatch(/refusals_total\{reason="timeout"\} \d+/);
  });

  test("one that drips a byte at a time", async () => {
    const { socket, closed } = open(`${head}Content-Length: 1000\r\n\r\n`);
    const drip = setInterval(() => socket.write(" "), 50);
    await closed;
    clearInterval(drip);
    await healthy();
  });
});

const META = {
  "io.modelcontextprotocol/protocolVersion": "2026-07-28",
  "io.modelcontextprotocol/clientCapabilities": {},
};

function request(method: string, params: object, name?: string): string {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params: { ...params, _meta: META } });
  const named = name ? `Mcp-Name: ${name}\r\n` : "";
  return `POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream\r\nMCP-Protocol-Version: 2026-07-28\r\nMcp-Method: ${method}\r\n${named}Content-Length: ${body.length}\r\n\r\n${body}`;
}

test("a client that does not take its answer is dropped", async () => {
  const { uri } = await server.stack.services.artifacts.put("anonymous", {
    name: "big.txt",
    mimeType: "text/plain",
    data: "x".repeat(8_000_000),
  });
  const socket = connect(port, "127.0.0.1");
  const closed = new Promise((resolve) => socket.once("close", resolve));
  socket.on("error", () => {});
  socket.pause();
  socket.write(request("resources/read", { uri }, uri));
  await expect.poll(metrics).toMatch(/refusals_total\{reason="slow"\} 1/);
  socket.resume();
  await closed;
  expect(await metrics()).toMatch(/requests_in_flight 0/);
  await healthy();
});

test("a client that asks on without taking its answers is cut off, and holds nothing", async () => {
  const { socket, closed } = open(request("tools/list", {}).repeat(300));
  socket.pause();
  await expect.poll(metrics).toMatch(/refusals_total\{reason="pipelined"\} [1-9]/);
  socket.resume();
  await closed;
  await expect.poll(metrics).toMatch(/requests_in_flight 0/);
  await healthy();
});

test("more connections than there may be are turned away, and come in again later", async () => {
  const many = Array.from({ length: 60 }, () => open("GET /healthz HTTP/1.1\r\nHost: localhost\r\n"));
  await Promise.all(many.map(({ closed }) => closed));
  await healthy();
});
