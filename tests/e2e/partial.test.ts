import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Lab } from "../../src/lab/index.ts";
import { openLabSession, type Session } from "../support/session.ts";
import { objects, requestsOf } from "../tools/rows.ts";

/** Long enough that a call which asks the dead node is noticed. */
const OFFLINE_MS = 20_000;

let session: Session & { lab: Lab };
let lab: Lab;

beforeAll(async () => {
  session = await openLabSession({ seed: "medium", taskMs: 40, offlineMs: OFFLINE_MS });
  lab = session.lab;
  lab.state.setNodeOnline("pve3", false);
});
afterAll(() => session?.close());

describe("with one node offline", () => {
  test.each([
    ["proxmox_vm_list", {}],
    ["proxmox_lxc_list", {}],
    ["proxmox_storage_list", {}],
    ["proxmox_cluster_status", {}],
    ["proxmox_task_list", { since: "24h" }],
    ["proxmox_vm_list", { node: "pve3" }],
  ])("%s %o answers, and names the node that it does not cover", async (tool, args) => {
    const { result, requests } = await requestsOf(lab, () => session.call(tool, args));
    expect(result.error).toBeUndefined();
    expect(result.data.incomplete).toContainEqual(
      expect.objectContaining({ node: "pve3", reason: expect.stringContaining("offline") }),
    );
    expect(result.text).toContain("pve3");
    expect(requests.filter((request) => request.includes("/nodes/pve3"))).toEqual([]);
  });

  test("a list that the node has no part in is whole", async () => {
    for (const tool of ["proxmox_vm_list", "proxmox_storage_list"]) {
      const { data } = await session.call(tool, { node: "pve1" });
      expect(data.total).toBeGreaterThan(0);
      expect(data).not.toHaveProperty("incomplete");
    }
  });

  test("the nodes and the overview show it as offline, the guests as unknown", async () => {
    const nodes = objects(await session.call("proxmox_node_list"));
    expect(nodes.map(({ status }) => status)).toEqual(["online", "online", "offline"]);
    expect(objects(await session.call("proxmox_node_list", { status: "offline" }))).toMatchObject([{ node: "pve3" }]);
    const { data } = await session.call("proxmox_inventory_overview");
    expect(data.clusters[0]).toMatchObject({ quorate: true, nodes: { total: 3, online: 2, offline: 1 } });
    expect(data.clusters[0].problems[0]).toEqual({ what: "node offline", id: "pve3", detail: "offline" });
    const guests = objects(await session.call("proxmox_vm_list", { node: "pve3" }));
    expect(new Set(guests.map(({ status }) => status))).toEqual(new Set(["unknown"]));
    expect(data.clusters[0].vms.unknown).toBe(guests.length);
  });

  test.each([
    ["proxmox_node_get", { node: "pve3" }],
    ["proxmox_task_list", { node: "pve3" }],
    ["proxmox_vm_get", { vmid: 114 }],
    ["proxmox_vm_action", { vmid: 114, action: "start" }],
    ["proxmox_vm_action", { vmid: 114, action: "start", dryRun: true }],
    ["proxmox_lxc_get", { vmid: 118 }],
  ])("%s %o is an error of its own, at once", async (tool, args) => {
    const { result, requests } = await requestsOf(lab, () => session.call(tool, args));
    expect(result.error).toMatchObject({
      code: "node-offline",
      message: expect.stringContaining("pve3"),
      next: expect.stringContaining("proxmox_cluster_status"),
      data: { node: "pve3" },
    });
    expect(requests.filter((request) => request.includes("/nodes/pve3"))).toEqual([]);
  });

  test("everything else goes on", async () => {
    expect((await session.call("proxmox_vm_get", { vmid: 100 })).data.status).toBe("running");
    expect((await session.call("proxmox_vm_action", { vmid: 102, action: "start" })).data.job.state).toBe("ok");
  });

  test("a node that dies unnoticed does not fail the members' versions", async () => {
    lab.faults.add({ match: { path: /^\/nodes\/pve2\/version$/ }, status: 595, reason: "No route to host" });
    const { data, error } = await session.call("proxmox_cluster_status");
    lab.faults.clear();
    expect(error).toBeUndefined();
    expect(data.incomplete).toContainEqual(
      expect.objectContaining({ node: "pve2", reason: expect.stringContaining("node-unreachable") }),
    );
  });
});

test("without quorum, the overview says so first and a write is told why it fails", async () => {
  lab.state.setNodeOnline("pve2", false);
  const { data } = await session.call("proxmox_inventory_overview");
  expect(data.clusters[0].problems[0]).toMatchObject({ what: "no quorum" });
  expect((await session.call("proxmox_cluster_status")).data.quorate).toBe(false);
  const { error } = await session.call("proxmox_vm_action", { vmid: 100, action: "reboot" });
  expect(error?.code).toBe("no-quorum");
  lab.state.setNodeOnline("pve2", true);
  lab.state.setNodeOnline("pve3", true);
});

test("what the resources would have told is never replaced by zeros", async () => {
  await session.call("proxmox_vm_action", { vmid: 100, action: "reboot" });
  lab.faults.add({ match: { path: /^\/cluster\/resources$/ }, status: 500, reason: "got timeout" });
  const { error } = await session.call("proxmox_inventory_overview");
  lab.faults.clear();
  expect(error?.message).toContain("got timeout");
  lab.faults.add({ match: { path: /^\/(version|cluster\/status)$/ }, status: 500, reason: "got timeout" });
  const { data } = await session.call("proxmox_inventory_overview");
  lab.faults.clear();
  expect(data.clusters[0].vms.total).toBeGreaterThan(0);
  expect(data.incomplete.map(({ part }: { part: string }) => part).sort()).toEqual(["status", "version"]);
});

test("answers with wrong types are read all the same", async () => {
  lab.faults.add({ wrongTypes: true });
  const rows = objects(await session.call("proxmox_vm_list", { fields: ["vmid", "maxmem", "template"] }));
  const { data } = await session.call("proxmox_vm_get", { vmid: "web01" });
  lab.faults.clear();
  expect(rows[0]).toEqual({ vmid: 100, maxmem: expect.any(Number), template: false });
  expect(data).toMatchObject({ vmid: 100, status: "running", agent: true });
});
