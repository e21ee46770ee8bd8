import type { Writable } from "node:stream";
import { createPlans, loadStateKey } from "../access/index.ts";

/** Lets a plan pass that a server asked a person about; throws `PlanRefusedError`. Answers with the exit code. */
export function approvePlan(
  planId: string,
  where: { directory: string; stateKey?: Buffer | undefined },
  out: Writable,
): number {
  const key = loadStateKey(where.directory, { given: where.stateKey, make: false });
  const { principal, operations, cluster, name, params, expiresAt } = createPlans({
    key,
    directory: where.directory,
    confirm: "human",
  }).approve(planId);
  out.write(
    `Approved: ${operations.join(", ")} on ${JSON.stringify(name)} of cluster ${cluster}, once, until ${expiresAt}.\n`,
  );
  out.write(`For ${JSON.stringify(principal)}${params === undefined ? "" : `, with ${params}`}\n`);
  return 0;
}
