import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Lab } from "../../src/lab/index.ts";
import { openLabSession, type Session } from "../support/session.ts";
import { ANSWER_LIMIT, objects, requestsOf } from "./rows.ts";

/** The lab's GPU as a mapping has to state it, and a USB controller without a subsystem. */
const T4 = "path=0000:81:00.0,id=10de:1eb8,iommugroup=81,subsystem-id=10de:12a2";
const USB = "path=0000:c1:00.0,id=1022:148c,iommugroup=90";

let session: Session & { lab: Lab };
let lab: Lab;

beforeAll(async () => {
  session = await openLabSession({ seed: "medium", taskMs: 40 });
  lab = session.lab;
  // The version of the host is asked for once.
  await session.call("proxmox_pci_mapping_list");
});
afterAll(() => session?.close());
beforeEach(() => {
  const { pci } = lab.state.datacenter.mappings;
  for (const id of pci.ids) pci.delete(id);
  pci.set("gpu", { type: "pci", map: [`node=pve1,${T4}`, `node=pve2,${T4}`], mdev: 1, description: "Tesla T4" });
  pci.set("usb3", { type: "pci", map: [`node=pve1,${USB}`] });
  pci.set("moved", { type: "pci", map: [`node=pve3,${T4.replace("81:00", "99:00")}`, `node=pve1,${USB}`] });
});

describe("proxmox_pci_mapping_list", () => {
  test("costs one request, and checks nothing that was not asked for", async () => {
    const { result, requests } = await requestsOf(lab, () => session.call("proxmox_pci_mapping_list"));
    expect(requests).toEqual(["GET /cluster/mapping/pci"]);
    expect(objects(result)).toEqual([
      { id: "gpu", nodes: "pve1,pve2", devices: 2, mdev: true, description: "Tesla T4" },
      { id: "moved", nodes: "pve1,pve3", devices: 2, mdev: false, description: null },
      { id: "usb3", nodes: "pve1", devices: 1, mdev: false, description: null },
    ]);
    expect(JSON.parse(result.text)).toEqual(result.data);
  });

  test("of a node holds its mappings, checked there", async () => {
    const rows = objects(await session.call("proxmox_pci_mapping_list", { node: "pve3" }));
    expect(rows).toMatchObject([
      { id: "moved", problem: "Invalid configuration: pci device '0000:99:00.0' not found" },
    ]);
    const fine = objects(await session.call("proxmox_pci_mapping_list", { node: "pve1", fields: ["id", "problem"] }));
    expect(fine).toEqual(["gpu", "moved", "usb3"].map((id) => ({ id, problem: null })));
  });

  test("tells an unknown node, and what an offline one leaves open", async () => {
    const { error } = await session.call("proxmox_pci_mapping_list", { node: "pve9" });
    expect(error).toMatchObject({ code: "unknown-node", next: expect.stringContaining("pve") });
    const off = lab.faults.add({ fault: "node-down", node: "pve3" });
    await session.call("proxmox_api_call", { method: "PUT", path: "/cluster/options", params: { keyboard: "de" } });
    const { result, requests } = await requestsOf(lab, () =>
      session.call("proxmox_pci_mapping_list", { node: "pve3" }),
    );
    expect(objects(result)).toMatchObject([{ id: "moved", problem: null }]);
    expect(result.data.incomplete).toMatchObject([{ node: "pve3", reason: expect.stringContaining("not checked") }]);
    expect(requests).toEqual(["GET /cluster/resources", "GET /cluster/mapping/pci"]);
    off();
    await session.call("proxmox_api_call", { method: "PUT", path: "/cluster/options", params: { keyboard: "de" } });
  });

  test("pages, and stays within the budget whatever there is", async () => {
    for (let index = 0; index < 900; index++)
      lab.state.datacenter.mappings.pci.set(`m${index}`, {
        type: "pci",
        map: [`node=pve1,${USB}`],
        description: "x".repeat(60),
      });
    const page = await session.call("proxmox_pci_mapping_list", { limit: 1000 });
    expect(page.text.length).toBeLessThan(ANSWER_LIMIT);
    expect(page.data).toMatchObject({ total: 903, nextCursor: expect.any(String) });
  });
});

describe("proxmox_pci_mapping_get", () => {
  test("shows devices by the API's own names, and no problem where there is none", async () => {
    const { data } = await session.call("proxmox_pci_mapping_get", { id: "gpu" });
    const device = { path: "0000:81:00.0", id: "10de:1eb8", iommugroup: 81, "subsystem-id": "10de:12a2" };
    expect(data).toEqual({
      cluster: "default",
      id: "gpu",
      description: "Tesla T4",
      mdev: true,
      "live-migration-capable": false,
      devices: [
        { node: "pve1", ...device },
        { node: "pve2", ...device },
      ],
      problems: [],
    });
  });

  test("tells what a node says of its device, and of a node that is none", async () => {
    lab.state.datacenter.mappings.pci.get("moved")!.map = [`node=pve3,${USB.replace("c1", "99")}`, `node=gone,${USB}`];
    const { data } = await session.call("proxmox_pci_mapping_get", { id: "moved" });
    expect(data.problems).toEqual([
      { node: "gone", severity: "error", message: "No such node is visible." },
      { node: "pve3", severity: "error", message: "Invalid configuration: pci device '0000:99:00.0' not found" },
    ]);
  });

  test("leaves out the check of a node that does not answer, and says so", async () => {
    lab.faults.add({ status: 500, reason: "got no worker", match: { path: /^\/cluster\/mapping\/pci$/ }, times: 1 });
    const { data, error } = await session.call("proxmox_pci_mapping_get", { id: "moved" });
    expect(error).toBeUndefined();
    expect(data.devices).toHaveLength(2);
    expect(data.incomplete).toMatchObject([
      { node: expect.stringMatching(/pve[13]/), reason: expect.stringContaining("got no worker") },
    ]);
  });

  test("names the nearest of an unknown id", async () => {
    const { error } = await session.call("proxmox_pci_mapping_get", { id: "gpu1" });
    expect(error).toMatchObject({ code: "unknown-mapping", next: 'Did you mean "gpu"?' });
    const far = await session.call("proxmox_pci_mapping_get", { id: "something-else" });
    expect(far.error).toMatchObject({ code: "unknown-mapping", next: expect.stringContaining("gpu, moved, usb3") });
  });
});
