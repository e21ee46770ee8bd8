import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Lab } from "../../src/lab/index.ts";
import { openLabSession, type Session } from "../support/session.ts";
import { objects, requestsOf } from "./rows.ts";

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
