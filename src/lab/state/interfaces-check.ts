import { die } from "../refusal.ts";
import type { Iface, Interfaces } from "./interfaces-read.ts";

type Ifaces = Interfaces["ifaces"];

function words(value: unknown): string[] {
  return String(value ?? "")
    .split(/[\s,;]+/)
    .filter((word) => word !== "");
}

function checkMtu(ifaces: Ifaces, parent: string, child: string): void {
  const below = ifaces.get(child)?.mtu;
  if (below === undefined) return;
  const above = ifaces.get(parent);
  const mtu = above?.mtu ?? (above?.type === "bond" ? below : 1500);
  if (Number(mtu) < Number(below))
    throw die(`interface '${parent}' - mtu ${mtu} is lower than '${child}' - mtu ${below}`);
}

/** Every port belongs to one interface only. */
function checkPorts(ifaces: Ifaces): void {
  const owners = new Map<string, string>();
  for (const [name, iface] of ifaces)
    for (const key of ["bridge_ports", "ovs_ports", "slaves", "ovs_bonds"])
      for (const port of words(iface[key])) {
        const owner = owners.get(port);
        if (owner !== undefined && owner !== name) throw die(`port '${port}' is already used on interface '${owner}'`);
        owners.set(port, name);
      }
}

function checkBond(ifaces: Ifaces, name: string, bond: Iface): void {
  const slaves = words(bond.slaves);
  for (const port of slaves) {
    const slave = ifaces.get(port);
    if (!slave) throw die(`bond '${name}' - unable to find slave '${port}'`);
    slave.autostart = 1;
    if (slave.type !== "eth" && slave.type !== "bond")
      throw die(`bond '${name}' - wrong interface type on slave '${port}' ('${slave.type}' != 'eth or bond')`);
    checkMtu(ifaces, name, port);
  }
  if (slaves.length > 0 && bond["bond-primary"] !== undefined && !slaves.includes(String(bond["bond-primary"])))
    throw die(`bond '${name}' - bond-primary interface is not a slave`);
}

const VLAN_PARENTS = new Set(["eth", "bridge", "bond", "vlan"]);

function checkVlan(ifaces: Ifaces, name: string, vlan: Iface): void {
  const dotted = /^(\S+)\.(\d+)$/.exec(name);
  const parent = dotted ? dotted[1]! : String(vlan["vlan-raw-device"] ?? "");
  if (parent === "") throw die("missing vlan-raw-device option");
  const id = dotted?.[2] ?? /^vlan(\d+)$/.exec(name)?.[1] ?? vlan["vlan-id"];
  if (id === undefined) throw die("missing vlan-id option");
  if (dotted) delete vlan["vlan-raw-device"];
  if (dotted || /^vlan\d+$/.test(name)) delete vlan["vlan-id"];
  if (Number(id) > 4094) throw die(`vlan '${name}' - vlan-id ${id} should be <= 4094`);
  const above = ifaces.get(parent);
  if (!above) throw die(`vlan '${name}' - unable to find parent '${parent}'`);
  if (!VLAN_PARENTS.has(String(above.type)))
    throw die(
      `vlan '${name}' - wrong interface type on parent '${parent}' ('${above.type}' != 'eth|bond|bridge|vlan' )`,
    );
  checkMtu(ifaces, parent, name);
}

function hasAddress(iface: Iface): boolean {
  return (
    (iface.method === "static" && iface.address !== "0.0.0.0") ||
    (iface.method6 === "static" && iface.address6 !== "::")
  );
}

function checkBridge(ifaces: Ifaces, name: string, bridge: Iface): void {
  for (const port of words(bridge.bridge_ports)) {
    const tagged = /^(\S+)\.\d+$/.exec(port);
    const iface = ifaces.get(port) ?? (tagged ? { type: "vlan", method: "manual", method6: "manual" } : undefined);
    if (!iface) throw die(`bridge '${name}' - unable to find bridge port '${port}'`);
    if (hasAddress(iface)) throw die(`iface ${port} - ip address can't be set on interface if bridged in ${name}`);
    checkMtu(ifaces, port, name);
  }
}

/** Refuses what the file cannot say; the checks run when it is written, so they end as 500. */
export function checkInterfaces({ ifaces }: Interfaces): void {
  checkPorts(ifaces);
  for (const [name, iface] of ifaces) if (iface.type === "bond") checkBond(ifaces, name, iface);
  for (const [name, iface] of ifaces) if (iface.type === "vlan") checkVlan(ifaces, name, iface);
  for (const [name, iface] of ifaces) if (iface.type === "bridge") checkBridge(ifaces, name, iface);
}
