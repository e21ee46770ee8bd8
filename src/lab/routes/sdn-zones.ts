import { die, parameterRefusal } from "../refusal.ts";
import { type Options, options, type Section, type SectionConfig, splitList } from "../state/section-config.ts";
import { crudRoutes } from "./crud.ts";
import { type Call, type Route, text } from "./route.ts";
import { maySee, rowOf, rowsOf } from "./sdn-list.ts";

const COMMON = "nodes mtu dns reversedns dnszone ipam";

const TYPES: Readonly<Record<string, Options>> = {
  simple: options("", `${COMMON} dhcp`),
  vlan: options("bridge", `${COMMON} bridge-disable-mac-learning`),
  qinq: options("tag bridge", `${COMMON} bridge-disable-mac-learning vlan-protocol`),
  vxlan: options("", `${COMMON} peers vxlan-port fabric`),
  evpn: options(
    "vrf-vxlan controller",
    `${COMMON} exitnodes exitnodes-local-routing exitnodes-primary advertise-subnets disable-arp-nd-suppression ` +
      "bridge-disable-mac-learning rt-import vxlan-port mac",
  ),
  faucet: options("dp-id", "nodes controller mtu"),
};

const PATH = "/cluster/sdn/zones";

/** Where a `die` without a newline says it happened. */
const PLUGIN = "at /usr/share/perl5/PVE/Network/SDN/Zones/Plugin.pm line 147.";
const EVPN = "at /usr/share/perl5/PVE/Network/SDN/Zones/EvpnPlugin.pm line";

/** Twelve digits after the datacenter's prefix. */
function randomMac(call: Call): string {
  const prefix = String(call.state.options.mac_prefix ?? "BC:24:11");
  const bytes = [...prefix.split(":")];
  while (bytes.length < 6)
    bytes.push(
      Math.floor(Math.random() * 256)
        .toString(16)
        .toUpperCase()
        .padStart(2, "0"),
    );
  return bytes.join(":");
}

function checkEvpn(call: Call, id: string, zone: Section): void {
  const { controllers, zones } = call.state.datacenter.sdn;
  const controller = controllers.get(String(zone.controller));
  if (!controller) throw die(`controller ${zone.controller} don't exist ${EVPN} 357.`);
  if (controller.type !== "evpn") throw die(`${zone.controller} is not a evpn controller type ${EVPN} 359.`);
  for (const other of zones.ids)
    if (other !== id && zones.get(other)!["vrf-vxlan"] === zone["vrf-vxlan"])
      throw die(`vrf-vxlan ${zone["vrf-vxlan"]} is already declared in ${other} ${EVPN} 370.`);
  zone.mac ??= randomMac(call);
}

function settle(call: Call, id: string, zone: Section, old: Section | undefined): void {
  const { sdn } = call.state.datacenter;
  for (const key of ["nodes", "exitnodes"])
    if (zone[key] !== undefined) zone[key] = [...new Set(splitList(zone[key]))].sort().join(",");
  if (old && (old.ipam ?? "") !== (zone.ipam ?? ""))
    for (const subnet of sdn.subnets.ids)
      if (subnet.startsWith(`${id}-`))
        throw parameterRefusal({ ipam: "can't change ipam if a subnet is already defined in this zone" });
  const { params } = call;
  const known = (config: SectionConfig, value: unknown): boolean => value === undefined || config.has(String(value));
  if (!known(sdn.dns, params.dns)) throw parameterRefusal({ dns: `${params.dns} don't exist` });
  if (!known(sdn.dns, params.reversedns)) throw parameterRefusal({ reversedns: `${params.reversedns} don't exist` });
  if (params.dnszone !== undefined && params.dns === undefined)
    throw parameterRefusal({ dnszone: "missing dns server" });
  if (!known(sdn.ipams, params.ipam)) throw parameterRefusal({ ipam: `${params.ipam} not existing` });
  if (zone.type === "vxlan" && (zone.peers === undefined) === (zone.fabric === undefined)) {
    const wrong = "must have exactly one of peers / fabric defined";
    throw parameterRefusal({ peers: wrong, fabric: wrong });
  }
  if (zone.type === "evpn") checkEvpn(call, id, zone);
}

function release(call: Call, id: string): void {
  const { vnets } = call.state.datacenter.sdn;
  const user = vnets.ids.find((vnet) => vnets.get(vnet)!.zone === id);
  if (user !== undefined) throw die(`zone ${id} is used by vnet ${user} ${PLUGIN}`);
}

function missing(id: string): string {
  return `sdn '${id}' does not exist`;
}

const show = (id: string, zone: Section): Section => ({ ...zone, zone: id });

/** Zones: how vnets reach from node to node. */
export const sdnZoneRoutes: readonly Route[] = [
  {
    id: `GET ${PATH}`,
    run: (call) => ({
      data: rowsOf(call, "zones", show).filter((row) => maySee(call, `/sdn/zones/${row.zone}`)),
    }),
  },
  {
    id: `GET ${PATH}/{zone}`,
    run: (call) => {
      const id = text(call, "zone") ?? "";
      return { data: rowOf(call, "zones", id, missing(id), show) };
    },
  },
  ...crudRoutes({
    path: PATH,
    id: "zone",
    config: (call) => call.state.datacenter.sdn.zones,
    types: TYPES,
    lock: (call, prefix, work) => call.state.datacenter.sdn.guarded(prefix, call.params["lock-token"], work),
    texts: {
      exists: (id) => `sdn zone object ID '${id}' already defined`,
      missing,
      missingOnDelete: missing,
      create: "create sdn zone object failed",
      update: "update sdn zone object failed",
      delete: "delete sdn zone object failed",
    },
    settle,
    release,
  }).filter((route) => !route.id.startsWith("GET")),
];
