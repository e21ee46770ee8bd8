import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, startLab } from "../../src/lab/index.ts";
import { authorization, call, finish } from "./support.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({
    seed: "small",
    taskMs: 5,
    taskVisibleMs: 0,
    authDelayMs: 0,
    token: { user: "root", realm: "pam", id: "t" },
  });
});
afterAll(() => lab.close());

/** What a step gives: data, or a refusal by a parameter's text or by a reason. */
type Outcome = { data: unknown } | { errors: Record<string, string> } | { reason: string };
type Step = [request: string, form: string, outcome: Outcome];

const DONE: Outcome = { data: null };
const CHANGED: Outcome = { reason: "detected modified configuration - file changed by other user? Try again." };

async function send(request: string, form = "", token?: string): ReturnType<typeof call> {
  const [method = "", path = ""] = request.split(" ");
  const body = method === "POST" || method === "PUT";
  const target = body || form === "" ? path : `${path}?${form}`;
  return await call(lab, method, target, {
    ...(body ? { body: form } : {}),
    ...(token === undefined ? {} : { token }),
  });
}

async function story(base: string, steps: readonly Step[]): Promise<void> {
  for (const [request, form, outcome] of steps) {
    const answer = await send(request.replace(" ", ` ${base}`), form);
    const where = `${request} ${form}`;
    if ("data" in outcome) {
      expect([where, answer.reason, answer.status]).toEqual([where, "OK", 200]);
      expect(answer.data, where).toEqual(outcome.data);
    } else if ("errors" in outcome)
      expect({ where, status: answer.status, errors: answer.errors }).toEqual({ where, status: 400, ...outcome });
    else expect({ where, status: answer.status, reason: answer.reason }).toEqual({ where, status: 500, ...outcome });
  }
}

/** The digest of a list as the server takes it. */
function digest(...entries: Record<string, string | number>[]): string {
  const lines = entries.flatMap((entry) =>
    Object.keys(entry)
      .sort()
      .map((key) => `${key}:${entry[key]}\n`),
  );
  return createHash("sha1").update(lines.join("")).digest("hex");
}

const EMPTY = digest();
const CLUSTER = "/cluster/firewall";
const HOST = "/nodes/pve1/firewall";
const VM = "/nodes/pve1/qemu/100/firewall";
const CT = "/nodes/pve1/lxc/103/firewall";
const GROUP = "/cluster/firewall/groups/shared";

async function comments(path: string): Promise<string[]> {
  const { data } = await send(`GET ${path}`);
  return data.map((rule: { comment?: string }) => rule.comment ?? "");
}

describe.each([
  ["cluster", CLUSTER, ["aliases", "rules", "options", "groups", "ipset", "macros", "refs"]],
  ["node", HOST, ["rules", "options", "log"]],
  ["VM", VM, ["rules", "aliases", "ipset", "refs", "options"]],
  ["container", CT, ["rules", "aliases", "ipset", "refs", "options"]],
])("the firewall of a %s", (_, base, index) => {
  it("names its parts", async () => {
    expect((await send(`GET ${base}`)).data).toEqual(index.map((name) => ({ name })));
  });

  it("keeps options", async () => {
    await story(base, [
      ["GET /options", "", { data: { digest: EMPTY } }],
      ["PUT /options", "enable=1", DONE],
      ["GET /options", "", { data: { enable: 1, digest: digest({ enable: 1 }) } }],
      ["PUT /options", `enable=0&digest=${EMPTY}`, CHANGED],
      ["PUT /options", `enable=0&digest=${digest({ enable: 1 })}`, DONE],
      ["GET /options", "", { data: { enable: 0, digest: digest({ enable: 0 }) } }],
      ["PUT /options", "delete=nothing", { errors: { delete: "no such option 'nothing'" } }],
      ["PUT /options", "delete=enable", DONE],
      ["GET /options", "", { data: { digest: EMPTY } }],
    ]);
  });

  it("puts new rules first, switched off, and moves, changes and deletes them", async () => {
    const rules = `${base}/rules`;
    for (const comment of ["c", "b", "a"])
      await story(base, [["POST /rules", `type=in&action=ACCEPT&comment=${comment}`, DONE]]);
    expect(await comments(rules)).toEqual(["a", "b", "c"]);
    const { data } = await send(`GET ${rules}`);
    const rule = (comment: string): Record<string, string | number> => ({
      type: "in",
      action: "ACCEPT",
      enable: 0,
      comment,
    });
    const all = digest(rule("a"), rule("b"), rule("c"));
    expect(data[1]).toEqual({ ...rule("b"), pos: 1, digest: all });
    await story(base, [
      ["GET /rules/1", "", { data: { ...rule("b"), pos: "1", digest: all } }],
      ["GET /rules/3", "", { reason: "no rule at position 3" }],
      ["PUT /rules/3", "enable=1", { reason: "no rule at position 3" }],
      ["DELETE /rules/3", "", { reason: "no rule at position 3" }],
      ["PUT /rules/0", `enable=1&digest=${"0".repeat(40)}`, CHANGED],
      ["DELETE /rules/0", `digest=${"0".repeat(40)}`, CHANGED],
    ]);
    for (const [from, to, order] of [
      [0, 1, "a b c"],
      [0, 2, "b a c"],
      [0, 99, "a c b"],
      [2, 0, "b a c"],
      [1, 1, "b a c"],
    ] as const) {
      await story(base, [[`PUT /rules/${from}`, `moveto=${to}&comment=ignored${to === from ? "" : "1"}`, DONE]]);
      if (to === from) await story(base, [[`PUT /rules/${from}`, "comment=a", DONE]]);
      expect((await comments(rules)).join(" "), `${from} to ${to}`).toBe(order);
    }
    await story(base, [
      ["PUT /rules/0", "proto=tcp&dport=80,443&log=info&source=10.0.0.0/8", DONE],
      ["PUT /rules/0", "delete=comment,log", DONE],
      ["PUT /rules/0", "delete=type", { errors: { delete: "unable to delete required property 'type'" } }],
      ["PUT /rules/0", "delete=colour", { errors: { delete: "no such property ('colour')" } }],
    ]);
    expect((await send(`GET ${rules}/0`)).data).toMatchObject({
      dport: "80,443",
      enable: 0,
      ipversion: 4,
      proto: "tcp",
      source: "10.0.0.0/8",
    });
    // Without its flag, a rule is on.
    await story(base, [["PUT /rules/0", "delete=enable", DONE]]);
    expect((await send(`GET ${rules}/0`)).data).toMatchObject({ enable: 1 });
    for (const _ of [1, 2, 3]) await story(base, [["DELETE /rules/0", "", DONE]]);
    expect((await send(`GET ${rules}`)).data).toEqual([]);
  });
});

describe("a rule", () => {
  const port = "missing property - 'dport' requires this property";
  it.each<[string, string, Record<string, string>]>([
    [CLUSTER, "type=in&action=sure", { action: "unknown action 'sure'" }],
    [CLUSTER, "type=forward&action=REJECT", { action: "cannot define REJECT rules on forward chain" }],
    [VM, "type=forward&action=DROP", { type: "invalid rule type 'forward' for rule_env 'vm'" }],
    [CT, "type=forward&action=DROP", { type: "invalid rule type 'forward' for rule_env 'ct'" }],
    [VM, "type=in&action=DROP&iface=eth0", { iface: "value does not match the regex pattern 'net\\d+'" }],
    [HOST, "type=in&action=DROP&macro=Gopher", { macro: "unknown macro 'Gopher'" }],
    [
      HOST,
      "type=in&action=DROP&macro=ssh&proto=udp",
      { proto: "parameter 'proto' already define in macro (value = 'tcp')" },
    ],
    [
      HOST,
      "type=in&action=DROP&macro=HTTP&proto=tcp&dport=81",
      { dport: "parameter 'dport' already define in macro (value = '80')" },
    ],
    [CLUSTER, "type=in&action=DROP&dport=22", { proto: port }],
    [CLUSTER, "type=in&action=DROP&sport=22", { proto: port.replace("dport", "sport") }],
    [CLUSTER, "type=in&action=DROP&dport=22&proto=gre", { dport: "protocol 'gre' does not support ports" }],
    [CLUSTER, "type=in&action=DROP&dport=echo-request&proto=tcp", { dport: "invalid port 'echo-request'" }],
    [CLUSTER, "type=in&action=DROP&icmp-type=redirect", { proto: port.replace("dport", "icmp-type") }],
    [
      CLUSTER,
      "type=in&action=DROP&icmp-type=redirect&proto=icmp&dport=echo-reply",
      { "icmp-type": "'icmp-type' cannot be specified together with 'dport'" },
    ],
    [
      CLUSTER,
      "type=in&action=DROP&icmp-type=no-route&proto=icmp",
      { "icmp-type": "invalid icmp-type 'no-route' for proto 'icmp'" },
    ],
    [
      CLUSTER,
      "type=in&action=DROP&icmp-type=any&proto=ipv6-icmp",
      { "icmp-type": "invalid icmp-type 'any' for proto 'ipv6-icmp'" },
    ],
    [CLUSTER, "type=in&action=DROP&source=nobody", { source: "no such alias 'nobody'" }],
    [CLUSTER, "type=in&action=DROP&source=dc/nobody", { source: "no such alias 'dc/nobody'" }],
    [CLUSTER, "type=in&action=DROP&dest=%2Bnone", { dest: "no such ipset 'none'" }],
    [CLUSTER, "type=in&action=DROP&dest=%2B9", { dest: "invalid ipset name '+9'" }],
    [
      CLUSTER,
      "type=in&action=DROP&source=10.0.0.1&dest=fd00::1",
      { dest: "detected mixed ipv4/ipv6 addresses in rule" },
    ],
  ])("on %s refuses %s", async (base, form, errors) => {
    await story(base, [["POST /rules", form, { errors }]]);
  });

  it.each([
    "macro=ssh",
    "macro=ping&source=fd00::/8",
    "proto=icmp&icmp-type=echo-request",
    "proto=icmpv6&icmp-type=no-route",
    "proto=sctp&sport=1:2&dport=ssh",
  ])("may be %s", async (form) => {
    await story(HOST, [["POST /rules", `type=in&action=ACCEPT&iface=vmbr0&${form}`, DONE]]);
    const { data } = await send(`GET ${HOST}/rules/0`);
    expect(data).not.toHaveProperty("errors");
    if (form.startsWith("macro")) expect(data.macro).toBe(form.startsWith("macro=ssh") ? "SSH" : "Ping");
    await story(HOST, [["DELETE /rules/0", "", DONE]]);
  });

  it("keeps the first line of a comment, and loses what is set to nothing", async () => {
    await story(HOST, [
      ["POST /rules", "type=in&action=ACCEPT&comment=%20one%0Atwo&proto=tcp", DONE],
      ["PUT /rules/0", "proto=", DONE],
    ]);
    expect((await send(`GET ${HOST}/rules/0`)).data).toMatchObject({ comment: "one" });
    expect((await send(`GET ${HOST}/rules/0`)).data).not.toHaveProperty("proto");
    await story(HOST, [["DELETE /rules/0", "", DONE]]);
  });

  it("tells what has become wrong with it", async () => {
    await story(CLUSTER, [
      ["POST /aliases", "name=friend&cidr=10.0.0.9", DONE],
      ["POST /rules", "type=in&action=ACCEPT&source=friend", DONE],
    ]);
    expect((await send(`GET ${CLUSTER}/rules/0`)).data).toMatchObject({ source: "friend", ipversion: 4 });
    await story(CLUSTER, [["DELETE /aliases/friend", "", DONE]]);
    const { data } = await send(`GET ${CLUSTER}/rules/0`);
    expect(data.errors).toEqual({ source: "no such alias 'friend'" });
    await story(CLUSTER, [["DELETE /rules/0", "", DONE]]);
  });
});

describe("security groups", () => {
  it("hold rules, are renamed with what names them, and go when they are empty", async () => {
    const list = digest({ group: "shared", comment: "x" });
    await story("", [
      [`POST ${CLUSTER}/groups`, "group=Shared&comment=x", DONE],
      [`GET ${CLUSTER}/groups`, "", { data: [{ group: "shared", comment: "x", digest: list }] }],
      [`POST ${CLUSTER}/groups`, "group=shared", { errors: { group: "Security group 'shared' already exists" } }],
      [
        `POST ${GROUP}`,
        "type=group&action=other",
        { errors: { type: "invalid rule type 'group' for rule_env 'group'" } },
      ],
      [
        `POST ${GROUP}`,
        "type=in&action=DROP&iface=eth0",
        { errors: { type: "parameter -i not allowed for this rule type" } },
      ],
      [`POST ${GROUP}`, "type=in&action=DROP&enable=1", DONE],
      [`PUT ${GROUP}/0`, "comment=all", DONE],
      [`POST ${VM}/rules`, "type=group&action=shared&iface=net0&enable=1", DONE],
      [`DELETE ${GROUP}`, "", { reason: "Security group 'shared' is not empty" }],
      [
        `POST ${CLUSTER}/groups`,
        "group=mine&rename=none",
        { errors: { group: "Security group 'none' does not exist" } },
      ],
      [`POST ${CLUSTER}/groups`, `group=mine&rename=shared&digest=${EMPTY}`, CHANGED],
      [`POST ${CLUSTER}/groups`, `group=mine&rename=shared&digest=${list}`, DONE],
      [`GET ${GROUP}`, "", { reason: "no such security group 'shared'" }],
    ]);
    expect((await send(`GET ${VM}/rules`)).data).toMatchObject([{ type: "group", action: "mine", iface: "net0" }]);
    expect((await send(`GET ${CLUSTER}/groups/mine/0`)).data).toMatchObject({ comment: "all", pos: "0", enable: 1 });
    await story("", [
      [`DELETE ${CLUSTER}/groups/mine/0`, "", DONE],
      [`DELETE ${CLUSTER}/groups/mine`, "", DONE],
      [`DELETE ${CLUSTER}/groups/mine`, "", { reason: "no such security group 'mine'" }],
      [`DELETE ${VM}/rules/0`, "", DONE],
    ]);
  });
});

describe.each([CLUSTER, VM, CT])("names below %s", (base) => {
  const alias = (name: string, cidr: string, ipversion: number): Record<string, string | number> => ({
    name,
    cidr,
    ipversion,
  });
  const home = alias("Home", "10.1.2.3", 4);
  const six = alias("six", "fd00::/8", 6);

  it("may stand for addresses", async () => {
    await story(base, [
      ["POST /aliases", "name=six&cidr=fd00::/8", DONE],
      ["POST /aliases", "name=Home&cidr=10.1.2.3/32", DONE],
      ["POST /aliases", "name=hOME&cidr=10.1.2.3", { errors: { name: "alias 'hOME' already exists" } }],
      ["GET /aliases", "", { data: [home, six].map((entry) => ({ ...entry, digest: digest(home, six) })) }],
      ["GET /aliases/HOME", "", { data: home }],
      ["GET /aliases/none", "", { errors: { name: "no such alias" } }],
      ["PUT /aliases/none", "cidr=10.0.0.1", { errors: { name: "no such alias" } }],
      ["PUT /aliases/home", "cidr=10.0.0.1&rename=six", { errors: { name: "alias 'six' already exists" } }],
      ["PUT /aliases/home", `cidr=10.0.0.1&digest=${EMPTY}`, CHANGED],
      ["PUT /aliases/home", "cidr=10.0.0.0/8&rename=Net&comment=all", DONE],
      ["GET /aliases/net", "", { data: { ...alias("Net", "10.0.0.0/8", 4), comment: "all" } }],
      ["DELETE /aliases/net", `digest=${EMPTY}`, CHANGED],
      ["DELETE /aliases/net", "", DONE],
      ["DELETE /aliases/net", "", DONE],
      ["DELETE /aliases/six", "", DONE],
      ["GET /aliases", "", { data: [] }],
    ]);
  });

  it("may stand for sets", async () => {
    const entries = [{ cidr: "10.9.0.0/24", nomatch: 1 }, { cidr: "fd00::/64" }, { cidr: "host1", comment: "x" }];
    const list = digest({ name: "block", comment: "c" });
    await story(base, [
      ["POST /aliases", "name=host1&cidr=10.0.0.1", DONE],
      ["POST /ipset", "name=Block&comment=c", DONE],
      ["POST /ipset", "name=block", { errors: { name: "IPSet 'block' already exists" } }],
      ["GET /ipset", "", { data: [{ name: "block", comment: "c", digest: list }] }],
      ["POST /ipset/none", "cidr=10.0.0.1", { reason: "no such IPSet 'none'" }],
      ["POST /ipset/block", "cidr=host1&comment=x", DONE],
      ["POST /ipset/block", "cidr=nobody", { reason: "no such alias 'nobody'" }],
      ["POST /ipset/block", "cidr=FD00:0:0::77/64", DONE],
      ["POST /ipset/block", "cidr=10.9.0.77/24&nomatch=1", DONE],
      ["POST /ipset/block", "cidr=10.9.0.0/24", { errors: { cidr: "address '10.9.0.0/24' already exists" } }],
      ["POST /ipset/block", "cidr=::/0", { errors: { cidr: "a zero prefix is not allowed in ipset entries" } }],
      [
        "GET /ipset/block",
        "",
        { data: entries.map((entry) => ({ ...entry, digest: digest(...(entries as never[])) })) },
      ],
      ["GET /ipset/block/10.9.0.0/24", "", { data: { ...entries[0], digest: digest(...(entries as never[])) } }],
      ["GET /ipset/block/10.9.0.0/25", "", { errors: { cidr: "no such IP/Network" } }],
      ["PUT /ipset/block/10.9.0.0%2F25", "comment=x", { errors: { cidr: "no such IP/Network" } }],
      ["PUT /ipset/block/10.9.0.0%2F24", `comment=x&digest=${EMPTY}`, CHANGED],
      ["PUT /ipset/block/10.9.0.0%2F24", "comment=x", DONE],
      ["DELETE /ipset/block/host1", "", DONE],
      ["DELETE /ipset/block/fd00::/64", "", DONE],
      ["DELETE /ipset/block/fd00::/64", "", DONE],
      [
        "GET /ipset/block",
        "",
        { data: [{ cidr: "10.9.0.0/24", comment: "x", digest: digest({ cidr: "10.9.0.0/24", comment: "x" }) }] },
      ],
      ["POST /ipset", "name=drop&rename=none", { errors: { name: "IPSet 'none' does not exist" } }],
      ["POST /ipset", `name=drop&rename=block&digest=${EMPTY}`, CHANGED],
      ["POST /ipset", "name=drop&rename=block&comment=", DONE],
      ["GET /ipset", "", { data: [{ name: "drop", digest: digest({ name: "drop" }) }] }],
      ["DELETE /ipset/drop", "", { reason: "IPSet 'drop' is not empty" }],
      ["DELETE /ipset/drop", "force=1", DONE],
      ["DELETE /ipset/drop", "", { reason: "no such IPSet 'drop'" }],
      ["DELETE /aliases/host1", "", DONE],
    ]);
  });
});

describe("what may be named", () => {
  it("is listed with where it comes from", async () => {
    await story("", [
      [`POST ${CLUSTER}/aliases`, "name=Office&cidr=10.0.0.0/8&comment=x", DONE],
      [`POST ${VM}/ipset`, "name=own", DONE],
      [`POST ${VM}/rules`, "type=in&action=DROP&source=dc/office&dest=%2Bown", DONE],
    ]);
    const office = { type: "alias", name: "office", ref: "office", scope: "dc", comment: "x" };
    const own = { type: "ipset", name: "own", ref: "+own", scope: "guest" };
    await story("", [
      [`GET ${CLUSTER}/refs`, "", { data: [office] }],
      [`GET ${CLUSTER}/refs`, "type=ipset", { data: [] }],
      [`GET ${VM}/refs`, "", { data: [office, own] }],
      [`GET ${CT}/refs`, "", { data: [office] }],
    ]);
  });

  it("includes macros", async () => {
    const { data } = await send(`GET ${CLUSTER}/macros`);
    const names = data.map(({ macro }: { macro: string }) => macro);
    expect(names).toEqual(expect.arrayContaining(["SSH", "HTTPS", "Ping", "NeighborDiscovery"]));
    expect(new Set(names).size).toBe(data.length);
  });
});

describe("the log", () => {
  it("is paged, and a guest's holds its lines alone", async () => {
    const lines = Array.from(
      { length: 60 },
      (_, n) => `${n % 2 ? 100 : 0} 6 x 23/Nov/2026:00:00:${10 + (n % 50)} +0000 ${n}`,
    );
    await story(HOST, [["GET /log", "", { data: [{ n: 1, t: "no content" }] }]]);
    lab.state.firewall.logs.set("pve1", lines);
    const host = await send(`GET ${HOST}/log`);
    expect([host.total, host.data.length, host.data[0]]).toEqual([60, 50, { n: 1, t: lines[0] }]);
    const page = await send(`GET ${HOST}/log`, "start=50&limit=5");
    expect(page.data.map(({ n }: { n: number }) => n)).toEqual([51, 52, 53, 54, 55]);
    expect((await send(`GET ${VM}/log`)).total).toBe(30);
    const since = Date.parse("2026-11-23T00:00:50Z") / 1000;
    expect((await send(`GET ${HOST}/log`, `since=${since}`)).total).toBe(10);
  });
});

describe("enabling the firewall of the cluster on trial", () => {
  it("gives back a time, and nothing once that is over", async () => {
    await story(CLUSTER, [["PUT /options", "enable=2", DONE]]);
    const { enable } = (await send(`GET ${CLUSTER}/options`)).data;
    expect(Math.abs(enable - Date.now() / 1000)).toBeLessThan(5);
    lab.state.firewall.cluster.options.enable = enable - 61;
    expect((await send(`GET ${CLUSTER}/options`)).data).toMatchObject({ enable: 0 });
    await story(CLUSTER, [["PUT /options", "delete=enable", DONE]]);
  });
});

describe("the firewall of a virtual network", () => {
  const base = "/cluster/sdn/vnets/v1/firewall";
  it("is there once the network runs", async () => {
    const missing = "invalid vnet specified at /usr/share/perl5/PVE/API2/Firewall/Helpers.pm line 54.";
    await story("", [
      ["POST /cluster/sdn/zones", "zone=z1&type=simple", DONE],
      ["POST /cluster/sdn/vnets", "vnet=v1&zone=z1", DONE],
      [`GET ${base}/options`, "", { reason: missing }],
    ]);
    await finish(lab, (await send("PUT /cluster/sdn")).data);
    await story(base, [
      ["PUT /options", "enable=1&policy_forward=DROP", DONE],
      [
        "GET /options",
        "",
        { data: { enable: 1, policy_forward: "DROP", digest: digest({ enable: 1, policy_forward: "DROP" }) } },
      ],
      ["POST /rules", "type=in&action=DROP", { errors: { type: "invalid rule type 'in' for rule_env 'vnet'" } }],
      ["POST /rules", "type=forward&action=DROP&source=%2Bsdn/v1-all", DONE],
      [
        "POST /rules",
        "type=forward&action=DROP&source=%2Bsdn/v2-all",
        { errors: { source: "no such ipset 'v2-all'" } },
      ],
      ["DELETE /rules/0", "", DONE],
      ["GET /rules", "", { data: [] }],
    ]);
    const { data } = await send(`GET ${CLUSTER}/refs`, "type=ipset");
    expect(data.map(({ ref, scope }: { ref: string; scope: string }) => `${scope} ${ref}`)).toEqual([
      "sdn +v1-all",
      "sdn +v1-dhcp",
      "sdn +v1-gateway",
      "sdn +v1-no-gateway",
    ]);
  });

  it("names its parts to root, and to no token", async () => {
    expect(await send(`GET ${base}`)).toMatchObject({
      status: 403,
      reason: "Permission check failed (user != root@pam)",
    });
    const login = `username=root@pam&password=${encodeURIComponent(lab.rootPassword)}`;
    const { ticket } = (await call(lab, "POST", "/access/ticket", { token: null, body: login })).data;
    const headers = { Cookie: `PVEAuthCookie=${encodeURIComponent(ticket)}` };
    const { data } = await call(lab, "GET", base, { token: null, headers });
    expect(data).toEqual([{ name: "rules" }, { name: "options" }]);
  });

  it("is closed to whoever has no right on the network", async () => {
    const token = authorization(
      lab.addToken({ user: "reader", realm: "pve", id: "t" }, { "/sdn/zones/z1/v1": ["SDN.Audit"] }),
    );
    expect((await send(`GET ${base}/rules`, "", token)).status).toBe(200);
    expect(await send(`POST ${base}/rules`, "type=forward&action=DROP", token)).toMatchObject({
      status: 403,
      reason: "Permission check failed (/sdn/zones/z1/v1, SDN.Allocate)",
    });
    expect((await send(`GET ${base}/rules`, "", authorization(lab.powerless))).status).toBe(403);
  });
});

describe("a guest's firewall", () => {
  it("is copied to a clone, and goes with its guest", async () => {
    const path = "/nodes/pve1/qemu/102";
    await story("", [
      [`PUT ${path}/firewall/options`, "enable=1&macfilter=0", DONE],
      [`POST ${path}/firewall/rules`, "type=in&action=DROP&comment=original", DONE],
    ]);
    const clone = await send(`POST ${path}/clone`, "newid=777");
    expect(clone.reason).toBe("OK");
    expect((await finish(lab, clone.data)).exitstatus).toBe("OK");
    await story("", [["PUT /nodes/pve1/qemu/777/firewall/rules/0", "comment=copy", DONE]]);
    expect(await comments(`${path}/firewall/rules`)).toEqual(["original"]);
    expect(await comments("/nodes/pve1/qemu/777/firewall/rules")).toEqual(["copy"]);
    expect((await finish(lab, (await send("DELETE /nodes/pve1/qemu/777")).data)).exitstatus).toBe("OK");
    await story("/nodes/pve1/qemu/777/firewall", [
      ["GET /options", "", { data: { digest: EMPTY } }],
      ["GET /rules", "", { data: [] }],
    ]);
    expect((await send(`GET ${path}/firewall/options`)).data).toMatchObject({ enable: 1, macfilter: 0 });
  });

  it.each(["qemu/101", "lxc/103"])("of %s is part of its backup", async (guest) => {
    const path = `/nodes/pve1/${guest}`;
    const [type, vmid] = guest.split("/");
    await story("", [[`POST ${path}/firewall/rules`, "type=in&action=DROP&comment=saved", DONE]]);
    const backup = await send("POST /nodes/pve1/vzdump", `vmid=${vmid}&storage=nfs`);
    expect((await finish(lab, backup.data)).exitstatus).toBe("OK");
    await story("", [[`PUT ${path}/firewall/rules/0`, "comment=later", DONE]]);
    const { data } = await send("GET /nodes/pve1/storage/nfs/content", `content=backup&vmid=${vmid}`);
    const archive = encodeURIComponent(data[0].volid);
    const restore =
      type === "qemu"
        ? await send("POST /nodes/pve1/qemu", `vmid=9${vmid}&archive=${archive}`)
        : await send("POST /nodes/pve1/lxc", `vmid=9${vmid}&ostemplate=${archive}&restore=1&storage=local-lvm`);
    expect(restore.reason).toBe("OK");
    expect((await finish(lab, restore.data)).exitstatus).toMatch(/^(OK|WARNINGS: 1)$/);
    expect(await comments(`/nodes/pve1/${type}/9${vmid}/firewall/rules`)).toEqual(["saved"]);
  });
});
