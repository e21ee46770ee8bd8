import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Lab } from "../../src/lab/index.ts";
import { openLabSession, type Session } from "../support/session.ts";
import { makeTemplate } from "../support/templates.ts";
import { objects, requestsOf } from "./rows.ts";

let session: Session & { lab: Lab };
let lab: Lab;

const api = (method: string, path: string, params: Record<string, unknown> = {}) =>
  session.call("proxmox_api_call", { method, path, params });

beforeAll(async () => {
  session = await openLabSession({ seed: "medium", taskMs: 20 });
  lab = session.lab;
  await api("PUT", "/nodes/pve1/qemu/102/config", { ide2: "nfs:cloudinit" });
  // On a shared storage of files: a template with two linked clones, and a full one.
  makeTemplate(lab, 102);
  for (const [newid, full] of [
    [901, 0],
    [900, 0],
    [902, 1],
  ]) {
    const { error } = await api("POST", "/nodes/pve1/qemu/102/clone", { newid, full, name: `copy-${newid}` });
    expect(error).toBeUndefined();
  }
});
afterAll(() => session?.close());

describe("proxmox_vm_template_list", () => {
  test("lists templates and nothing else, with one request", async () => {
    const { result, requests } = await requestsOf(lab, () => session.call("proxmox_vm_template_list"));
    expect(requests).toEqual(["GET /cluster/resources"]);
    expect(objects(result)).toMatchObject([
      { vmid: 102, name: "build01", node: "pve1", maxmem: expect.any(Number), maxdisk: expect.any(Number), tags: "ci" },
      { vmid: 104, name: "debian-13-template", node: "pve1" },
    ]);
    expect(result.data.total).toBe(2);
  });

  test.each([
    [{ name: "debian-*" }, [104]],
    [{ tag: "ci" }, [102]],
    [{ node: "pve2" }, []],
    [{ pool: "production" }, []],
    [{ limit: 1 }, [102]],
  ])("%o", async (filter, vmids) => {
    const result = await session.call("proxmox_vm_template_list", filter);
    expect(objects(result).map(({ vmid }) => vmid)).toEqual(vmids);
  });

  test("names an unknown node's neighbour", async () => {
    const { error } = await session.call("proxmox_vm_template_list", { node: "pve11" });
    expect(error).toMatchObject({ code: "unknown-node", next: expect.stringContaining("pve1") });
  });
});

describe("proxmox_vm_template_get", () => {
  test("shows disks, linked clones and where it can be cloned to", async () => {
    const { result, requests } = await requestsOf(lab, () =>
      session.call("proxmox_vm_template_get", { vmid: "build01" }),
    );
    expect(result.data).toMatchObject({
      vmid: 102,
      name: "build01",
      node: "pve1",
      config: { template: expect.anything(), cores: expect.any(Number) },
      digest: expect.stringMatching(/^[0-9a-f]{40}$/),
      disks: [
        { key: "ide2", kind: "cloudinit", storage: "nfs", shared: true },
        { key: "scsi0", kind: "disk", volume: "nfs:102/base-102-disk-0.qcow2", shared: true },
      ],
      linkedClones: {
        total: 2,
        shown: [
          { vmid: 900, name: "copy-900", volume: "nfs:102/base-102-disk-0.qcow2/900/vm-900-disk-0.qcow2" },
          { vmid: 901, name: "copy-901" },
        ],
      },
      cloneTo: { nodes: ["pve1", "pve2", "pve3"], linked: true },
    });
    expect(result.data.cloneTo.storages.map(({ storage }: { storage: string }) => storage)).toEqual([
      "local-lvm",
      "nfs",
    ]);
    expect(result.data.config).not.toHaveProperty("scsi0");
    expect(result.data.cloneTo).not.toHaveProperty("note");
    expect(result.data).not.toHaveProperty("incomplete");
    // However many guests there are: one content list for each storage of its disks.
    expect(requests.filter((request) => request.endsWith("/content"))).toEqual(["GET /nodes/pve1/storage/nfs/content"]);
    expect(requests.length).toBeLessThanOrEqual(4);
    expect(JSON.parse(result.text)).toEqual(result.data);
  });

  test("of local disks is cloned where it is, and says how it gets elsewhere", async () => {
    const { data } = await session.call("proxmox_vm_template_get", { vmid: 104 });
    expect(data.cloneTo).toMatchObject({
      nodes: ["pve1"],
      note: expect.stringMatching(/^Only pve1 has scsi0: .* migrate with local disks/),
    });
    expect(data.linkedClones).toMatchObject({ total: 0, shown: [], note: expect.stringContaining("local-lvm") });
  });

  test("leaves out nodes that lack or do not reach a storage", async () => {
    const nfs = lab.state.storages.get("nfs")!;
    nfs.inactiveOn.add("pve2");
    nfs.nodes = ["pve1", "pve2"];
    await api("PUT", "/nodes/pve1/qemu/100/config", { description: "front end" });
    const { data } = await session.call("proxmox_vm_template_get", { vmid: 102 });
    nfs.inactiveOn.clear();
    delete nfs.nodes;
    expect(data.cloneTo.nodes).toEqual(["pve1"]);
    await api("PUT", "/nodes/pve1/qemu/100/config", { description: "front end" });
  });

  test("names what could not be had", async () => {
    lab.faults.add({ match: { path: /storage\/nfs\/content$/ }, status: 500, reason: "got timeout" });
    lab.faults.add({ match: { path: /\/feature$/ }, status: 500, reason: "no luck" });
    const { data, error } = await session.call("proxmox_vm_template_get", { vmid: 102 });
    lab.faults.clear();
    expect(error).toBeUndefined();
    expect(data.incomplete).toEqual([
      { part: "cloneTo.linked", reason: expect.stringContaining("no luck") },
      { part: "linked clones on nfs", reason: expect.stringContaining("got timeout") },
    ]);
    expect(data.cloneTo).not.toHaveProperty("linked");
  });

  test.each([
    [{ vmid: 100 }, "not-a-template", /proxmox_vm_template_list/],
    [{ vmid: "dns01" }, "wrong-guest-kind", /Call proxmox_/],
    [{ vmid: "debian-13-templat" }, "unknown-guest", /Did you mean "debian-13-template"\?/],
    [{ vmid: "twin" }, "ambiguous-guest", /Give the vmid/],
    [{ vmdi: 104 }, "invalid-arguments", /did you mean "vmid"/],
  ])("%o is refused: %s", async (args, code, says) => {
    const { error, text } = await session.call("proxmox_vm_template_get", args);
    expect(error?.code).toBe(code);
    expect(text).toMatch(says);
  });
});
