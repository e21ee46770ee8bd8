import { leadingNumber } from "../text.ts";

const OCTET = "(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])";
const HEX = "[0-9a-fA-F]{1,4}";

/** Regex source of an IPv4 address. */
export const IPV4 = `(?:(?:${OCTET}\\.){3}${OCTET})`;

const LAST = `(?:${IPV4}|${HEX}:${HEX})`;

/** Regex source of an IPv6 address. */
export const IPV6 = `(?:${[
  `(?:${HEX}:){6}${LAST}`,
  `::(?:${HEX}:){5}${LAST}`,
  `(?:${HEX})?::(?:${HEX}:){4}${LAST}`,
  ...[1, 2, 3].map((n) => `(?:(?:${HEX}:){0,${n}}${HEX})?::(?:${HEX}:){${4 - n}}${LAST}`),
  `(?:(?:${HEX}:){0,4}${HEX})?::${LAST}`,
  `(?:(?:${HEX}:){0,5}${HEX})?::${HEX}`,
  `(?:(?:${HEX}:){0,6}${HEX})?::`,
].join("|")})`;

/** An address as a number of 32 or 128 bits. */
interface Address {
  version: 4 | 6;
  bits: bigint;
}

const ONLY_IPV6 = new RegExp(`^${IPV6}$`, "u");
const ABBREVIATED_IPV4 = /^\p{Nd}{1,3}(?:\.\p{Nd}{1,3}){0,3}$/u;

/** An IPv4 address of one to four numbers; those missing on the right are 0 (`10.1` is 10.1.0.0). */
function parseIpv4(text: string): bigint | undefined {
  if (!ABBREVIATED_IPV4.test(text)) return undefined;
  const octets = text.split(".").map(leadingNumber);
  if (octets.some((octet) => octet > 255)) return undefined;
  return [0, 1, 2, 3].reduce((bits, index) => (bits << 8n) | BigInt(octets[index] ?? 0), 0n);
}

function parseIpv6(text: string): bigint {
  const groups = (part: string): number[] =>
    part === ""
      ? []
      : part.split(":").flatMap((group) => {
          if (!group.includes(".")) return [Number.parseInt(group, 16)];
          const ipv4 = parseIpv4(group)!;
          return [Number(ipv4 >> 16n), Number(ipv4 & 0xffffn)];
        });
  const [head = "", tail] = text.split("::");
  const first = groups(head);
  const last = tail === undefined ? [] : groups(tail);
  const filled = [...first, ...new Array<number>(Math.max(0, 8 - first.length - last.length)).fill(0), ...last];
  return filled.reduce((bits, group) => (bits << 16n) | BigInt(group), 0n);
}

/** How many colons a text has; more than seven are too many for the server's address arithmetic. */
function colons(text: string): number {
  return text.split(":").length - 1;
}

/** Reads an address with the leniency of the firewall: abbreviated IPv4, leading zeros. */
function parseAddress(text: string): Address | undefined {
  const ipv4 = parseIpv4(text);
  if (ipv4 !== undefined) return { version: 4, bits: ipv4 };
  if (!ONLY_IPV6.test(text) || colons(text) > 7) return undefined;
  return { version: 6, bits: parseIpv6(text) };
}

const OFFSET = /^(\S+)\s+\+\s+(\S+)$/;

function networkVersion(text: string, prefix: string): 4 | 6 | string {
  const address = parseAddress(text);
  if (!address || prefix === "") return "has something that is not a network, e.g. 10.0.0.0/8";
  // The server passes over what stands in a prefix's place and is not a number.
  if (!/^\p{Nd}+$/u.test(prefix)) return address.version;
  const width = address.version === 4 ? 32 : 128;
  if (leadingNumber(prefix) > width) return `has a prefix above ${width}`;
  const host = BigInt(width - leadingNumber(prefix));
  if ((address.bits >> host) << host !== address.bits) {
    return "has a network with host bits set: clear the bits below the prefix, e.g. 10.0.0.0/24";
  }
  return address.version;
}

/** The IP version of one element of a firewall address list, or the fault in words. */
export function elementVersion(text: string): 4 | 6 | string {
  const element = text.replace(/\n$/, "");
  const slash = element.indexOf("/", 1);
  if (slash > 0 && !/\s/.test(element)) return networkVersion(element.slice(0, slash), element.slice(slash + 1));
  const dash = element.indexOf("-");
  if (dash > 0) {
    const [first, last] = [element.slice(0, dash).trimEnd(), element.slice(dash + 1).trimStart()].map(parseAddress);
    if (!first || !last || first.version !== last.version || first.bits > last.bits) {
      return "has something that is not a range from a lower to a higher address, e.g. 10.0.0.1-10.0.0.9";
    }
    return first.version;
  }
  const single = parseAddress(OFFSET.exec(element)?.[1] ?? element);
  return single?.version ?? "has something that is not an IP address, e.g. 10.0.0.1";
}

const IP_OR_CIDR = new RegExp(`^(?:(${IPV6})|(${IPV4}))(?:/(\\p{Nd}+))?\\n?$`, "u");

/** IPv4 or IPv6, with or without a prefix; host bits may be set. */
export function isIpOrCidr(value: string): boolean {
  const match = IP_OR_CIDR.exec(value);
  if (!match) return false;
  const [, ipv6, ipv4, prefix] = match;
  if (prefix !== undefined && leadingNumber(prefix) > (ipv6 === undefined ? 32 : 128)) return false;
  if (prefix !== undefined && prefix !== "0") return true;
  if (ipv6 !== undefined && colons(ipv6) > 7) return false;
  return prefix === undefined || parseAddress(ipv6 ?? ipv4!)?.bits === 0n;
}

const CIDR_V4 = new RegExp(`^${IPV4}/(\\p{Nd}+)\\n?$`, "u");
const CIDR_V6 = new RegExp(`^${IPV6}/(\\p{Nd}+)\\n?$`, "u");

/** An IPv4 address with a prefix of 8 to 32. */
export function isCidrV4(value: string): boolean {
  const match = CIDR_V4.exec(value);
  return match !== null && leadingNumber(match[1]!) >= 8 && leadingNumber(match[1]!) <= 32;
}

/** An IPv6 address with a prefix of 8 to 128. */
export function isCidrV6(value: string): boolean {
  const match = CIDR_V6.exec(value);
  return match !== null && leadingNumber(match[1]!) >= 8 && leadingNumber(match[1]!) <= 128;
}
