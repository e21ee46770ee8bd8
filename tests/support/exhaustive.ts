/**
 * `npm run test:exhaustive` tries every case of the tests that are long; `npm test` tries a part of them that stays the same,
 * so that it ends within ten minutes on two cores.
 */
export const EXHAUSTIVE = process.env.EXHAUSTIVE === "1";

/** All cases, or every so many of them, the first included. */
export function sampled<T>(cases: readonly T[], every: number): T[] {
  return EXHAUSTIVE ? [...cases] : cases.filter((_, index) => index % every === 0);
}
