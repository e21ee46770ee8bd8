import { afterAll, beforeAll, expect, test } from "vitest";
import { tokensOf } from "../../codegen/surface-cost.ts";
import type { Lab } from "../../src/lab/index.ts";
import { openLabSession, type Session } from "../support/session.ts";
import { ANSWER_LIMIT, allPages, objects, requestsOf } from "./rows.ts";

let session: Session & { lab: Lab };

beforeAll(async () => {
  session = await openLabSession({ seed: "large" });
});
afterAll(() => session?.close());

test("10,000 guests are looked over with three requests and a short answer", async () => {
  const { result, requests } = await requestsOf(session.lab, () => session.call("proxmox_inventory_overview"));
  expect(requests.sort()).toEqual(["GET /cluster/resources", "GET /cluster/status", "GET /version"]);
  const [one] = result.data.clusters;
  expect(one.vms.total + one.containers.total).toBe(10_000);
  expect(one.nodes).toEqual({ total: 32, online: 32 });
  expect(tokensOf(result.text)).toBeLessThan(1500);
  expect(JSON.parse(result.text)).toEqual(result.data);
});

test("10,000 guests are paged completely, each page within the budget", async () => {
  const wanted = [...session.lab.state.guests.values()].filter(
    ({ type, config }) => type === "qemu" && config.template !== 1,
  );
  const { rows, pages } = await allPages(session, "proxmox_vm_list", { limit: 1000 });
  for (const page of pages) {
    expect(page.text.length).toBeLessThan(ANSWER_LIMIT);
    expect(page.data.total).toBe(wanted.length);
  }
  expect(rows).toHaveLength(wanted.length);
  expect(new Set(rows.map(({ vmid }) => vmid)).size).toBe(wanted.length);
});

test("10,000 guests in no backup job are counted with four requests at most, and some of them named", async () => {
  const { result, requests } = await requestsOf(session.lab, () => session.call("proxmox_backup_jobs"));
  expect(requests.length).toBeLessThanOrEqual(4);
  expect(result.data.uncovered).toMatchObject({ total: 10_000, rows: { length: 100 } });
  expect(result.text.length).toBeLessThan(ANSWER_LIMIT);
});

test("a name is found among 10,000", async () => {
  const some = [...session.lab.state.guests.values()].find(({ vmid, type }) => vmid > 5000 && type === "qemu")!;
  const [row] = objects(await session.call("proxmox_vm_list", { name: String(some.config.name) }));
  expect(row).toMatchObject({ vmid: some.vmid, node: some.node });
});

test("a big answer of any operation is cut, counted, and can be paged and narrowed", async () => {
  const all = { method: "GET", path: "/cluster/resources", params: { type: "vm" } };
  const first = await session.call("proxmox_api_call", all);
  expect(first.text.length).toBeLessThan(ANSWER_LIMIT);
  expect(first.data.shown).toMatchObject({ from: 0, count: first.data.data.length, of: 10_000, unit: "rows" });
  const next = await session.call("proxmox_api_call", { ...all, offset: first.data.shown.count });
  expect(next.data.shown).toMatchObject({ from: first.data.shown.count, of: 10_000 });
  expect(next.data.data[0].id).not.toBe(first.data.data.at(-1).id);
  const narrow = await session.call("proxmox_api_call", { ...all, fields: ["vmid"], offset: 9990, limit: 5 });
  expect(narrow.data.data).toHaveLength(5);
  for (const row of narrow.data.data) expect(Object.keys(row)).toEqual(["vmid"]);
});
