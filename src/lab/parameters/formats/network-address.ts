import { numeric } from "../perl.ts";

/** Why an address of a firewall rule is refused, in the words of the server's address parser. */
export class AddressProblem extends Error {
  override readonly name = "AddressProblem";
}

const fail = (problem: string): never => {
  throw new AddressProblem(problem);
};

type Version = 4 | 6;

export interface NetworkAddress {
  version: Version;
}

const BITS: Readonly<Record<Version, number>> = { 4: 32, 6: 128 };
const GROUPS = 8;

function assertV4(text: string): void {
  if (!/^[\p{Nd}.]+\n?$/u.test(text)) fail(`Invalid chars in IP ${text}`);
  if (text.startsWith(".")) fail(`Invalid IP ${text} - starts with a dot`);
  if (/\.\n?$/.test(text)) fail(`Invalid IP ${text} - ends with a dot`);
  const parts = text.split(".");
  if (parts.length > 4) fail(`Invalid IP address ${text}`);
  if (parts.includes("")) fail(`Empty quad in IP address ${text}`);
  for (const part of parts) if (numeric(part) >= 256) fail(`Invalid quad in IP address ${text} - ${part}`);
}

function isV4(text: string): boolean {
  try {
    assertV4(text);
    return true;
  } catch {
    return false;
  }
}

function assertV6(text: string): void {
  const groups = text.split(":");
  let colons = groups.length - 1;
  // So many colons make it no address at all, and the parser has no words for that.
  if (colons > 7) fail("");
  for (const [index, group] of groups.entries()) {
    if (group === "" || /^[a-f\p{Nd}]{1,4}\n?$/iu.test(group)) continue;
    if (index === groups.length - 1 && isV4(group)) colons += 1;
    else fail(`Invalid IP address ${text}`);
  }
  if (/^:[^:]/.test(text)) fail(`Invalid address ${text} (starts with :)`);
  if (/[^:]:\n?$/.test(text)) fail(`Invalid address ${text} (ends with :)`);
  if ((text.match(/:(?=:)/g)?.length ?? 0) > 1) fail(`Invalid address ${text} (More than one :: pattern)`);
  if (colons !== 7 && !text.includes("::")) fail(`Invalid number of octets ${text}`);
}

/** Which version an address is of; throws when it is of none. */
function versionOf(text: string): Version {
  if (!text.includes(":")) {
    assertV4(text);
    return 4;
  }
  assertV6(text);
  return 6;
}

function expandV4(text: string): string {
  if (!/^\p{Nd}{1,3}(?:\.\p{Nd}{1,3}){0,3}\n?$/u.test(text)) fail(`Not a valid IPv4 address ${text}`);
  const parts = text.split(".").map((part) => String(numeric(part)));
  while (parts.length < 4) parts.push("0");
  return parts.join(".");
}

function expandV6(text: string): string {
  const groupsOf = (side: string): string[] =>
    side === ""
      ? []
      : side.split(":").flatMap((group) => {
          if (!group.includes(".")) return [group.toLowerCase().padStart(4, "0")];
          const [a = 0, b = 0, c = 0, d = 0] = group.split(".").map(numeric);
          return [a * 256 + b, c * 256 + d].map((pair) => (pair & 0xffff).toString(16).padStart(4, "0"));
        });
  const [head = "", tail, more] = text.split("::");
  if (more !== undefined) fail("Too many :: in ip");
  const front = groupsOf(head);
  if (tail === undefined) return front.join(":");
  const back = groupsOf(tail);
  const gap = Array<string>(Math.max(0, GROUPS - front.length - back.length)).fill("0000");
  return [...front, ...gap, ...back].join(":");
}

/** The full form of an address, read as one of this version. */
function expand(text: string, version: Version): string {
  return version === 4 ? expandV4(text) : expandV6(text);
}

function toNumber(full: string, version: Version): bigint {
  if (version === 4) return full.split(".").reduce((sum, part) => sum * 256n + BigInt(part), 0n);
  return full.split(":").reduce((sum, group) => {
    // A final newline counts as one of four characters.
    if (!/^[a-f0-9]+\n?$/.test(group) || group.length > 4) fail(`Bad IP address ${full.replaceAll(":", "")}`);
    return sum * 65536n + BigInt(`0x${group.trimEnd()}`);
  }, 0n);
}

function parsePrefixed(address: string, length: string): NetworkAddress {
  const version = versionOf(address);
  const value = toNumber(expand(address, version), version);
  // What is no number behind the slash is left alone.
  if (!/^\p{Nd}+$/u.test(length)) return { version };
  const bits = BITS[version];
  const ones = numeric(length);
  if (ones > bits) fail(`Prefix length ${length} is longer than IP address (${bits})`);
  if ((value & ((1n << BigInt(bits - ones)) - 1n)) !== 0n)
    fail(`Invalid prefix ${value.toString(2).padStart(bits, "0")}/${length}`);
  return { version };
}

/** The end of a range is read as an address of the version that the begin has. */
function parseRange(begin: string, end: string): NetworkAddress {
  const version = versionOf(begin);
  const first = expand(begin, version);
  const last = expand(end, version);
  if (versionOf(last) !== version) fail(`Begin and End addresses have different IP versions - ${first} - ${last}`);
  if (toNumber(first, version) > toNumber(last, version))
    fail(`Begin address is greater than End address ${first} - ${last}`);
  return { version };
}

/**
 * Parses an address, `address/prefix`, `a-b` or `address + n` as the server's address parser does: short IPv4 forms
 * are filled up, bits below the prefix must be zero. Throws {@link AddressProblem}.
 */
export function parseNetworkAddress(text: string): NetworkAddress {
  const prefixed = /^(\S+?)\/(\S+)\n?$/.exec(text);
  if (prefixed) return parsePrefixed(prefixed[1]!, prefixed[2]!);
  const range = /^(.+?)\s*-\s*(.+)\n?$/.exec(text);
  if (range) return parseRange(range[1]!, range[2]!);
  const sum = /^(.+?)\s+\+\s+(.+)\n?$/.exec(text);
  const address = sum ? sum[1]! : text;
  const version = versionOf(address);
  const value = toNumber(expand(address, version), version);
  if (sum && value + BigInt(Math.trunc(numeric(sum[2]!))) >= 1n << BigInt(BITS[version]))
    fail(`Begin address is greater than End address ${address} - ${sum[2]}`);
  return { version };
}
