import { afterAll, beforeAll, expect, it } from "vitest";
import { type Lab, startLab } from "../../src/lab/index.ts";
import { CephCluster } from "../../src/lab/state/ceph.ts";
import { call } from "./support.ts";

let lab: Lab;

beforeAll(async () => {
  lab = await startLab({ seed: "medium", taskMs: 5, authDelayMs: 0 });
});
afterAll(() => lab.close());

const install = (node: string) => {
  const { profile } = lab.state.hosts.of(node);
  profile.missing = new Set([...profile.missing].filter((name) => name !== "ceph"));
};

it("knows of Ceph only where it is installed, and of a cluster only where there is one", async () => {
  const ask = async (path: string) => (await call(lab, "GET", path)).reason;
  install("pve2");
  expect(await ask("/cluster/ceph/status")).toBe("binary not installed: /usr/bin/ceph-mon");
  expect(await ask("/nodes/pve1/ceph/status")).toBe("binary not installed: /usr/bin/ceph-mon");
  expect(await ask("/nodes/pve2/ceph/status")).toMatch(/^pveceph configuration not initialized - missing /);
  lab.state.datacenter.ceph = new CephCluster(["pve2", "pve3"]);
  const { data } = await call(lab, "GET", "/nodes/pve2/ceph/status");
  expect(data).toMatchObject({
    health: { status: "HEALTH_OK", checks: {} },
    quorum_names: ["pve2", "pve3"],
    osdmap: { num_osds: 4, num_up_osds: 4, num_in_osds: 4 },
  });
  expect(await ask("/nodes/pve1/ceph/status")).toBe("binary not installed: /usr/bin/ceph-mon");
});

it("tells of checks, and of monitors that do not answer", async () => {
  const ceph = new CephCluster(["pve2"]);
  lab.state.datacenter.ceph = ceph;
  ceph.osds[1]!.up = false;
  ceph.checks.OSD_DOWN = { severity: "HEALTH_WARN", message: "1 osds down", count: 1, details: ["osd.1 is down"] };
  const { data } = await call(lab, "GET", "/nodes/pve2/ceph/status");
  expect(data.health.status).toBe("HEALTH_WARN");
  expect(data.osdmap).toMatchObject({ num_osds: 2, num_up_osds: 1 });
  ceph.quorum = [];
  expect((await call(lab, "GET", "/nodes/pve2/ceph/status")).reason).toBe("got timeout");
});
