import { afterAll, beforeAll, expect, test } from "vitest";
import type { Lab } from "../../src/lab/index.ts";
import { openLabSession, type Session } from "../support/session.ts";

let session: Session & { lab: Lab };
beforeAll(async () => {
  session = await openLabSession({ seed: "medium", taskMs: 30 }, {}, "2026-07-28", {
    elicit: () => ({ action: "accept", content: { name: "build01" } }),
  });
});
afterAll(() => session?.close());

type Params = Record<string, unknown>;
const call = async (method: string, path: string, params: Params = {}, more: Params = {}) => {
  const { data, error } = await session.call("proxmox_api_call", { method, path, params, ...more });
  expect(error).toBeUndefined();
  return data;
};
const consequences = async (method: string, path: string, params: Params = {}): Promise<string[]> =>
  (await call(method, path, params, { dryRun: true })).plan.consequences;

test("destroying a running VM with snapshots names disks, snapshots, backups and its state", async () => {
  const notes = await consequences("DELETE", "/nodes/pve3/qemu/114");
  expect(notes).toContain("the guest is running");
  expect(notes).toContainEqual(expect.stringMatching(/^these volumes are destroyed: .*scsi0 nfs:/));
  expect(notes).toContainEqual("these snapshots are lost: before-upgrade, after-upgrade");
  expect(notes).toContainEqual(expect.stringMatching(/backup/));
});

test("protection and HA are named", async () => {
  expect(await consequences("DELETE", "/nodes/pve1/qemu/113")).toContain("protection is on: the host will refuse");
  expect(await consequences("DELETE", "/nodes/pve1/qemu/106")).toContain(
    "the guest is managed by HA, which may act against this",
  );
});

test("a template's linked clones are found by their base", async () => {
  expect(await consequences("DELETE", "/nodes/pve1/qemu/104")).toContain(
    "it is a template; no linked clone of it was found",
  );
  await call("POST", "/nodes/pve1/qemu/102/template");
  await call("POST", "/nodes/pve1/qemu/102/clone", { newid: 7001, name: "linked" });
  expect(await consequences("DELETE", "/nodes/pve1/qemu/102")).toContainEqual(
    expect.stringMatching(/these volumes are linked clones of it: .*vm-7001-disk-0/),
  );
});

test("replication is named with its target", async () => {
  session.lab.state.datacenter.replication.jobs.set("100-0", { type: "local", target: "pve2", guest: "100" });
  expect(await consequences("DELETE", "/nodes/pve1/qemu/100")).toContainEqual(
    expect.stringMatching(/^it is replicated to pve2/),
  );
});

test("a rollback says since when everything is lost, and what is built on a snapshot", async () => {
  expect(await consequences("POST", "/nodes/pve3/qemu/114/snapshot/before-upgrade/rollback")).toEqual(
    expect.arrayContaining([expect.stringMatching(/^everything since \d{4}-/), "snapshots built on it: after-upgrade"]),
  );
});

test("applying network changes names them, and the node's own interface", async () => {
  expect(await consequences("PUT", "/nodes/pve1/network")).toContain("no changes are pending");
  await call("POST", "/nodes/pve1/network", { iface: "vmbr7", type: "bridge", autostart: true });
  const other = await consequences("PUT", "/nodes/pve1/network");
  expect(other).toContainEqual(expect.stringMatching(/lines of the interfaces file change: .*vmbr7/));
  const reached = (notes: string[]) => notes.find((note) => note.includes("reached by its interface vmbr0"));
  expect(reached(other)).toContain("look whether they touch it");
  await call("PUT", "/nodes/pve1/network/vmbr0", { type: "bridge", cidr: "192.0.2.99/24", gateway: "192.0.2.254" });
  await call("PUT", "/nodes/pve1/network/vmbr0", { type: "bridge", cidr: "192.0.2.1/25", gateway: "192.0.2.254" });
  expect(reached(await consequences("PUT", "/nodes/pve1/network"))).toContain("which is among what changes");
});

test("a cluster without quorum is named", async () => {
  session.lab.state.quorumLost = true;
  expect(await consequences("DELETE", "/nodes/pve1/qemu/113")).toContain(
    "the cluster has no quorum: writes are refused",
  );
  session.lab.state.quorumLost = false;
});
