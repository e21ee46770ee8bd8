import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { wire } from "../../generated/wire.ts";
import { type Lab, startLab } from "../../src/lab/index.ts";
import { routes } from "../../src/lab/routes/index.ts";
import type { Fact } from "../../src/schema/facts.ts";
import { type Step, story, take } from "./cluster-steps.ts";
import { call, finish, until } from "./support.ts";

const OWN =
  /^GET (?:\/cluster(?!\/(?:backup|firewall)|\/sdn\/vnets\/\{vnet\}\/firewall)|\/nodes\/\{node\}\/(?:sdn|replication))/;

/** What is made first, so that there is something to read. */
const MADE: readonly Step[] = [
  { do: "POST /cluster/sdn/fabrics/fabric", form: { id: "fab", protocol: "openfabric", ip_prefix: "10.7.0.0/24" } },
  { do: "POST /cluster/sdn/fabrics/node/fab", form: { node_id: "pve1", protocol: "openfabric", ip: "10.7.0.1" } },
  { do: "POST /cluster/sdn/controllers", form: { controller: "con", type: "evpn", asn: 65000, peers: "192.0.2.1" } },
  { do: "POST /cluster/sdn/dns", form: { dns: "dns1", type: "powerdns", url: "http://dns.test", key: "k" } },
  {
    do: "POST /cluster/sdn/zones",
    form: { zone: "zone1", type: "evpn", controller: "con", "vrf-vxlan": 9, ipam: "pve" },
  },
  { do: "POST /cluster/sdn/vnets", form: { vnet: "vnet1", zone: "zone1", tag: 7, alias: "a" } },
  {
    do: "POST /cluster/sdn/vnets/vnet1/subnets",
    form: { subnet: "10.1.0.0/24", type: "subnet", gateway: "10.1.0.1", snat: 1 },
  },
  {
    do: "POST /cluster/notifications/endpoints/gotify",
    form: { name: "gotify1", server: "http://x.test", token: "t" },
  },
  { do: "POST /cluster/notifications/endpoints/sendmail", form: { name: "sendmail1", mailto: "a@x.test", disable: 1 } },
  {
    do: "POST /cluster/notifications/endpoints/smtp",
    form: { name: "smtp1", server: "x.test", "from-address": "a@x.test", mailto: "b@x.test", port: 25 },
  },
  {
    do: "POST /cluster/notifications/endpoints/webhook",
    form: { name: "webhook1", url: "http://x.test", method: "post", header: "name=a,value=Yg==" },
  },
  { do: "POST /cluster/metrics/server/met", form: { type: "influxdb", server: "192.0.2.9", port: 8089 } },
  { do: "POST /cluster/mapping/pci", form: { id: "pci1", map: ["node=pve1,path=0000:81:00.0,id=10de:1eb8"] } },
  { do: "POST /cluster/mapping/usb", form: { id: "usb1", map: ["node=pve1,id=1234:5678"], description: "d" } },
  { do: "POST /cluster/mapping/dir", form: { id: "dir1", map: ["node=pve1,path=/srv"] } },
  { do: "POST /cluster/ha/resources", form: { sid: "vm:100", max_restart: 2, failback: 0 } },
  {
    do: "POST /cluster/ha/rules",
    form: { rule: "rule1", type: "node-affinity", resources: "vm:100", nodes: "pve1:1" },
  },
  { do: "POST /cluster/qemu/custom-cpu-models", form: { cputype: "mine", "reported-model": "kvm64", hidden: 1 } },
  {
    do: "PUT /cluster/options",
    form: { migration: "type=secure", crs: "ha=static", "user-tag-access": "user-allow=list,user-allow-list=a;b" },
  },
];

/** Names for the parts of paths; what is not here is not asked. */
const NAMES: Readonly<Record<string, string>> = {
  "{node}": "pve1",
  "{zone}": "zone1",
  "{vnet}": "vnet1",
  "{subnet}": "zone1-10.1.0.0-24",
  "{controller}": "con",
  "{dns}": "dns1",
  "{ipam}": "pve",
  "{fabric}": "fab",
  "{fabric_id}": "fab",
  "{node_id}": "pve1",
  "{sid}": "vm:100",
  "{rule}": "rule1",
  "{cputype}": "mine",
};
const IDS: Readonly<Record<string, string>> = {
  "/cluster/sdn/fabrics/fabric/{id}": "fab",
  "/cluster/metrics/server/{id}": "met",
  "/cluster/mapping/pci/{id}": "pci1",
  "/cluster/mapping/usb/{id}": "usb1",
  "/cluster/mapping/dir/{id}": "dir1",
  "/cluster/acme/plugins/{id}": "standalone",
  "/cluster/notifications/matchers/{name}": "default-matcher",
  "/cluster/notifications/endpoints/gotify/{name}": "gotify1",
  "/cluster/notifications/endpoints/sendmail/{name}": "sendmail1",
  "/cluster/notifications/endpoints/smtp/{name}": "smtp1",
  "/cluster/notifications/endpoints/webhook/{name}": "webhook1",
};

/** What is refused here whatever was made. */
const REFUSED = /\/ha\/groups|\/cluster\/ceph\/|replication\/\{id\}|realm-sync\/\{id\}|acme\/account\/\{name\}/;

const QUERIES: Readonly<Record<string, string>> = {
  "GET /cluster/jobs/schedule-analyze": "?schedule=daily",
  "GET /cluster/sdn/dry-run": "?node=pve1",
};

const FITS: Readonly<Record<string, (value: unknown) => boolean>> = {
  integer: Number.isInteger,
  number: (value) => typeof value === "number",
  string: (value) => typeof value === "string",
  boolean: (value) => value === 0 || value === 1 || typeof value === "boolean",
  array: Array.isArray,
  object: (value) => typeof value === "object" && !Array.isArray(value),
};

/** Where real answers differ from their own schema (pve-facts 28), and this lab with them. */
const DRIFT = new Set([
  "GET /cluster/nextid: no integer",
  "GET /cluster/config/apiversion: no integer",
  // Taken apart on the way out.
  "GET /cluster/options.crs: no string",
  "GET /cluster/options.migration: no string",
  "GET /cluster/options.user-tag-access: no string",
  // Given only where there is one, or where a node is to be checked.
  "GET /cluster/mapping/pci[].description: missing",
  "GET /cluster/mapping/dir[].description: missing",
  "GET /cluster/mapping/usb[].error: missing",
]);

function compare(fact: Fact, value: unknown, where: string, found: Set<string>): void {
  if (value === null || value === undefined) return;
  const fits = FITS[fact.type ?? ""];
  if (fits && !fits(value)) found.add(`${where}: no ${fact.type}`);
  if (Array.isArray(value) && fact.items) for (const item of value) compare(fact.items, item, `${where}[]`, found);
  if (typeof value !== "object" || Array.isArray(value)) return;
  const row = value as Record<string, unknown>;
  for (const [key, inner] of Object.entries(fact.properties ?? {})) {
    if (row[key] !== undefined) compare(inner, row[key], `${where}.${key}`, found);
    else if (!inner.optional) found.add(`${where}.${key}: missing`);
  }
}

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ seed: "medium", taskMs: 5, authDelayMs: 0 });
  await story(lab, MADE);
  await finish(lab, await take(lab, { do: "PUT /cluster/sdn" }));
  await until(() => lab.state.datacenter.sdn.nodeVersions.size === 3);
});
afterAll(() => lab.close());

describe("answers about the datacenter", () => {
  const reads = [...new Set(routes.map((route) => route.id))].filter((id) => OWN.test(id) && !REFUSED.test(id));

  it.each(reads)("to %s fit the schema", async (id) => {
    let path = id.slice(4);
    const own = IDS[path];
    if (own !== undefined) path = path.replace(/\{(?:id|name)\}/, own);
    for (const [part, name] of Object.entries(NAMES)) path = path.replace(part, name);
    expect(path).not.toContain("{");
    for (const query of path.startsWith("/cluster/sdn/") ? ["", "?pending=1", "?running=1"] : [""]) {
      const { status, data, message } = await call(lab, "GET", `${path}${QUERIES[id] ?? query}`);
      if (query !== "" && status === 400) continue;
      expect(status, message).toBe(200);
      const found = new Set<string>();
      compare(wire.facts[wire.operations[id as keyof typeof wire.operations]!.returns]!, data, id, found);
      expect([...found].filter((difference) => !DRIFT.has(difference))).toEqual([]);
    }
  });
});
