import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Lab } from "../../src/lab/index.ts";
import { call } from "../lab/support.ts";
import { openLabSession, type Session } from "../support/session.ts";
import { ANSWER_LIMIT, allPages, objects, requestsOf, writesOf } from "./rows.ts";

const TOOL = "proxmox_firewall_get";

let session: Session & { lab: Lab };
let lab: Lab;

/** A change made by somebody else, past the server under test. */
async function post(path: string, form: Record<string, string | number>): Promise<void> {
  const { status } = await call(lab, "POST", path, {
    body: Object.entries(form)
      .map(([key, value]) => `${key}=${encodeURIComponent(value)}`)
      .join("&"),
  });
  expect([path, status]).toEqual([path, 200]);
}

beforeAll(async () => {
  session = await openLabSession({ seed: "medium", taskMs: 40 });
  lab = session.lab;
  const cluster = "/cluster/firewall";
  await post(`${cluster}/aliases`, { name: "office", cidr: "10.1.2.0/24", comment: "second floor" });
  await post(`${cluster}/ipset`, { name: "admins", comment: "people" });
  await post(`${cluster}/ipset`, { name: "none" });
  await post(`${cluster}/ipset/admins`, { cidr: "10.9.0.0/24", comment: "vpn" });
  await post(`${cluster}/ipset/admins`, { cidr: "10.9.0.5", nomatch: 1 });
  await post(`${cluster}/groups`, { group: "web" });
  await post(`${cluster}/groups`, { group: "void", comment: "later" });
  await post(`${cluster}/groups/web`, { type: "in", action: "ACCEPT", proto: "tcp", dport: "443", enable: 1 });
  await post(`${cluster}/groups/web`, { type: "in", action: "ACCEPT", proto: "tcp", dport: "80", enable: 1 });
  await post(`${cluster}/rules`, { type: "in", action: "DROP", source: "10.0.0.0/8", comment: "later" });
  await post(`${cluster}/rules`, { type: "in", action: "ACCEPT", macro: "SSH", enable: 1, source: "+dc/admins" });
  await post("/nodes/pve1/firewall/rules", { type: "in", action: "ACCEPT", proto: "tcp", dport: "8006", enable: 1 });
  const guest = "/nodes/pve1/qemu/100/firewall";
  await post(`${guest}/aliases`, { name: "db", cidr: "10.3.0.4" });
  await post(`${guest}/ipset`, { name: "peers" });
  await post(`${guest}/ipset/peers`, { cidr: "10.3.0.0/24" });
  await post(`${guest}/rules`, { type: "group", action: "web", enable: 1, iface: "net0" });
});
afterAll(() => session?.close());
beforeEach(() => {
  lab.faults.clear();
  lab.state.firewall.cluster.options = { enable: 1 };
});

describe("the rules of", () => {
  test("the cluster stand in order, with digest, policies and effect", async () => {
    const { result, requests } = await requestsOf(lab, () => session.call(TOOL, { scope: "cluster" }));
    expect(requests.sort()).toEqual(["GET /cluster/firewall/options", "GET /cluster/firewall/rules"]);
    expect(result.data).toMatchObject({
      cluster: "default",
      scope: "cluster",
      section: "rules",
      effect: { active: true, why: [], policyIn: "DROP", policyOut: "ACCEPT", policyForward: "ACCEPT" },
      digest: expect.stringMatching(/^[0-9a-f]{40}$/),
      total: 2,
    });
    expect(objects(result)).toEqual([
      { pos: 0, enable: true, type: "in", action: "ACCEPT", macro: "SSH", source: "+dc/admins", comment: null },
      { pos: 1, enable: false, type: "in", action: "DROP", macro: null, source: "10.0.0.0/8", comment: "later" },
    ]);
  });

  test("a node name what it depends on", async () => {
    const on = await session.call(TOOL, { scope: "node", node: "pve1" });
    expect(on.data).toMatchObject({ node: "pve1", effect: { active: true, why: [] }, total: 1 });
    lab.state.firewall.node("pve1").options.enable = 0;
    const off = await session.call(TOOL, { scope: "node", node: "pve1" });
    expect(off.data.effect).toEqual({ active: false, why: ["The node's firewall is off."] });
    lab.state.firewall.node("pve1").options = {};
  });

  const CLUSTER_OFF = "The cluster's firewall is off, so no rule of any scope has an effect.";
  const GUEST_OFF = "The guest's firewall is off.";
  const open = (cards: string) => `Traffic of ${cards} is not filtered: firewall=1 is not set there.`;
  test.each([
    [{}, {}, "virtio=BC:24:11:00:00:01,bridge=vmbr0", false, [CLUSTER_OFF, GUEST_OFF, open("net0")]],
    [{ enable: 1 }, {}, "virtio=BC:24:11:00:00:01,bridge=vmbr0,firewall=1", false, [GUEST_OFF]],
    [{ enable: 1 }, { enable: 1 }, "virtio=BC:24:11:00:00:01,bridge=vmbr0", false, [open("net0")]],
    [{ enable: 1 }, { enable: 1 }, "virtio=BC:24:11:00:00:01,bridge=vmbr0,firewall=0", false, [open("net0")]],
    [{ enable: 0 }, { enable: 1 }, "virtio=BC:24:11:00:00:01,firewall=1,bridge=vmbr0", false, [CLUSTER_OFF]],
    [{ enable: 1 }, { enable: 1 }, "virtio=BC:24:11:00:00:01,firewall=1,bridge=vmbr0", true, []],
    [{ enable: 1 }, { enable: 1 }, undefined, false, ["The guest has no network card."]],
  ])("a guest are in effect when all three switches are on: %o %o %s", async (cluster, own, net0, active, why) => {
    const guest = lab.state.guests.get(100)!;
    const before = guest.config.net0!;
    lab.state.firewall.cluster.options = cluster;
    lab.state.firewall.guest(100).options = own;
    if (net0 === undefined) delete guest.config.net0;
    else guest.config.net0 = net0;
    const { data } = await session.call(TOOL, { scope: "vm", vmid: "web01" });
    guest.config.net0 = before;
    lab.state.firewall.guest(100).options = {};
    expect(data).toMatchObject({ vmid: 100, name: "web01", node: "pve1", effect: { active, why } });
    expect(objects({ data })).toEqual([{ pos: 0, enable: true, type: "group", action: "web", iface: "net0" }]);
  });

  test("a guest with one open card say which", async () => {
    const guest = lab.state.guests.get(100)!;
    lab.state.firewall.guest(100).options = { enable: 1, policy_in: "REJECT" };
    guest.config.net1 = "virtio=BC:24:11:00:00:02,bridge=vmbr0";
    const { data } = await session.call(TOOL, { scope: "vm", vmid: 100 });
    expect(data.effect).toEqual({ active: true, why: [open("net1")], policyIn: "REJECT", policyOut: "ACCEPT" });
    delete guest.config.net1;
    lab.state.firewall.guest(100).options = {};
  });

  test("a container read its own configuration", async () => {
    const { result, requests } = await requestsOf(lab, () => session.call(TOOL, { scope: "lxc", vmid: "dns01" }));
    expect(result.data).toMatchObject({ vmid: 103, effect: { active: false }, rows: [], total: 0 });
    expect(requests).toContain("GET /nodes/pve1/lxc/103/firewall/rules");
    expect(requests).toContain("GET /nodes/pve1/lxc/103/config");
  });

  test("a guest are unknown in effect when a switch cannot be read, unless another one is off", async () => {
    lab.faults.add({
      match: { path: /^\/cluster\/firewall\/options$/ },
      status: 403,
      reason: "Permission check failed",
    });
    const off = await session.call(TOOL, { scope: "vm", vmid: 100 });
    expect(off.data.effect).toMatchObject({ active: false });
    lab.state.firewall.guest(100).options = { enable: 1 };
    const { data, error } = await session.call(TOOL, { scope: "vm", vmid: 100 });
    lab.state.firewall.guest(100).options = {};
    expect(error).toBeUndefined();
    expect(data.effect).not.toHaveProperty("active");
    expect(data.incomplete).toEqual([
      { part: "options of the cluster", reason: expect.stringContaining("Permission check failed") },
    ]);
  });
});

describe("other sections", () => {
  test("options come with effect and digest", async () => {
    lab.state.firewall.guest(100).options = { enable: 1, macfilter: 0 };
    const { data } = await session.call(TOOL, { scope: "vm", vmid: 100, section: "options" });
    lab.state.firewall.guest(100).options = {};
    expect(data).toMatchObject({
      options: { enable: true, macfilter: false },
      effect: { active: true },
      digest: expect.stringMatching(/^[0-9a-f]{40}$/),
    });
    expect(data.options).not.toHaveProperty("digest");
  });

  test("sets come with their entries, an empty one as a row of its own", async () => {
    const answer = await session.call(TOOL, { scope: "cluster", section: "ipsets" });
    expect(objects(answer)).toEqual([
      { ipset: "admins", cidr: "10.9.0.0/24", nomatch: null, comment: "vpn" },
      { ipset: "admins", cidr: "10.9.0.5", nomatch: true, comment: null },
      { ipset: "none", cidr: null, nomatch: null, comment: null },
    ]);
    const own = await session.call(TOOL, { scope: "vm", vmid: 100, section: "ipsets" });
    expect(objects(own)).toEqual([{ ipset: "peers", cidr: "10.3.0.0/24" }]);
  });

  test("groups come with their rules, and one by its name costs one request", async () => {
    const answer = await session.call(TOOL, { scope: "cluster", section: "groups" });
    expect(objects(answer).map(({ group, pos, dport, comment }) => [group, pos, dport, comment])).toEqual([
      ["void", null, null, "later"],
      ["web", 0, "80", null],
      ["web", 1, "443", null],
    ]);
    const { result, requests } = await requestsOf(lab, () =>
      session.call(TOOL, { scope: "cluster", section: "groups", name: "web" }),
    );
    expect(requests).toEqual(["GET /cluster/firewall/groups/web"]);
    expect(result.data.total).toBe(2);
    const unknown = await session.call(TOOL, { scope: "cluster", section: "groups", name: "wbe" });
    expect(unknown.error).toMatchObject({ code: "not-found", message: expect.stringContaining("wbe") });
  });

  test("aliases and refs", async () => {
    expect(objects(await session.call(TOOL, { scope: "cluster", section: "aliases" }))).toEqual([
      { name: "office", cidr: "10.1.2.0/24", comment: "second floor" },
    ]);
    const refs = objects(await session.call(TOOL, { scope: "vm", vmid: 100, section: "refs" }));
    expect(refs).toContainEqual({ type: "ipset", name: "admins", ref: "+admins", scope: "dc", comment: "people" });
    expect(refs).toContainEqual({ type: "alias", name: "db", ref: "db", scope: "guest", comment: null });
  });

  test("one member that cannot be read leaves the rest", async () => {
    lab.faults.add({ match: { path: /^\/cluster\/firewall\/groups\/web$/ }, status: 500, reason: "got timeout" });
    const { data, error } = await session.call(TOOL, { scope: "cluster", section: "groups" });
    expect(error).toBeUndefined();
    expect(objects({ data }).map(({ group }) => group)).toEqual(["void", "web"]);
    expect(data.incomplete).toEqual([{ part: "group web", reason: expect.stringContaining("got timeout") }]);
  });
});

describe("the log", () => {
  const line = (vmid: number, index: number) =>
    `${vmid} 6 tap${vmid}i0-IN 23/Nov/2026:03:44:04 +0000 DROP: packet ${index}`;

  test("of a guest is its tail, and pages from a start", async () => {
    const lines = Array.from({ length: 500 }, (_, index) => line(index % 2 === 0 ? 100 : 101, index));
    lab.state.firewall.logs.set("pve1", lines);
    const own = lines.filter((one) => one.startsWith("100 "));
    const tail = await session.call(TOOL, { scope: "vm", vmid: 100, section: "log" });
    expect(tail.data.log).toEqual({ start: 200, total: 250, lines: own.slice(200) });
    const head = await session.call(TOOL, { scope: "vm", vmid: 100, section: "log", start: 10, limit: 3 });
    expect(head.data.log).toEqual({ start: 10, total: 250, lines: own.slice(10, 13) });
  });

  test("is cut to what an answer may hold, from its old end", async () => {
    const lines = Array.from({ length: 1000 }, (_, index) => line(100, index));
    lab.state.firewall.logs.set("pve1", lines);
    const { data, text } = await session.call(TOOL, { scope: "node", node: "pve1", section: "log", limit: 1000 });
    expect(text.length).toBeLessThan(ANSWER_LIMIT);
    expect(data.log.start).toBeGreaterThan(100);
    expect(data.log.lines).toEqual(lines.slice(data.log.start));
  });

  test("that is not there is empty, not an error", async () => {
    lab.state.firewall.logs.delete("pve1");
    for (const running of [true, false]) {
      if (running) lab.state.hosts.of("pve1").running.add("pvefw-logger");
      else lab.state.hosts.of("pve1").running.delete("pvefw-logger");
      const { data, error } = await session.call(TOOL, { scope: "node", node: "pve1", section: "log" });
      expect(error).toBeUndefined();
      expect(data.log).toEqual({ start: 0, total: 0, lines: [] });
    }
  });
});

test.each([
  [{ scope: "cluster", section: "log" }, /Scope cluster has rules, .*; log exists for node, vm, lxc\./],
  [{ scope: "node", section: "aliases" }, /Scope node has rules, options, log; aliases exists for cluster, vm, lxc\./],
  [{ scope: "node", section: "groups" }, /groups exists for cluster\./],
  [{ scope: "vm", vmid: 100, section: "groups" }, /Scope vm has rules, options, aliases, ipsets, refs, log/],
  [{ scope: "vm" }, /vmid is missing/],
  [{ scope: "cluster", vmid: 100 }, /set scope to vm or lxc/],
  [{ scope: "cluster", node: "pve1" }, /set scope to node/],
  [{ scope: "cluster", name: "web" }, /name does nothing for section rules/],
  [{ scope: "cluster", start: 5 }, /start does nothing for section rules/],
  [{ scope: "lxc", vmid: 100 }, /Set scope to vm\./],
  [{ scope: "vm", vmid: "dns01" }, /Set scope to lxc\./],
  [{ scope: "vm", vmid: "twin" }, /115 .*116/],
  [{ scope: "vm", vmid: "wbe01" }, /Did you mean "web01"/],
  [{ scope: "node", node: "pve9" }, /Did you mean "pve1"|Known nodes/],
  [{ scope: "node" }, /Set node to one of: pve1, pve2, pve3/],
  [{ scope: "host" }, /scope/],
  [{ scope: "cluster", section: "rule" }, /did you mean "rules"/],
])("%o is refused before anything is asked", async (args, says) => {
  const { result, requests } = await requestsOf(lab, () => session.call(TOOL, args));
  expect(`${result.error?.message} ${result.error?.next}`).toMatch(says);
  expect(requests.filter((one) => one !== "GET /cluster/resources")).toEqual([]);
});

test("a guest on a node that is offline is not asked", async () => {
  const guest = [...lab.state.guests.values()].find(({ node, type }) => node === "pve3" && type === "qemu")!;
  lab.state.setNodeOnline("pve3", false);
  await session.call("proxmox_api_call", {
    method: "PUT",
    path: "/nodes/pve1/qemu/100/config",
    params: { description: "front end" },
  });
  const { error } = await session.call(TOOL, { scope: "vm", vmid: guest.vmid });
  expect(error).toMatchObject({ code: "node-offline" });
  lab.state.setNodeOnline("pve3", true);
});

test("many rules and many sets stay within an answer, and pages hold every one once", async () => {
  const { cluster } = lab.state.firewall;
  const rules = cluster.rules;
  cluster.rules = Array.from({ length: 600 }, (_, index) => ({
    ...rules[0]!,
    comment: `rule number ${index} of very many`,
  }));
  const one = await session.call(TOOL, { scope: "cluster" });
  expect(one.text.length).toBeLessThan(ANSWER_LIMIT);
  const { rows } = await allPages(session, TOOL, { scope: "cluster" });
  expect(rows.map(({ pos }) => pos)).toEqual(Array.from({ length: 600 }, (_, index) => index));
  cluster.rules = rules;
  for (let index = 0; index < 60; index++) cluster.ipsets.set(`set${index}`, { entries: [] });
  const { data } = await session.call(TOOL, { scope: "cluster", section: "ipsets" });
  expect(data.incomplete).toEqual([{ part: "ipsets", reason: expect.stringContaining("of 62, the first 50") }]);
});

test("answers that are null or of other types do not fail it", async () => {
  lab.faults.add({ fault: "types-swapped", match: { path: /^\/cluster\/firewall\/(rules|options)/ } });
  const { data } = await session.call(TOOL, { scope: "cluster" });
  expect(data.effect.active).toBe(true);
  expect(objects({ data })[0]).toMatchObject({ pos: 0, enable: true });
  lab.faults.add({ fault: "null-lists" });
  expect((await session.call(TOOL, { scope: "cluster" })).data).toMatchObject({ rows: [], total: 0 });
});

test("nothing that it asks changes anything", () => {
  expect(writesOf(lab).filter((one) => !/^POST .*\/firewall|qemu\/100\/config/.test(one))).toEqual([]);
});
