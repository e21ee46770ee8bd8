import { createPlans, loadStateKey } from "../access/index.ts";
import type { Report } from "./report.ts";

/** Lets a plan pass that a server asked a person about; throws `PlanRefusedError`. Answers with the exit code. */
export function approvePlan(
  planId: string,
  where: { directory: string; stateKey?: Buffer | undefined },
  report: Report,
): number {
  const key = loadStateKey(where.directory, { given: where.stateKey, make: false });
  const approved = createPlans({ key, directory: where.directory, confirm: "human" }).approve(planId);
  const { principal, operations, cluster, name, params, expiresAt } = approved;
  report.line(
    `Approved: ${operations.join(", ")} on ${JSON.stringify(name)} of cluster ${cluster}, once, until ${expiresAt}.`,
  );
  report.line(`For ${JSON.stringify(principal)}${params === undefined ? "" : `, with ${params}`}`);
  report.object({ ok: true, approved });
  return 0;
}
