import { ALNUM, leadingNumber, SPACE, WORD } from "../text.ts";
import { IPV4, IPV6, isCidrV4, isCidrV6, isIpOrCidr } from "./address.ts";
import type { TextFormat } from "./text-format.ts";

const LABEL = "[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?";
const DNS_NAME = new RegExp(`^(${LABEL}\\.)*${LABEL}\\n?$`, "u");
const IP = new RegExp(`^(?:${IPV4}|${IPV6})\\n?$`, "u");
const IFACE = /^[a-z][a-z0-9_]{1,20}([:.]\p{Nd}+)?\n?$/iu;
const PORTAL_HOST = `[${ALNUM}.-]+`;
const VLAN = /^(\p{Nd}+)(-(\p{Nd}+))?\n?$/u;
const ROUTE_TARGET = /^(\p{Nd}+):(\p{Nd}+)\n?$/u;

/** The 33 contiguous netmasks. */
const NETMASKS: ReadonlySet<string> = new Set(
  Array.from({ length: 33 }, (_, prefix) =>
    [24, 16, 8, 0].map((shift) => Math.floor((2 ** 32 - 2 ** (32 - prefix)) / 2 ** shift) % 256).join("."),
  ),
);

const isAddress = (value: string): boolean => value !== "0" && (IP.test(value) || DNS_NAME.test(value));
const isCidr = (value: string): boolean => isCidrV4(value) || isCidrV6(value);

function isVlanOrRange(value: string): boolean {
  const match = VLAN.exec(value);
  if (!match) return false;
  const first = leadingNumber(match[1]!);
  if (first < 2 || first > 4094) return false;
  // The server tests the second part for truth, so that exactly `0` is no second part to it.
  if (match[3] === undefined || match[3] === "0") return true;
  const last = leadingNumber(match[3]);
  return last >= 2 && last <= 4094 && last > first;
}

function isSubnetId(value: string): boolean {
  if (value.includes("/")) return isCidr(value);
  const [, address = "", prefix = ""] = value.split("-");
  return isCidr(`${address}/${prefix}`);
}

function isLinkLocalOrIp(value: string): boolean {
  if (IP.test(value)) return true;
  const cut = value.indexOf("%");
  if (cut < 0 || !value.startsWith("fe80:")) return false;
  const address = value.slice(0, cut);
  return IP.test(address) && !address.endsWith("\n") && IFACE.test(value.slice(cut + 1));
}

function isRouteTarget(value: string): boolean {
  const match = ROUTE_TARGET.exec(value);
  return match !== null && leadingNumber(match[1]!) <= 4294967295 && leadingNumber(match[2]!) <= 4294967295;
}

/** Addresses, host names, interfaces and what SDN knows. */
export const NETWORK: Readonly<Record<string, TextFormat>> = {
  ip: { test: IP, is: "an IPv4 or IPv6 address, e.g. 10.0.0.1" },
  ipv4: { test: new RegExp(`^${IPV4}\\n?$`, "u"), is: "an IPv4 address, e.g. 10.0.0.1" },
  ipv6: { test: new RegExp(`^${IPV6}\\n?$`, "u"), is: "an IPv6 address, e.g. fd00::1" },
  ipv4mask: { test: (value) => NETMASKS.has(value), is: "a netmask, e.g. 255.255.255.0" },
  CIDR: { test: isCidr, is: "an address with a prefix of at least 8, e.g. 10.0.0.1/24" },
  CIDRv4: { test: isCidrV4, is: "an IPv4 address with a prefix of 8 to 32, e.g. 10.0.0.1/24" },
  CIDRv6: { test: isCidrV6, is: "an IPv6 address with a prefix of 8 to 128, e.g. fd00::1/64" },
  IPorCIDR: { test: isIpOrCidr, is: "an IP address or a network, e.g. 10.0.0.0/24" },
  "pve-ipv4-config": {
    test: (value) => /^(dhcp|manual)\n?$/.test(value) || isCidrV4(value),
    is: "dhcp, manual or an IPv4 address with its prefix, e.g. 10.0.0.5/24",
  },
  "pve-ipv6-config": {
    test: (value) => /^(auto|dhcp|manual)\n?$/.test(value) || isCidrV6(value),
    is: "auto, dhcp, manual or an IPv6 address with its prefix, e.g. fd00::5/64",
  },
  "lxc-ip-with-ll-iface": {
    test: isLinkLocalOrIp,
    is: "an IP address, or a link-local one with its interface, e.g. fe80::1%eth0",
  },
  "dns-name": { test: DNS_NAME, is: "a host name of letters, digits, inner hyphens and dots, e.g. web.example.com" },
  "graphite-path": { test: DNS_NAME, is: "a Graphite path of dot-separated labels, e.g. proxmox" },
  address: { test: isAddress, is: "an IP address or a host name, e.g. 10.0.0.1" },
  "pve-storage-server": { test: isAddress, is: "an IP address or a host name, e.g. nas.example.com" },
  "pve-storage-portal-dns": {
    test: new RegExp(
      `^(${IPV4}|${PORTAL_HOST})(:\\p{Nd}+)?\\n?$|^\\[(${IPV6}|${IPV4}|${PORTAL_HOST})\\](:\\p{Nd}+)?\\n?$|^${IPV6}(\\.\\p{Nd}+)?\\n?$`,
      "u",
    ),
    is: "a portal: a host or an address with an optional port, e.g. 10.0.0.1:3260",
  },
  "mac-addr": {
    test: /^[a-f0-9][02468ace](:[a-f0-9]{2}){5}\n?$/iu,
    is: "a unicast MAC address: six hex pairs, the second digit even, e.g. BC:24:11:00:00:01",
  },
  "mac-prefix": {
    test: /^[a-f0-9][02468ace](:[a-f0-9]{2}){0,2}(:[a-f0-9]?)?\n?$/iu,
    is: "the beginning of a unicast MAC address, e.g. BC:24:11",
  },
  "pve-iface": {
    test: IFACE,
    is: "an interface's name: a letter, then letters, digits and _, with an optional VLAN or alias, e.g. eth0.100",
  },
  "pve-bridge-id": { test: new RegExp(`^[-_.${WORD}]+\\n?$`, "u"), is: "a bridge's name, e.g. vmbr0" },
  "pve-vlan-id-or-range": { test: isVlanOrRange, is: "a VLAN from 2 to 4094 or a rising range of them, e.g. 10-20" },
  "pve-sdn-fabric-id": {
    test: /^[a-z0-9][a-z0-9-]{0,6}[a-z0-9]?\n?$/iu,
    is: "a fabric's name of at most 8 letters, digits and hyphens, e.g. fab1",
  },
  "pve-sdn-subnet-id": { test: isSubnetId, is: "a subnet, plain or with its zone, e.g. zone1-10.0.0.0-24" },
  "pve-sdn-bgp-rt": { test: isRouteTarget, is: "a route target of two numbers, e.g. 65000:100" },
  "pve-sdn-isis-net": {
    test: /^[a-fA-F0-9]{2}(\.[a-fA-F0-9]{4}){3,9}\.[a-fA-F0-9]{2}\n?$/u,
    is: "an IS-IS network entity title, e.g. 49.0001.1921.6800.1002.00",
  },
  "pve-acme-domain": {
    test: /^[a-z0-9][a-z0-9_-]*(\.[a-z0-9][a-z0-9_-]*)+\n?$/iu,
    is: "a domain of two or more labels, e.g. pve.example.com",
  },
  "pve-acme-alias": {
    test: /^[a-z0-9_][a-z0-9_-]*(\.[a-z0-9_][a-z0-9_-]*)+\n?$/iu,
    is: "a domain of two or more labels, e.g. _acme.example.com",
  },
  "pve-storage-options": {
    test: new RegExp(`^[^${SPACE}]+\\n?$`, "u"),
    is: "mount options without spaces, e.g. vers=4.2",
  },
};
