import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Era, openLabSession } from "../support/session.ts";
import { requestsOf } from "../tools/rows.ts";

describe.each<Era>(["2026-07-28", "2025"])("completion for a client of the %s era", (era) => {
  let session: Awaited<ReturnType<typeof openLabSession>>;
  beforeAll(async () => {
    session = await openLabSession({ seed: "small" }, {}, era);
  });
  afterAll(() => session?.close());

  const values = async (of: string, name: string, value: string, filled?: Record<string, string>) =>
    (await session.complete(of, name, value, filled)).values;

  test.each<[string, string, string, string[]]>([
    ["change-plan", "node", "", ["pve1"]],
    ["change-plan", "node", "PVE", ["pve1"]],
    ["change-plan", "guest", "we", ["web01"]],
    ["change-plan", "guest", "10", ["100", "101", "102", "103"]],
    ["boot-triage", "guest", "103", []],
    ["change-plan", "template", "10", ["104"]],
    ["backup-audit", "storage", "local-", ["local-lvm"]],
    [
      "risk-review",
      "operation",
      "DELETE /nodes/{node}/qemu/{vmid}/s",
      ["DELETE /nodes/{node}/qemu/{vmid}/snapshot/{snapname}"],
    ],
    ["risk-review", "operation", "/versio", ["GET /version"]],
    ["change-plan", "goal", "x", []],
    ["change-plan", "nothing", "x", []],
    ["proxmox://guests/{vmid}", "vmid", "10", ["100", "101", "102", "103", "104"]],
    ["proxmox://schema/{operation}", "operation", "GET /versio", ["GET /version"]],
    ["proxmox://artifacts/{artifactId}", "artifactId", "", []],
    ["proxmox://artifacts/{artifactId}", "constructor", "", []],
    ["restore-test", "storage", "local-", ["local-lvm"]],
    ["certificate-renewal", "node", "p", ["pve1"]],
    ["skill://proxmox-mcp/{name}/SKILL.md", "name", "re", ["restore-test"]],
  ])("%s %s=%j gives %j", async (of, name, value, wanted) => {
    const { result, requests } = await requestsOf(session.lab, () => session.complete(of, name, value));
    expect(result.values).toEqual(wanted);
    expect(result).toMatchObject({ total: wanted.length, hasMore: false });
    expect(requests.length).toBeLessThan(2);
  });

  test("many values are capped, and said to be more", async () => {
    const { values: some, total, hasMore } = await session.complete("risk-review", "operation", "GET");
    expect(some).toHaveLength(100);
    expect(total).toBeGreaterThan(300);
    expect(hasMore).toBe(true);
  });

  test("snapshots are those of the guest that is filled in already, by one request", async () => {
    const guest = session.lab.state.guests.get(100)!;
    expect(await values("risk-review", "snapshot", "")).toEqual([]);
    await session.call("proxmox_api_call", {
      method: "POST",
      path: "/nodes/pve1/qemu/100/snapshot",
      params: { snapname: "before-upgrade" },
    });
    await values("risk-review", "guest", "");
    for (const named of ["100", String(guest.config.name)]) {
      const { result, requests } = await requestsOf(session.lab, () =>
        values("risk-review", "snapshot", "be", { guest: named }),
      );
      expect(result).toEqual(["before-upgrade"]);
      expect(requests).toEqual(["GET /nodes/pve1/qemu/100/snapshot"]);
    }
    expect(await values("risk-review", "snapshot", "", { guest: "999" })).toEqual([]);
  });

  test("jobs are those of this server's own token, and can be read as they are", async () => {
    const { data, error } = await session.call("proxmox_vm_action", { vmid: 102, action: "start" });
    expect(error).toBeUndefined();
    const { id, upid } = data.job;
    const { result, requests } = await requestsOf(session.lab, () =>
      values("proxmox://jobs/{jobId}/logs", "jobId", "default/UPID:"),
    );
    expect(result).toContain(id);
    expect(requests).toEqual(["GET /cluster/tasks"]);
    expect(await values("boot-triage", "task", upid.slice(0, 20))).toContain(upid);
    const { text } = await session.readResource(`proxmox://jobs/${encodeURIComponent(id)}/logs`);
    expect(JSON.parse(text!).job.state).toBe("ok");
    await session.call("proxmox_vm_action", { vmid: 102, action: "shutdown" });
  });

  test("artifacts are the caller's own", async () => {
    const path = "/nodes/pve1/qemu/100/config";
    const guest = session.lab.state.guests.get(100)!;
    guest.config.description = "x".repeat(30_000);
    session.lab.state.touch(guest);
    const { data } = await session.call("proxmox_api_call", { method: "GET", path });
    const id = data.artifact.uri.split("/").at(-1);
    expect(await values("proxmox://artifacts/{artifactId}", "artifactId", id.slice(0, 5))).toEqual([id]);
  });

  test.each([["nothing"], ["proxmox://nothing/{x}"]])("%s is refused", async (of) => {
    await expect(session.complete(of, "x", "")).rejects.toMatchObject({ code: -32602 });
  });

  test("a cluster that does not answer completes nothing", async () => {
    session.lab.faults.add({ status: 500, reason: "got timeout" });
    try {
      expect(await values("proxmox://jobs/{jobId}/logs", "jobId", "")).toEqual([]);
    } finally {
      session.lab.faults.clear();
    }
  });
});
