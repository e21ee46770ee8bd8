import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Lab } from "../../src/lab/index.ts";
import { openLabSession, type Session } from "../support/session.ts";

let session: Session & { lab: Lab };
let lab: Lab;

beforeAll(async () => {
  session = await openLabSession({ seed: "medium", taskMs: 20, ssh: true });
  lab = session.lab;
});
afterAll(() => session?.close());
beforeEach(() => {
  lab.faults.clear();
  lab.state.storages.get("local")!.content = ["iso", "vztmpl", "backup", "snippets", "import"];
  lab.state.storages.get("nfs")!.content = ["images", "rootdir", "iso", "backup", "snippets"];
});

const put = (args: Record<string, unknown>) => session.call("proxmox_cloud_init_snippet_put", args);
const get = (args: Record<string, unknown>) => session.call("proxmox_cloud_init_snippet_get", args);
const content = "#cloud-config\nhostname: größer\n";
const snippets = () => [...lab.state.volumes.values()].filter((one) => one.content === "snippets").length;

describe("snippets over SSH", () => {
  test("a dry run names every node of a local storage, and writes nothing", async () => {
    const before = snippets();
    const { data } = await put({ volume: "local:snippets/dry.yaml", content, dryRun: true });
    expect(data.plan.class).toBe("mutate");
    expect(data.plan.requests.map((one: { params: { node: string } }) => one.params.node)).toEqual([
      "pve1",
      "pve2",
      "pve3",
    ]);
    expect(snippets()).toBe(before);
  });

  test("puts a file on every node, which reads the same there, and says what it replaced", async () => {
    const { data, error } = await put({ volume: "local:snippets/web.yaml", content });
    expect(error).toBeUndefined();
    expect(data).toMatchObject({ nodes: ["pve1", "pve2", "pve3"], bytes: Buffer.byteLength(content) });
    expect(data).not.toHaveProperty("replaced");
    const read = await get({ volume: "local:snippets/web.yaml", node: "pve3" });
    expect(read.data).toMatchObject({ node: "pve3", content, sha256: data.sha256, size: data.bytes });
    const again = await put({ volume: "local:snippets/web.yaml", content: "#cloud-config\n", node: "pve3" });
    expect(again.data).toMatchObject({
      nodes: ["pve3"],
      replaced: ["pve3"],
      warnings: [expect.stringContaining("pve3")],
    });
    // The lab has one file of a volume's name: the last node that was written to.
    expect((await get({ volume: "local:snippets/web.yaml", node: "pve3" })).data.content).toBe("#cloud-config\n");
  });

  test("goes to one node of a shared storage", async () => {
    const { data } = await put({ volume: "nfs:snippets/all.yaml", content });
    expect(data.nodes).toHaveLength(1);
    expect((await get({ volume: "nfs:snippets/all.yaml", node: "pve3" })).data.content).toBe(content);
  });

  test("never enables the content type: the plan says what is missing, the call is refused", async () => {
    lab.state.storages.get("nfs")!.content = ["images", "iso"];
    await session.call("proxmox_api_call", {
      method: "PUT",
      path: "/nodes/pve1/qemu/100/config",
      params: { description: "x" },
    });
    const plan = await put({ volume: "nfs:snippets/new.yaml", content, dryRun: true });
    expect(plan.data.warnings).toEqual([expect.stringMatching(/PUT \/storage\/nfs with content=images,iso,snippets/)]);
    const { error } = await put({ volume: "nfs:snippets/new.yaml", content });
    expect(error).toMatchObject({ code: "invalid-argument" });
    expect(lab.state.storages.get("nfs")!.content).toEqual(["images", "iso"]);
  });

  test.each([
    ["get", { volume: "local:iso/x.iso", node: "pve1" }, "invalid-argument"],
    ["get", { volume: "local:snippets/..", node: "pve1" }, "invalid-argument"],
    ["get", { volume: "local:snippets/web.yaml" }, "invalid-argument"],
    ["get", { volume: "local:snippets/none.yaml", node: "pve1" }, "file-not-found"],
    ["get", { volume: "locla:snippets/web.yaml", node: "pve1" }, "unknown-storage"],
    ["put", { volume: "local:snippets/a/b.yaml", content }, "invalid-argument"],
    ["put", { volume: "local:snippets/x.yaml", content, node: "pve9" }, "unknown-node"],
  ])("%s %j: %s", async (tool, args, code) => {
    expect((await session.call(`proxmox_cloud_init_snippet_${tool}`, args)).error).toMatchObject({ code });
  });
});
