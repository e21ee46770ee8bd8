import * as z from "zod";
import { redactParams } from "../access/index.ts";
import type { OperationId, Params } from "../schema/operation.ts";
import type { ToolCluster } from "./context.ts";

/** What a call would do, as `dryRun` answers. */
export const planOutput = z.object({
  requests: z.array(z.object({ operation: z.string(), params: z.record(z.string(), z.unknown()) })),
  class: z.string(),
  allowed: z.boolean(),
  refusal: z.string().optional(),
});

export type Plan = z.output<typeof planOutput>;

/** The plan of one request, with the gate's verdict on it. */
export async function planOf(cluster: ToolCluster, operation: OperationId, params: Params): Promise<Plan> {
  const verdict = await cluster.judge(operation, params);
  return {
    requests: [{ operation, params: redactParams(params) }],
    class: verdict.class,
    allowed: verdict.refusal === undefined,
    ...(verdict.refusal === undefined ? {} : { refusal: verdict.refusal.message }),
  };
}
