import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, startLab } from "../../src/lab/index.ts";
import { type Step, story, take } from "./cluster-steps.ts";
import { finish, until } from "./support.ts";

const SDN = "/cluster/sdn";
let lab: Lab;

beforeAll(async () => {
  lab = await startLab({ seed: "medium", taskMs: 5, authDelayMs: 0 });
});
afterAll(() => lab.close());

const LIFE: readonly Step[] = [
  { do: `POST ${SDN}/zones`, form: { zone: "z1", type: "simple", ipam: "pve", dhcp: "dnsmasq" }, data: null },
  {
    do: `POST ${SDN}/zones`,
    form: { zone: "z1", type: "simple" },
    status: 500,
    says: "create sdn zone object failed: sdn zone object ID 'z1' already defined",
  },
  {
    do: `POST ${SDN}/zones`,
    form: { zone: "z2", type: "vlan" },
    status: 500,
    says: "missing value for required option 'bridge'",
  },
  {
    do: `POST ${SDN}/zones`,
    form: { zone: "z2", type: "simple", bridge: "vmbr0" },
    status: 500,
    says: "unexpected property 'bridge'",
  },
  {
    do: `POST ${SDN}/zones`,
    form: { zone: "z2", type: "simple", ipam: "none" },
    status: 500,
    says: "create sdn zone object failed: 400 Parameter verification failed.\nipam: none not existing",
  },
  {
    do: `POST ${SDN}/zones`,
    form: { zone: "z2", type: "vxlan" },
    status: 500,
    says: "must have exactly one of peers / fabric defined",
  },
  {
    do: `POST ${SDN}/zones`,
    form: { zone: "z2", type: "evpn", controller: "c", "vrf-vxlan": 10 },
    status: 500,
    says: "controller c don't exist",
  },
  { do: `GET ${SDN}/zones/none`, status: 500, says: "sdn 'none' does not exist" },
  { do: `GET ${SDN}/zones/z1`, data: { zone: "z1", type: "simple", ipam: "pve", dhcp: "dnsmasq" } },
  {
    do: `GET ${SDN}/zones?pending=1`,
    data: [{ zone: "z1", type: "simple", state: "new", pending: { ipam: "pve", dhcp: "dnsmasq" }, digest: null }],
  },
  { do: `GET ${SDN}/zones?running=1`, data: [] },
  {
    do: `PUT ${SDN}/zones/z1`,
    form: { mtu: 1400, digest: "0".repeat(40) },
    status: 500,
    says: "update sdn zone object failed: detected modified configuration",
  },
  { do: `PUT ${SDN}/zones/z1`, form: { mtu: 1400 } },
  { do: `PUT ${SDN}/zones/z1`, form: { delete: "mtu" } },
  {
    do: `POST ${SDN}/vnets`,
    form: { vnet: "v1", zone: "z1", tag: 5 },
    status: 500,
    says: "tag: vlan tag is not allowed on simple zone",
  },
  { do: `POST ${SDN}/vnets`, form: { vnet: "v1", zone: "z1", alias: "web" } },
  { do: `GET ${SDN}/vnets/v1`, data: { vnet: "v1", zone: "z1", alias: "web", type: "vnet" } },
  { do: `GET ${SDN}/vnets/v9`, status: 500, says: "sdn vnet 'v9' does not exist" },
  {
    do: `POST ${SDN}/vnets/v1/subnets`,
    form: { subnet: "10.1.0.0/24", type: "subnet", gateway: "10.2.0.1" },
    status: 500,
    says: "gateway: 10.2.0.1 is not in subnet 10.1.0.0/24",
  },
  {
    do: `POST ${SDN}/vnets/v1/subnets`,
    form: {
      subnet: "10.1.0.0/24",
      type: "subnet",
      gateway: "10.1.0.1",
      "dhcp-range": ["start-address=10.1.0.50,end-address=10.1.0.40"],
    },
    status: 500,
    says: "must be smaller than end-address",
  },
  {
    do: `POST ${SDN}/vnets/v1/subnets`,
    form: {
      subnet: "10.1.0.0/24",
      type: "subnet",
      gateway: "10.1.0.1",
      "dhcp-range": ["start-address=10.1.0.40,end-address=10.1.0.50"],
    },
  },
  {
    do: `GET ${SDN}/vnets/v1/subnets/z1-10.1.0.0-24`,
    data: {
      cidr: "10.1.0.0/24",
      zone: "z1",
      mask: "24",
      gateway: "10.1.0.1",
      "dhcp-range": [{ "start-address": "10.1.0.40", "end-address": "10.1.0.50" }],
    },
  },
  {
    do: `PUT ${SDN}/vnets/v1`,
    form: { vlanaware: 1 },
    status: 500,
    says: "vlanaware: vlanaware vnet is not compatible with subnets",
  },
  { do: `DELETE ${SDN}/vnets/v1`, status: 500, says: "Can't delete vnet if subnets exists" },
  { do: `DELETE ${SDN}/zones/z1`, status: 500, says: "delete sdn zone object failed: zone z1 is used by vnet v1" },
  { do: "GET /nodes/pve1/sdn/zones", data: [] },
  {
    do: `GET ${SDN}/dry-run?node=pve1`,
    data: (data: Record<string, string>) => expect(data["interfaces-diff"]).toContain("+iface v1"),
  },
];

describe("the software-defined network", () => {
  it("keeps changes pending", async () => {
    await story(lab, LIFE);
  });

  it("applies them on every node, and tells when that is done", async () => {
    const upid = await take(lab, { do: `PUT ${SDN}` });
    expect(upid).toMatch(/^UPID:pve1:.*:reloadnetworkall::root@pam!lab:$/);
    expect((await finish(lab, upid)).exitstatus).toBe("OK");
    await until(
      () =>
        [...lab.state.tasks.all()].filter((task) => task.type === "srvreload" && task.exitstatus === "OK").length === 3,
    );
    await story(lab, [
      {
        do: `GET ${SDN}/zones?running=1`,
        data: [{ zone: "z1", type: "simple", ipam: "pve", dhcp: "dnsmasq", digest: null }],
      },
      { do: "GET /nodes/pve2/sdn/zones", data: [{ zone: "z1", status: "available" }] },
      { do: "GET /nodes/pve2/sdn/zones/z1/content", data: [{ vnet: "v1", status: "available", statusmsg: null }] },
      { do: `PUT ${SDN}/vnets/v1`, form: { alias: "other" } },
      {
        do: `GET ${SDN}/vnets?pending=1`,
        data: [
          {
            vnet: "v1",
            type: "vnet",
            zone: "z1",
            alias: "web",
            state: "changed",
            pending: { alias: "other" },
            digest: null,
          },
        ],
      },
      { do: `POST ${SDN}/rollback` },
      { do: `GET ${SDN}/vnets/v1`, data: { alias: "web" } },
      { do: `POST ${SDN}/vnets/v1/ips`, form: { zone: "z1", ip: "10.1.0.41", mac: "BC:24:11:00:00:01" } },
      {
        do: `POST ${SDN}/vnets/v1/ips`,
        form: { zone: "z1", ip: "10.9.0.41", mac: "BC:24:11:00:00:02" },
        status: 500,
        says: "can't find any subnet for ip 10.9.0.41",
      },
      { do: `GET ${SDN}/ipams/pve/status`, data: (rows: unknown[]) => expect(rows).toHaveLength(2) },
      {
        do: `DELETE ${SDN}/vnets/v1/subnets/z1-10.1.0.0-24`,
        status: 500,
        says: "cannot delete subnet '10.1.0.0/24', not empty",
      },
      { do: `DELETE ${SDN}/vnets/v1/ips`, form: { zone: "z1", ip: "10.1.0.41", mac: "BC:24:11:00:00:01" } },
      { do: `DELETE ${SDN}/vnets/v1/subnets/z1-10.1.0.0-24` },
      {
        do: `GET ${SDN}/vnets/v1/subnets?pending=1`,
        data: (rows: { state: string }[]) => expect(rows[0]?.state).toBe("deleted"),
      },
    ]);
    const resources = await take(lab, { do: "GET /cluster/resources?type=sdn" });
    expect(resources).toContainEqual({
      id: "network/pve1/zone/z1",
      type: "network",
      network: "z1",
      "network-type": "zone",
      node: "pve1",
      status: "available",
      "zone-type": "simple",
    });
  });

  it("lets nobody in without the token of a held lock", async () => {
    const refused = await take(lab, { do: `POST ${SDN}/lock`, status: 500, says: "configuration has pending changes" });
    expect(refused).toBeNull();
    const token = await take(lab, { do: `POST ${SDN}/lock`, form: { "allow-pending": 1 } });
    await story(lab, [
      {
        do: `POST ${SDN}/zones`,
        form: { zone: "z3", type: "simple" },
        status: 500,
        says: "create sdn zone object failed: invalid lock token provided!",
      },
      { do: `POST ${SDN}/zones`, form: { zone: "z3", type: "simple", "lock-token": token } },
      { do: `DELETE ${SDN}/lock`, status: 500, says: "could not release lock: invalid lock token provided!" },
      { do: `POST ${SDN}/rollback`, form: { "lock-token": token, "release-lock": 1 } },
      { do: `GET ${SDN}/zones/z3`, status: 500 },
      { do: `POST ${SDN}/zones`, form: { zone: "z3", type: "simple" } },
      { do: `DELETE ${SDN}/zones/z3` },
    ]);
  });

  it("holds controllers, services and fabrics", async () => {
    await story(lab, [
      {
        do: `POST ${SDN}/controllers`,
        form: { controller: "evpn1", type: "evpn", asn: 65000, peers: "192.0.2.1,192.0.2.2" },
      },
      {
        do: `POST ${SDN}/controllers`,
        form: { controller: "evpn2", type: "evpn", asn: 65000, peers: "192.0.2.1" },
        status: 500,
        says: "only 1 global evpn controller can be defined",
      },
      { do: `POST ${SDN}/zones`, form: { zone: "e1", type: "evpn", controller: "evpn1", "vrf-vxlan": 10000 } },
      { do: `GET ${SDN}/zones/e1`, data: (zone: { mac: string }) => expect(zone.mac).toMatch(/^BC:24:11:/) },
      { do: `DELETE ${SDN}/controllers/evpn1`, status: 500, says: "controller evpn1 is used by e1" },
      { do: `POST ${SDN}/vnets`, form: { vnet: "ev1", zone: "e1" }, status: 500, says: "tag: missing vxlan tag" },
      { do: `POST ${SDN}/vnets`, form: { vnet: "ev1", zone: "e1", tag: 100 } },
      {
        do: `POST ${SDN}/vnets`,
        form: { vnet: "ev2", zone: "e1", tag: 100 },
        status: 500,
        says: "vxlan tag 100 already exist in vnet ev1 in zone e1",
      },
      { do: `POST ${SDN}/dns`, form: { dns: "d1", type: "powerdns", url: "http://192.0.2.9", key: "k" } },
      { do: `PUT ${SDN}/zones/z1`, form: { dnszone: "x.test" }, status: 500, says: "dnszone: missing dns server" },
      { do: `PUT ${SDN}/zones/z1`, form: { dns: "d1", dnszone: "x.test" } },
      { do: `GET ${SDN}/dns/d1`, data: { dns: "d1", type: "powerdns" } },
      { do: `GET ${SDN}/ipams`, data: (rows: unknown[]) => expect(rows).toMatchObject([{ ipam: "pve", type: "pve" }]) },
      { do: `POST ${SDN}/fabrics/fabric`, form: { id: "fab", protocol: "openfabric", ip_prefix: "10.7.0.0/24" } },
      {
        do: `POST ${SDN}/fabrics/node/fab`,
        form: { node_id: "pve1", protocol: "openfabric", ip: "10.7.0.1", interfaces: ["name=eno1"] },
      },
      {
        do: `GET ${SDN}/fabrics/all`,
        data: { fabrics: [{ id: "fab", protocol: "openfabric" }], nodes: [{ fabric_id: "fab", node_id: "pve1" }] },
      },
      { do: `DELETE ${SDN}/fabrics/fabric/fab` },
      { do: `GET ${SDN}/fabrics/node`, data: [] },
    ]);
  });
});
