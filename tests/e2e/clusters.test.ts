import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import tools from "../../generated/tools.json" with { type: "json" };
import { type Lab, startLab } from "../../src/lab/index.ts";
import { openSession, type Session } from "../support/session.ts";
import { objects, requestsOf } from "../tools/rows.ts";

let ams: Lab;
let ber: Lab;
let directory: string;
let session: Session;

const entry = (name: string, lab: Lab, more: object = {}) => ({
  name,
  host: `${lab.host}:${lab.port}`,
  fingerprint: lab.fingerprint,
  token: { user: lab.token.user, realm: lab.token.realm, id: lab.token.id, secretEnv: `SECRET_${name.toUpperCase()}` },
  ...more,
});

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "proxmox-mcp-clusters-"));
  const options = { seed: "small", authDelayMs: 0, taskMs: 60 } as const;
  ams = await startLab({ ...options, nodePrefix: "ams", firstVmid: 100 });
  ber = await startLab({ ...options, nodePrefix: "ber", firstVmid: 102 });
  const file = join(directory, "clusters.json");
  await writeFile(
    file,
    JSON.stringify({ clusters: [entry("ams", ams), entry("ber", ber, { defaults: { node: "ber1" } })] }),
  );
  session = await openSession({
    PROXMOX_MCP_CLUSTERS_FILE: file,
    SECRET_AMS: ams.token.secret,
    SECRET_BER: ber.token.secret,
  });
});
afterAll(async () => {
  await session?.close();
  await ams?.close();
  await ber?.close();
  await rm(directory, { recursive: true, force: true });
});

test("with several clusters the tools list the choice of one", async () => {
  const scripts = "proxmox_script_run";
  const listed = (await session.listTools()).map(({ _meta, ...tool }) => tool);
  expect(listed).toEqual(tools.filter(({ name }) => name !== scripts));
});

test("two clusters whose pins are mixed up get no request", async () => {
  const file = join(directory, "mixed.json");
  const clusters = [
    { ...entry("ams", ams), fingerprint: ber.fingerprint },
    { ...entry("ber", ber), fingerprint: ams.fingerprint },
  ];
  await writeFile(file, JSON.stringify({ clusters }));
  const mixed = await openSession({ PROXMOX_MCP_CLUSTERS_FILE: file, SECRET_AMS: "a", SECRET_BER: "b" });
  const before = ams.requests.length + ber.requests.length;
  for (const tool of ["proxmox_inventory_overview", "proxmox_vm_list", "job_list"]) {
    expect((await mixed.call(tool)).error?.code).toBe("tls-mismatch");
  }
  expect(ams.requests.length + ber.requests.length).toBe(before);
  await mixed.close();
});

describe("two clusters", () => {
  test("have backup jobs and snippets of their own, and guests of one call are on one of them", async () => {
    for (const lab of [ams, ber]) {
      lab.state.backups.jobs.set("nightly", { schedule: "02:30", storage: "nfs", vmid: "103", enabled: 1 });
      const volume = { storage: "local", content: "snippets", format: "snippet", size: 1, ctime: 0 } as const;
      lab.state.volumes.set("local:snippets/a.yaml", { volid: "local:snippets/a.yaml", ...volume });
    }
    const jobs = await session.call("proxmox_backup_jobs");
    expect(objects(jobs)).toMatchObject([
      { cluster: "ams", count: 1 },
      { cluster: "ber", count: 1 },
    ]);
    expect(objects({ data: jobs.data.uncovered }).map(({ cluster, vmid }) => `${cluster}/${vmid}`)).toEqual([
      "ams/100",
      "ams/101",
      "ams/102",
      "ams/104",
      "ber/102",
      "ber/104",
      "ber/105",
      "ber/106",
    ]);
    expect(objects(await session.call("proxmox_cloud_init_snippet_list"))).toMatchObject([
      { cluster: "ams", node: "ams1" },
      { cluster: "ber", node: "ber1" },
    ]);
    const { result, requests } = await requestsOf(ams, () =>
      session.call("proxmox_backup_start", { vmids: [100, 106], storage: "nfs" }),
    );
    expect(result.error).toMatchObject({
      code: "invalid-argument",
      message: "vmids are on clusters ams and ber.",
      next: expect.stringContaining("one call for each"),
    });
    expect(requests.filter((request) => request.startsWith("POST"))).toEqual([]);
    for (const tool of ["proxmox_vm_clone", "proxmox_vm_destroy", "proxmox_vm_convert_to_template"]) {
      expect((await session.call(tool, { vmid: 104 })).error?.code).toBe("ambiguous-guest");
    }
    const { data } = await session.call("proxmox_vm_clone", { vmid: 106, dryRun: true });
    expect(data).toMatchObject({ cluster: "ber", node: "ber1", source: { vmid: 106 } });
  });

  test("stand in one inventory, and in lists with a column of their own", async () => {
    const { data } = await session.call("proxmox_inventory_overview");
    expect(data.clusters.map(({ cluster }: { cluster: string }) => cluster)).toEqual(["ams", "ber"]);
    for (const tool of [
      "proxmox_vm_list",
      "proxmox_vm_template_list",
      "proxmox_lxc_list",
      "proxmox_node_list",
      "proxmox_storage_list",
      "proxmox_network_list",
      "proxmox_user_list",
    ]) {
      const rows = objects(await session.call(tool));
      expect(new Set(rows.map(({ cluster }) => cluster))).toEqual(new Set(["ams", "ber"]));
    }
    const page = await session.call("proxmox_vm_list", { limit: 4 });
    const rest = await session.call("proxmox_vm_list", { cursor: page.data.nextCursor });
    expect([...objects(page), ...objects(rest)].map(({ cluster, vmid }) => `${cluster}/${vmid}`)).toEqual([
      "ams/100",
      "ams/101",
      "ams/102",
      "ber/102",
      "ber/103",
      "ber/104",
    ]);
  });

  test("are asked one at a time when one is named, and nothing reaches the other", async () => {
    const other = ams.requests.length;
    const rows = objects(await session.call("proxmox_vm_list", { cluster: "ber", name: "web01" }));
    expect(rows).toMatchObject([{ vmid: 102, node: "ber1" }]);
    expect(rows[0]).not.toHaveProperty("cluster");
    expect((await session.call("proxmox_vm_get", { cluster: "ber", vmid: 102 })).data).toMatchObject({
      cluster: "ber",
      name: "web01",
    });
    expect((await session.call("proxmox_node_get", { cluster: "ber" })).data.node).toBe("ber1");
    const started = await session.call("proxmox_vm_action", { cluster: "ber", vmid: "build01", action: "start" });
    expect(started.data).toMatchObject({ cluster: "ber", vmid: 104, node: "ber1", job: { state: "ok" } });
    const call = { cluster: "ber", method: "PUT", path: "/nodes/ber1/qemu/102/config", params: { onboot: false } };
    expect((await session.call("proxmox_api_call", call)).error).toBeUndefined();
    expect(ams.requests).toHaveLength(other);
  });

  test("with the same vmid make it ambiguous, and the candidates name the clusters", async () => {
    for (const [tool, args] of [
      ["proxmox_vm_get", { vmid: 102 }],
      ["proxmox_vm_get", { vmid: "build01" }],
      ["proxmox_vm_action", { vmid: 102, action: "start" }],
    ] as const) {
      const { error } = await session.call(tool, args);
      expect(error).toMatchObject({
        code: "ambiguous-guest",
        next: expect.stringMatching(/cluster and vmid: .*cluster ams.*cluster ber/),
        data: { candidates: [{ cluster: "ams" }, { cluster: "ber" }] },
      });
    }
  });

  test("need no name for a guest that only one of them has", async () => {
    expect((await session.call("proxmox_vm_get", { vmid: 100 })).data).toMatchObject({ cluster: "ams", name: "web01" });
    const firewall = await session.call("proxmox_firewall_get", { scope: "vm", vmid: 100 });
    expect(firewall.data).toMatchObject({ cluster: "ams", node: "ams1", vmid: 100 });
    expect((await session.call("proxmox_lxc_get", { vmid: 105 })).data).toMatchObject({
      cluster: "ber",
      name: "dns01",
    });
  });

  test.each([
    ["proxmox_cluster_status", {}],
    ["proxmox_node_get", { node: "ams1" }],
    ["proxmox_storage_get", { storage: "local" }],
    ["proxmox_firewall_get", { scope: "cluster" }],
    ["proxmox_ceph_status", {}],
    ["proxmox_node_action", { node: "ams1", action: "reboot", dryRun: true }],
    ["proxmox_api_call", { method: "GET", path: "/version" }],
    ["proxmox_vm_get", { cluster: "paris", vmid: 100 }],
  ])("%s %o must name one that there is", async (tool, args) => {
    const { error } = await session.call(tool, args);
    expect(error).toMatchObject({ code: "unknown-cluster", next: "Set cluster to one of: ams, ber." });
  });

  test("of which one has the node that a list is narrowed to", async () => {
    const { data, error } = await session.call("proxmox_network_list", { node: "ams1" });
    expect(error).toBeUndefined();
    expect(new Set(objects({ data }).map(({ cluster, node }) => `${cluster}/${node}`))).toEqual(new Set(["ams/ams1"]));
    expect(data).not.toHaveProperty("incomplete");
    expect((await session.call("proxmox_network_list", { node: "ams9" })).error?.code).toBe("unknown-node");
  });

  test("stand in the ids of jobs, which lead to the right one", async () => {
    const started = await session.call("proxmox_vm_action", { cluster: "ams", vmid: "build01", action: "start" });
    const { id, upid } = started.data.job;
    expect(id).toMatch(/^ams\/UPID:ams1:/);
    const other = ber.requests.length;
    expect((await session.call("job_get", { id })).data).toMatchObject({ cluster: "ams", job: { upid, state: "ok" } });
    expect((await session.call("job_get", { id: id.replace(/^ams/, "ber") })).error?.code).toBe("unknown-job");
    expect(ber.requests).toHaveLength(other);
    const jobs = objects(await session.call("job_list"));
    expect(jobs.map(({ cluster, job }) => `${cluster}:${String(job).split("/")[0]}`).sort()).toEqual([
      "ams:ams",
      "ber:ber",
    ]);
  });

  test("stand in the record", async () => {
    const record = await session.record();
    for (const { cluster, params } of record.filter(({ phase }) => phase === "before")) {
      const { node } = params as { node?: string };
      if (node !== undefined) expect(node).toMatch(new RegExp(`^${cluster}`));
    }
    expect(new Set(record.map(({ cluster }) => cluster))).toEqual(new Set(["ams", "ber"]));
  });

  test("each get their own token, and never the other's", async () => {
    expect(ams.token.secret).not.toBe(ber.token.secret);
    for (const lab of [ams, ber])
      expect(lab.requests.every(({ status, token }) => status !== 401 && token !== undefined)).toBe(true);
  });

  test("of which one is down leave the other's answers, and say so", async () => {
    await session.call("proxmox_vm_action", { cluster: "ber", vmid: "web01", action: "reboot" });
    ber.faults.add({ status: 500, reason: "got timeout" });
    const { result, requests } = await requestsOf(ber, async () => ({
      overview: await session.call("proxmox_inventory_overview"),
      list: await session.call("proxmox_vm_list"),
      tasks: await session.call("proxmox_task_list"),
      network: await session.call("proxmox_network_list"),
      sdn: await session.call("proxmox_sdn_list"),
      users: await session.call("proxmox_user_list"),
      guest: await session.call("proxmox_vm_get", { vmid: 100 }),
      named: await session.call("proxmox_vm_get", { cluster: "ams", vmid: 102 }),
      capabilities: await session.call("proxmox_capabilities"),
    }));
    ber.faults.clear();
    expect(requests.length).toBeGreaterThan(0);
    for (const { error, data } of [
      result.overview,
      result.list,
      result.tasks,
      result.network,
      result.sdn,
      result.users,
    ]) {
      expect(error).toBeUndefined();
      expect(data.incomplete).toContainEqual(
        expect.objectContaining({ cluster: "ber", reason: expect.stringContaining("got timeout") }),
      );
    }
    expect(objects(result.list).map(({ cluster }) => cluster)).toEqual(["ams", "ams", "ams"]);
    expect(result.named.data).toMatchObject({ cluster: "ams", name: "build01" });
    // 100 might be on the silent cluster as well: whoever asks must say which one is meant.
    expect(result.guest.error).toMatchObject({
      code: "guest-search-incomplete",
      message: expect.stringContaining("Cluster ber did not answer"),
      next: "Set cluster to the one that is meant: ams, ber.",
    });
    expect(result.capabilities.data.clusters).toMatchObject([{ reachable: true }, { reachable: false }]);
  });
});
