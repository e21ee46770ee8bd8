import { afterAll, beforeAll, describe, expect, test } from "vitest";
import tools from "../generated/tools.json" with { type: "json" };
import { type Era, openLabSession } from "./support/session.ts";

const ERAS: readonly [Era, RegExp][] = [
  ["2026-07-28", /^2026-07-28$/],
  ["2025", /^2025-11-25$/],
];

describe.each(ERAS)("a client of the %s era", (era, version) => {
  let session: Awaited<ReturnType<typeof openLabSession>>;
  beforeAll(async () => {
    session = await openLabSession({ seed: "small" }, {}, era);
  });
  afterAll(() => session?.close());

  test("negotiates its protocol version", () => {
    expect(session.protocolVersion()).toMatch(version);
  });

  test("is listed the golden surface, without the choice of a cluster where there is one", async () => {
    const all = structuredClone(tools) as {
      name: string;
      _meta?: object;
      inputSchema: { properties: { cluster?: unknown } };
    }[];
    // Scripts are listed where an operator lets them.
    const golden = all.filter(({ name }) => name !== "proxmox_script_run");
    for (const tool of golden) {
      delete tool.inputSchema.properties.cluster;
      // What a client that keeps tools back shows at once.
      if (/inventory_overview|api_search/.test(tool.name)) tool._meta = { "anthropic/alwaysLoad": true };
    }
    expect(await session.listTools()).toEqual(golden);
  });

  test("sees the inventory, starts a VM with progress, and is told of a failed start", async () => {
    const { data } = await session.call("proxmox_inventory_overview");
    expect(data.clusters[0]).toMatchObject({ cluster: "default", vms: { total: 4 }, containers: { total: 1 } });
    const started = await session.call("proxmox_vm_action", { vmid: "build01", action: "start" });
    expect(started.error).toBeUndefined();
    expect(started.data).toMatchObject({ vmid: 102, job: { state: "ok", exitstatus: "OK" } });
    expect(started.progress.length).toBeGreaterThan(0);
    const failed = await session.call("proxmox_vm_action", { vmid: 101, action: "start" });
    expect(failed.error?.code).toBe("task-failed");
    expect(failed.text).toContain("volume 'local:iso/missing.iso' does not exist");
    expect(failed.error?.data).toMatchObject({ job: { state: "failed", log: expect.any(Array) } });
  });
});
