import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { count } from "./figures.ts";
import type { Verdict } from "./replay.ts";
import type { VectorReport } from "./verdict.ts";

const FILE = fileURLToPath(new URL("reached.json", import.meta.url));
const FIGURES = ["answer", "headers", "shape", "values"] as const;

/** Agreement that was reached once: exchanges by area and figure, cases by set of verdicts. */
export interface Reached {
  exchanges: Record<string, Record<(typeof FIGURES)[number], number>>;
  verdicts: Record<string, number>;
}

/** Reads what was reached so far. */
export function readReached(): Reached {
  return JSON.parse(readFileSync(FILE, "utf8")) as Reached;
}

/** What some measurements amount to. */
export function reachedBy(verdicts: readonly Verdict[], vectors: readonly VectorReport[]): Reached {
  const areas = [...new Set(verdicts.map(({ area }) => area))].sort();
  const exchanges = areas.map((area) => {
    const figures = count(verdicts.filter((verdict) => verdict.area === area));
    return [area, Object.fromEntries(FIGURES.map((figure) => [figure, figures[figure]]))];
  });
  return {
    exchanges: Object.fromEntries(exchanges) as Reached["exchanges"],
    verdicts: Object.fromEntries(vectors.map(({ set, by, agree }) => [`${set}, ${by}`, agree])),
  };
}

/** Each figure that is lower than it once was, in words. */
export function losses(before: Reached, now: Reached): string[] {
  const lost: string[] = [];
  for (const [area, figures] of Object.entries(before.exchanges))
    for (const figure of FIGURES) {
      const got = now.exchanges[area]?.[figure] ?? 0;
      if (got < figures[figure]) lost.push(`${area}: ${figure} ${got}, was ${figures[figure]}`);
    }
  for (const [name, agree] of Object.entries(before.verdicts)) {
    const got = now.verdicts[name] ?? 0;
    if (got < agree) lost.push(`${name}: ${got}, was ${agree}`);
  }
  return lost;
}

/** Writes down what is reached now where it is more than before. */
export function raise(now: Reached): void {
  const before = readReached();
  const raised: Reached = { exchanges: {}, verdicts: {} };
  for (const [area, figures] of Object.entries(now.exchanges))
    raised.exchanges[area] = Object.fromEntries(
      FIGURES.map((figure) => [figure, Math.max(figures[figure], before.exchanges[area]?.[figure] ?? 0)]),
    ) as Reached["exchanges"][string];
  for (const [name, agree] of Object.entries(now.verdicts))
    raised.verdicts[name] = Math.max(agree, before.verdicts[name] ?? 0);
  writeFileSync(FILE, `${JSON.stringify(raised, null, 2)}\n`);
}
