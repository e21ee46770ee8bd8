import * as z from "zod";

/** Arguments that several tools share, each with the words a model reads. */
export const cluster = z.string().optional().describe("Cluster name; only when several are configured");

export const node = z.string().describe("Node name");

const GUEST = "must be a VMID (an integer from 100 to 999999999) or a guest's name";

export const guest = z
  .union([z.int(GUEST).min(100, GUEST).max(999_999_999, GUEST), z.string(GUEST).min(1, GUEST).max(255, GUEST)], GUEST)
  .describe("VMID, or the guest's unambiguous name");

export const waitSeconds = z
  .int()
  .min(0)
  .max(600)
  .default(20)
  .describe("How long to wait for the task before handing back its job");

export const dryRun = z.boolean().default(false).describe("Answer with the plan; send nothing that changes anything");

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
