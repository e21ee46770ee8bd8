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

/** Each figure of an area that is lower than it once was, in words; one area's work may cost another a lucky match. */
export function areaLosses(before: Reached, now: Reached): string[] {
  const lost: string[] = [];
  for (const [area, figures] of Object.entries(before.exchanges))
    for (const figure of FIGURES) {
      const got = now.exchanges[area]?.[figure] ?? 0;
      if (got < figures[figure]) lost.push(`${area}: ${figure} ${got}, was ${figures[figure]}`);
    }
  return lost;
}

/** Each figure over all areas, or of a set of verdicts, that is lower than it once was, in words. */
export function losses(before: Reached, now: Reached): string[] {
  const lost: string[] = [];
  for (const figure of FIGURES) {
    const total = (reached: Reached): number =>
      Object.values(reached.exchanges).reduce((sum, figures) => sum + figures[figure], 0);
    if (total(now) < total(before)) lost.push(`all: ${figure} ${total(now)}, was ${total(before)}`);
  }
  for (const [name, agree] of Object.entries(before.verdicts)) {
    const got = now.verdicts[name] ?? 0;
    if (got < agree) lost.push(`${name}: ${got}, was ${agree}`);
  }
  return lost;
}

/** Writes down what is reached now, unless something is lower than before; says whether it did. */
export function raise(now: Reached): boolean {
  if (losses(readReached(), now).length > 0) return false;
  writeFileSync(FILE, `${JSON.stringify(now, null, 2)}\n`);
  return true;
}
