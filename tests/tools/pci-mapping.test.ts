import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Lab } from "../../src/lab/index.ts";
import { openLabSession, type Session } from "../support/session.ts";
import { ANSWER_LIMIT, objects, requestsOf, writesOf } from "./rows.ts";

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
      untrusted: ["description"],
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

const writes = () => writesOf(lab).filter((request) => request.includes("/mapping/"));
const stored = (id: string) => lab.state.datacenter.mappings.pci.get(id);

describe("proxmox_pci_mapping_create", () => {
  test("reads from the nodes what Proxmox wants to know of the devices", async () => {
    const devices = { pve1: "0000:81:00.0", pve2: ["81:00.0", "0000:c1:00"] };
    const { data, error } = await session.call("proxmox_pci_mapping_create", {
      id: "t4",
      devices,
      config: { mdev: true, description: "for desktops" },
    });
    expect(error).toBeUndefined();
    expect(stored("t4")).toEqual({
      type: "pci",
      description: "for desktops",
      mdev: 1,
      map: [`node=pve1,${T4}`, `node=pve2,${T4}`, `node=pve2,${USB.replace("c1:00.0", "c1:00")}`],
    });
    expect(data.map).toEqual(stored("t4")!.map);
    const shown = await session.call("proxmox_pci_mapping_get", { id: "t4" });
    expect(shown.data.problems).toEqual([]);
  });

  test("takes a raw map, with objects, for what cannot be read", async () => {
    const { error } = await session.call("proxmox_pci_mapping_create", {
      id: "raw",
      config: { map: [{ node: "pve9", path: "0000:01:00.0", id: "10de:1eb8", description: "spare" }] },
    });
    expect(error).toBeUndefined();
    expect(stored("raw")!.map).toEqual(["description=spare,id=10de:1eb8,node=pve9,path=0000:01:00.0"]);
  });

  test("plans without writing", async () => {
    const before = writes().length;
    const { data } = await session.call("proxmox_pci_mapping_create", {
      id: "t4",
      devices: { pve1: "0000:81:00.0" },
      dryRun: true,
    });
    expect(data.plan).toMatchObject({
      requests: [{ operation: "POST /cluster/mapping/pci", params: { id: "t4", map: [`node=pve1,${T4}`] } }],
      class: "mutate",
      privileges: { held: true },
      planId: expect.any(String),
    });
    expect(writes()).toHaveLength(before);
  });

  test.each<[string, Record<string, unknown>, RegExp]>([
    ["no such device", { devices: { pve1: "0000:99:00.0" } }, /no PCI device of node pve1.*0000:81:00.0 \(TU104GL/],
    ["no such node", { devices: { pve9: "0000:81:00.0" } }, /unknown-node/],
    ["nothing", {}, /devices names no device/],
    ["an empty list", { devices: { pve1: [] } }, /devices names no device/],
    ["a map twice", { devices: { pve1: "0000:81:00.0" }, config: { map: [] } }, /Give one of them/],
    ["an id in config", { devices: { pve1: "0000:81:00.0" }, config: { id: "x" } }, /config.id/],
    ["an unknown option", { devices: { pve1: "0000:81:00.0" }, config: { mdevs: true } }, /did you mean mdev/],
    ["a bad id", { id: "9 x", devices: { pve1: "0000:81:00.0" } }, /id: /],
    ["a raw map without node", { config: { map: ["path=0000:81:00.0,id=10de:1eb8"] } }, /map/],
    ["an id that is taken", { id: "gpu", devices: { pve1: "0000:81:00.0" } }, /already-exists.*already defined/],
  ])("refuses %s", async (_, args, says) => {
    const { text, error } = await session.call("proxmox_pci_mapping_create", { id: "t4", ...args });
    expect(error).toBeDefined();
    expect(text).toMatch(says);
    expect(stored("t4")).toBeUndefined();
  });

  test("asks no offline node", async () => {
    const off = lab.faults.add({ fault: "node-down", node: "pve2" });
    await session.call("proxmox_api_call", { method: "PUT", path: "/cluster/options", params: { keyboard: "de" } });
    const { error } = await session.call("proxmox_pci_mapping_create", { id: "t4", devices: { pve2: "0000:81:00.0" } });
    expect(error).toMatchObject({ code: "node-offline", data: { node: "pve2" } });
    off();
    await session.call("proxmox_api_call", { method: "PUT", path: "/cluster/options", params: { keyboard: "de" } });
  });
});

describe("proxmox_pci_mapping_update", () => {
  const other = () => {
    lab.faults.add({
      match: { method: "PUT", path: /^\/cluster\/mapping\/pci\// },
      times: 1,
      before: () => lab.state.datacenter.mappings.pci.set("else", { type: "pci", map: [`node=pve3,${T4}`] }),
    });
  };

  test("changes what is named and leaves the rest", async () => {
    const { data, error } = await session.call("proxmox_pci_mapping_update", {
      id: "gpu",
      devices: { pve3: "0000:81:00.0", pve2: [] },
      config: { "live-migration-capable": true },
      delete: ["description"],
    });
    expect(error).toBeUndefined();
    expect(stored("gpu")).toEqual({
      type: "pci",
      map: [`node=pve1,${T4}`, `node=pve3,${T4}`],
      mdev: 1,
      "live-migration-capable": 1,
    });
    expect(data.changed).toEqual([
      { key: "live-migration-capable", from: false, to: true },
      { key: "map", from: [`node=pve1,${T4}`, `node=pve2,${T4}`], to: [`node=pve1,${T4}`, `node=pve3,${T4}`] },
      { key: "description", from: "Tesla T4" },
    ]);
  });

  test("keeps the description of a device that stays", async () => {
    stored("gpu")!.map = [`node=pve1,${T4},description=left slot`];
    await session.call("proxmox_pci_mapping_update", {
      id: "gpu",
      devices: { pve1: ["0000:81:00.0", "0000:c1:00.0"] },
    });
    expect(stored("gpu")!.map).toEqual([`node=pve1,${T4},description=left slot`, `node=pve1,${USB}`]);
  });

  test("sends the digest, and tries again when somebody else changed something else", async () => {
    other();
    const before = writes().length;
    const { error } = await session.call("proxmox_pci_mapping_update", { id: "gpu", config: { description: "new" } });
    expect(error).toBeUndefined();
    expect(stored("gpu")).toMatchObject({ description: "new", mdev: 1 });
    expect(stored("else")).toBeDefined();
    expect(writes().slice(before)).toHaveLength(2);
  });

  test("does not when the same was changed, and tells what it is now", async () => {
    lab.faults.add({
      match: { method: "PUT", path: /^\/cluster\/mapping\/pci\// },
      times: 1,
      before: () => lab.state.datacenter.mappings.pci.set("gpu", { ...stored("gpu"), description: "theirs" }),
    });
    const { error } = await session.call("proxmox_pci_mapping_update", { id: "gpu", config: { description: "mine" } });
    expect(error).toMatchObject({
      code: "config-conflict",
      message: expect.stringContaining("description"),
      data: { changed: ["description"], now: { description: "theirs" } },
    });
    expect(stored("gpu")!.description).toBe("theirs");
  });

  test("a plan that somebody else was faster than is not carried out, and the answer tells what is there now", async () => {
    const args = { id: "gpu", config: { description: "planned" } };
    const { data } = await session.call("proxmox_pci_mapping_update", { ...args, dryRun: true });
    other();
    const before = writes().length;
    const { error } = await session.call("proxmox_pci_mapping_update", { ...args, planId: data.plan.planId });
    expect(error).toMatchObject({
      code: "config-conflict",
      message: expect.stringContaining("though not in what this call changes"),
      data: { changed: [], now: { description: "Tesla T4" } },
    });
    expect(writes().slice(before)).toHaveLength(1);
    expect(stored("gpu")!.description).toBe("Tesla T4");
  });

  test("writes nothing for a plan, or where nothing would change", async () => {
    const before = writes().length;
    const plan = await session.call("proxmox_pci_mapping_update", { id: "gpu", config: { mdev: 0 }, dryRun: true });
    expect(plan.data.plan).toMatchObject({ diff: [{ key: "mdev", from: true, to: 0 }], class: "mutate" });
    const same = await session.call("proxmox_pci_mapping_update", { id: "gpu", config: { mdev: 1 } });
    expect(same.data).toMatchObject({ changed: [], warnings: ["Nothing had to be changed."] });
    expect(writes()).toHaveLength(before);
  });

  test("a plan is carried out as it is, and not once the mapping has changed", async () => {
    const args = { id: "gpu", config: { description: "planned" } };
    const { data } = await session.call("proxmox_pci_mapping_update", { ...args, dryRun: true });
    lab.state.datacenter.mappings.pci.set("late", { type: "pci", map: [`node=pve3,${T4}`] });
    const refused = await session.call("proxmox_pci_mapping_update", { ...args, planId: data.plan.planId });
    expect(refused.error?.code).toBe("plan-refused");
    const again = await session.call("proxmox_pci_mapping_update", { ...args, dryRun: true });
    const done = await session.call("proxmox_pci_mapping_update", { ...args, planId: again.data.plan.planId });
    expect(done.error).toBeUndefined();
    expect(stored("gpu")!.description).toBe("planned");
  });

  test.each<[string, Record<string, unknown>, RegExp]>([
    ["an unknown mapping", { id: "gup", config: { mdev: 1 } }, /unknown-mapping.*"gpu"/],
    ["nothing to do", {}, /Say what is to change/],
    ["taking the last device", { id: "usb3", devices: { pve1: [] } }, /proxmox_pci_mapping_delete/],
    ["deleting what is required", { delete: ["map"] }, /map/],
    ["an unknown option", { config: { mdve: 1 } }, /did you mean mdev/],
  ])("refuses %s", async (_, args, says) => {
    const before = stored("gpu");
    const { text, error } = await session.call("proxmox_pci_mapping_update", { id: "gpu", ...args });
    expect(error).toBeDefined();
    expect(text).toMatch(says);
    expect(stored("gpu")).toEqual(before);
  });
});

describe("proxmox_pci_mapping_delete", () => {
  test("is confirmed by the mapping's name, and says what stops to start", async () => {
    const { error } = await session.call("proxmox_pci_mapping_delete", { id: "gpu" });
    const plan = error?.data?.plan as { planId: string; confirm: string; warnings: string[] };
    expect(error?.code).toBe("confirmation-required");
    expect(plan).toMatchObject({ class: "destructive", confirm: "gpu" });
    expect(plan.warnings.join(" ")).toMatch(/2 devices, on pve1, pve2.*do not start any more/);
    expect(stored("gpu")).toBeDefined();
    const { planId, confirm } = plan;
    const done = await session.call("proxmox_pci_mapping_delete", { id: "gpu", planId, confirm });
    expect(done.data).toEqual({ cluster: "default", id: "gpu" });
    expect(stored("gpu")).toBeUndefined();
  });

  test("refuses an unknown one", async () => {
    const { error } = await session.call("proxmox_pci_mapping_delete", { id: "gup" });
    expect(error).toMatchObject({ code: "unknown-mapping", next: 'Did you mean "gpu"?' });
  });
});
