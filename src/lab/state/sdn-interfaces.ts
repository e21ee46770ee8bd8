import type { ClusterState } from "./cluster.ts";
import type { Objects } from "./sdn.ts";
import { type Section, splitList } from "./section-config.ts";

/** Lines of a vnet's bridge, and of what it hangs on. */
function stanzas(
  id: string,
  vnet: Section,
  zone: Section,
  subnets: readonly [string, Section][],
): Map<string, string[]> {
  const out = new Map<string, string[]>();
  const mtu = zone.mtu ?? (zone.type === "vxlan" || zone.type === "evpn" ? 1450 : undefined);
  const gateways = subnets.flatMap(([key, subnet]) =>
    subnet.gateway === undefined ? [] : [`address ${subnet.gateway}/${key.split("-")[2]}`],
  );
  let port = "none";
  if (zone.type === "vlan") port = `${zone.bridge}.${vnet.tag}`;
  if (zone.type === "qinq") port = vnet.tag === undefined ? `pr_${vnet.zone}` : `z_${vnet.zone}.${vnet.tag}`;
  if (zone.type === "vxlan" || zone.type === "evpn") {
    port = `vxlan_${id}`;
    out.set(port, [
      `vxlan-id ${vnet.tag}`,
      ...splitList(zone.peers).map((peer) => `vxlan_remoteip ${peer}`),
      ...(mtu === undefined ? [] : [`mtu ${mtu}`]),
    ]);
  }
  out.set(id, [
    ...gateways,
    `bridge_ports ${port}`,
    "bridge_stp off",
    "bridge_fd 0",
    ...(vnet.vlanaware ? ["bridge-vlan-aware yes", "bridge-vids 2-4094"] : []),
    ...(mtu === undefined ? [] : [`mtu ${mtu}`]),
    ...(vnet.alias === undefined ? [] : [`alias ${vnet.alias}`]),
    ...(gateways.length > 0 ? ["ip-forward on"] : []),
  ]);
  return out;
}

/** Text of a node's `/etc/network/interfaces.d/sdn` for a set of objects. */
function interfacesText(node: string, version: number, zones: Objects, vnets: Objects, subnets: Objects): string {
  const all = new Map<string, string[]>();
  for (const [id, vnet] of Object.entries(vnets)) {
    const zone = zones[String(vnet.zone)];
    if (!zone || (zone.nodes !== undefined && !splitList(zone.nodes).includes(node))) continue;
    const own = Object.entries(subnets).filter(([, subnet]) => subnet.vnet === id);
    for (const [name, lines] of stanzas(id, vnet, zone, own)) all.set(name, lines);
  }
  const text = [...all.keys()].sort().map(
    (name) =>
      `\nauto ${name}\niface ${name}\n${all
        .get(name)!
        .map((line) => `\t${line}\n`)
        .join("")}`,
  );
  return `#version:${version}\n${text.join("")}`;
}

/** What a node's file is, and what it would become. */
export function interfacesBeforeAndAfter(state: ClusterState, node: string): [before: string, after: string] {
  const { sdn } = state.datacenter;
  const before = sdn.running
    ? interfacesText(node, sdn.version, sdn.running.zones, sdn.running.vnets, sdn.running.subnets)
    : "";
  const after = interfacesText(node, sdn.version, sdn.zones.snapshot(), sdn.vnets.snapshot(), sdn.subnets.snapshot());
  return [before, sdn.running || sdn.vnets.size > 0 || sdn.zones.size > 0 ? after : ""];
}
