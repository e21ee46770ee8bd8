import { afterAll, beforeAll, expect, it } from "vitest";
import { type Lab, startLab } from "../../../src/lab/index.ts";
import { run } from "./client.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ seed: "medium", ssh: true, taskMs: 30, taskVisibleMs: 0, agentMs: 0, authDelayMs: 0 });
});
afterAll(() => lab.close());

it("pvesm prints texts only", async () => {
  const status = await run(lab, "pvesm status");
  expect(status.out).toMatch(/^Name +Type +Status +Total \(KiB\) +Used \(KiB\) +Available \(KiB\) +%\n/);
  expect(status.out).toMatch(/^local +dir +active +\d+ +\d+ +\d+ +\d+\.\d\d%$/m);
  expect(await run(lab, "pvesm status --output-format json")).toMatchObject({
    code: 255,
    err: expect.stringContaining("Unknown option: output-format"),
  });
});

it("pvesm makes, lists, finds and frees volumes, and ends with 0 when it cannot free one", async () => {
  const made = await run(lab, "pvesm alloc local-lvm 100 vm-100-disk-9 1G");
  expect(made).toMatchObject({ code: 0, out: "successfully created 'local-lvm:vm-100-disk-9'\n" });
  expect((await run(lab, "pvesm list local-lvm --vmid 100")).out).toMatch(
    /^local-lvm:vm-100-disk-9 +raw +images +1073741824 100$/m,
  );
  expect((await run(lab, "pvesm free local-lvm:vm-100-disk-9")).out).toContain("Removed volume");
  const missing = await run(lab, "pvesm free local-lvm:vm-100-disk-9");
  expect(missing.code).toBe(0);
  expect(missing.err).toMatch(/\S/);
  expect((await run(lab, "pvesm path local:snippets/x.yaml")).out).toBe("/var/lib/vz/snippets/x.yaml\n");
});

it("pveum gives JSON, and what it changes holds for the API", async () => {
  expect((await run(lab, "pveum user add ops@pve --comment 'two words'")).code).toBe(0);
  const users = JSON.parse((await run(lab, "pveum user list --output-format json")).out);
  expect(users).toContainEqual(expect.objectContaining({ userid: "ops@pve", comment: "two words" }));
  const token = JSON.parse((await run(lab, "pveum user token add ops@pve ci --privsep 1 --output-format json")).out);
  expect(token["full-tokenid"]).toBe("ops@pve!ci");
  expect((await run(lab, "pveum acl modify /vms --tokens 'ops@pve!ci' --roles PVEAuditor")).code).toBe(0);
  const acl = JSON.parse((await run(lab, "pveum acl list --output-format json")).out);
  expect(acl).toContainEqual(expect.objectContaining({ ugid: "ops@pve!ci", path: "/vms", roleid: "PVEAuditor" }));
  expect((await run(lab, "pveum user token list ops@pve")).out).toContain("│ ci ");
  expect((await run(lab, "pveum user delete ops@pve")).code).toBe(0);
  expect((await run(lab, "pveum user delete ops@pve")).code).not.toBe(0);
});

it.each([
  ["pvecm status", /^Name: +lab$[\s\S]*^Quorate: +Yes$/m],
  ["pvecm nodes", /1 pve1 \(local\)\n[\s\S]*pve2\n/],
  ["ha-manager status", /^quorum OK$/m],
  ["ha-manager config", /^vm:\d+\n\tstate \w+$/m],
  ["ha-manager rules list --output-format json", /^\[/],
  ["pvesr list", /^JobID /],
  ["pveversion", /^pve-manager\/9\.2\.11\//],
  ["apt list --upgradable", /^Listing\.\.\.\n/],
  ["pvenode task list --output-format json", /^\[/],
  ["pvenode config get", /^/],
])("%s", async (command, pattern) => {
  const ran = await run(lab, command);
  expect(ran.code).toBe(0);
  expect(ran.out).toMatch(pattern);
});

it("pveceph has nothing to tell, and pvecm needs a cluster", async () => {
  expect(await run(lab, "pveceph status")).toMatchObject({ code: 2, err: "binary not installed: /usr/bin/ceph-mon\n" });
});

it("vzdump writes its log, and ends with 0 though the guest is elsewhere", async () => {
  const ran = await run(lab, "vzdump 102 --storage local --mode stop");
  expect(ran).toMatchObject({ code: 0 });
  expect(ran.out).toMatch(/INFO: /);
  const other = [...lab.state.guests.values()].find(({ node }) => node === "pve2")!;
  expect(await run(lab, `vzdump ${other.vmid} --storage local`)).toMatchObject({ code: 0, out: "" });
});

it("apt-get update needs root", async () => {
  expect((await run(lab, "apt-get update", { username: "admin" })).code).toBe(100);
});
