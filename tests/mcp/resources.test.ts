import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { manifest } from "../../generated/manifest.ts";
import { startLab } from "../../src/lab/index.ts";
import { describeOperation } from "../../src/tools/api/describe-operation.ts";
import { type Era, labEnvironment, openLabSession, openSession } from "../support/session.ts";
import { requestsOf, writesOf } from "../tools/rows.ts";

const schemaOf = (operation: string) => `proxmox://schema/${encodeURIComponent(operation)}`;
const logsOf = (job: string) => `proxmox://jobs/${encodeURIComponent(job)}/logs`;

describe.each<Era>(["2026-07-28", "2025"])("resources for a client of the %s era", (era) => {
  let session: Awaited<ReturnType<typeof openLabSession>>;
  beforeAll(async () => {
    session = await openLabSession({ seed: "small" }, {}, era);
  });
  afterAll(() => session?.close());

  const read = async (uri: string) => {
    const { text, mimeType } = await session.readResource(uri);
    expect(mimeType).toBe("application/json");
    return JSON.parse(text!);
  };

  test("are listed, those with variables as templates", async () => {
    const listed = await session.listResources();
    expect(listed).toMatchObject([{ uri: "proxmox://inventory", title: "Inventory", mimeType: "application/json" }]);
    const templates = await session.listResourceTemplates();
    expect(templates.map(({ uriTemplate }) => uriTemplate)).toEqual([
      "proxmox://guests/{vmid}",
      "proxmox://jobs/{jobId}/logs",
      "proxmox://schema/{operation}",
      "proxmox://artifacts/{artifactId}",
      "skill://proxmox-mcp/{name}/SKILL.md",
    ]);
    for (const { title, description } of templates) expect([title, description]).not.toContain(undefined);
  });

  test("the inventory is what the tool answers, through the gate and into the record", async () => {
    const { result, requests } = await requestsOf(session.lab, () => read("proxmox://inventory"));
    const { asOf: _, ...cluster } = result.clusters[0];
    const { data } = await session.call("proxmox_inventory_overview");
    expect(data.clusters[0]).toMatchObject(cluster);
    expect(requests.every((request) => request.startsWith("GET "))).toBe(true);
    const lines = (await session.record()).filter(({ tool }) => tool === "resource:inventory");
    expect(lines.map(({ operation }) => operation)).toContain("GET /version");
  });

  test("a guest is where it is and how it stands, by one request at most", async () => {
    const { result, requests } = await requestsOf(session.lab, () => read("proxmox://guests/100"));
    expect(result).toMatchObject({ cluster: "default", vmid: 100, type: "qemu", node: "pve1", name: "web01" });
    expect(result).toMatchObject({ status: "running", untrusted: expect.arrayContaining(["name"]) });
    expect(requests.length).toBeLessThan(2);
  });

  test("a job's log is there while it runs and after it failed", async () => {
    const { error } = await session.call("proxmox_vm_action", { vmid: 101, action: "start" });
    const { job } = error!.data as { job: { id: string } };
    const found = await read(logsOf(job.id));
    expect(found).toMatchObject({ cluster: "default", job: { id: job.id, state: "failed", type: "qmstart" } });
    expect(found.log.lines.join("\n")).toContain("volume 'local:iso/missing.iso' does not exist");
    expect(found.log).toMatchObject({ start: 0, total: found.log.lines.length });
    expect(found.untrusted).toEqual(["exitstatus", "log"]);
  });

  test("an operation's schema says what it takes, gives and needs", async () => {
    const { result, requests } = await requestsOf(session.lab, () =>
      read(schemaOf("POST /nodes/{node}/qemu/{vmid}/clone")),
    );
    expect(requests).toEqual([]);
    expect(result).toMatchObject({
      operation: "POST /nodes/{node}/qemu/{vmid}/clone",
      class: "mutate",
      task: true,
      privileges: expect.stringContaining("VM.Clone on /vms/{vmid}"),
      required: { node: "string (pve-node)", newid: expect.stringContaining("integer 100..999999999") },
      optional: { full: "boolean", format: "raw|qcow2|vmdk" },
      returns: "string",
    });
    const list = await read(schemaOf("GET /cluster/resources"));
    expect(list.returns[0]).toMatchObject({ id: "string", "vmid?": expect.stringContaining("integer") });
    const update = await read(schemaOf("PUT /nodes/{node}/qemu/{vmid}/config"));
    expect(update.optional["net0..net31"]).toMatch(
      /^\[model=\]<e1000\|.*>\[,bridge=<pve-bridge-id>\]\[,firewall=<0\|1>\]/,
    );
    expect(update.optional.net0).toBeUndefined();
  });

  test.each([
    "proxmox://inventory/",
    "proxmox://guests/999",
    "proxmox://guests/web01",
    "proxmox://guests/nowhere/100",
    schemaOf("PATCH /nodes"),
    schemaOf("constructor"),
    "proxmox://schema/GET /version",
    logsOf("default/UPID:pve1:0000AAAA:00000001:00000001:qmstart:100:root@pam:#AAAAAAAAAAAAAAAA"),
    logsOf("nonsense"),
  ])("%s is not found", async (uri) => {
    await expect(session.readResource(uri)).rejects.toMatchObject({ code: -32602, data: { uri } });
  });

  test("a reading that fails says why and what to do", async () => {
    session.lab.faults.add({ status: 500, reason: "got timeout" });
    try {
      await expect(session.readResource("proxmox://guests/998")).rejects.toMatchObject({
        code: -32603,
        message: expect.stringMatching(/got timeout.*Read the server's text/),
      });
    } finally {
      session.lab.faults.clear();
    }
  });
});

test("a long log is given from its end, within the budget", async () => {
  const session = await openLabSession({ seed: "small" }, { PROXMOX_MCP_OUTPUT_TOKENS: "1000" });
  try {
    const { error } = await session.call("proxmox_vm_action", { vmid: 101, action: "start" });
    const { job } = error!.data as { job: { id: string; upid: string } };
    const task = session.lab.state.tasks.get(job.upid)!;
    for (let line = 0; line < 700; line++) task.log.push(`line ${line}`);
    const { text } = await session.readResource(logsOf(job.id));
    expect(text!.length).toBeLessThan(3000);
    const { log } = JSON.parse(text!);
    expect(log.lines.at(-1)).toBe("line 699");
    expect(log.start + log.lines.length).toBe(log.total);
  } finally {
    await session.close();
  }
});

test("with access read no resource sends anything but GET", async () => {
  const session = await openLabSession({ seed: "small" }, { PROXMOX_MCP_ACCESS: "read" });
  try {
    for (const uri of ["proxmox://inventory", "proxmox://guests/100", schemaOf("POST /nodes/{node}/qemu")]) {
      await session.readResource(uri);
    }
    expect(session.lab.requests.length).toBeGreaterThan(0);
    expect(writesOf(session.lab)).toEqual([]);
  } finally {
    await session.close();
  }
});

test("a guest's number that two clusters have needs the cluster", async () => {
  const labs = await Promise.all([startLab({ seed: "small" }), startLab({ seed: "small" })]);
  const { writeFile, mkdtemp, rm } = await import("node:fs/promises");
  const { join } = await import("node:path");
  const { tmpdir } = await import("node:os");
  const folder = await mkdtemp(join(tmpdir(), "clusters-"));
  const clusters = labs.map((lab, index) => ({
    name: ["ams", "ber"][index],
    host: `${lab.host}:${lab.port}`,
    fingerprint: lab.fingerprint,
    token: { ...lab.token },
  }));
  await writeFile(join(folder, "clusters.json"), JSON.stringify({ clusters }));
  const { PROXMOX_HOST: _, ...env } = labEnvironment(labs[0]!);
  const session = await openSession({ ...env, PROXMOX_MCP_CLUSTERS_FILE: join(folder, "clusters.json") });
  try {
    expect((await session.listResourceTemplates()).map(({ uriTemplate }) => uriTemplate)).toContain(
      "proxmox://guests/{cluster}/{vmid}",
    );
    await expect(session.readResource("proxmox://guests/100")).rejects.toThrow(/2 guests are meant.*cluster/);
    const { text } = await session.readResource("proxmox://guests/ber/100");
    expect(JSON.parse(text!)).toMatchObject({ cluster: "ber", vmid: 100 });
  } finally {
    await session.close();
    await Promise.all(labs.map((lab) => lab.close()));
    await rm(folder, { recursive: true, force: true });
  }
});

test("every operation can be described, in few words and without prose", async () => {
  let longest = 0;
  for (const { id } of manifest) {
    const described = JSON.stringify(await describeOperation(id));
    longest = Math.max(longest, described.length);
    expect([id, described]).not.toEqual([id, expect.stringMatching(/undefined|\[object/)]);
  }
  expect(longest).toBeLessThan(14_000);
});
