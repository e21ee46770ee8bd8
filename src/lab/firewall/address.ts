const ALIAS_NAME = "[A-Za-z][A-Za-z0-9\\-_]+";
const REFERENCE = new RegExp(`^(dc/|guest/)?(${ALIAS_NAME})$`);

/** The scope (`dc/`, `guest/` or nothing) and the name of an alias that a text refers to. */
export function aliasReference(text: string): { scope: string; name: string } | undefined {
  const match = REFERENCE.exec(text);
  return match ? { scope: match[1] ?? "", name: match[2]! } : undefined;
}

/** The set that a text like `+name` or `+dc/name` refers to. */
export function ipsetReference(text: string): string | undefined {
  return new RegExp(`^\\+(?:guest/|dc/|sdn/)?(${ALIAS_NAME})$`).exec(text)?.[1];
}

export function ipVersion(text: string): 4 | 6 {
  return text.includes(":") ? 6 : 4;
}

function bytes4(address: string): number[] {
  return address.split(".").map(Number);
}

/** The eight groups of an IPv6 address, which may end in an IPv4 one. */
function groups6(address: string): number[] {
  const plain = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...parts: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = parts.slice(0, 4).map(Number);
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  });
  const [left = "", right] = plain.split("::");
  const read = (half: string): number[] =>
    half === "" ? [] : half.split(":").map((group) => Number.parseInt(group, 16));
  const head = read(left);
  if (right === undefined) return head;
  const tail = read(right);
  return [...head, ...new Array<number>(Math.max(0, 8 - head.length - tail.length)).fill(0), ...tail];
}

/** Clears the bits that a prefix leaves free, in units of so many bits. */
function mask(units: readonly number[], width: number, length: number): number[] {
  return units.map((unit, index) => {
    const kept = Math.min(width, Math.max(0, length - index * width));
    return Math.floor(unit / 2 ** (width - kept)) * 2 ** (width - kept);
  });
}

function compress6(groups: readonly number[]): string {
  const text = groups.map((group) => group.toString(16)).join(":");
  let longest = "";
  for (const [run] of text.matchAll(/(?:^|:)0(?::0)+(?::|$)/g)) if (run.length > longest.length) longest = run;
  return longest === "" ? text : text.replace(longest, "::");
}

/** A network with its host bits cleared; an address without a prefix stays as it is. */
export function cleanCidr(cidr: string): string {
  const [address = "", length] = cidr.split("/");
  if (length === undefined || Number(length) === 0) return cidr;
  const clean =
    ipVersion(address) === 4
      ? mask(bytes4(address), 8, Number(length)).join(".")
      : compress6(mask(groups6(address), 16, Number(length)));
  return `${clean}/${length}`;
}

/** An address as the configuration file gives it back: a prefix that covers just one host is left out. */
export function dropHostPrefix(cidr: string): string {
  return cidr.replace(ipVersion(cidr) === 6 ? /\/128$/ : /\/32$/, "");
}
