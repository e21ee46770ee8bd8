import { numeric } from "../perl.ts";

/** Why an address of a firewall rule is refused, in the words of the server's address parser. */
export class AddressProblem extends Error {
  override readonly name = "AddressProblem";
}

const fail = (problem: string): never => {
  throw new AddressProblem(problem);
};

export interface NetworkAddress {
  version: 4 | 6;
}

/** Whether a text is an IPv4 address, possibly with fewer than four numbers; throws what is wrong with it. */
function assertV4(text: string): void {
  if (!/^[\p{Nd}.]+\n?$/u.test(text)) fail(`Invalid chars in IP ${text}`);
  if (text.startsWith(".")) fail(`Invalid IP ${text} - starts with a dot`);
  if (/\.\n?$/.test(text)) fail(`Invalid IP ${text} - ends with a dot`);
  const parts = text.split(".");
  if (parts.length > 4) fail(`Invalid IP address ${text}`);
  if (parts.includes("")) fail(`Empty quad in IP address ${text}`);
  for (const part of parts)
    if (part.length > 3 || numeric(part) >= 256) fail(`Invalid quad in IP address ${text} - ${part}`);
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
  let colons = text.split(":").length - 1;
  if (colons > 7) fail(`Invalid chars in IP ${text}`);
  const groups = text.split(":");
  groups.forEach((group, index) => {
    if (group === "" || /^[a-f\p{Nd}]{1,4}\n?$/iu.test(group)) return;
    if (index === groups.length - 1 && isV4(group)) colons += 1;
    else fail(`Invalid IP address ${text}`);
  });
  if (/^:[^:]/.test(text)) fail(`Invalid address ${text} (starts with :)`);
  if (/[^:]:\n?$/.test(text)) fail(`Invalid address ${text} (ends with :)`);
  if ((text.match(/:(?=:)/g)?.length ?? 0) > 1) fail(`Invalid address ${text} (More than one :: pattern)`);
  if (colons !== 7 && !text.includes("::")) fail(`Invalid number of octets ${text}`);
}

function quads(text: string): number[] {
  const parts = text.split(".").map(numeric);
  while (parts.length < 4) parts.push(0);
  return parts;
}

/** The address as one number of 32 or 128 bits. */
function toNumber(text: string, version: 4 | 6): bigint {
  if (version === 4) return quads(text).reduce((sum, part) => sum * 256n + BigInt(part), 0n);
  const expand = (side: string): bigint[] =>
    side === ""
      ? []
      : side.split(":").flatMap((group) => {
          if (!group.includes(".")) return [BigInt(`0x${/^[a-f0-9]+/i.exec(group)?.[0] ?? "0"}`)];
          const [a = 0, b = 0, c = 0, d = 0] = quads(group);
          return [BigInt(a * 256 + b), BigInt(c * 256 + d)];
        });
  const [head = "", tail] = text.split("::");
  const front = expand(head);
  const back = tail === undefined ? [] : expand(tail);
  const groups =
    tail === undefined
      ? front
      : [...front, ...Array<bigint>(Math.max(0, 8 - front.length - back.length)).fill(0n), ...back];
  return groups.reduce((sum, group) => sum * 65536n + group, 0n);
}

function parseOne(text: string): { version: 4 | 6; value: bigint } {
  const version = text.includes(":") ? 6 : 4;
  if (version === 6) assertV6(text);
  else assertV4(text);
  return { version, value: toNumber(text, version) };
}

/**
 * Parses an address, `address/prefix`, `a-b` or `address + n` as the server's address library does: short IPv4 forms
 * are filled up, bits below the prefix must be zero. Throws {@link AddressProblem}.
 */
export function parseNetworkAddress(text: string): NetworkAddress {
  const prefixed = /^(\S+?)\/(\S+)\n?$/.exec(text);
  if (prefixed) {
    const { version, value } = parseOne(prefixed[1]!);
    const bits = version === 4 ? 32 : 128;
    // What is no number behind the slash is left alone.
    if (!/^\p{Nd}+$/u.test(prefixed[2]!)) return { version };
    const length = numeric(prefixed[2]!);
    if (length > bits) fail(`Invalid prefix length /${prefixed[2]}`);
    if ((value & ((1n << BigInt(bits - length)) - 1n)) !== 0n) {
      const binary = value.toString(2).padStart(bits, "0");
      fail(`Invalid prefix ${binary}/${prefixed[2]}`);
    }
    return { version };
  }
  const range = /^(.+?)\s*-\s*(.+)\n?$/.exec(text);
  if (range) {
    const first = parseOne(range[1]!);
    const last = parseOne(range[2]!);
    if (first.version !== last.version)
      fail(`Begin and End addresses have different IP versions - ${range[1]} - ${range[2]}`);
    if (first.value > last.value) fail(`Begin address is greater than End address ${range[1]} - ${range[2]}`);
    return { version: first.version };
  }
  const sum = /^(.+?)\s+\+\s+(.+)\n?$/.exec(text);
  if (sum) {
    const { version, value } = parseOne(sum[1]!);
    if (!/^[0-9]+$/.test(sum[2]!)) fail(`Invalid chars in IP ${sum[2]}`);
    if (value + BigInt(sum[2]!) >= 1n << (version === 4 ? 32n : 128n))
      fail(`Begin address is greater than End address ${text}`);
    return { version };
  }
  return { version: parseOne(text).version };
}
