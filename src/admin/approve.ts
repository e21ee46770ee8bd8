import { createPlans, loadStateKey, openPlanMarks } from "../access/index.ts";
import type { Report } from "./report.ts";

/** Lets a plan pass that a server asked a person about; throws `PlanRefusedError`, or `PlanStoreError`. Answers with the exit code. */
export async function approvePlan(
  planId: string,
  where: { directory: string; stateKey?: Buffer | undefined; redisUrl?: string | undefined },
  report: Report,
): Promise<number> {
  const key = loadStateKey(where.directory, { given: where.stateKey, make: false });
  const marks = openPlanMarks({ ...where, key });
  const approved = await createPlans({ key, marks, confirm: "human" })
    .approve(planId)
    .finally(() => marks.close());
  const { principal, operations, cluster, name, params, expiresAt } = approved;
  report.line(
    `Approved: ${operations.join(", ")} on ${JSON.stringify(name)} of cluster ${cluster}, once, until ${expiresAt}.`,
  );
  report.line(`For ${JSON.stringify(principal)}${params === undefined ? "" : `, with ${params}`}`);
  report.object({ ok: true, approved });
  return 0;
}
