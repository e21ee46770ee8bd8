import { anchored, isNumber, numeric, WORD } from "../perl.ts";
import { type Check, rule } from "./check.ts";

const OCTET = "(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])";
const IPV4 = `(?:(?:${OCTET}\\.){3}${OCTET})`;
const HEX = "[0-9a-fA-F]{1,4}";
const LAST = `(?:${IPV4}|${HEX}:${HEX})`;
/** `head` groups in front of `::`, `tail` behind it, the last two of which may be an IPv4 address. */
const shortened = (head: number, tail: string): string =>
  `${head < 0 ? "" : `(?:(?:${HEX}:){0,${head}}${HEX})?`}::${tail}`;
const IPV6 = `(?:${[
  `(?:${HEX}:){6}${LAST}`,
  shortened(-1, `(?:${HEX}:){5}${LAST}`),
  shortened(0, `(?:${HEX}:){4}${LAST}`),
  shortened(1, `(?:${HEX}:){3}${LAST}`),
  shortened(2, `(?:${HEX}:){2}${LAST}`),
  shortened(3, `(?:${HEX}:){1}${LAST}`),
  shortened(4, LAST),
  shortened(5, HEX),
  shortened(6, ""),
].join("|")})`;
const LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?";
const DNS_NAME = anchored(`(?:${LABEL}\\.)*${LABEL}`);
const WITH_LENGTH = anchored(`(${IPV6}|${IPV4})(?:/(\\p{Nd}+))?`);
const CIDR4 = anchored(`${IPV4}/(\\p{Nd}+)`);
const CIDR6 = anchored(`${IPV6}/(\\p{Nd}+)`);
const ANY_IP = anchored(`(?:${IPV4}|${IPV6})`);
const ALIAS = /^(?:dc\/|guest\/)?[A-Za-z][A-Za-z0-9_-]+\n?$/;

/** Whether the prefix length behind the address lies in 8 to `bits`. */
function isNetwork(pattern: RegExp, bits: number, value: string): boolean {
  const length = pattern.exec(value)?.[1];
  return length !== undefined && numeric(length) >= 8 && numeric(length) <= bits;
}

const isCidr4 = (value: string): boolean => isNetwork(CIDR4, 32, value);
const isCidr6 = (value: string): boolean => isNetwork(CIDR6, 128, value);
const isCidr = (value: string): boolean => isCidr4(value) || isCidr6(value);
const isIp = (value: string): boolean => ANY_IP.test(value);
const isDnsName = (value: string): boolean => DNS_NAME.test(value);

/** An address with or without a prefix length; host bits may be set, except that `/0` wants all zeros. */
function isIpOrCidr(value: string): boolean {
  const found = WITH_LENGTH.exec(value);
  if (!found) return false;
  const [, address = "", length] = found;
  const six = address.includes(":");
  if (length !== undefined && numeric(length) > (six ? 128 : 32)) return false;
  const bare = length === undefined || length === "0";
  if (six && bare && address.split(":").length > 8) return false;
  return length !== "0" || /^[0:.]*$/.test(address);
}

/** A subnet, or its id `zone-address-length`: what stands before the first hyphen is not looked at. */
function isSubnetId(value: string): boolean {
  if (value.includes("/")) return isCidr(value);
  const [, address = "", length = ""] = value.split("-");
  return isCidr(`${address}/${length}`);
}

const NETMASKS = new Set(
  Array.from({ length: 33 }, (_, ones) =>
    [0, 8, 16, 24].map((at) => 256 - 2 ** (8 - Math.min(8, Math.max(0, ones - at)))).join("."),
  ),
);

const LOCAL = `[${WORD}+~-]+(?:\\.[${WORD}+~-]+)*`;
const DOMAIN = "[a-zA-Z0-9-]+(?:\\.[a-zA-Z0-9-]+)*";
const HOST = "[\\p{Alphabetic}\\p{Nd}.-]+";
const PORTAL = new RegExp(
  [
    `^(?:${IPV4}|${HOST})(?::\\p{Nd}+)?\\n?$`,
    `^\\[(?:${IPV6}|${IPV4}|${HOST})\\](?::\\p{Nd}+)?\\n?$`,
    `^${IPV6}(?:\\.\\p{Nd}+)?\\n?$`,
  ].join("|"),
  "u",
);
const INTERFACE = /^[a-z][a-z0-9_]{1,20}([:.]\p{Nd}+)?\n?$/iu;

const notLike = (what: string): string => `value does not look like a valid ${what}`;
const ip = rule(isIp, notLike("IP address"));
const cidr = notLike("CIDR network");
const ipOrCidr = notLike("IP address or CIDR network");
const isAddress = (value: string): boolean => value !== "0" && (isIp(value) || isDnsName(value));
const iface = rule(INTERFACE, (value) => `invalid network interface name '${value}'`);

/** An address, or a link-local one with the interface that it belongs to. */
function linkLocal(value: string): string | undefined {
  const scoped = /^(fe80:[^%]+)%(.*)$/s.exec(value);
  if (!scoped) return ip(value);
  return ip(scoped[1]!) ?? iface(scoped[2]!);
}

/** A route target: two numbers of 32 bits. */
function isRouteTarget(value: string): boolean {
  const found = /^(\p{Nd}+):(\p{Nd}+)\n?$/u.exec(value);
  return found !== null && numeric(found[1]!) <= 0xffffffff && numeric(found[2]!) <= 0xffffffff;
}

/** One VLAN id or two; a second one written exactly `0` is not looked at. */
function isVlan(value: string): boolean {
  const found = /^(\p{Nd}+)(?:-(\p{Nd}+))?\n?$/u.exec(value);
  if (!found) return false;
  const inRange = (id: number): boolean => id >= 2 && id <= 4094;
  const first = numeric(found[1]!);
  if (!inRange(first)) return false;
  const second = found[2];
  if (second === undefined || second === "0") return true;
  return inRange(numeric(second)) && numeric(second) > first && isNumber(second);
}

/** Formats of addresses, names in a network and what goes with them. */
export const ADDRESS_FORMATS: Readonly<Record<string, Check>> = {
  ip,
  ipv4: rule(anchored(IPV4), notLike("IPv4 address")),
  ipv6: rule(anchored(IPV6), notLike("IPv6 address")),
  ipv4mask: rule((value) => NETMASKS.has(value), notLike("IP netmask")),
  CIDR: rule(isCidr, cidr),
  CIDRv4: rule(isCidr4, notLike("IPv4 CIDR network")),
  CIDRv6: rule(isCidr6, notLike("IPv6 CIDR network")),
  IPorCIDR: rule(isIpOrCidr, ipOrCidr),
  IPorCIDRorAlias: rule((value) => ALIAS.test(value) || isIpOrCidr(value), ipOrCidr),
  address: rule(isAddress, (value) => `${notLike("address")}: ${value}`),
  "dns-name": rule(isDnsName, notLike("DNS name")),
  "graphite-path": rule(isDnsName, notLike("graphite path")),
  "pve-storage-server": rule(isAddress, notLike("server name or IP address")),
  "pve-storage-portal-dns": rule(PORTAL, notLike("portal address")),
  email: rule(anchored(`${LOCAL}@${DOMAIN}`), notLike("email address")),
  "email-or-username": rule(anchored(`${LOCAL}(?:@${DOMAIN})?`), notLike("email address or user name")),
  "mac-addr": rule(/^[a-f0-9][02468ace](:[a-f0-9]{2}){5}\n?$/iu, notLike("unicast MAC address")),
  "mac-prefix": rule(
    /^[a-f0-9][02468ace](:[a-f0-9]{2}){0,2}(:[a-f0-9]?)?\n?$/iu,
    "value is not a valid unicast MAC address prefix",
  ),
  "pve-iface": iface,
  "lxc-ip-with-ll-iface": linkLocal,
  "pve-ipv4-config": rule(
    (value) => /^(?:dhcp|manual)\n?$/.test(value) || isCidr4(value),
    notLike("ipv4 network configuration"),
  ),
  "pve-ipv6-config": rule(
    (value) => /^(?:auto|dhcp|manual)\n?$/.test(value) || isCidr6(value),
    notLike("ipv6 network configuration"),
  ),
  "pve-sdn-subnet-id": rule(isSubnetId, cidr),
  "pve-sdn-fabric-id": rule(
    /^[a-z0-9][a-z0-9-]{0,6}[a-z0-9]?\n?$/iu,
    (value) => `Fabric ID '${value}' contains illegal characters`,
  ),
  "pve-sdn-isis-net": rule(/^[a-fA-F0-9]{2}(\.[a-fA-F0-9]{4}){3,9}\.[a-fA-F0-9]{2}\n?$/u, notLike("isis net")),
  "pve-sdn-bgp-rt": rule(isRouteTarget, notLike("bgp route-target")),
  "pve-vlan-id-or-range": rule(isVlan, (value) => `invalid VLAN configuration '${value}'`),
};
