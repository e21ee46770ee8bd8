import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Lab } from "../../src/lab/index.ts";
import { CephCluster } from "../../src/lab/state/ceph.ts";
import { openLabSession, type Session } from "../support/session.ts";
import { ANSWER_LIMIT, requestsOf, writesOf } from "./rows.ts";

const TOOL = "proxmox_ceph_status";

let session: Session & { lab: Lab };
let lab: Lab;

beforeAll(async () => {
  session = await openLabSession({ seed: "medium", taskMs: 40 });
  lab = session.lab;
});
afterAll(() => session?.close());
afterEach(() => {
  lab.faults.clear();
  lab.state.datacenter.ceph = undefined;
  for (const node of lab.state.nodes.keys()) {
    lab.state.hosts.of(node).profile.missing = new Set(["ceph", "openvswitch"]);
  }
});

const install = (...nodes: string[]) => {
  for (const node of nodes) lab.state.hosts.of(node).profile.missing = new Set(["openvswitch"]);
};

function cluster(...nodes: string[]): CephCluster {
  install(...nodes);
  const ceph = new CephCluster(nodes);
  lab.state.datacenter.ceph = ceph;
  return ceph;
}

/** Makes the next answer a fresh one: a write drops what was cached. */
const refresh = () =>
  session.call("proxmox_api_call", {
    method: "PUT",
    path: "/nodes/pve1/qemu/100/config",
    params: { description: "front end" },
  });

describe("Ceph that is not there is an answer:", () => {
  test("not installed anywhere", async () => {
    const { result, requests } = await requestsOf(lab, () => session.call(TOOL));
    expect(result.error).toBeUndefined();
    expect(result.data).toEqual({
      untrusted: ["reason"],
      cluster: "default",
      installed: false,
      reason: expect.stringContaining("binary not installed: /usr/bin/ceph-mon"),
    });
    expect(requests.filter((one) => one !== "GET /cluster/resources").sort()).toEqual([
      "GET /cluster/ceph/status",
      "GET /nodes/pve1/ceph/status",
      "GET /nodes/pve2/ceph/status",
      "GET /nodes/pve3/ceph/status",
    ]);
  });

  test("installed on one node, and not set up", async () => {
    install("pve3");
    const { data, error } = await session.call(TOOL);
    expect(error).toBeUndefined();
    expect(data).toEqual({
      untrusted: ["reason"],
      cluster: "default",
      installed: true,
      initialized: false,
      reason: expect.stringContaining("not initialized - missing '/etc/pve/ceph.conf'"),
    });
  });

  test("as far as the nodes can be asked", async () => {
    lab.state.setNodeOnline("pve3", false);
    await refresh();
    const { data, error } = await session.call(TOOL);
    expect(error).toBeUndefined();
    expect(data).toMatchObject({ installed: false, incomplete: [{ node: "pve3", reason: "offline" }] });
    lab.state.setNodeOnline("pve3", true);
    await refresh();
  });

  test("a standalone node is asked once", async () => {
    const small = await openLabSession({ seed: "small", taskMs: 40 });
    const { result, requests } = await requestsOf(small.lab, () => small.call(TOOL));
    expect(result.data).toMatchObject({ installed: false });
    expect(requests.filter((one) => one.includes("ceph"))).toEqual(["GET /cluster/ceph/status"]);
    await small.close();
  });
});

test("a healthy cluster costs one request", async () => {
  cluster("pve1", "pve2", "pve3");
  const { result, requests } = await requestsOf(lab, () => session.call(TOOL));
  expect(requests).toEqual(["GET /cluster/ceph/status"]);
  expect(result.data).toEqual({
    cluster: "default",
    installed: true,
    initialized: true,
    ceph: {
      health: "HEALTH_OK",
      checks: [],
      mons: { total: 3, inQuorum: ["pve1", "pve2", "pve3"] },
      mgr: { active: "pve1", standbys: 2 },
      osds: { total: 6, up: 6, in: 6 },
      pgs: { total: 129, states: { "active+clean": 129 } },
      usage: { used: 1_500_000_000_000, total: 6_000_000_000_000, stored: 500_000_000_000 },
      fsid: expect.any(String),
    },
  });
});

test("a cluster on nodes beside the one that answers is found", async () => {
  cluster("pve2", "pve3");
  const { data } = await session.call(TOOL);
  expect(data).toMatchObject({ installed: true, initialized: true, node: "pve2", ceph: { health: "HEALTH_OK" } });
  expect(data).not.toHaveProperty("incomplete");
});

test("what is wrong comes worst first, with its details, and what is muted last", async () => {
  const ceph = cluster("pve1", "pve2", "pve3");
  ceph.quorum = ["pve1", "pve3"];
  ceph.osds[0]!.up = false;
  ceph.osds[1] = { up: false, in: false };
  ceph.pgs = { "active+clean": 100, "active+undersized+degraded": 29 };
  ceph.activity = { degraded_objects: 420, degraded_ratio: 0.12, recovering_bytes_per_sec: 1e6, read_bytes_sec: 0 };
  ceph.checks = {
    POOL_NO_REDUNDANCY: { severity: "HEALTH_WARN", message: "muted one", count: 1, details: [], muted: true },
    MON_DOWN: { severity: "HEALTH_WARN", message: "1/3 mons down", count: 1, details: ["mon.pve2 is down"] },
    OSD_DOWN: {
      severity: "HEALTH_ERR",
      message: "2 osds down",
      count: 2,
      details: ["osd.0", "osd.1", "osd.2", "osd.3", "osd.4", "osd.5"],
    },
  };
  const { data } = await session.call(TOOL);
  expect(data.ceph).toMatchObject({
    health: "HEALTH_ERR",
    checks: [
      { code: "OSD_DOWN", severity: "HEALTH_ERR", text: "2 osds down", moreLines: 3 },
      { code: "MON_DOWN", lines: ["mon.pve2 is down"] },
      { code: "POOL_NO_REDUNDANCY", muted: true },
    ],
    mons: { total: 3, missing: ["pve2"] },
    osds: { total: 6, up: 4, in: 5 },
    pgs: { states: { "active+undersized+degraded": 29 } },
    activity: { degraded_objects: 420, degraded_ratio: 0.12, recovering_bytes_per_sec: 1_000_000 },
  });
  expect(data.ceph.activity).not.toHaveProperty("read_bytes_sec");
});

test("a sick cluster's answer stays small", async () => {
  const ceph = cluster("pve1");
  for (let index = 0; index < 60; index++) {
    ceph.checks[`CHECK_${index}`] = {
      severity: "HEALTH_WARN",
      message: `something number ${index}`,
      count: 1000,
      details: Array.from({ length: 1000 }, (_, line) => `pg 1.${line} is ${"stuck ".repeat(200)}`),
    };
  }
  const { data, text } = await session.call(TOOL);
  expect(text.length).toBeLessThan(ANSWER_LIMIT);
  expect(data.ceph.moreChecks).toBe(45);
});

describe("a failure is one when", () => {
  test("the monitors do not answer", async () => {
    cluster("pve1", "pve2").quorum = [];
    expect((await session.call(TOOL)).error?.message).toContain("got timeout");
  });

  test("the monitors of other nodes do not answer", async () => {
    cluster("pve2", "pve3").quorum = [];
    expect((await session.call(TOOL)).error?.message).toContain("got timeout");
  });

  test("the token may not look", async () => {
    lab.faults.add({
      match: { path: /^\/cluster\/ceph\/status$/ },
      status: 403,
      reason: "Permission check failed (/, Sys.Audit)",
    });
    expect((await session.call(TOOL)).error).toMatchObject({ next: expect.stringContaining("pveum acl modify") });
  });

  test("a node that cannot be reached leaves the answer open", async () => {
    lab.faults.add({ fault: "gateway-595", match: { path: /^\/nodes\/pve2\/ceph/ } });
    const { data, error } = await session.call(TOOL);
    expect(error).toBeUndefined();
    expect(data).toMatchObject({ installed: false, incomplete: [{ node: "pve2", reason: expect.any(String) }] });
  });
});

test("other releases' shapes, nulls and texts for numbers do not fail it", async () => {
  cluster("pve1");
  lab.faults.add({ fault: "types-swapped" });
  expect((await session.call(TOOL)).data.ceph).toMatchObject({ osds: { total: 2, up: 2 }, usage: { total: 6e12 } });
  lab.faults.clear();
  lab.faults.add({
    match: { path: /ceph\/status/ },
    answer: (answer) => ({
      ...answer,
      data: {
        health: { overall_status: "HEALTH_WARN", checks: null },
        monmap: { num_mons: 3 },
        quorum_names: ["a", "b"],
        osdmap: { osdmap: { num_osds: 3, num_up_osds: 2, num_in_osds: 3, nearfull: true } },
        pgmap: null,
        fsmap: { by_rank: [{ name: "a", rank: 0, status: "up:active" }], "up:standby": 1 },
      },
    }),
  });
  expect((await session.call(TOOL)).data.ceph).toEqual({
    health: "HEALTH_WARN",
    checks: [],
    mons: { total: 3, inQuorum: ["a", "b"] },
    mgr: { standbys: 0 },
    mds: { active: ["a (up:active)"], standbys: 1 },
    osds: { total: 3, up: 2, in: 3, flags: "nearfull" },
    pgs: { total: 0, states: {} },
    usage: { used: 0, total: 0 },
  });
});

test("wrong arguments name the field", async () => {
  const { error } = await session.call(TOOL, { node: "pve1" });
  expect(error?.data?.errors).toMatchObject({ node: expect.stringContaining("unknown argument") });
});

test("nothing that it asks changes anything", () => {
  expect(writesOf(lab).filter((one) => !/qemu\/100\/config/.test(one))).toEqual([]);
});
