import * as z from "zod";

type Iface = Readonly<Record<string, unknown>>;

/** Characters that all diffs of an answer may fill. */
const DIFF_BUDGET = 5000;

/** Most warnings of an answer. */
const WARNINGS = 20;

/** A node's network changes that wait to be applied. */
export const pendingChanges = z.object({
  cluster: z.string().optional(),
  node: z.string(),
  changes: z.string().describe("As diff -u shows them"),
  linesLeftOut: z.int().optional(),
});

export type PendingChanges = z.output<typeof pendingChanges>;

/** The diffs of several nodes, each cut to its share; the file's own header of comments is not worth its room. */
export function fitDiffs(changes: readonly { cluster?: string; node: string; changes: string }[]): PendingChanges[] {
  const share = Math.floor(DIFF_BUDGET / Math.max(1, changes.length));
  return changes.map(({ changes: diff, ...where }) => {
    const lines = diff
      .trimEnd()
      .split("\n")
      .filter((line) => !/^\+#( |$)/.test(line));
    const kept: string[] = [];
    let size = 0;
    for (const line of lines) {
      size += line.length + 1;
      if (size > share) break;
      kept.push(line);
    }
    const left = lines.length - kept.length;
    return { ...where, changes: kept.join("\n"), ...(left > 0 ? { linesLeftOut: left } : {}) };
  });
}

/**
 * What applying a node's pending changes would take away. A change without an address turns an interface's method to
 * manual, which costs the node that address as soon as it is applied (pve-facts 101).
 */
export function pendingWarnings(node: string, diff: string, ifaces: readonly Iface[]): string[] {
  const lost = (pattern: RegExp): string[] => {
    const found = (sign: string) =>
      diff
        .split("\n")
        .filter((line) => line.startsWith(sign) && !line.startsWith(sign.repeat(3)))
        .flatMap((line) => pattern.exec(line.slice(1))?.[1] ?? []);
    const kept = new Set(found("+"));
    return [...new Set(found("-"))].filter((one) => !kept.has(one));
  };
  const manual = ifaces.flatMap((one) =>
    (["", "6"] as const)
      .filter((family) => one[`cidr${family}`] !== undefined && one[`method${family}`] === "manual")
      .map((family) => `${one.iface} of ${node} has method manual, so its address ${one[`cidr${family}`]} is not set.`),
  );
  return [
    ...lost(/^\s*iface\s+(\S+)/).map((name) => `Applying removes interface ${name} from ${node}.`),
    ...lost(/^\s*address\s+([^\s/]+)/).map((address) => `Applying takes address ${address} from ${node}.`),
    ...manual,
  ].slice(0, WARNINGS);
}
