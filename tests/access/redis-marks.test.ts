import { createServer, type Socket } from "node:net";
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createPlans, loadStateKey, openPlanMarks, type PlanMarks } from "../../src/access/index.ts";
import { approvePlan } from "../../src/admin/approve.ts";
import type { Report } from "../../src/admin/report.ts";
import { Findings } from "../../src/doctor/check.ts";
import { checkPlanMarks } from "../../src/doctor/plan-marks.ts";
import { type RedisServer, redisMissing, startRedis } from "../support/redis.ts";

const missing = redisMissing();
if (missing) console.warn(`skipped: ${missing}`);

const given = randomBytes(32);
const key = (bytes = given) => loadStateKey("/nowhere", { given: bytes });

describe.skipIf(missing)("marks of plans in Redis", () => {
  let redis: RedisServer;
  const opened: PlanMarks[] = [];
  const open = (url = redis.url, bytes = given): PlanMarks => {
    const marks = openPlanMarks({ directory: "/nowhere", key: key(bytes), redisUrl: url });
    opened.push(marks);
    return marks;
  };
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(async () => {
    await Promise.all(opened.map((marks) => marks.close()));
    await redis?.stop();
  });

  test("a request is taken by exactly one of many that come at once", async () => {
    const [one, two] = [open(), open()];
    const all = await Promise.all(Array.from({ length: 40 }, (_, n) => [one, two][n % 2]!.claim("race", 0)));
    expect(all.filter(Boolean)).toEqual([true]);
    expect(await one.isClaimed("race", 0)).toBe(true);
    expect(await two.isClaimed("race", 1)).toBe(false);
    expect(await two.claim("race", 1)).toBe(true);
  });

  test("an approval is seen by all, and by no installation with another key", async () => {
    await open().approve("plan", "tag");
    expect(await open().approval("plan")).toBe("tag");
    const other = open(redis.url, randomBytes(32));
    expect(await other.approval("plan")).toBeUndefined();
    expect(await other.claim("race", 0)).toBe(true);
  });

  test("the operator approves by it what a server elsewhere has planned", async () => {
    const plans = createPlans({ key: key(), marks: open(), confirm: "human" });
    const { planId } = plans.make(
      { principal: "a", cluster: "c", calls: [{ operation: "DELETE /pools", params: { poolid: "x" } }] },
      [{ kind: "pool", name: "x" }],
    );
    expect(await plans.isApproved(planId)).toBe(false);
    const where = { directory: "/nowhere", stateKey: given, redisUrl: redis.url };
    const report: Report = { json: false, line: () => {}, object: () => {} };
    expect(await approvePlan(planId, where, report)).toBe(0);
    expect(await plans.isApproved(planId)).toBe(true);
  });

  test("the doctor tries it, and tells what is wrong without the password", async () => {
    const looked = async (url: string) => {
      const findings = new Findings("server");
      await checkPlanMarks(open(url), url, findings);
      return findings.checks[0]!;
    };
    expect(await looked(redis.url)).toMatchObject({ status: "ok", check: "plan-marks" });
    const wrong = await looked(redis.url.replace(redis.password, "wrong-horse"));
    expect(wrong).toMatchObject({ status: "fail", next: expect.stringContaining("PROXMOX_MCP_REDIS_URL") });
    expect(JSON.stringify(wrong)).not.toContain("wrong-horse");
  });

  test("while Redis is away each use fails at once and says so without the password; then it comes back by itself", async () => {
    const [before, late] = [open(), open()];
    expect(await before.claim("away", 0)).toBe(true);
    await redis.stop();
    for (const marks of [before, late]) {
      const failed = (await marks.claim("away", 1).catch((error: unknown) => error)) as Error & { code: string };
      expect(failed).toMatchObject({
        code: "plan-store-unavailable",
        // The one that was connected may not know yet that it no longer is.
        message: expect.stringMatching(marks === late ? /cannot be asked \(ECONNREFUSED\)/ : /Nothing was sent/),
        next: expect.stringContaining("PROXMOX_MCP_REDIS_URL"),
      });
      expect(JSON.stringify([failed, failed.message])).not.toContain(redis.password);
    }
    await redis.start();
    for (const marks of [before, late]) {
      await expect
        .poll(() => marks.claim("back", 0).catch(() => "away"), { interval: 100, timeout: 20_000 })
        .toBeTypeOf("boolean");
    }
  });

  test("a wrong password, and a server that does not answer, are told in bounded time", async () => {
    const wrong = open(redis.url.replace(redis.password, "wrong-horse"));
    await expect(wrong.claim("x", 0)).rejects.toMatchObject({
      code: "plan-store-unavailable",
      message: expect.stringContaining("WRONGPASS"),
    });
    const sockets = new Set<Socket>();
    const silent = createServer((socket) => void sockets.add(socket)).listen(0, "127.0.0.1");
    await new Promise((resolve) => silent.once("listening", resolve));
    const { port } = silent.address() as { port: number };
    const began = performance.now();
    await expect(open(`redis://127.0.0.1:${port}`).claim("x", 0)).rejects.toMatchObject({
      code: "plan-store-unavailable",
    });
    expect(performance.now() - began).toBeLessThan(10_000);
    for (const socket of sockets) socket.destroy();
    silent.close();
  });

  test("an answer that is lost on the way lets nobody send, and says so", async () => {
    // Lets requests through, and cuts off the first answer to a SET.
    let cut = true;
    const { connect } = await import("node:net");
    const proxy = createServer((client) => {
      const server = connect(redis.port, "127.0.0.1");
      let set = false;
      client.on("data", (chunk) => {
        set ||= /\r\nset\r\n/i.test(chunk.toString("latin1"));
        server.write(chunk);
      });
      server.on("data", (chunk) => {
        if (set && cut) {
          cut = false;
          client.destroy();
          server.destroy();
        } else client.write(chunk);
      });
      client.on("error", () => {}).on("close", () => server.destroy());
      server.on("error", () => {}).on("close", () => client.destroy());
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => proxy.once("listening", resolve));
    const { port } = proxy.address() as { port: number };
    const marks = open(`redis://:${redis.password}@127.0.0.1:${port}`);
    // Nothing is sent by this one, which says why, nor by another.
    await expect(marks.claim("lost", 0)).rejects.toMatchObject({
      code: "plan-store-unavailable",
      message: expect.stringMatching(/did not prove .* Nothing was sent/),
      next: expect.stringContaining("without planId"),
      data: { unproven: true },
    });
    expect(cut).toBe(false);
    expect(await open().claim("lost", 0)).toBe(false);
    await marks.close();
    proxy.close();
  });
});
