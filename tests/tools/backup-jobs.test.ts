import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Lab } from "../../src/lab/index.ts";
import { openLabSession, type Session } from "../support/session.ts";
import { ANSWER_LIMIT, objects, requestsOf } from "./rows.ts";

let session: Session & { lab: Lab };
let lab: Lab;

beforeAll(async () => {
  session = await openLabSession({ seed: "medium", taskMs: 20 });
  lab = session.lab;
});
afterAll(() => session?.close());

const jobs = () => lab.state.backups.jobs;
const at = (node: string) => [...lab.state.guests.values()].filter((guest) => guest.node === node).length;

beforeEach(() => {
  lab.faults.clear();
  jobs().clear();
  jobs().set("nightly", {
    schedule: "02:30",
    storage: "nfs",
    vmid: "100,102,9999",
    enabled: 1,
    mode: "snapshot",
    "prune-backups": "keep-last=3,keep-daily=7",
  });
  jobs().set("off", { schedule: "sun 04:00", storage: "local", pool: "production", enabled: 0 });
  jobs().set("wide", { schedule: "*/6:00", storage: "local-lvm", all: 1, exclude: "101", node: "pve2", enabled: 1 });
});

describe("proxmox_backup_jobs", () => {
  test("shows schedule, next run, retention, selection and troubles of each job", async () => {
    const { result, requests } = await requestsOf(lab, () => session.call("proxmox_backup_jobs"));
    const [nightly, off, wide] = objects(result);
    expect(nightly).toMatchObject({
      id: "nightly",
      enabled: true,
      schedule: "02:30",
      nextRun: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:00.000Z$/),
      storage: "nfs",
      guests: "100,102,9999",
      count: 2,
      retention: "keep-last=3,keep-daily=7",
      problems: "no guest 9999",
    });
    expect(off).toMatchObject({
      id: "off",
      enabled: false,
      nextRun: null,
      guests: "pool production",
      count: 2,
      problems: "disabled: it never runs",
      retention: "the node's default",
    });
    expect(wide).toMatchObject({
      guests: "all except 101 on pve2",
      count: at("pve2"),
      problems: "storage local-lvm takes no backups",
    });
    expect(requests.sort()).toEqual([
      "GET /cluster/backup",
      "GET /cluster/backup-info/not-backed-up",
      "GET /cluster/resources",
      "GET /storage",
    ]);
    expect(result.text.length).toBeLessThan(ANSWER_LIMIT);
    expect(JSON.parse(result.text)).toEqual(result.data);
  });

  test("names the guests in no job, and those in disabled jobs only", async () => {
    const { data } = await session.call("proxmox_backup_jobs");
    const uncovered = objects({ data: data.uncovered });
    const why = (vmid: number) => uncovered.find((row) => row.vmid === vmid)?.why;
    expect(why(101)).toBe("in no job");
    // Of the pool of the disabled job, which the server counts as covered.
    expect(why(105)).toBe("only in disabled jobs");
    expect(why(113)).toBe("only in disabled jobs");
    expect(why(100)).toBeUndefined();
    expect(uncovered[0]).toMatchObject({ vmid: 101, name: "legacy-app", type: "qemu", node: "pve1" });
    expect(data.uncovered.total).toBe(lab.state.guests.size - 2 - at("pve2"));
  });

  test.each([
    [{ storage: "gone" }, "storage gone is gone, disabled or not visible"],
    [{ pool: "nothing", vmid: undefined }, "takes no guest"],
    [{ storage: "local", vmid: "100" }, null],
    [{ vmid: "100,101", storage: "nfs" }, "storage nfs is not active on pve1"],
  ])("says what is wrong with %o", async (change, problems) => {
    if (problems?.includes("not active")) lab.state.storages.get("nfs")!.inactiveOn.add("pve1");
    jobs().set(
      "nightly",
      Object.fromEntries(
        Object.entries({ ...jobs().get("nightly"), vmid: "100", ...change }).filter(([, v]) => v !== undefined),
      ),
    );
    await session.call("proxmox_api_call", {
      method: "PUT",
      path: "/nodes/pve1/qemu/100/config",
      params: { description: "x" },
    });
    const [nightly] = objects(await session.call("proxmox_backup_jobs"));
    lab.state.storages.get("nfs")!.inactiveOn.clear();
    expect(nightly!.problems).toBe(problems);
  });

  test.each([
    [{ remove: 0 }, "never pruned"],
    [{ "prune-backups": undefined }, "keep-weekly=4 (storage's)"],
  ])("knows how long backups are kept with %o", async (change, retention) => {
    lab.state.storages.get("nfs")!.definition["prune-backups"] = "keep-weekly=4";
    jobs().set(
      "nightly",
      Object.fromEntries(
        Object.entries({ ...jobs().get("nightly"), ...change }).filter(([, v]) => v !== undefined),
      ) as Record<string, unknown>,
    );
    const [nightly] = objects(await session.call("proxmox_backup_jobs"));
    delete lab.state.storages.get("nfs")!.definition["prune-backups"];
    expect(nightly!.retention).toBe(retention);
  });

  test("without any job, everything is uncovered and the answer stays short", async () => {
    jobs().clear();
    const { data, text } = await session.call("proxmox_backup_jobs");
    expect(data.total).toBe(0);
    expect(data.uncovered.total).toBe(lab.state.guests.size);
    expect(data.uncovered.rows.length).toBeLessThanOrEqual(100);
    expect(text.length).toBeLessThan(ANSWER_LIMIT);
  });

  test("names what could not be had, and shows the rest", async () => {
    lab.faults.add({ match: { path: /not-backed-up/ }, status: 500, reason: "no luck" });
    const { data, error } = await session.call("proxmox_backup_jobs");
    expect(error).toBeUndefined();
    expect(data.total).toBe(3);
    expect(data).not.toHaveProperty("uncovered");
    expect(data.incomplete).toEqual([
      { cluster: "default", part: "uncovered", reason: expect.stringContaining("no luck") },
    ]);
  });

  test("fails when the jobs themselves cannot be had", async () => {
    lab.faults.add({
      match: { path: /^\/cluster\/backup$/ },
      status: 403,
      reason: "Permission check failed (/, Sys.Audit)",
    });
    const { error } = await session.call("proxmox_backup_jobs");
    expect(error).toMatchObject({ code: "permission-denied", message: expect.stringContaining("Sys.Audit") });
  });

  test("takes numbers as texts, and refuses unknown arguments", async () => {
    lab.faults.add({ fault: "types-swapped" });
    const [nightly] = objects(
      await session.call("proxmox_backup_jobs", { fields: ["id", "nextRun", "enabled", "count"] }),
    );
    expect(nightly).toMatchObject({ id: "nightly", nextRun: expect.stringContaining("T"), enabled: true, count: 2 });
    lab.faults.clear();
    const { error } = await session.call("proxmox_backup_jobs", { node: "pve1" });
    expect(error?.code).toBe("invalid-arguments");
  });
});
