import * as z from "zod";
import type { OperationId, Params } from "../schema/operation.ts";
import type { ToolCluster } from "./context.ts";

/** What a call would do, as `dryRun` answers. */
export const planOutput = z.object({
  requests: z.array(z.object({ operation: z.string(), params: z.record(z.string(), z.unknown()) })),
  class: z.string(),
  allowed: z.boolean(),
  refusal: z.string().optional(),
  privileges: z
    .object({ needs: z.string(), held: z.boolean().optional(), missing: z.array(z.string()).optional() })
    .optional(),
  consequences: z.array(z.string()).optional(),
  planId: z.string().optional().describe("Needed with confirm to carry it out; good once, for ten minutes"),
  confirm: z.string().optional().describe("What a person has to type"),
  expiresAt: z.string().optional(),
});

export type Plan = z.output<typeof planOutput>;

/** The plan of one request: the gate's verdict, the privileges, the consequences, and what confirms it. */
export function planOf(cluster: ToolCluster, operation: OperationId, params: Params): Promise<Plan> {
  return cluster.plan(operation, params);
}
