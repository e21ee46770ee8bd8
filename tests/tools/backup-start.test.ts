import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Lab } from "../../src/lab/index.ts";
import { openLabSession, type Session } from "../support/session.ts";
import { requestsOf, writesOf } from "./rows.ts";

let session: Session & { lab: Lab };
let lab: Lab;

beforeAll(async () => {
  session = await openLabSession({ seed: "medium", taskMs: 20 });
  lab = session.lab;
});
afterAll(() => session?.close());
afterEach(() => lab.faults.clear());

type Args = Record<string, unknown>;
const TOOL = "proxmox_backup_start";
const backUp = (args: Args) => session.call(TOOL, { storage: "nfs", ...args });
const states = (data: { guests: { vmid: number; state: string }[] }) =>
  Object.fromEntries(data.guests.map(({ vmid, state }) => [vmid, state]));
const backups = (vmid: number) =>
  [...lab.state.volumes.values()].filter((volume) => volume.content === "backup" && volume.vmid === vmid);

async function planned(args: Args) {
  const writes = writesOf(lab).length;
  const { data, error } = await backUp({ ...args, dryRun: true });
  expect(error).toBeUndefined();
  expect(writesOf(lab)).toHaveLength(writes);
  return data.plan;
}

async function refused(args: Args) {
  const writes = writesOf(lab).length;
  const { error, text } = await backUp(args);
  expect(writesOf(lab)).toHaveLength(writes);
  return { error, text };
}

/** Makes the next answer a fresh one: a write drops what was cached. */
const refresh = () =>
  session.call("proxmox_api_call", {
    method: "PUT",
    path: "/nodes/pve1/qemu/100/config",
    params: { description: "front end" },
  });

describe("a backup", () => {
  test("is one request for each node that holds some of the guests, VMs and containers alike", async () => {
    const { result, requests } = await requestsOf(lab, () =>
      backUp({ vmids: ["web01", 103, "ha-running", "no-agent", "stubborn", 100] }),
    );
    expect(result.error).toBeUndefined();
    expect(requests.filter((request) => request.startsWith("POST"))).toEqual([
      "POST /nodes/pve1/vzdump",
      "POST /nodes/pve2/vzdump",
      "POST /nodes/pve3/vzdump",
    ]);
    expect(result.data).toMatchObject({
      cluster: "default",
      storage: "nfs",
      guests: [
        { vmid: 100, name: "web01", node: "pve1", state: "saved", archive: /^vzdump-qemu-100-.*\.vma\.zst$/ },
        { vmid: 103, name: "dns01", node: "pve1", state: "saved", archive: /^vzdump-lxc-103-/ },
        { vmid: 107, node: "pve2", state: "saved" },
        { vmid: 109, node: "pve2", state: "saved" },
        { vmid: 110, node: "pve3", state: "saved" },
      ].map(({ archive, ...row }) => ({
        ...row,
        archive: archive ? expect.stringMatching(archive) : expect.any(String),
      })),
      tasks: ["pve1", "pve2", "pve3"].map((node) => ({ node, job: { type: "vzdump", state: "ok", node } })),
    });
    expect(result.data).not.toHaveProperty("warnings");
    for (const vmid of [100, 103, 107, 109, 110]) expect(backups(vmid)).toHaveLength(1);
  });

  test("sends what was asked for, and does not prune by the storage's rule", async () => {
    const plan = await planned({
      vmids: [100, 103],
      mode: "suspend",
      protected: true,
      notes: "{{guestname}}\nC:\\x",
      config: { bwlimit: 1000, compress: "gzip" },
    });
    expect(plan.requests).toEqual([
      {
        operation: "POST /nodes/{node}/vzdump",
        params: {
          node: "pve1",
          vmid: ["100", "103"],
          storage: "nfs",
          mode: "suspend",
          compress: "gzip",
          protected: true,
          "notes-template": "{{guestname}}\\nC:\\\\x",
          bwlimit: 1000,
          remove: false,
        },
      },
    ]);
    expect(plan).toMatchObject({
      class: "mutate",
      warnings: [expect.stringContaining("suspends for the backup: 100")],
    });
    const pruning = await planned({ vmids: [100], config: { "prune-backups": "keep-last=1" } });
    expect(pruning.class).toBe("destructive");
    expect(pruning.requests[0].params).not.toHaveProperty("remove");
    const nfs = lab.state.storages.get("nfs")!;
    nfs.definition["prune-backups"] = "keep-last=1";
    const before = backups(100).length;
    expect((await backUp({ vmids: [100], notes: "kept" })).error).toBeUndefined();
    delete nfs.definition["prune-backups"];
    expect(backups(100)).toHaveLength(before + 1);
    expect(backups(100).map(({ notes }) => notes)).toContain("kept");
  });

  test("takes the only storage that fits when none is named", async () => {
    lab.state.storages.get("local")!.content = ["iso"];
    await refresh();
    const { data } = await session.call(TOOL, { vmids: [100], dryRun: true });
    expect(data.storage).toBe("nfs");
    lab.state.storages.get("local")!.content = ["iso", "vztmpl", "backup", "snippets", "import"];
    await refresh();
  });

  test("leaves the compression to a backup server", async () => {
    lab.state.storages.get("nfs")!.type = "pbs";
    await refresh();
    const plan = await planned({ vmids: [100] });
    lab.state.storages.get("nfs")!.type = "nfs";
    await refresh();
    expect(plan.requests[0].params).not.toHaveProperty("compress");
  });

  test("that does not end in time is handed back as jobs", async () => {
    const off = lab.faults.add({ match: { path: /\/tasks\/.*\/status$/ }, data: { status: "running" } });
    const { data, error } = await backUp({ vmids: [100, 107], waitSeconds: 0 });
    off();
    expect(error).toBeUndefined();
    expect(states(data)).toEqual({ 100: "running", 107: "running" });
    expect(data.tasks).toMatchObject([
      { node: "pve1", job: { state: "running", id: expect.any(String) } },
      { node: "pve2", job: { state: "running" } },
    ]);
    for (const { job } of data.tasks) await session.call("job_wait", { id: job.id });
  });
});

describe("what was not saved is told for each guest", () => {
  test("a guest that fails does not hide those that were saved", async () => {
    const { data, error } = await backUp({ vmids: ["db-locked", 100, 107] });
    expect(error).toMatchObject({
      code: "not-backed-up",
      message: expect.stringMatching(/^1 of 3 guests was not backed up: 105 \(db-locked\): VM is locked \(backup\)\.$/),
      next: expect.stringContaining("those alone"),
    });
    expect(states(error!.data as never)).toEqual({ 100: "saved", 105: "failed", 107: "saved" });
    expect(error!.data).toMatchObject({
      warnings: [expect.stringContaining("105 (db-locked)")],
      tasks: [{ node: "pve1", job: { state: "failed", exitstatus: "job errors" } }, { job: { state: "ok" } }],
    });
    expect(data).toBeDefined();
  });

  test("warnings of a task mean that all were saved", async () => {
    lab.faults.add({ match: { method: "POST", path: /vzdump$/ }, taskOutcome: "WARNINGS: 1" });
    const { data, error } = await backUp({ vmids: [100] });
    expect(error).toBeUndefined();
    expect(data).toMatchObject({ guests: [{ state: "saved" }], tasks: [{ job: { state: "warnings" } }] });
  });

  test("OK without a task is an error: nothing was backed up", async () => {
    lab.faults.add({ fault: "vzdump-ok", match: { path: /pve2\/vzdump$/ } });
    const { error } = await backUp({ vmids: [100, 107] });
    expect(error).toMatchObject({ code: "not-backed-up", message: expect.stringContaining("1 of 2 guests") });
    expect(states(error!.data as never)).toEqual({ 100: "saved", 107: "skipped" });
    const alone = await backUp({ vmids: [107] });
    expect(alone.error).toMatchObject({
      code: "nothing-done",
      message: expect.stringMatching(/answered "OK" without a task.*nothing was backed up/),
    });
  });

  test("a guest that has moved away is not counted as saved though the task ended well", async () => {
    const guest = lab.state.guests.get(103)!;
    const leave = () => {
      guest.node = "pve3";
    };
    lab.faults.add({ match: { method: "POST", path: /pve1\/vzdump$/ }, before: leave });
    const { error } = await backUp({ vmids: [100, 103] });
    guest.node = "pve1";
    await refresh();
    expect(states(error!.data as never)).toEqual({ 100: "saved", 103: "skipped" });
    expect(error?.message).toMatch(/103 \(dns01\): not on pve1 when the task ran/);
  });

  test("a node that refuses does not keep the others from being sent", async () => {
    lab.faults.add({ match: { method: "POST", path: /pve1\/vzdump$/ }, status: 500, reason: "no luck" });
    const { error } = await backUp({ vmids: [100, 107] });
    expect(states(error!.data as never)).toEqual({ 100: "failed", 107: "saved" });
    expect(error?.message).toContain("no luck");
    const alone = await backUp({ vmids: [100] });
    expect(alone.error?.message).toContain("no luck");
  });

  test("a request whose answer is lost leaves the outcome open, and asks for no second backup", async () => {
    lab.faults.add({ match: { method: "POST", path: /pve1\/vzdump$/ }, cutBeforeWork: true });
    const { error } = await backUp({ vmids: [100, 107] });
    expect(error).toMatchObject({ code: "outcome-unknown", next: expect.stringContaining("Do not repeat it blindly") });
    expect(states(error!.data as never)).toEqual({ 100: "unknown", 107: "saved" });
  });

  test("a task that dies on the way has failed for those that it did not save", async () => {
    lab.faults.add({ match: { method: "POST", path: /vzdump$/ }, taskOutcome: "interrupted by signal" });
    const { error } = await backUp({ vmids: [100] });
    delete lab.state.guests.get(100)!.config.lock;
    await refresh();
    expect(error).toMatchObject({ code: "not-backed-up", message: expect.stringContaining("interrupted by signal") });
    expect(states(error!.data as never)).toEqual({ 100: "failed" });
  });

  test("a log that cannot be read leaves the outcome open, not good", async () => {
    lab.faults.add({ match: { path: /\/tasks\/.*\/log$/ }, status: 500, reason: "no luck" });
    const { data, error } = await backUp({ vmids: [100] });
    expect(error).toBeUndefined();
    expect(data.guests).toMatchObject([{ state: "unknown", reason: expect.stringContaining("log") }]);
  });
});

describe("before anything is sent", () => {
  test("a backup that runs on the node is told: this one waits", async () => {
    lab.faults.add({
      match: { path: /^\/cluster\/tasks$/ },
      data: [
        { upid: "UPID:pve1:1:1:1:vzdump::root@pam:", node: "pve1", type: "vzdump", starttime: 1 },
        {
          upid: "UPID:pve2:1:1:1:vzdump::root@pam:",
          node: "pve2",
          type: "vzdump",
          starttime: 1,
          endtime: 2,
          status: "OK",
        },
      ],
    });
    const plan = await planned({ vmids: [100, 107] });
    expect(plan.warnings).toEqual([expect.stringMatching(/^Another backup runs on pve1: this one waits/)]);
    lab.faults.clear();
    lab.faults.add({ match: { path: /^\/cluster\/tasks$/ }, status: 500, reason: "no luck" });
    expect(await planned({ vmids: [100] })).not.toHaveProperty("warnings");
  });

  test.each([
    [{ vmids: [100], storage: "local-lvm" }, "unfit-storage", /does not take backup.*These fit: local, nfs/],
    [{ vmids: [100], storage: "nsf" }, "unknown-storage", /Did you mean "nfs"/],
    [{ vmids: [100], storage: undefined }, "invalid-argument", /Set storage to one of: local, nfs/],
    [{ vmids: ["twin"] }, "ambiguous-guest", /115 .*116/],
    [{ vmids: [100, 99_999] }, "unknown-guest", /99999/],
    [{ vmids: ["wbe01"] }, "unknown-guest", /Did you mean "web01"/],
    [{ vmids: [] }, "invalid-arguments", /vmids/],
    [{ vmids: [100], mode: "live" }, "invalid-arguments", /snapshot/],
    [{ vmids: [100], config: { all: 1 } }, "invalid-argument", /config.all is not for config/],
    [{ vmids: [100], config: { remove: 1 } }, "invalid-argument", /config.remove is not for config.*prune-backups/],
    [{ vmids: [100], config: { bwlimi: 1 } }, "invalid-parameters", /bwlimi/],
    [{ vmids: ["ha-running"], mode: "stop" }, "invalid-argument", /HA keeps running \(107\).*Use snapshot/],
    [{ vmid: 100 }, "invalid-arguments", /did you mean "vmids"/],
  ])("%o is refused: %s", async (args, code, says) => {
    const { error, text } = await refused(args);
    expect(error?.code).toBe(code);
    expect(text).toMatch(says);
  });

  test("a storage that is not active on one of the nodes is refused", async () => {
    lab.state.storages.get("nfs")!.inactiveOn.add("pve2");
    await refresh();
    const { error } = await refused({ vmids: [100, 107] });
    lab.state.storages.get("nfs")!.inactiveOn.clear();
    await refresh();
    expect(error).toMatchObject({ code: "unfit-storage", message: expect.stringContaining("not active on pve2") });
  });

  test("a guest on an offline node stops the call", async () => {
    const off = lab.faults.add({ fault: "node-down", node: "pve3" });
    await refresh();
    const { error } = await refused({ vmids: [100, 110] });
    off();
    await refresh();
    expect(error?.code).toBe("node-offline");
  });
});
