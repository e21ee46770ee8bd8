import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Lab } from "../../src/lab/index.ts";
import { openLabSession, type Session } from "../support/session.ts";
import { ANSWER_LIMIT, allPages, objects, requestsOf } from "./rows.ts";

let session: Session & { lab: Lab };
let lab: Lab;

beforeAll(async () => {
  session = await openLabSession({ seed: "medium", taskMs: 40 });
  lab = session.lab;
});
afterAll(() => session?.close());

const guests = (kind: "qemu" | "lxc") =>
  [...lab.state.guests.values()].filter((guest) => guest.type === kind).sort((a, b) => a.vmid - b.vmid);

/** Makes the next answer a fresh one: a write drops what was cached. */
const refresh = () =>
  session.call("proxmox_api_call", {
    method: "PUT",
    path: "/nodes/pve1/qemu/100/config",
    params: { description: "front end" },
  });

test("a list of guests costs one request", async () => {
  const { result, requests } = await requestsOf(lab, () => session.call("proxmox_vm_list"));
  expect(requests).toEqual(["GET /cluster/resources"]);
  expect(result.data.total).toBe(guests("qemu").filter(({ config }) => config.template !== 1).length);
  expect(objects(result).map(({ vmid }) => vmid)).toEqual(
    guests("qemu")
      .filter(({ config }) => config.template !== 1)
      .map(({ vmid }) => vmid),
  );
});

const LISTS: readonly [tool: string, two: [string, string]][] = [
  ["proxmox_vm_list", ["name", "vmid"]],
  ["proxmox_lxc_list", ["status", "vmid"]],
  ["proxmox_node_list", ["status", "node"]],
  ["proxmox_storage_list", ["node", "storage"]],
  ["proxmox_task_list", ["type", "upid"]],
  ["job_list", ["state", "job"]],
];

describe.each(LISTS)("%s", (tool, fields) => {
  beforeAll(async () => {
    if (tool !== "job_list") return;
    for (const vmid of [102, 111]) await session.call("proxmox_vm_action", { vmid, action: "start" });
  });

  test("is columnar, whole in both forms and within the budget", async () => {
    const answer = await session.call(tool);
    const { columns, rows, total } = answer.data;
    expect(total).toBeGreaterThan(1);
    expect(rows).toHaveLength(total);
    expect(new Set(columns).size).toBe(columns.length);
    for (const row of rows) expect(row).toHaveLength(columns.length);
    expect(JSON.parse(answer.text)).toEqual(answer.data);
    expect(answer.text.length).toBeLessThan(ANSWER_LIMIT);
  });

  test("shows the fields that were asked for, in that order", async () => {
    const { data } = await session.call(tool, { fields });
    expect(data.columns).toEqual(fields);
    expect(data.rows[0]).toHaveLength(2);
  });

  test("pages completely and without repeats", async () => {
    const whole = objects(await session.call(tool, { fields }));
    const { rows, pages } = await allPages(session, tool, { fields, limit: Math.ceil(whole.length / 3) });
    expect(pages.length).toBeGreaterThan(1);
    expect(rows).toEqual(whole);
    for (const page of pages) expect(page.data.total).toBe(whole.length);
  });

  test("refuses what is not right, and says what is", async () => {
    const cursor = await session.call(tool, { cursor: "bm90IG9uZQ" });
    expect(cursor.error).toMatchObject({
      code: "invalid-argument",
      message: expect.stringContaining("cursor"),
      next: expect.stringContaining("nextCursor"),
    });
    const field = await session.call(tool, { fields: [`${fields[1]}s`] });
    expect(field.error?.code).toBe("invalid-arguments");
    expect(field.text).toContain(`did you mean "${fields[1]}"?`);
    for (const limit of [0, 1001, 1.5, "ten"]) {
      const refused = await session.call(tool, { limit });
      expect(refused.error).toMatchObject({
        code: "invalid-arguments",
        data: { errors: { limit: expect.any(String) } },
      });
    }
  });
});

describe("the filters of the guest lists", () => {
  const FILTERS: readonly [Record<string, unknown>, (guest: ReturnType<typeof guests>[number]) => boolean][] = [
    [{ node: "pve2" }, (guest) => guest.node === "pve2"],
    [{ status: "stopped" }, (guest) => !guest.running],
    [
      { tag: "prod" },
      ({ config }) =>
        String(config.tags ?? "")
          .split(";")
          .includes("prod"),
    ],
    [{ pool: "production" }, ({ vmid }) => lab.state.pools.get("production")!.guests.has(vmid)],
    [{ name: "WEB-*" }, ({ config }) => /^web-/.test(String(config.name ?? config.hostname))],
    [{ name: "d?s*" }, ({ config }) => /^d.s/.test(String(config.name ?? config.hostname))],
    [
      { node: "pve3", status: "running", tag: "test" },
      (guest) => guest.node === "pve3" && guest.running && /\btest\b/.test(String(guest.config.tags ?? "")),
    ],
    [{ name: "nothing-is-called-so" }, () => false],
  ];
  const KINDS: readonly ["qemu" | "lxc", string][] = [
    ["qemu", "proxmox_vm_list"],
    ["lxc", "proxmox_lxc_list"],
  ];
  test.each(KINDS.flatMap(([kind, tool]) => FILTERS.map(([filter, fits]) => ({ kind, tool, filter, fits }))))(
    "$tool $filter",
    async ({ kind, tool, filter, fits }) => {
      await refresh();
      const answer = await session.call(tool, filter);
      const wanted = guests(kind).filter((guest) => guest.config.template !== 1 && fits(guest));
      expect(objects(answer).map(({ vmid }) => vmid)).toEqual(wanted.map(({ vmid }) => vmid));
      expect(answer.data.total).toBe(wanted.length);
    },
  );

  test("templates stand apart", async () => {
    const rows = objects(await session.call("proxmox_vm_list", { template: true, fields: ["vmid", "template"] }));
    expect(rows).toEqual([{ vmid: 104, template: true }]);
  });

  test.each([
    ["proxmox_vm_list", { node: "pve9" }, "unknown-node"],
    ["proxmox_lxc_list", { node: "pve9" }, "unknown-node"],
    ["proxmox_storage_list", { node: "pve9" }, "unknown-node"],
    ["proxmox_task_list", { node: "pve9" }, "unknown-node"],
  ])("%s says of an unknown node that it is unknown", async (tool, args, code) => {
    const { error } = await session.call(tool, args);
    expect(error).toMatchObject({
      code,
      message: expect.stringContaining("pve9"),
      next: expect.stringContaining("pve"),
    });
  });

  test("a status that does not exist is refused with those that do", async () => {
    const { error, text } = await session.call("proxmox_vm_list", { status: "runing" });
    expect(error?.code).toBe("invalid-arguments");
    expect(text).toContain('did you mean "running"?');
    expect(text).toContain("stopped");
  });
});

test("a guest that goes between two pages hides no other and repeats none", async () => {
  const before = guests("lxc").map(({ vmid }) => vmid);
  const gone: number[] = [];
  const { rows } = await allPages(session, "proxmox_lxc_list", { fields: ["vmid"], limit: 6 }, async (page) => {
    // The row that the cursor stands on goes, and so does the next one.
    const last = page.data.rows.at(-1)[0] as number;
    const next = before[before.indexOf(last) + 1];
    for (const vmid of [last, next]) {
      if (vmid === undefined || gone.length >= 4) continue;
      lab.state.remove(lab.state.guests.get(vmid)!);
      gone.push(vmid);
    }
    await refresh();
  });
  const seen = rows.map(({ vmid }) => vmid as number);
  expect(gone).toHaveLength(4);
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen).toEqual(expect.arrayContaining(guests("lxc").map(({ vmid }) => vmid)));
});

describe("tasks", () => {
  test.each([
    [{ errors: true }, ["failed", "failed"]],
    [{ type: "aptupdate" }, ["unknown"]],
    [{ type: "startall" }, ["ok"]],
    [{ vmid: 101 }, ["failed"]],
    [{ vmid: "101" }, ["failed"]],
    [{ node: "pve1", type: "vzdump" }, ["failed", "warnings"]],
    [{ since: "10d", type: "vzdump" }, ["failed", "warnings"]],
    [{ since: "13h", type: "vzdump" }, ["failed"]],
  ])("%o are told by their real outcome", async (filter, states) => {
    const rows = objects(await session.call("proxmox_task_list", filter));
    expect(rows.map(({ state }) => state)).toEqual(states);
  });

  test("running ones are found", async () => {
    lab.state.pace.taskMs = 600_000;
    const { data } = await session.call("proxmox_vm_action", { vmid: 100, action: "reboot", waitSeconds: 0 });
    lab.state.pace.taskMs = 40;
    for (const args of [{ running: true }, { running: true, node: data.node }]) {
      await expect
        .poll(async () => objects(await session.call("proxmox_task_list", args)).map(({ upid }) => upid))
        .toContain(data.job.upid);
    }
    const jobs = objects(await session.call("job_list", { running: true }));
    expect(jobs).toMatchObject([{ job: data.job.id, state: "running" }]);
    lab.state.tasks.cancel(lab.state.tasks.get(data.job.upid)!);
  });

  test("a task's log is shown by its tail, and pages", async () => {
    const dumps = objects(await session.call("proxmox_task_list", { type: "vzdump" }));
    const dump = dumps.find(({ state }) => state === "warnings");
    const tail = await session.call("proxmox_task_get", { upid: dump!.upid });
    expect(tail.data).toMatchObject({ state: "warnings", exitstatus: "WARNINGS: 1", node: "pve1", type: "vzdump" });
    expect(tail.data.log).toMatchObject({ total: 73, start: 23 });
    expect(tail.data.log.lines.at(-1)).toBe("TASK WARNINGS: 1");
    const head = await session.call("proxmox_task_get", { upid: dump!.upid, start: 0, limit: 2 });
    expect(head.data.log).toMatchObject({
      start: 0,
      lines: [expect.stringContaining("starting new"), expect.any(String)],
    });
    expect(JSON.parse(tail.text)).toEqual(tail.data);
  });

  test.each(["yesterday", "12x"])("since %o is refused with the forms there are", async (since) => {
    const { error } = await session.call("proxmox_task_list", { since });
    expect(error).toMatchObject({ code: "invalid-argument", next: expect.stringContaining("24h") });
  });

  test.each(["nonsense", "UPID:x"])("the UPID %o is refused", async (upid) => {
    const { error } = await session.call("proxmox_task_get", { upid });
    expect(error?.code).toMatch(/^invalid-(arguments|upid)$/);
  });
});

describe("storages", () => {
  test("a shared one stands once, a local one for each node", async () => {
    const rows = objects(await session.call("proxmox_storage_list"));
    expect(rows.filter(({ storage }) => storage === "nfs")).toMatchObject([{ shared: true, type: "nfs" }]);
    expect(rows.filter(({ storage }) => storage === "local").map(({ node }) => node)).toEqual(["pve1", "pve2", "pve3"]);
    for (const row of rows) expect(row).toMatchObject({ used: expect.any(Number), total: expect.any(Number) });
  });

  test.each([
    [{ content: "snippets" }, ["local"]],
    [{ content: "images" }, ["local-lvm", "nfs"]],
    [{ content: "none" }, []],
  ])("%o", async (filter, names) => {
    const rows = objects(await session.call("proxmox_storage_list", filter));
    expect([...new Set(rows.map(({ storage }) => storage))]).toEqual(names);
  });

  test("one is shown with its definition and its state on each node", async () => {
    const { data } = await session.call("proxmox_storage_get", { storage: "local-lvm" });
    expect(data).toMatchObject({ definition: { type: "lvmthin", thinpool: "data" }, storage: "local-lvm" });
    expect(data.nodes.map(({ node }: { node: string }) => node)).toEqual(["pve1", "pve2", "pve3"]);
  });

  test("an unknown one names its nearest neighbour", async () => {
    const { error } = await session.call("proxmox_storage_get", { storage: "local-lmv" });
    expect(error).toMatchObject({ code: "unknown-storage", next: expect.stringContaining('"local-lvm"') });
  });
});
