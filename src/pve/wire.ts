import type { Wire } from "../schema/facts.ts";

const empty: Wire = { version: "", facts: [], operations: {} };
const location = "../../generated/wire.ts";

/** The facts of every operation. */
export const wire: Wire = await import(location).then(
  (module: { wire: Wire }) => module.wire,
  () => empty,
);
