import { wire } from "../../../generated/wire.ts";
import type { Fact } from "../../schema/facts.ts";
import { createRandom, type Random } from "../random.ts";
import type { Definitions } from "./definition.ts";

type Chance = () => boolean;

/** The same answer with numbers as strings and digit strings as numbers, where `chance` says so. */
export function flipTypes(value: unknown, chance: Chance = () => true): unknown {
  if (typeof value === "number") return chance() ? String(value) : value;
  if (typeof value === "string") return /^(0|[1-9]\d{0,14})$/.test(value) && chance() ? Number(value) : value;
  if (Array.isArray(value)) return value.map((item) => flipTypes(item, chance));
  if (value !== null && typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, flipTypes(inner, chance)]));
  return value;
}

/** The same answer with null for every array, or for every one that stands in an object. */
function nullArrays(value: unknown, keepTop: boolean): unknown {
  if (Array.isArray(value)) return keepTop ? value.map((item) => nullArrays(item, false)) : null;
  if (value !== null && typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, nullArrays(inner, false)]));
  return value;
}

/** The same answer without keys that its fact calls optional, where `chance` says so. */
function withoutOptional(fact: Fact | undefined, value: unknown, chance: Chance): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutOptional(fact?.items, item, chance));
  if (value === null || typeof value !== "object") return value;
  const known = fact?.properties ?? {};
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !known[key]?.optional || !chance())
      .map(([key, inner]) => [key, withoutOptional(known[key], inner, chance)]),
  );
}

const chanceOf =
  (random: Random, share: number): Chance =>
  () =>
    random.chance(share);
const LARGE_NUMBER = /(?<=[:[,])(\d{7,})(?=[,}\]])/g;

/** How answers stray from their types (pve-facts 28, 29). */
export const typeFaults = {
  "types-swapped": {
    does: "gives every number as a string and every digit string as a number",
    options: [],
    build: () => ({ faults: [{ wrongTypes: true }] }),
  },
  "types-random": {
    does: "does so for a `share` (0.3) of the values, other ones each time; `seed` (1) decides which",
    options: ["share", "seed"],
    build: ({ share = 0.3, seed = 1 }) => {
      const chance = chanceOf(createRandom(seed), share);
      return { faults: [{ answer: (answer) => ({ ...answer, data: flipTypes(answer.data, chance) }) }] };
    },
  },
  "scientific-notation": {
    does: "writes large integers as `1.5e+12`",
    options: [],
    build: () => ({
      faults: [{ text: (json) => json.replace(LARGE_NUMBER, (digits) => Number(digits).toExponential()) }],
    }),
  },
  "null-arrays": {
    does: "gives null for arrays inside of answers",
    options: [],
    build: () => ({ faults: [{ answer: (answer) => ({ ...answer, data: nullArrays(answer.data, true) }) }] }),
  },
  "null-lists": {
    does: "gives null for answers that are lists, too",
    options: [],
    build: () => ({ faults: [{ answer: (answer) => ({ ...answer, data: nullArrays(answer.data, false) }) }] }),
  },
  "missing-keys": {
    does: "leaves out a `share` (1) of the keys that the schema calls optional; `seed` (1) decides which",
    options: ["share", "seed"],
    build: ({ share = 1, seed = 1 }) => {
      const chance = chanceOf(createRandom(seed), share);
      return {
        faults: [
          {
            answer: (answer, operation) => {
              const facts = wire.operations[operation as keyof typeof wire.operations];
              return { ...answer, data: withoutOptional(wire.facts[facts?.returns ?? -1], answer.data, chance) };
            },
          },
        ],
      };
    },
  },
  "no-message": {
    does: "leaves `message` out of error bodies, as releases before 8.4 do",
    options: [],
    build: () => ({ faults: [{ noMessage: true }] }),
  },
} as const satisfies Definitions;
