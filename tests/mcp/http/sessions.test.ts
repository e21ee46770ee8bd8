import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadConfig } from "../../../src/config/index.ts";
import { Callers } from "../../../src/mcp/http/callers.ts";
import { SessionEvents } from "../../../src/mcp/http/events.ts";
import { serveHere } from "../../support/http-here.ts";

const HEADERS = { "content-type": "application/json", accept: "application/json, text/event-stream" };

let server: Awaited<ReturnType<typeof serveHere>>;
beforeAll(async () => {
  server = await serveHere(
    { PROXMOX_MCP_HTTP_MAX_STREAMS: "3", PROXMOX_MCP_HTTP_METRICS_PORT: "0" },
    { sessionMs: 60_000, pulseMs: 50 },
  );
});
afterAll(() => server?.end());

const post = (body: object, session?: string, more: Record<string, string> = {}) =>
  fetch(server.url, {
    method: "POST",
    headers: { ...HEADERS, ...(session ? { "mcp-session-id": session } : {}), ...more },
    body: JSON.stringify({ jsonrpc: "2.0", ...body }),
  });
const begin = async (protocolVersion = "2025-11-25") => {
  const params = { protocolVersion, capabilities: {}, clientInfo: { name: "raw", version: "0" } };
  const answer = await post({ id: 1, method: "initialize", params });
  return { id: answer.headers.get("mcp-session-id")!, text: await answer.text(), status: answer.status };
};
const listen = (session: string, more: Record<string, string> = {}) =>
  fetch(server.url, { headers: { accept: "text/event-stream", "mcp-session-id": session, ...more } });

describe("sessions of the 2025 revisions", () => {
  test.each(["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"])("%s is spoken", async (version) => {
    const { id, text } = await begin(version);
    expect(text).toContain(`"protocolVersion":"${version}"`);
    // Only clients that know it get the empty event that they can come back to.
    expect(/^id: [\w-]+\ndata: \n\n/.test(text)).toBe(version === "2025-11-25");
    const answer = await post({ id: 2, method: "tools/list" }, id);
    expect([answer.status, answer.headers.get("mcp-session-id")]).toEqual([200, id]);
    expect(await answer.text()).toContain("proxmox_vm_list");
  });

  test("the longest unused one makes room for a new one", async () => {
    const ids: string[] = [];
    for (let index = 0; index < 5; index++) ids.push((await begin()).id);
    const ping = async (id: string) => (await post({ id: 3, method: "ping" }, id)).status;
    expect(await Promise.all(ids.map(ping))).toEqual([404, 404, 200, 200, 200]);
  });

  test("one that is ended is gone", async () => {
    const { id } = await begin();
    const headers = { "mcp-session-id": id };
    expect((await fetch(server.url, { method: "DELETE", headers })).status).toBe(200);
    expect((await post({ id: 3, method: "ping" }, id)).status).toBe(404);
    expect((await fetch(server.url, { method: "DELETE", headers })).status).toBe(404);
  });

  test("has one stream for notifications, with signs of life, and a caller no more than its share", async () => {
    const ids = [(await begin()).id, (await begin()).id, (await begin()).id];
    const streams = await Promise.all(ids.map((id) => listen(id)));
    expect(streams.map(({ status }) => status)).toEqual([200, 200, 200]);
    const { value } = await streams[0]!.body!.getReader().read();
    expect(new TextDecoder().decode(value)).toContain(": keepalive");
    const refused = await listen(ids[0]!);
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "1"]);
    await Promise.all(streams.slice(1).map(({ body }) => body!.cancel()));
    await expect.poll(async () => (await listen(ids[0]!)).status).toBe(409);
  });

  test("an answer whose connection broke can be fetched", async () => {
    const { id } = await begin();
    const answer = await post({ id: 2, method: "tools/list" }, id, { "mcp-protocol-version": "2025-11-25" });
    const text = await answer.text();
    const [first] = /^id: ([\w-]+)/m.exec(text)!.slice(1);
    const again = await listen(id, { "last-event-id": first! });
    expect(again.status).toBe(200);
    expect(await again.text()).toContain("proxmox_vm_list");
    expect((await listen(id, { "last-event-id": "never-given" })).status).toBe(400);
  });
});

test("clients that need not sign in are one caller, but many of them do not lock the next one out", async () => {
  const issuer = { PROXMOX_MCP_MODE: "http", PROXMOX_MCP_OIDC_ISSUER: "https://login.example.org" };
  expect((await loadConfig(issuer)).http!.maxStreams).toBe(16);
  const one = await serveHere({});
  const send = (body: object, headers: Record<string, string> = {}) =>
    fetch(one.url, {
      method: "POST",
      headers: { ...HEADERS, ...headers },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, ...body }),
    });
  const version = "2026-07-28";
  const meta = {
    "io.modelcontextprotocol/protocolVersion": version,
    "io.modelcontextprotocol/clientCapabilities": {},
  };
  const open = async (index: number): Promise<Response> => {
    if (index % 2 === 0) {
      const params = { notifications: { toolsListChanged: true }, _meta: meta };
      const method = "subscriptions/listen";
      return send({ method, params }, { "mcp-protocol-version": version, "mcp-method": method });
    }
    const params = { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "raw", version: "0" } };
    const answer = await send({ method: "initialize", params });
    await answer.text();
    const session = answer.headers.get("mcp-session-id")!;
    return fetch(one.url, { headers: { accept: "text/event-stream", "mcp-session-id": session } });
  };
  const streams = await Promise.all(Array.from({ length: 36 }, (_, index) => open(index)));
  expect(streams.map(({ status }) => status)).toEqual(streams.map(() => 200));
  await Promise.all(streams.map(({ body }) => body!.cancel()));
  await one.end();
});

describe("of what a session was sent", () => {
  const progress = (size: number) => ({
    jsonrpc: "2.0" as const,
    method: "notifications/progress",
    params: { text: "x".repeat(size) },
  });
  const result = (id: number) => ({ jsonrpc: "2.0" as const, id, result: { number: id } });
  const streamsOf = (events: SessionEvents, ids: string[]) =>
    Promise.all(ids.map((id) => events.getStreamIdForEventId(id)));

  test("little is kept", async () => {
    const events = new SessionEvents();
    const ids: string[] = [];
    for (let index = 0; index < 6; index++) ids.push(await events.storeEvent("a", progress(100_000)));
    expect(await streamsOf(events, ids)).toEqual([undefined, undefined, undefined, undefined, "a", "a"]);
    await expect(events.replayEventsAfter(ids[0]!, { send: async () => {} })).rejects.toThrow(/not kept/);
  });

  test("a stream is given back from where it broke, and nothing of another one", async () => {
    const events = new SessionEvents();
    const first = await events.storeEvent("b", {} as never);
    await events.storeEvent("a", progress(1));
    const second = await events.storeEvent("b", progress(2));
    await events.storeEvent("b", result(8));
    const sent: unknown[] = [];
    expect(await events.replayEventsAfter(first, { send: async (_, message) => void sent.push(message) })).toBe("b");
    expect(sent).toEqual([progress(2), result(8)]);
    sent.length = 0;
    await events.replayEventsAfter(second, { send: async (_, message) => void sent.push(message) });
    expect(sent).toEqual([result(8)]);
  });

  test("answers make room for later ones, but not what has no answer yet", async () => {
    const events = new SessionEvents();
    const open = await events.storeEvent("open", {} as never);
    const ids: string[] = [];
    for (let index = 0; index < 10; index++) {
      ids.push(await events.storeEvent(`${index}`, {} as never), await events.storeEvent(`${index}`, result(index)));
    }
    const kept = await streamsOf(events, [open, ...ids]);
    expect(kept.filter(Boolean)).toEqual(["open", "8", "8", "9", "9"]);
  });
});

describe("what one caller may ask for", () => {
  test("grows back with time, and says how long that takes", () => {
    let now = 0;
    const callers = new Callers({ requestsPerMinute: 60, maxRequests: 2, maxStreams: 1 }, () => now);
    for (let index = 0; index < 60; index++) callers.charge("me");
    expect(() => callers.charge("me")).toThrow(
      expect.objectContaining({ status: 429, headers: { "retry-after": "1" } }),
    );
    callers.charge("you");
    expect(() => callers.charge("me", 10)).toThrow(expect.objectContaining({ headers: { "retry-after": "10" } }));
    now += 1000;
    callers.charge("me");
    expect(() => callers.charge("me")).toThrow(/Wait 1 s/);
  });

  test("requests and streams at a time", () => {
    const callers = new Callers({ requestsPerMinute: 60, maxRequests: 2, maxStreams: 1 });
    const ends = [callers.begin("me"), callers.begin("me")];
    expect(() => callers.begin("me")).toThrow(/requests at a time/);
    callers.begin("you");
    ends[0]!();
    ends[0]!();
    callers.begin("me");
    expect(() => callers.begin("me")).toThrow(/requests at a time/);
    callers.stream("me");
    expect(() => callers.stream("me")).toThrow(/streams/);
  });
});

test("a caller who asks for too much is told when to come back, and others are not in his way", async () => {
  const one = await serveHere({
    PROXMOX_MCP_HTTP_MAX_REQUESTS: "2",
    PROXMOX_MCP_HTTP_REQUESTS_PER_MINUTE: "100",
  });
  const ask = () => fetch(one.url, { method: "POST", headers: HEADERS, body: "{}" });
  /** A request whose body does not end yet. */
  const hold = () => {
    const socket = connect(Number(new URL(one.url).port), "127.0.0.1");
    socket.write(
      "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{",
    );
    const answer = new Promise<string>((resolve) => socket.once("data", (chunk) => resolve(chunk.toString())));
    return { socket, answer };
  };
  const held = [hold(), hold()];
  await expect.poll(async () => (await ask()).text(), { interval: 200 }).toContain("2. Wait for one of them to end");
  for (const { socket } of held) socket.write("}");
  for (const { socket, answer } of held) {
    expect(await answer).toContain("HTTP/1.1 400");
    socket.destroy();
  }
  for (let index = 0; index < 100; index++) await (await ask()).text();
  const refused = await ask();
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "1"]);
  expect(await refused.text()).toContain("100 in a minute");
  expect((await fetch(new URL("/healthz", one.url))).status).toBe(200);
  await one.end();
});
