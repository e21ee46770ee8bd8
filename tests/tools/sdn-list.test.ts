import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Lab } from "../../src/lab/index.ts";
import { openLabSession, type Session } from "../support/session.ts";
import { ANSWER_LIMIT, allPages, objects, requestsOf, writesOf } from "./rows.ts";

const TOOL = "proxmox_sdn_list";

let session: Session & { lab: Lab };
let lab: Lab;

beforeAll(async () => {
  session = await openLabSession({ seed: "medium", taskMs: 40 });
  lab = session.lab;
  const { sdn } = lab.state.datacenter;
  sdn.zones.set("z1", { type: "vlan", bridge: "vmbr0", nodes: "pve1,pve2" });
  sdn.zones.set("z2", { type: "simple", dhcp: "dnsmasq" });
  sdn.vnets.set("v1", { type: "vnet", zone: "z1", tag: 40, alias: "front" });
  sdn.vnets.set("v2", { type: "vnet", zone: "z2" });
  sdn.subnets.set("z2-10.2.0.0-24", {
    type: "subnet",
    vnet: "v2",
    gateway: "10.2.0.1",
    "dhcp-range": ["start-address=10.2.0.10,end-address=10.2.0.20"],
  });
  sdn.controllers.set("bgp1", { type: "bgp", asn: 65000, peers: "10.9.0.1", node: "pve1" });
  sdn.commit();
  for (const node of lab.state.nodes.keys()) sdn.nodeVersions.set(node, sdn.version);
});
afterAll(() => session?.close());
beforeEach(() => lab.faults.clear());

/** Makes the next answer a fresh one: a write drops what was cached. */
const refresh = () =>
  session.call("proxmox_api_call", {
    method: "PUT",
    path: "/nodes/pve1/qemu/100/config",
    params: { description: "front end" },
  });

const byId = (answer: Parameters<typeof objects>[0]) => new Map(objects(answer).map((row) => [row.id, row]));

test("shows what runs, with the nodes of each zone, in few requests", async () => {
  await refresh();
  const { result, requests } = await requestsOf(lab, () => session.call(TOOL));
  expect(requests.sort()).toEqual([
    "GET /cluster/resources",
    "GET /cluster/sdn/controllers",
    "GET /cluster/sdn/vnets",
    "GET /cluster/sdn/vnets/v1/subnets",
    "GET /cluster/sdn/vnets/v2/subnets",
    "GET /cluster/sdn/zones",
  ]);
  expect(objects(result)).toEqual([
    {
      kind: "zone",
      id: "z1",
      type: "vlan",
      zone: null,
      vnet: null,
      state: "applied",
      settings: "bridge=vmbr0; nodes=pve1,pve2",
      changes: null,
      nodes: "available on 2",
    },
    expect.objectContaining({ id: "z2", type: "simple", settings: "dhcp=dnsmasq", nodes: "available on 3" }),
    expect.objectContaining({ kind: "vnet", id: "v1", zone: "z1", settings: "alias=front; tag=40" }),
    expect.objectContaining({ kind: "vnet", id: "v2", zone: "z2", settings: "" }),
    expect.objectContaining({
      kind: "subnet",
      id: "z2-10.2.0.0-24",
      vnet: "v2",
      zone: "z2",
      settings: "dhcp-range=start-address=10.2.0.10,end-address=10.2.0.20; gateway=10.2.0.1",
    }),
    expect.objectContaining({ kind: "controller", id: "bgp1", type: "bgp" }),
  ]);
  expect(result.data.waiting).toBe(0);
  expect(result.data).not.toHaveProperty("problems");
  expect(result.data).not.toHaveProperty("incomplete");
});

test.each([
  [{ kind: "zone" }, ["z1", "z2"], ["GET /cluster/sdn/zones"]],
  [{ kind: "controller" }, ["bgp1"], ["GET /cluster/sdn/controllers"]],
  [{ kind: "vnet", zone: "z2" }, ["v2"], ["GET /cluster/sdn/vnets"]],
  [{ zone: "z1" }, ["z1", "v1"], undefined],
])("%o", async (filter, ids, wanted) => {
  const { result, requests } = await requestsOf(lab, () => session.call(TOOL, filter));
  expect(objects(result).map(({ id }) => id)).toEqual(ids);
  if (wanted) expect(requests.filter((one) => one.includes("/sdn/"))).toEqual(wanted);
});

describe("changes that wait", () => {
  test("tell new, changed and deleted, with both values", async () => {
    const { sdn } = lab.state.datacenter;
    sdn.zones.set("z3", { type: "vxlan", peers: "10.0.0.1,10.0.0.2" });
    sdn.vnets.set("v1", { type: "vnet", zone: "z1", tag: 41 });
    sdn.controllers.delete("bgp1");
    const answer = await session.call(TOOL);
    const rows = byId(answer);
    expect(rows.get("z3")).toMatchObject({ state: "new", settings: "peers=10.0.0.1,10.0.0.2", changes: null });
    expect(rows.get("v1")).toMatchObject({
      state: "changed",
      settings: "alias=front; tag=40",
      changes: "alias deleted; tag=41",
    });
    expect(rows.get("bgp1")).toMatchObject({ state: "deleted", settings: expect.stringContaining("asn=65000") });
    expect(answer.data.waiting).toBe(3);
    sdn.rollback();
  });

  test("of a vnet that goes hide its subnets, which is said", async () => {
    const { sdn } = lab.state.datacenter;
    sdn.subnets.delete("z2-10.2.0.0-24");
    sdn.vnets.delete("v2");
    const answer = await session.call(TOOL, { kind: "subnet" });
    expect(objects(answer)).toEqual([]);
    expect(answer.data.incomplete).toEqual([
      { cluster: "default", part: "subnets of v2", reason: expect.stringContaining("deletion") },
    ]);
    sdn.rollback();
  });
});

test("a zone that a node has not taken over is called out by name", async () => {
  const { sdn } = lab.state.datacenter;
  sdn.nodeVersions.set("pve2", sdn.version - 1);
  await refresh();
  const { data } = await session.call(TOOL, { kind: "zone" });
  expect(data.problems).toEqual(["Zone z1 is pending on pve2.", "Zone z2 is pending on pve2."]);
  expect(byId({ data }).get("z1")).toMatchObject({ nodes: "available on 1; pending on pve2" });
  expect((await session.call(TOOL, { zone: "z1" })).data.problems).toEqual(["Zone z1 is pending on pve2."]);
  sdn.nodeVersions.set("pve2", sdn.version);
  await refresh();
});

describe("what does not answer", () => {
  test("is named beside the rest", async () => {
    lab.faults.add({ match: { path: /^\/cluster\/sdn\/controllers$/ }, status: 500, reason: "got timeout" });
    lab.faults.add({ match: { path: /^\/cluster\/sdn\/vnets\/v1\/subnets$/ }, status: 500, reason: "got timeout" });
    const answer = await session.call(TOOL);
    expect(answer.error).toBeUndefined();
    expect(objects(answer).map(({ id }) => id)).toEqual(["z1", "z2", "v1", "v2", "z2-10.2.0.0-24"]);
    expect(answer.data.incomplete).toEqual([
      { cluster: "default", part: "controllers", reason: expect.stringContaining("got timeout") },
      { cluster: "default", part: "subnets of v1", reason: expect.stringContaining("got timeout") },
    ]);
  });

  test("is the call's own failure when it is all that was asked for", async () => {
    lab.faults.add({ match: { path: /^\/cluster\/sdn\/zones$/ }, status: 500, reason: "got timeout" });
    const { error } = await session.call(TOOL, { kind: "zone" });
    expect(error?.message).toContain("got timeout");
  });
});

test.each([{}, { kind: "zone" }])("a host without SDN is an answer, not an error %o", async (filter) => {
  lab.faults.add({
    match: { path: /^\/cluster\/sdn\// },
    status: 501,
    reason: "Method 'GET /cluster/sdn/zones' not implemented",
  });
  const { data, error } = await session.call(TOOL, filter);
  expect(error).toBeUndefined();
  expect(data).toMatchObject({
    rows: [],
    total: 0,
    waiting: 0,
    unavailable: [{ cluster: "default", reason: expect.stringContaining("not implemented") }],
  });
});

test("many objects stay within an answer, and pages hold every one once", async () => {
  const { sdn } = lab.state.datacenter;
  for (let index = 0; index < 300; index++) {
    sdn.vnets.set(`n${index}`, { type: "vnet", zone: "z1", tag: 100 + index, alias: `network number ${index}` });
  }
  const one = await session.call(TOOL);
  expect(one.text.length).toBeLessThan(ANSWER_LIMIT);
  expect(one.data.incomplete).toEqual([
    { cluster: "default", part: "subnets", reason: "of 302 vnets, only the first 100 were asked: set zone" },
  ]);
  const { rows } = await allPages(session, TOOL, { kind: "vnet" });
  expect(new Set(rows.map(({ id }) => id)).size).toBe(302);
  sdn.rollback();
});

test("answers that are null or of other types do not fail it", async () => {
  lab.faults.add({ fault: "null-lists", match: { path: /^\/cluster\/sdn\/(controllers|vnets\/v1\/subnets)/ } });
  lab.faults.add({ fault: "types-swapped", match: { path: /^\/cluster\/sdn\/vnets$/ } });
  const { data, error } = await session.call(TOOL);
  expect(error).toBeUndefined();
  expect(byId({ data }).get("v1")).toMatchObject({ settings: "alias=front; tag=40" });
});

test("wrong arguments name the field and the fix", async () => {
  const { error } = await session.call(TOOL, { kind: "vnets" });
  expect(error?.data?.errors).toMatchObject({ kind: expect.stringContaining('did you mean "vnet"') });
});

test("nothing that it asks changes anything", () => {
  expect(writesOf(lab).filter((one) => !/qemu\/100\/config/.test(one))).toEqual([]);
});

test("before 9.1 the zones' states come under another name", async () => {
  const old = await openLabSession({ seed: "medium", taskMs: 40, version: "8.4" });
  const { sdn } = old.lab.state.datacenter;
  sdn.zones.set("z1", { type: "vlan", bridge: "vmbr0" });
  sdn.commit();
  sdn.nodeVersions.set("pve1", sdn.version);
  const { data } = await old.call(TOOL);
  expect(objects({ data })).toMatchObject([{ id: "z1", nodes: "available on 1; pending on pve2, pve3" }]);
  await old.close();
});
