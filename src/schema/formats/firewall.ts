import { CONNTRACK_HELPERS, ICMP_TYPES } from "../format-data/words.ts";
import { codePoints, hasSpace, SPACE, splitOn } from "../text.ts";
import { elementVersion, isIpOrCidr } from "./address.ts";
import { oneOf, type TextFormat } from "./text-format.ts";

const IPSET = new RegExp(`^\\+[^${SPACE}]+\\n?$`, "u");
const ALIAS = /^(dc\/|guest\/)?[A-Za-z][A-Za-z0-9_-]+\n?$/;
const ICMP = new Set(ICMP_TYPES);
const MAX_PORT = 65535;
const MAX_PORTS = 15;

/** The items of a comma list, or nothing when it ends in a comma or has an empty item. */
function items(value: string): string[] | undefined {
  const parts = splitOn(value, ",");
  return parts.join(",") === value && !parts.includes("") ? parts : undefined;
}

const COMMAS = "has an empty item: no comma at the end, none twice, e.g. 10.0.0.1,10.0.0.2";

function addresses(value: string): boolean | string {
  if (IPSET.test(value)) return codePoints(value) <= 65 || "has an IP set's name of more than 64 characters";
  if (ALIAS.test(value)) return codePoints(value) <= 64 || "has an alias of more than 64 characters";
  const list = items(value);
  if (!list) return COMMAS;
  if (list.length > 1 && list.some((item) => item.includes("-"))) return "has a range in a list: a range stands alone";
  const versions = new Set<4 | 6>();
  for (const item of list) {
    const version = elementVersion(item);
    if (typeof version === "string") return version;
    versions.add(version);
  }
  return versions.size < 2 || "mixes IPv4 and IPv6: give each its own rule";
}

const PORT = /^([0-9]+)(?::([0-9]+))?\n?$/;

function ports(value: string, icmpNames: boolean): boolean | string {
  const list = items(value);
  if (!list) return "has an empty item: no comma at the end, none twice, e.g. 80,443";
  let count = 0;
  let icmp = false;
  for (const item of list) {
    const match = PORT.exec(item);
    if (match) {
      const [first, last] = [Number(match[1]), Number(match[2] ?? match[1])];
      if (first > MAX_PORT || last > MAX_PORT) return `has a port above ${MAX_PORT}`;
      if (first > last) return `has a range that runs backwards: write ${last}:${first}`;
      count += match[2] === undefined ? 1 : 2;
    } else if (icmpNames && ICMP.has(item)) {
      icmp = true;
    } else if (hasSpace(item)) {
      // Service names are those of the server's /etc/services, which only the server knows.
      return "must be ports, ranges or service names, e.g. 80,443,8000:8010,ssh";
    }
  }
  if (icmp && count > 0) return "mixes ICMP types with ports";
  return count <= MAX_PORTS || `has more than ${MAX_PORTS} ports (a range counts two)`;
}

/** What the firewall's rules, sets and aliases are made of. */
export const FIREWALL: Readonly<Record<string, TextFormat>> = {
  "pve-fw-addr-spec": { test: addresses, is: "addresses, a range, an alias or +ipset, e.g. 10.0.0.0/8" },
  IPorCIDRorAlias: {
    test: (value) => ALIAS.test(value) || isIpOrCidr(value),
    is: "an IP address, a network or an alias, e.g. 10.0.0.0/24",
  },
  "pve-fw-dport-spec": { test: (value) => ports(value, true), is: "ports, e.g. 80,443" },
  "pve-fw-sport-spec": { test: (value) => ports(value, false), is: "ports, e.g. 80,443" },
  "pve-fw-icmp-type-spec": {
    test: (value) => value === "" || ICMP.has(value),
    is: "the name of an ICMP type, e.g. echo-request",
  },
  // The protocols are those of the server's /etc/protocols.
  "pve-fw-protocol-spec": { test: (value) => !hasSpace(value), is: "a protocol's name or number, e.g. tcp" },
  "pve-fw-conntrack-helper": {
    test: (value) => items(value)?.every((item) => CONNTRACK_HELPERS.includes(item)) ?? false,
    is: oneOf(CONNTRACK_HELPERS, "a comma list of connection tracking helpers").is,
  },
};
