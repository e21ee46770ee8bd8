import * as z from "zod";

/**
 * What the listed schema of an argument says instead of its exact bounds, which are checked all the same: each listed
 * word is paid for by every client, for every tool. The server's instructions explain the shared arguments once.
 */
export interface Listed {
  listed: Readonly<Record<string, unknown>>;
}

/** Arguments that several tools share. */
export const cluster = z.string().optional();

export const node = z.string();

const GUEST = "must be a VMID (an integer from 100 to 999999999) or a guest's name";

export const guest = z
  .union([z.int(GUEST).min(100, GUEST).max(999_999_999, GUEST), z.string(GUEST).min(1, GUEST).max(255, GUEST)], GUEST)
  .meta({ listed: { type: ["integer", "string"] } } satisfies Listed);

export const waitSeconds = z
  .int()
  .min(0)
  .max(600)
  .default(20)
  .meta({ listed: { type: "integer" } } satisfies Listed);

export const dryRun = z
  .boolean()
  .default(false)
  .meta({ listed: { type: "boolean", description: "Plan only" } } satisfies Listed);

/** A part that an answer does not cover. */
export const incomplete = z
  .array(
    z.object({
      cluster: z.string().optional(),
      node: z.string().optional(),
      part: z.string().optional(),
      reason: z.string(),
    }),
  )
  .optional();

export type Incomplete = z.output<typeof incomplete>;

/** Any JSON scalar, as it stands in a row. */
export const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);

export type Cell = z.output<typeof cell>;
