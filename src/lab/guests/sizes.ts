const UNITS: Readonly<Record<string, number>> = { K: 1024, M: 1024 ** 2, G: 1024 ** 3, T: 1024 ** 4 };

/** Bytes of a size such as `32G`; nothing when the text is none. */
export function parseSize(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)([KMGT])?$/.exec(text);
  return match ? Math.trunc(Number(match[1]) * (UNITS[match[2] ?? ""] ?? 1)) : undefined;
}

/** A size in bytes with the largest unit that divides it. */
export function formatSize(bytes: number): string {
  let value = Math.trunc(bytes);
  let unit = "";
  for (const next of "KMGT") {
    if (value % 1024 !== 0 || value === 0) break;
    value /= 1024;
    unit = next;
  }
  return `${value}${unit}`;
}
