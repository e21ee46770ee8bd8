import { CONNTRACK_HELPERS, ICMP_TYPES } from "../../../schema/format-data/words.ts";
import { hasProtocol, hasService } from "../host-tables.ts";
import { lengthOf, numeric, SPACE, splitOn } from "../perl.ts";
import { type Check, rule } from "./check.ts";
import { AddressProblem, parseNetworkAddress } from "./network-address.ts";

const ICMP = new Set(ICMP_TYPES);
const HELPERS = new Set(CONNTRACK_HELPERS);
const IPSET = new RegExp(`^\\+[^${SPACE}]+\\n?$`, "u");
const ALIAS = /^(dc\/|guest\/)?[A-Za-z][A-Za-z0-9_-]+\n?$/;
const COMMAS = "extraneous commas in list\n";
/** Numbers that the port lists of the kernel hold. */
const PORT_LIMIT = 15;
const PORT_MAX = 65535;

/** The items of a comma list; nothing when it ends in a comma. */
function items(value: string): string[] | undefined {
  const parts = splitOn(value, ",");
  return parts.join(",") === value ? parts : undefined;
}

function checkPorts(value: string, destination: boolean): string | undefined {
  const parts = items(value);
  if (!parts) return COMMAS;
  let count = 0;
  let icmp = false;
  for (const part of parts) {
    const range = /^([0-9]+):([0-9]+)\n?$/.exec(part);
    const single = /^([0-9]+)\n?$/.exec(part);
    if (range) {
      const [, from = "", to = ""] = range;
      count += 2;
      for (const port of [from, to]) if (numeric(port) > PORT_MAX) return `invalid port '${port}'\n`;
      if (numeric(from) > numeric(to))
        return `backwards range '${from}:${to}' not allowed, did you mean '${to}:${from}'?\n`;
    } else if (single) {
      count += 1;
      if (numeric(single[1]!) > PORT_MAX) return `invalid port '${single[1]}'\n`;
    } else if (destination && ICMP.has(part)) icmp = true;
    else if (!hasService(part)) return `invalid port '${part}'\n`;
  }
  if (icmp && count > 0) return "ICPM ports not allowed in port range\n";
  return count > PORT_LIMIT ? `too many entries in port list (> ${PORT_LIMIT} numbers)\n` : undefined;
}

function checkAddresses(value: string): string | undefined {
  if (IPSET.test(value)) return lengthOf(value) > 65 ? "ipset name too long\n" : undefined;
  if (ALIAS.test(value)) return lengthOf(value) > 64 ? "alias name too long\n" : undefined;
  const parts = items(value);
  if (!parts) return COMMAS;
  const versions = new Set<number>();
  for (const part of parts) {
    try {
      versions.add(parseNetworkAddress(part).version);
    } catch (error) {
      if (error instanceof AddressProblem) return `invalid IP address: ${error.message}\n`;
      throw error;
    }
    if (versions.size > 1) return "detected mixed ipv4/ipv6 addresses in address list\n";
  }
  return parts.length > 1 && value.includes("-") ? "you can't use a range in a list\n" : undefined;
}

function checkHelpers(value: string): string | undefined {
  const parts = items(value);
  if (!parts) return COMMAS;
  const unknown = parts.find((part) => !HELPERS.has(part));
  return unknown === undefined
    ? undefined
    : `unknown helper ${unknown} at /usr/share/perl5/PVE/Firewall.pm line 1167.\n`;
}

/** Formats of firewall rules. */
export const FIREWALL_FORMATS: Readonly<Record<string, Check>> = {
  "pve-fw-addr-spec": checkAddresses,
  "pve-fw-dport-spec": (value) => checkPorts(value, true),
  "pve-fw-sport-spec": (value) => checkPorts(value, false),
  "pve-fw-icmp-type-spec": rule(
    (value) => value === "" || ICMP.has(value),
    (value) => `invalid icmp-type value '${value}'`,
  ),
  "pve-fw-protocol-spec": rule(
    (value) => value === "" || value === "0" || hasProtocol(value),
    (value) => `unknown protocol '${value}'`,
  ),
  "pve-fw-conntrack-helper": checkHelpers,
};
