import { splitList } from "../permissions/check.ts";
import { die, parameterRefusal } from "../refusal.ts";
import type { Iface, IfaceValue, Interfaces } from "../state/interfaces-read.ts";
import { hostOf, nodeName } from "./node-of.ts";
import { type Call, may, type Route, text } from "./route.ts";
import { startTask } from "./tasks.ts";

type Params = Record<string, IfaceValue>;

const NOT_OPTIONS = new Set(["node", "iface", "delete", "digest"]);

/** What the caller gave for the interface, in the shape in which it is stored. */
function given(call: Call): Params {
  const entries = Object.entries(call.params)
    .filter(([key, value]) => !NOT_OPTIONS.has(key) && value !== undefined && value !== null)
    .map(([key, value]) => [key, Array.isArray(value) ? value.map(String) : String(value)] as const);
  return Object.fromEntries(entries);
}

function existing({ ifaces }: Interfaces, name: string): Iface {
  const iface = ifaces.get(name);
  if (!iface) throw parameterRefusal({ iface: "interface does not exist" });
  return iface;
}

function checkGateways({ ifaces }: Interfaces, name: string, params: Params): void {
  for (const [key, what] of [
    ["gateway", "Default gateway"],
    ["gateway6", "Default ipv6 gateway"],
  ] as const) {
    if (!params[key]) continue;
    for (const [other, iface] of ifaces)
      if (other !== name && iface[key])
        throw parameterRefusal({ [key]: `${what} already exists on interface '${other}'.` });
  }
}

const PORT_KEYS = ["bridge_ports", "ovs_ports", "slaves", "ovs_bonds"];

function checkPorts({ ifaces }: Interfaces, name: string, params: Params): void {
  const wanted = new Set(PORT_KEYS.flatMap((key) => splitList(params[key])));
  if (wanted.size === 0) return;
  const key = PORT_KEYS.find((one) => params[one])!;
  for (const [other, iface] of ifaces) {
    if (other === name) continue;
    const taken = PORT_KEYS.flatMap((one) => splitList(iface[one])).find((port) => wanted.has(port));
    if (taken !== undefined) throw parameterRefusal({ [key]: `${taken} is already used on interface '${other}'.` });
  }
}

/** Turns `cidr` into address and mask, the only form that is stored. */
function mapCidr(params: Params): void {
  for (const suffix of ["", "6"]) {
    const cidr = params[`cidr${suffix}`];
    if (!cidr) continue;
    for (const key of [`address${suffix}`, `netmask${suffix}`])
      if (params[key]) throw parameterRefusal({ [key]: `${key} conflicts with cidr${suffix}` });
    const [address = "", mask = ""] = String(cidr).split("/");
    params[`address${suffix}`] = address;
    params[`netmask${suffix}`] = mask;
    delete params[`cidr${suffix}`];
  }
}

function checkAddress6(params: Params): void {
  if (!params.address6) return;
  const bits = Number(params.netmask6 ?? 0);
  if (bits < 0 || bits > 128)
    throw parameterRefusal({ netmask: `${params.netmask6} is not a valid subnet length for ipv6` });
  const address = String(params.address6).toLowerCase();
  const kind = /^ff/.test(address)
    ? "MULTICAST"
    : address === "::1"
      ? "LOOPBACK"
      : address === "::"
        ? "UNSPECIFIED"
        : "";
  if (kind !== "")
    throw parameterRefusal({
      address: `${params.address6} with type '${kind}', cannot be used as host IPv6 address.`,
    });
}

/** Without an address a family is gone and its method is manual: the same in an update (pve-facts 101). */
function settle(params: Params): void {
  const families = [...(params.address ? ["inet"] : []), ...(params.address6 ? ["inet6"] : [])];
  params.families = families.length === 0 ? ["inet"] : families;
  params.method = params.address ? "static" : "manual";
  params.method6 = params.address6 ? "static" : "manual";
}

function checkOvs(call: Call, { ifaces }: Interfaces, name: string, params: Params): void {
  const type = String(params.type ?? "");
  if (type.startsWith("OVS") && hostOf(call).profile.missing.has("openvswitch"))
    throw die("Open VSwitch is not installed (need package 'openvswitch-switch')");
  if (type !== "OVSIntPort" && type !== "OVSBond") return;
  if (!params.ovs_bridge) throw parameterRefusal({ ovs_bridge: "parameter is required" });
  const bridge = ifaces.get(String(params.ovs_bridge));
  if (!bridge) throw parameterRefusal({ ovs_bridge: `bridge '${params.ovs_bridge}' does not exist` });
  if (bridge.type !== "OVSBridge")
    throw parameterRefusal({ ovs_bridge: `interface '${params.ovs_bridge}' is no OVS bridge` });
  bridge.ovs_ports = [...new Set([...splitList(bridge.ovs_ports), name])].join(" ");
}

function settleVids(params: Params): void {
  if (!params.bridge_vids) return;
  const vids = splitList(params.bridge_vids);
  if (vids.length === 0) throw parameterRefusal({ bridge_vids: "VLAN list items are empty" });
  params.bridge_vids = vids.join(" ");
}

function create(call: Call): null {
  const { network } = hostOf(call);
  const name = text(call, "iface")!;
  const config = network.read();
  if (config.ifaces.has(name)) throw parameterRefusal({ iface: "interface already exists" });
  const params = given(call);
  checkGateways(config, name, params);
  checkPorts(config, name, params);
  mapCidr(params);
  checkAddress6(params);
  settle(params);
  checkOvs(call, config, name, params);
  settleVids(params);
  config.ifaces.set(name, params);
  network.write(config);
  return null;
}

function update(call: Call): null {
  const { network } = hostOf(call);
  const name = text(call, "iface")!;
  const config = network.read();
  const iface = existing(config, name);
  for (const key of splitList(call.params.delete)) {
    delete iface[key];
    const family = /^cidr(6?)$/.exec(key);
    if (family) for (const part of ["netmask", "address"]) delete iface[`${part}${family[1]}`];
  }
  const params = given(call);
  mapCidr(params);
  checkGateways(config, name, params);
  checkPorts(config, name, params);
  checkAddress6(params);
  settle(params);
  settleVids(params);
  Object.assign(iface, params);
  // The new address replaces the old one; without it the old cidr would be written again.
  if (params.address) delete iface.cidr;
  if (params.address6) delete iface.cidr6;
  network.write(config);
  return null;
}

function remove(call: Call): null {
  const { network } = hostOf(call);
  const name = text(call, "iface")!;
  const config = network.read();
  const iface = existing(config, name);
  const bridge = config.ifaces.get(String(iface.ovs_bridge ?? ""));
  if (bridge?.ovs_ports !== undefined)
    bridge.ovs_ports = splitList(bridge.ovs_ports)
      .filter((port) => port !== name)
      .join(" ");
  config.ifaces.delete(name);
  network.write(config);
  return null;
}

const BRIDGES = new Set(["bridge", "OVSBridge"]);

function wanted(filter: string | undefined, iface: Iface): boolean {
  if (filter === undefined || filter === "include_sdn") return true;
  if (/^any(?:_local)?_bridge$/.test(filter)) return BRIDGES.has(String(iface.type));
  return iface.type === filter;
}

/** Virtual networks that run on the node, for those who may use them. */
function virtualNetworks(call: Call, filter: string | undefined): Record<string, unknown>[] {
  if (filter === undefined || !/^(?:any_bridge|include_sdn|vnet)$/.test(filter)) return [];
  const { sdn } = call.state.datacenter;
  const zones = sdn.runningOf("zones");
  return Object.entries(sdn.runningOf("vnets"))
    .filter(([name, { zone }]) => {
      const nodes = splitList(zones[String(zone)]?.nodes);
      const path = `/sdn/zones/${zone}/${name}`;
      const allowed = ["SDN.Audit", "SDN.Use", "SDN.Allocate"].some((privilege) => may(call, path, privilege));
      return allowed && (nodes.length === 0 || nodes.includes(nodeName(call)));
    })
    .map(([iface, { alias }]) => ({ iface, type: "vnet", active: 1, ...(alias ? { comments: String(alias) } : {}) }));
}

function list(call: Call): { data: unknown; changes?: string } {
  const { network } = hostOf(call);
  const filter = text(call, "type");
  const changes = network.changes();
  const data = [...network.read().ifaces]
    .filter(([name, iface]) => name !== "lo" && wanted(filter, iface))
    .filter(
      ([name, iface]) =>
        !BRIDGES.has(String(iface.type)) ||
        ["SDN.Audit", "SDN.Use"].some((privilege) => may(call, `/sdn/zones/localnetwork/${name}`, privilege)),
    )
    .map(([name, iface]) => ({ iface: name, ...iface }));
  return { data: [...data, ...virtualNetworks(call, filter)], ...(changes === undefined ? {} : { changes }) };
}

function reload(call: Call): { data: string } {
  const { network, profile } = hostOf(call);
  return startTask(call, {
    node: nodeName(call),
    type: "srvreload",
    id: "networking",
    weight: 0.3,
    work: () => {
      network.apply(profile.reloadExit === 0);
      if (profile.reloadExit !== 0) throw new Error(`command 'ifreload -a' failed: exit code ${profile.reloadExit}`);
      return undefined;
    },
  });
}

/** A node's network: every change waits until it is applied. */
export const networkRoutes: readonly Route[] = [
  { id: "GET /nodes/{node}/network", run: list },
  { id: "POST /nodes/{node}/network", run: (call) => ({ data: create(call) }) },
  { id: "PUT /nodes/{node}/network", run: reload },
  {
    id: "DELETE /nodes/{node}/network",
    run: (call) => {
      hostOf(call).network.revert();
      return { data: null };
    },
  },
  {
    id: "GET /nodes/{node}/network/{iface}",
    run: (call) => ({ data: existing(hostOf(call).network.read(), text(call, "iface")!) }),
  },
  { id: "PUT /nodes/{node}/network/{iface}", run: (call) => ({ data: update(call) }) },
  { id: "DELETE /nodes/{node}/network/{iface}", run: (call) => ({ data: remove(call) }) },
];
