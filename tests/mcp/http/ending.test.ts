import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Lab, startLab } from "../../../src/lab/index.ts";
import { connectHttp, type HttpServer, startHttpServer } from "../../support/http-server.ts";
import { type Era, labEnvironment } from "../../support/session.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ authDelayMs: 0, taskMs: 600_000, seed: "small" });
});
afterAll(() => lab?.close());

const start = (env: Record<string, string> = {}): Promise<HttpServer> =>
  startHttpServer({ ...labEnvironment(lab), PROXMOX_MCP_HTTP_DRAIN_SECONDS: "20", ...env });

test.each<[Era, "proxmox_vm_clone" | "job_wait"]>([
  ["2026-07-28", "job_wait"],
  ["2025", "job_wait"],
  ["2026-07-28", "proxmox_vm_clone"],
])("SIGTERM: a %s client whose %s waits gets the job, and the server ends", async (era, tool) => {
  const server = await start();
  const session = await connectHttp(server.url, { era });
  const clone = { vmid: 101, newid: era === "2025" ? 901 : tool === "job_wait" ? 902 : 903, name: "copy" };
  const begun =
    tool === "job_wait" ? await session.call("proxmox_vm_clone", { ...clone, waitSeconds: 0 }) : { data: undefined };
  const args = begun.data ? { id: begun.data.job.id, waitSeconds: 600 } : { ...clone, waitSeconds: 600 };
  const waits = session.call(tool, args);
  await expect.poll(() => server.metric("proxmox_mcp_http_requests_in_flight")).toBeGreaterThan(0);
  await expect.poll(() => lab.requests.some(({ path }) => /\/tasks\/.*\/status/.test(path))).toBe(true);
  const exit = once(server.child, "exit");
  server.child.kill("SIGTERM");
  const { data, error } = await waits;
  expect(error).toBeUndefined();
  expect(data.job).toMatchObject({ state: "running", id: expect.stringContaining("UPID:") });
  expect(await exit).toEqual([0, null]);
  await session.close().catch(() => {});
  await server.close();
});

test("SIGTERM: streams end, nothing new is begun, and what does not end is cut off in bounded time", async () => {
  const server = await start({ PROXMOX_MCP_HTTP_DRAIN_SECONDS: "1" });
  // A question that nobody answers keeps its call open.
  const session = await connectHttp(server.url, {
    era: "2025",
    elicit: () => new Promise(() => {}) as never,
  });
  const asked = session.call("proxmox_lxc_action", { vmid: 103, action: "stop" }).catch((error: Error) => error);
  const listener = await connectHttp(server.url);
  await listener.subscribe("proxmox://guests/101");
  await expect.poll(() => server.metric("proxmox_mcp_http_streams_open")).toBeGreaterThan(1);
  const exit = once(server.child, "exit");
  server.child.kill("SIGTERM");
  await expect
    .poll(() =>
      fetch(new URL("/healthz", server.url)).then(
        () => "open",
        () => "closed",
      ),
    )
    .toBe("closed");
  expect(await exit).toEqual([0, null]);
  await Promise.allSettled([session.close(), listener.close()]);
  expect(await asked).toBeInstanceOf(Error);
  await server.close();
});
