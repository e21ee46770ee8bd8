import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Lab } from "../../src/lab/index.ts";
import { openLabSession, type Session } from "../support/session.ts";
import { objects, requestsOf, writesOf } from "./rows.ts";

let session: Session & { lab: Lab };
let lab: Lab;

/** A snippet, on one node or on a shared storage. */
function plant(volid: string, node?: string): void {
  const storage = volid.slice(0, volid.indexOf(":"));
  lab.state.volumes.set(`${volid}`, {
    volid,
    storage,
    ...(node === undefined ? {} : { node }),
    content: "snippets",
    format: "snippet",
    size: 812,
    ctime: 1_760_000_000,
  });
}

/** Makes the next answer a fresh one: a write drops what was cached. */
const refresh = () =>
  session.call("proxmox_api_call", {
    method: "PUT",
    path: "/nodes/pve1/qemu/100/config",
    params: { description: "front end" },
  });

beforeAll(async () => {
  session = await openLabSession({ seed: "medium", taskMs: 20 });
  lab = session.lab;
});
afterAll(() => session?.close());

beforeEach(async () => {
  lab.faults.clear();
  lab.state.storages.get("local")!.content = ["iso", "vztmpl", "backup", "snippets", "import"];
  lab.state.storages.get("nfs")!.content = ["images", "rootdir", "iso", "backup", "snippets"];
  lab.state.storages.get("local")!.inactiveOn.clear();
  for (const { volid, content } of [...lab.state.volumes.values()]) {
    if (content === "snippets") lab.state.volumes.delete(volid);
  }
  plant("local:snippets/web.yaml", "pve1");
  plant("local:snippets/db.yml", "pve2");
  plant("nfs:snippets/shared.yaml");
  await refresh();
});

describe("proxmox_cloud_init_snippet_list", () => {
  test("lists the files of every storage that takes snippets, a shared one once", async () => {
    const { result, requests } = await requestsOf(lab, () => session.call("proxmox_cloud_init_snippet_list"));
    expect(objects(result)).toEqual([
      { volume: "local:snippets/db.yml", node: "pve2", size: 812, modified: "2025-10-09T08:53:20.000Z" },
      { volume: "local:snippets/web.yaml", node: "pve1", size: 812, modified: "2025-10-09T08:53:20.000Z" },
      { volume: "nfs:snippets/shared.yaml", node: null, size: 812, modified: "2025-10-09T08:53:20.000Z" },
    ]);
    expect(result.data).toMatchObject({ storages: ["local", "nfs"], total: 3 });
    expect(result.data).not.toHaveProperty("note");
    expect(requests.filter((request) => request.includes("/nfs/"))).toHaveLength(1);
    expect(requests.filter((request) => request.includes("/local/"))).toHaveLength(3);
  });

  test.each([
    [{ node: "pve1" }, ["local:snippets/web.yaml", "nfs:snippets/shared.yaml"]],
    [{ storage: "nfs" }, ["nfs:snippets/shared.yaml"]],
    [{ name: "*.yml" }, ["local:snippets/db.yml"]],
    [{ name: "db*", node: "pve1" }, []],
  ])("%o", async (filter, volumes) => {
    const result = await session.call("proxmox_cloud_init_snippet_list", filter);
    expect(objects(result).map(({ volume }) => volume)).toEqual(volumes);
  });

  test("says when no storage takes snippets, and what would change that", async () => {
    lab.state.storages.get("local")!.content = ["iso", "vztmpl"];
    lab.state.storages.get("nfs")!.content = ["images"];
    await refresh();
    const { data, error } = await session.call("proxmox_cloud_init_snippet_list");
    expect(error).toBeUndefined();
    expect(data).toMatchObject({
      total: 0,
      storages: [],
      note: expect.stringMatching(
        /enabled on no storage .* local, nfs: .*PUT \/storage\/local with content=iso,vztmpl,snippets/,
      ),
    });
  });

  test("says which storages take snippets when the one asked for does not", async () => {
    const { data } = await session.call("proxmox_cloud_init_snippet_list", { storage: "local-lvm" });
    expect(data).toMatchObject({ total: 0, note: expect.stringContaining("these do: local, nfs") });
  });

  test("says why a token may be shown nothing", async () => {
    lab.state.volumes.delete("nfs:snippets/shared.yaml");
    const { data } = await session.call("proxmox_cloud_init_snippet_list", { storage: "nfs" });
    expect(data).toMatchObject({ total: 0, note: expect.stringContaining("Datastore.Allocate") });
  });

  test("names nodes where a storage is not active or does not answer", async () => {
    lab.state.storages.get("local")!.inactiveOn.add("pve3");
    await refresh();
    lab.faults.add({ match: { path: /pve2\/storage\/local\/content/ }, status: 500, reason: "no luck" });
    const { data, error } = await session.call("proxmox_cloud_init_snippet_list");
    expect(error).toBeUndefined();
    expect(objects({ data }).map(({ volume }) => volume)).toEqual([
      "local:snippets/web.yaml",
      "nfs:snippets/shared.yaml",
    ]);
    expect(data.incomplete).toEqual([
      { cluster: "default", node: "pve3", part: "local", reason: expect.stringContaining("not active") },
      { cluster: "default", node: "pve2", part: "local", reason: expect.stringContaining("no luck") },
    ]);
  });

  test.each([
    [{ node: "pve9" }, "unknown-node"],
    [{ storge: "nfs" }, "invalid-arguments"],
  ])("%o is refused: %s", async (args, code) => {
    expect((await session.call("proxmox_cloud_init_snippet_list", args)).error?.code).toBe(code);
  });
});

describe("proxmox_cloud_init_snippet_delete", () => {
  const tool = "proxmox_cloud_init_snippet_delete";
  type Args = Record<string, unknown>;

  /** Gives a VM a cloud-init drive on the storage, and what it is to take from snippets. */
  function cloudInit(vmid: number, storage: string, cicustom?: string): void {
    const guest = lab.state.guests.get(vmid)!;
    const files = storage === "nfs";
    const volid = `${storage}:${files ? `${vmid}/` : ""}vm-${vmid}-cloudinit${files ? ".qcow2" : ""}`;
    lab.state.volumes.set(volid, {
      volid,
      storage,
      ...(files ? {} : { node: guest.node }),
      content: "images",
      format: files ? "qcow2" : "raw",
      size: 4_194_304,
      vmid,
      ctime: 0,
    });
    guest.config.ide2 = `${volid},media=cdrom`;
    if (cicustom !== undefined) guest.config.cicustom = cicustom;
    lab.state.touch(guest);
  }

  beforeEach(() => {
    for (const guest of lab.state.guests.values()) {
      if (!/cloudinit/.test(String(guest.config.ide2))) continue;
      for (const key of ["ide2", "cicustom"]) delete guest.config[key];
      lab.state.touch(guest);
    }
    for (const volid of [...lab.state.volumes.keys()])
      if (/vm-\d+-cloudinit/.test(volid)) lab.state.volumes.delete(volid);
  });

  async function confirmed(args: Args) {
    const { error } = await session.call(tool, args);
    expect(error?.code).toBe("confirmation-required");
    const { planId, confirm, ...plan } = error!.data!.plan as Args;
    return { plan: { confirm, ...plan } as Args, result: await session.call(tool, { ...args, planId, confirm }) };
  }

  async function refused(args: Args) {
    const writes = writesOf(lab).length;
    const { error, text } = await session.call(tool, args);
    expect(writesOf(lab)).toHaveLength(writes);
    return { error, text };
  }

  test("deletes a file that no VM uses, after confirmation, and says what was not looked at", async () => {
    cloudInit(101, "local-lvm", "user=local:snippets/other.yaml");
    const volume = "local:snippets/web.yaml";
    const { plan, result } = await confirmed({ volume });
    expect(plan).toMatchObject({
      class: "destructive",
      confirm: volume,
      requests: [
        {
          operation: "DELETE /nodes/{node}/storage/{storage}/content/{volume}",
          params: { node: "pve1", storage: "local", volume },
        },
      ],
      warnings: ["No VM that was looked at uses it. Snapshots may: their configurations were not looked at."],
    });
    expect(result.data).toMatchObject({ node: "pve1", volume, job: { type: "imgdel", state: "ok" } });
    expect(lab.state.volumes.has(volume)).toBe(false);
  });

  test("refuses one that VMs name, and reads only those that have a cloud-init drive", async () => {
    cloudInit(101, "local-lvm", "user=nfs:snippets/shared.yaml,network=local:snippets/net.yaml");
    cloudInit(107, "nfs", "vendor=nfs:snippets/shared.yaml");
    cloudInit(102, "nfs", "user=local:snippets/web.yaml");
    const { result, requests } = await requestsOf(lab, () =>
      session.call(tool, { volume: "nfs:snippets/shared.yaml" }),
    );
    expect(result.error).toMatchObject({
      code: "snippet-in-use",
      message: expect.stringContaining("101 (legacy-app) as user, 107 (ha-running) as vendor"),
      next: expect.stringContaining("proxmox_vm_update_config"),
    });
    expect(requests.filter((request) => request.endsWith("/config")).sort()).toEqual([
      "GET /nodes/pve1/qemu/101/config",
      "GET /nodes/pve1/qemu/102/config",
      "GET /nodes/pve2/qemu/107/config",
    ]);
  });

  test("counts only VMs of the node that has a local file", async () => {
    cloudInit(107, "nfs", "user=local:snippets/web.yaml");
    const { data } = await session.call(tool, { volume: "local:snippets/web.yaml", dryRun: true });
    expect(data.plan.requests[0].params.node).toBe("pve1");
    cloudInit(102, "nfs", "user=local:snippets/web.yaml");
    expect((await refused({ volume: "local:snippets/web.yaml" })).error?.message).toContain("102 (build01)");
  });

  test("reads a limited number of configurations, likely ones first, and says how many it left out", async () => {
    const vms = [...lab.state.guests.values()].filter(({ type }) => type === "qemu");
    expect(vms.length).toBeGreaterThan(55);
    for (const { vmid } of vms) cloudInit(vmid, "nfs");
    const last = vms.at(-1)!;
    plant(`nfs:snippets/user-${last.vmid}.yaml`);
    last.config.cicustom = `user=nfs:snippets/user-${last.vmid}.yaml`;
    const { error } = await refused({ volume: `nfs:snippets/user-${last.vmid}.yaml` });
    expect(error).toMatchObject({ code: "snippet-in-use", message: expect.stringContaining(String(last.vmid)) });
    const { result, requests } = await requestsOf(lab, () =>
      session.call(tool, { volume: "nfs:snippets/shared.yaml", dryRun: true }),
    );
    expect(requests.filter((request) => /qemu\/\d+\/config$/.test(request))).toHaveLength(50);
    expect(result.data.plan.warnings[1]).toMatch(
      new RegExp(`^Not looked at either: ${vms.length - 50} more VMs with a cloud-init drive \\(`),
    );
    delete last.config.cicustom;
  });

  test("says what could not be looked at", async () => {
    cloudInit(101, "local-lvm");
    lab.faults.add({ match: { path: /pve2\/storage\/local-lvm\/content$/ }, status: 500, reason: "no luck" });
    lab.faults.add({ match: { path: /qemu\/101\/config$/ }, status: 500, reason: "got timeout" });
    const off = lab.faults.add({ fault: "node-down", node: "pve3" });
    await refresh();
    const { data } = await session.call(tool, { volume: "nfs:snippets/shared.yaml", dryRun: true });
    off();
    const said = data.plan.warnings[1];
    expect(said).toMatch(/VMs with a cloud-init drive on local-lvm of pve2 \(.*no luck/);
    expect(said).toMatch(/VMs on nodes that are offline \(/);
    expect(said).toMatch(/could not be read \(101: .*got timeout/);
  });

  test("asks which node's file is meant, and takes the one that is named", async () => {
    lab.state.volumes.set("local:snippets/both.yaml", {
      volid: "local:snippets/both.yaml",
      storage: "local",
      content: "snippets",
      format: "snippet",
      size: 1,
      ctime: 0,
    });
    const { error } = await refused({ volume: "local:snippets/both.yaml" });
    expect(error).toMatchObject({ code: "invalid-argument", next: "Set node to one of: pve1, pve2, pve3." });
    const { data } = await session.call(tool, { volume: "local:snippets/both.yaml", node: "pve2", dryRun: true });
    expect(data.plan.requests[0].params.node).toBe("pve2");
    lab.state.volumes.delete("local:snippets/both.yaml");
  });

  test("a task that fails is an error", async () => {
    lab.faults.add({ match: { method: "DELETE", path: /\/content\// }, taskOutcome: "storage is not online" });
    const { result } = await confirmed({ volume: "nfs:snippets/shared.yaml" });
    expect(result.error).toMatchObject({
      code: "task-failed",
      message: expect.stringContaining("storage is not online"),
    });
  });

  test.each([
    [{ volume: "nfs:snippets/shraed.yaml" }, "unknown-snippet", /Did you mean "nfs:snippets\/shared.yaml"/],
    [{ volume: "nfs:iso/virtio-win-0.1.285.iso" }, "invalid-argument", /local:snippets\/web.yaml/],
    [{ volume: "nfs:snippets/../x" }, "invalid-argument", /volume id/],
    [{ volume: "nsf:snippets/shared.yaml" }, "unknown-storage", /Did you mean "nfs"/],
    [{ volume: "local-lvm:snippets/x.yaml" }, "unfit-storage", /These fit: local, nfs/],
    [{ volume: "nfs:snippets/shared.yaml", node: "pve9" }, "unknown-node", /pve1/],
    [{ file: "x" }, "invalid-arguments", /volume: is missing/],
  ])("%o is refused: %s", async (args, code, says) => {
    const { error, text } = await refused(args);
    expect(error?.code).toBe(code);
    expect(text).toMatch(says);
  });
});
