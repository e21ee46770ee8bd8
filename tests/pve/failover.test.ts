import { afterEach, describe, expect, test } from "vitest";
import { OutcomeUnknownError, TlsMismatchError } from "../../src/pve/errors.ts";
import { CALLER, connectTo, type Handler, reply, startServer, type TestServer } from "./test-server.ts";

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

async function start(handler: Handler): Promise<TestServer> {
  const server = await startServer(handler, { own: true });
  closers.push(server.close);
  return server;
}

const named =
  (name: string): Handler =>
  (_, response) =>
    reply(response, 200, { data: name });
const START = "POST /nodes/{node}/qemu/{vmid}/status/start";
const GUEST = { node: "pve1", vmid: 100 };

describe("several endpoints", () => {
  test("a read goes on to the next one, stays there, and comes back after the cool-down only when needed", async () => {
    let now = Date.now();
    const one = await start(named("one"));
    const two = await start(named("two"));
    const cluster = connectTo([one, two], { dependencies: { now: () => now } });
    closers.push(() => cluster.close());
    const send = cluster.send(CALLER);
    expect((await send("GET /version")).data).toBe("one");
    await one.close();
    expect((await send("GET /version")).data).toBe("two");
    now += 60_000;
    expect((await send("GET /version")).data).toBe("two");
    expect(two.requests.length).toBe(2);
  });

  test("a write goes on when nothing was sent", async () => {
    const one = await start(named("one"));
    const two = await start(named("two"));
    await one.close();
    const cluster = connectTo([one, two]);
    closers.push(() => cluster.close());
    expect((await cluster.send(CALLER)(START, GUEST)).data).toBe("two");
    expect(two.requests.length).toBe(1);
  });

  test("a write goes on from a certificate that does not match", async () => {
    const one = await start(named("one"));
    const two = await start(named("two"));
    const cluster = connectTo([one, two], { config: { tls: { verify: true, fingerprints: [two.fingerprint] } } });
    closers.push(() => cluster.close());
    expect((await cluster.send(CALLER)(START, GUEST)).data).toBe("two");
    expect(one.requests).toEqual([]);
  });

  test("a write stays where it was sent", async () => {
    const one = await start((request, response) =>
      request.method === "GET" ? reply(response, 200, { data: [] }) : void response.destroy(),
    );
    const two = await start((request, response) =>
      reply(response, 200, { data: request.method === "GET" ? [] : "two" }),
    );
    const cluster = connectTo([one, two]);
    closers.push(() => cluster.close());
    await expect(cluster.send(CALLER)(START, GUEST)).rejects.toBeInstanceOf(OutcomeUnknownError);
    expect([...one.requests, ...two.requests].filter(({ method }) => method === "POST").length).toBe(1);
  });

  test("when none can be reached, a certificate's mismatch is what is told", async () => {
    const one = await start(named("one"));
    const two = await start(named("two"));
    await one.close();
    const cluster = connectTo([one, two], { config: { tls: { verify: true, fingerprints: ["AB".repeat(32)] } } });
    closers.push(() => cluster.close());
    await expect(cluster.send(CALLER)(START, GUEST)).rejects.toBeInstanceOf(TlsMismatchError);
  });

  test("a refusal is an answer: it is not asked for again elsewhere", async () => {
    const one = await start((_, response) => reply(response, 500, { data: null }, "storage 'x' does not exist"));
    const two = await start(named("two"));
    const cluster = connectTo([one, two]);
    closers.push(() => cluster.close());
    await expect(cluster.send(CALLER)("GET /version")).rejects.toMatchObject({ code: "not-found" });
    expect(two.requests).toEqual([]);
  });
});
