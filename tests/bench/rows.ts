/** One measured figure, to be read by itself. */
export interface Row {
  what: string;
  /** Of this project. */
  ours: string;
  /** What it is measured against in the same run. */
  against: string;
  /** What counts: a ratio or a difference. */
  result: string;
  /** What is asked for; nothing where the figure is only told. */
  bound?: string;
  kept?: boolean;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

export const ms = (value: number): string => `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;

/** A row whose result is ours as a multiple of the other's. */
export function ratio(
  what: string,
  ours: number,
  [name, against]: readonly [string, number],
  { unit = ms, atMost }: { unit?: (value: number) => string; atMost?: number } = {},
): Row {
  const times = ours / against;
  return {
    what,
    ours: unit(ours),
    against: `${name}: ${unit(against)}`,
    result: `${times.toFixed(2)}x`,
    ...(atMost === undefined ? {} : { bound: `${atMost.toFixed(2)}x`, kept: times <= atMost }),
  };
}

/** The rows as a Markdown table, results first. */
export function table(rows: readonly Row[]): string {
  const head = ["Result", "Bound", "What", "proxmox-mcp", "Against"];
  const cells = rows.map(({ what, ours, against, result, bound = "", kept = true }) => [
    kept ? result : `**${result}**`,
    bound,
    what,
    ours,
    against,
  ]);
  return [head, head.map(() => "---"), ...cells].map((line) => `| ${line.join(" | ")} |`).join("\n");
}
