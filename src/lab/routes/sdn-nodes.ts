import { die, parameterRefusal } from "../refusal.ts";
import { type Section, splitList } from "../state/section-config.ts";
import { directory } from "./crud.ts";
import { type Call, type Route, text } from "./route.ts";
import { maySee } from "./sdn-list.ts";

const PATH = "/nodes/{node}/sdn";

function nodeOf(call: Call): string {
  return text(call, "node") ?? "";
}

/** Zones that run on the node, and how far the node has come with them. */
function zones(call: Call): Section[] {
  const { sdn } = call.state.datacenter;
  return sdn
    .zonesOn(nodeOf(call))
    .filter((zone) => maySee(call, `/sdn/zones/${zone.id}`))
    .map((zone) => ({ zone: zone.id, status: sdn.zoneStatus(nodeOf(call), zone.id) }));
}

/** Vnets of a zone that run on the node. */
function vnetsOf(call: Call, zone: string): string[] {
  const { sdn } = call.state.datacenter;
  if (!sdn.zonesOn(nodeOf(call)).some((other) => other.id === zone)) return [];
  const running = sdn.runningOf("vnets");
  return Object.keys(running)
    .sort()
    .filter((id) => running[id]!.zone === zone);
}

function content(call: Call): Section[] {
  const behind = call.state.datacenter.sdn.backlog(nodeOf(call));
  return vnetsOf(call, text(call, "zone") ?? "").map((vnet) => ({
    vnet,
    status: behind === undefined ? "available" : "pending",
    statusmsg: behind ?? null,
  }));
}

/** Cards of running guests that are plugged into a bridge. */
function portsOf(call: Call, bridge: string): Section[] {
  const ports: Section[] = [];
  for (const guest of call.state.guests.values()) {
    if (guest.node !== nodeOf(call) || !guest.running) continue;
    for (const [key, value] of Object.entries(guest.config)) {
      const index = /^net(\d+)$/.exec(key)?.[1];
      if (index === undefined || !String(value).split(",").includes(`bridge=${bridge}`)) continue;
      const name = `${guest.type === "qemu" ? "tap" : "veth"}${guest.vmid}i${index}`;
      ports.push({ name, vmid: String(guest.vmid), index: `net${index}` });
    }
  }
  return ports;
}

function bridges(call: Call): Section[] {
  const { sdn } = call.state.datacenter;
  const zone = text(call, "zone") ?? "";
  const vnets = sdn.runningOf("vnets");
  let names: { name: string; aware: boolean }[];
  if (zone === "localnetwork") {
    const used = new Set<string>(["vmbr0"]);
    names = [...used].map((name) => ({ name, aware: false }));
  } else {
    if (!sdn.runningOf("zones")[zone]) throw parameterRefusal({ zone: "zone does not exist" });
    names = vnetsOf(call, zone).map((name) => ({ name, aware: Boolean(vnets[name]!.vlanaware) }));
  }
  return names
    .filter(({ name }) => maySee(call, `/sdn/zones/${zone}/${name}`))
    .map(({ name, aware }) => {
      // What was not applied here is not there, so nothing is known of it.
      const there = zone === "localnetwork" || sdn.backlog(nodeOf(call)) === undefined;
      const filtering = there ? (aware ? "1" : "0") : null;
      return { name, vlan_filtering: filtering, ports: there ? portsOf(call, name) : [] };
    });
}

/** The routes of an EVPN zone: its subnets, as far as they have a gateway here. */
function routesOf(call: Call): Section[] {
  const { sdn } = call.state.datacenter;
  const id = text(call, "zone") ?? "";
  const zone = sdn.runningOf("zones")[id];
  if (!zone) throw parameterRefusal({ zone: "zone does not exist" });
  if (zone.type !== "evpn") throw parameterRefusal({ zone: "zone is not an EVPN zone" });
  if (zone.nodes !== undefined && !splitList(zone.nodes).includes(nodeOf(call)))
    throw parameterRefusal({ zone: `zone does not exist on node ${nodeOf(call)}` });
  return Object.entries(sdn.runningOf("subnets")).flatMap(([key, subnet]) => {
    const [owner, network, mask] = key.split("-");
    if (owner !== id || subnet.gateway === undefined) return [];
    return [{ ip: `${network}/${mask}`, metric: 0, protocol: "connected", nexthops: [String(subnet.vnet)] }];
  });
}

/** Addresses of an EVPN vnet that are known on the node. */
function macVrf(call: Call): Section[] {
  const { sdn } = call.state.datacenter;
  const id = text(call, "vnet") ?? "";
  const vnet = sdn.runningOf("vnets")[id];
  if (!vnet) throw parameterRefusal({ vnet: "vnet does not exist" });
  if (sdn.runningOf("zones")[String(vnet.zone)]?.type !== "evpn")
    throw parameterRefusal({ vnet: "vnet is not part of an EVPN zone" });
  const { ip: nexthop } = call.state.nodes.get(nodeOf(call))!;
  return sdn.ips
    .filter((entry) => entry.zone === vnet.zone && entry.mac !== undefined)
    .map((entry) => ({ ip: entry.ip, mac: entry.mac, nexthop }));
}

/** A fabric's part on a node; one that does not run is not there. */
function fabricPart(call: Call, list: (node: Section | undefined) => Section[]): Section[] {
  const { sdn } = call.state.datacenter;
  const id = text(call, "fabric") ?? "";
  if (!sdn.runningOf("fabrics")[id]) throw die(`fabric '${id}' does not exist in fabric configuration`);
  return list(sdn.runningOf("fabricNodes")[`${id}_${nodeOf(call)}`]);
}

function peers(call: Call): Section[] {
  const running = call.state.datacenter.sdn.runningOf("fabricNodes");
  const prefix = `${text(call, "fabric")}_`;
  return Object.entries(running)
    .filter(([key]) => key.startsWith(prefix) && key !== `${prefix}${nodeOf(call)}`)
    .map(([key, node]) => ({ ...node, name: key.slice(prefix.length) }));
}

/** What a node has of the software-defined network. */
export const sdnNodeRoutes: readonly Route[] = [
  directory(PATH, "name", "fabrics vnets zones"),
  { id: `GET ${PATH}/zones`, run: (call) => ({ data: zones(call) }) },
  directory(`${PATH}/zones/{zone}`, "subdir", "content bridges ip-vrf"),
  { id: `GET ${PATH}/zones/{zone}/content`, run: (call) => ({ data: content(call) }) },
  { id: `GET ${PATH}/zones/{zone}/bridges`, run: (call) => ({ data: bridges(call) }) },
  { id: `GET ${PATH}/zones/{zone}/ip-vrf`, run: (call) => ({ data: routesOf(call) }) },
  directory(`${PATH}/vnets/{vnet}`, "subdir", "mac-vrf"),
  { id: `GET ${PATH}/vnets/{vnet}/mac-vrf`, run: (call) => ({ data: macVrf(call) }) },
  directory(`${PATH}/fabrics/{fabric}`, "subdir", "interfaces neighbors routes"),
  {
    id: `GET ${PATH}/fabrics/{fabric}/interfaces`,
    run: (call) => ({
      data: fabricPart(call, (node) =>
        splitList(node?.interfaces)
          .filter((part) => part.startsWith("name="))
          .map((part) => ({ name: part.slice(5), state: "up", type: "Point-To-Point" })),
      ),
    }),
  },
  {
    id: `GET ${PATH}/fabrics/{fabric}/neighbors`,
    run: (call) => ({
      data: fabricPart(call, (node) =>
        node ? peers(call).map((peer) => ({ neighbor: peer.name, status: "Full", uptime: "1h0m" })) : [],
      ),
    }),
  },
  {
    id: `GET ${PATH}/fabrics/{fabric}/routes`,
    run: (call) => ({
      data: fabricPart(call, (node) =>
        node
          ? peers(call)
              .filter((peer) => peer.ip !== undefined)
              .map((peer) => ({ route: `${peer.ip}/32`, via: [String(peer.ip)] }))
          : [],
      ),
    }),
  },
];
