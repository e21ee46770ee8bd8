/** A value that an interface's description has. */
export type IfaceValue = string | number | string[];

/** An interface as the API shows it. */
export type Iface = Record<string, IfaceValue>;

/** What `/etc/network/interfaces` says. */
export interface Interfaces {
  ifaces: Map<string, Iface>;
  /** Lines that belong to no interface, with their place in the file. */
  options: { priority: number; line: string }[];
}

/** How options are called in the file, where the API calls them otherwise. */
const RENAMED: Readonly<Record<string, string>> = {
  "bridge-ports": "bridge_ports",
  "bridge-stp": "bridge_stp",
  "bridge-fd": "bridge_fd",
  "bridge-vids": "bridge_vids",
  "bridge-vlan-aware": "bridge_vlan_aware",
  "bond-slaves": "slaves",
  "bond-mode": "bond_mode",
  "bond-miimon": "bond_miimon",
  "bond-xmit-hash-policy": "bond_xmit_hash_policy",
  ovs_mtu: "mtu",
  vlan_raw_device: "vlan-raw-device",
};

const KNOWN = new Set(
  (
    "bridge_ports bridge_stp bridge_fd bridge_vids bridge_vlan_aware slaves bond_mode bond_miimon bond_xmit_hash_policy " +
    "bond-primary mtu ovs_type ovs_options ovs_bridge ovs_bonds ovs_ports vlan-raw-device vlan-id vlan-protocol vxlan-id " +
    "vxlan-svcnodeip vxlan-physdev vxlan-local-tunnelip uplink-id"
  ).split(" "),
);

const BY_FAMILY = new Set(["address", "netmask", "broadcast", "gateway"]);

/** Names that the kernel or udev gives to network cards. */
const PHYSICAL = /^(?:eth\d+|en[^:.]+|ib[^:.]+|nic\d+|wl[^:.]+)$/;

function append(iface: Iface, key: string, text: string): void {
  iface[key] = `${iface[key] ?? ""}${text}`;
}

function readOption(iface: Iface, suffix: "" | "6", line: string): void {
  const match = /^\s*(\S+)\s+(.+?)\s*$/.exec(line);
  if (!match) return;
  const id = RENAMED[match[1]!] ?? match[1]!;
  const value = match[2]!;
  if (BY_FAMILY.has(id)) iface[`${id}${suffix}`] = value;
  else if (id === "bridge_ports" || id === "slaves") iface[id] = value === "none" ? "" : value;
  else if (id === "bridge_stp") iface[id] = /^(on|yes)$/i.test(value) ? "on" : "off";
  else if (id === "bridge_vlan_aware") iface[id] = 1;
  else if (KNOWN.has(id)) iface[id] = value;
  else {
    const key = `options${suffix}`;
    iface[key] = [...((iface[key] as string[] | undefined) ?? []), line.trim()];
  }
}

function ovsOption(iface: Iface, name: string): string | undefined {
  const found = new RegExp(`(?:^|\\s)${name}=(\\S+)`).exec(String(iface.ovs_options ?? ""));
  if (!found) return undefined;
  const rest = String(iface.ovs_options).replace(found[0], "").trim();
  if (rest === "") delete iface.ovs_options;
  else iface.ovs_options = rest;
  return found[1];
}

function takeOvsTag(iface: Iface): void {
  const tag = ovsOption(iface, "tag");
  if (tag !== undefined) iface.ovs_tag = tag;
}

function typeVlan(name: string, iface: Iface): void {
  const dotted = /^(\S+)\.(\d+)$/.exec(name);
  iface.type = "vlan";
  if (dotted) {
    iface["vlan-raw-device"] ??= dotted[1]!;
    if (Number(dotted[2]) > 0) iface["vlan-id"] = dotted[2]!;
    return;
  }
  const numbered = /^vlan(\d+)$/.exec(name);
  if (numbered && Number(numbered[1]) > 0) iface["vlan-id"] = numbered[1]!;
}

/** Decides what kind of interface it is, by its options first and then by its name. */
function giveType(name: string, iface: Iface, physical: ReadonlySet<string>): void {
  iface.type = "unknown";
  if (iface.bridge_ports !== undefined) {
    iface.type = "bridge";
    iface.bridge_stp ??= "off";
    if (iface.bridge_stp === "off") iface.bridge_fd ??= 0;
  } else if (iface.ovs_type === "OVSBridge") iface.type = "OVSBridge";
  else if (/^bond\d+$/.test(name)) {
    if (iface.ovs_type === undefined) iface.type = "bond";
    else if (iface.ovs_type === "OVSBond") {
      iface.type = "OVSBond";
      const mode = ovsOption(iface, "bond_mode");
      const lacp = ovsOption(iface, "lacp") === "active" || mode === "balance-tcp";
      if (mode !== undefined) iface.bond_mode = lacp && mode.startsWith("balance-") ? `lacp-${mode}` : mode;
      takeOvsTag(iface);
    }
  } else if (/^\S+:\d+$/.test(name)) iface.type = "alias";
  else if (/^\S+\.\d+$/.test(name) || iface["vlan-raw-device"] !== undefined) typeVlan(name, iface);
  else if (physical.has(name) || PHYSICAL.test(name)) {
    iface.type = iface.ovs_type === "OVSPort" ? "OVSPort" : "eth";
    if (iface.type === "OVSPort") takeOvsTag(iface);
  } else if (name === "lo") iface.type = "loopback";
  else if (iface["vxlan-id"] !== undefined) iface.type = "vxlan";
  else if (iface.ovs_type === "OVSIntPort") {
    iface.type = "OVSIntPort";
    takeOvsTag(iface);
  }
}

function maskBits(mask: string): string | undefined {
  if (/^\d+$/.test(mask)) return mask;
  const bits = mask
    .split(".")
    .map((part) => Number(part).toString(2).padStart(8, "0"))
    .join("");
  return /^1*0*$/.test(bits) && bits.length === 32 ? String(bits.lastIndexOf("1") + 1) : undefined;
}

function giveCidr(iface: Iface, suffix: "" | "6"): void {
  const address = iface[`address${suffix}`];
  if (address === undefined || address === "") return;
  const split = /^(.+)\/(\d+)$/.exec(String(address));
  if (split) {
    iface[`cidr${suffix}`] = String(address);
    iface[`address${suffix}`] = split[1]!;
    iface[`netmask${suffix}`] = split[2]!;
    return;
  }
  const bits = maskBits(String(iface[`netmask${suffix}`] ?? ""));
  iface[`cidr${suffix}`] = `${address}/${bits ?? (suffix === "" ? 32 : 128)}`;
  if (bits !== undefined && suffix === "") iface.netmask = bits;
}

/** Reads the file; cards that the kernel has but the file does not name are added. */
export function readInterfaces(text: string, cards: readonly string[], active: ReadonlySet<string>): Interfaces {
  const ifaces = new Map<string, Iface>();
  const options: Interfaces["options"] = [];
  const at = (name: string): Iface => {
    let iface = ifaces.get(name);
    if (!iface) {
      iface = {};
      ifaces.set(name, iface);
    }
    return iface;
  };
  let priority = 2;
  let current: { iface: Iface; suffix: "" | "6" } | undefined;
  for (const line of text.split("\n")) {
    const auto = /^\s*(?:auto|allow-auto|allow-ovs)\s+(.*)$/.exec(line);
    const head = /^\s*iface\s+(\S+)(?:\s+(inet6?)\s+(\S+))?\s*$/.exec(line);
    if (auto) {
      for (const name of auto[1]!.trim().split(/\s+/)) at(name).autostart = 1;
      current = undefined;
    } else if (head) {
      const iface = at(head[1]!);
      const family = head[2] ?? "inet";
      const suffix = family === "inet6" ? "6" : "";
      iface.priority ??= priority++;
      iface[`method${suffix}`] = head[3] ?? "manual";
      iface.families = [...((iface.families as string[] | undefined) ?? []), family];
      current = { iface, suffix };
    } else if (/^\s*$/.test(line)) current = undefined;
    else if (current && /^\s*#/.test(line))
      append(current.iface, `comments${current.suffix}`, `${line.replace(/^\s*#/, "")}\n`);
    else if (/^\s*#/.test(line)) continue;
    else if (current) readOption(current.iface, current.suffix, line);
    else options.push({ priority: priority++, line });
  }
  if (!ifaces.has("lo")) ifaces.set("lo", { priority: 1, method: "loopback", autostart: 1 });
  for (const card of cards) at(card).exists = 1;
  const physical = new Set(cards);
  for (const [name, iface] of ifaces) {
    if (active.has(name)) iface.active = 1;
    giveType(name, iface, physical);
    giveCidr(iface, "");
    giveCidr(iface, "6");
    iface.method ??= "manual";
    iface.method6 ??= "manual";
    if (iface.comments6 !== undefined) {
      append(iface, "comments", String(iface.comments6));
      delete iface.comments6;
    }
    iface.families ??= ["inet"];
  }
  return { ifaces, options };
}
