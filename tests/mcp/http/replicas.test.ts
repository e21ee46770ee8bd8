import { randomBytes } from "node:crypto";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Lab, startLab } from "../../../src/lab/index.ts";
import { connectHttp, type HttpServer, type HttpSession, startHttpServer } from "../../support/http-server.ts";
import { type RedisServer, redisMissing, startRedis } from "../../support/redis.ts";
import { labEnvironment } from "../../support/session.ts";

const missing = redisMissing();
if (missing) console.warn(`skipped: ${missing}`);

describe.skipIf(missing)("two replicas with a key and a Redis in common", () => {
  let lab: Lab;
  let redis: RedisServer;
  let servers: HttpServer[];
  let sessions: HttpSession[];
  let balancer: Server;
  let balanced: string;
  beforeAll(async () => {
    lab = await startLab({ authDelayMs: 0, taskMs: 300, seed: "small" });
    redis = await startRedis();
    // A balancer that sends each request to the other one, and knows nothing of what it sends.
    let turn = 0;
    balancer = createServer((incoming, outgoing) => {
      const { host } = new URL(servers[turn++ % 2]!.url);
      const [hostname, port] = host.split(":");
      const onward = request(
        { hostname, port, path: incoming.url, method: incoming.method, headers: incoming.headers },
        (answer) => {
          outgoing.writeHead(answer.statusCode!, answer.headers);
          answer.pipe(outgoing);
        },
      );
      incoming.pipe(onward);
    });
    await new Promise<void>((resolve) => balancer.listen(0, "127.0.0.1", resolve));
    const { port } = balancer.address() as AddressInfo;
    const env = {
      ...labEnvironment(lab),
      PROXMOX_MCP_STATE_KEY: randomBytes(32).toString("hex"),
      PROXMOX_MCP_REDIS_URL: redis.url,
      PROXMOX_MCP_HTTP_PUBLIC_BASE_URL: `http://127.0.0.1:${port}`,
    };
    servers = await Promise.all([startHttpServer(env), startHttpServer(env)]);
    balanced = `http://127.0.0.1:${port}/mcp`;
    sessions = await Promise.all(servers.map(({ url }) => connectHttp(url)));
  });
  afterAll(async () => {
    await Promise.all((sessions ?? []).map((session) => session.close()));
    balancer?.closeAllConnections();
    balancer?.close();
    await Promise.all((servers ?? []).map((server) => server.close()));
    await redis?.stop();
    await lab?.close();
  });

  const stop = { vmid: 103, action: "stop" };
  const start = () => sessions[0]!.call("proxmox_lxc_action", { vmid: 103, action: "start" });
  const planOf = async (session: HttpSession) => {
    const { error } = await session.call("proxmox_lxc_action", stop);
    const { planId, confirm } = error!.data!.plan as { planId: string; confirm: string };
    return { ...stop, planId, confirm };
  };
  const stops = () => lab.requests.filter(({ path }) => path.endsWith("/lxc/103/status/stop")).length;

  test("a plan of the one is carried out by the other, and by neither again", async () => {
    const [one, two] = sessions as [HttpSession, HttpSession];
    const planned = await planOf(one);
    expect((await two.call("proxmox_lxc_action", planned)).data.job).toMatchObject({ type: "vzstop", state: "ok" });
    for (const session of [one, two]) {
      expect((await session.call("proxmox_lxc_action", planned)).error?.code).toBe("plan-refused");
    }
    await start();
  });

  test("of uses that come to both at the same instant one is sent", async () => {
    const planned = await planOf(sessions[0]!);
    const before = stops();
    const all = await Promise.all(
      Array.from({ length: 6 }, (_, n) => sessions[n % 2]!.call("proxmox_lxc_action", planned)),
    );
    expect(all.filter(({ error }) => error === undefined)).toHaveLength(1);
    expect(new Set(all.flatMap(({ error }) => error?.code ?? []))).toEqual(new Set(["plan-refused"]));
    expect(stops() - before).toBe(1);
    await start();
  });

  test("a job of the one is waited for at the other", async () => {
    const { data } = await sessions[0]!.call("proxmox_lxc_action", { vmid: 103, action: "reboot", waitSeconds: 0 });
    const waited = await sessions[1]!.call("job_wait", { id: data.job.id });
    expect(waited.data.job).toMatchObject({ id: data.job.id, state: "ok" });
  });

  test("a client behind a balancer is asked by the one and answers the other", async () => {
    const session = await connectHttp(balanced, {
      elicit: () => ({ action: "accept", content: { name: "dns01" } }),
    });
    const { data } = await session.call("proxmox_lxc_action", stop);
    expect(data.job).toMatchObject({ type: "vzstop", state: "ok" });
    await session.close();
    await start();
  });

  test("without Redis reading goes on, no plan is carried out, and its password is nowhere", async () => {
    const planned = await planOf(sessions[0]!);
    await redis.stop();
    const before = stops();
    const { error } = await sessions[1]!.call("proxmox_lxc_action", planned);
    expect(error).toMatchObject({
      code: "plan-store-unavailable",
      next: expect.stringContaining("PROXMOX_MCP_REDIS_URL"),
    });
    expect(stops()).toBe(before);
    expect((await sessions[1]!.call("proxmox_lxc_list")).data.rows.length).toBeGreaterThan(0);
    await redis.start();
    const again = () => sessions[1]!.call("proxmox_lxc_action", planned);
    await expect
      .poll(async () => (await again()).error?.code ?? "done", { interval: 200, timeout: 20_000 })
      .toBe("done");
    const written = servers.map((server) => server.stderr()).join("");
    const records = JSON.stringify(await Promise.all(servers.map((server) => server.record())));
    expect(records).toContain("plan-store-unavailable");
    expect(written + records).not.toContain(redis.password);
  });
});
