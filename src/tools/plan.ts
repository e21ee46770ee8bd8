import * as z from "zod";

/** One key of a configuration, before and after. */
export const diffOutput = z.array(
  z.object({ key: z.string(), from: z.unknown().optional(), to: z.unknown().optional() }),
);

/** What a call would do, as `dryRun` answers. */
export const planOutput = z.object({
  requests: z
    .array(z.object({ operation: z.string(), params: z.record(z.string(), z.unknown()) }))
    .describe("In the order in which they are sent"),
  class: z.string(),
  allowed: z.boolean(),
  refusal: z.string().optional(),
  privileges: z
    .object({ needs: z.string(), held: z.boolean().optional(), missing: z.array(z.string()).optional() })
    .optional(),
  diff: diffOutput.optional(),
  warnings: z.array(z.string()).optional(),
  consequences: z.array(z.string()).optional(),
  planId: z
    .string()
    .optional()
    .describe("With it the call is carried out exactly as planned; good once, for ten minutes"),
  confirm: z.string().optional().describe("What a person has to type"),
  expiresAt: z.string().optional(),
});

export type Plan = z.output<typeof planOutput>;
