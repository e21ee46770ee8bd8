import type { OperationId, Params, Send } from "../../schema/operation.ts";
import type { Verdict } from "../gate.ts";
import { redactParams } from "../redact.ts";
import { consequencesOf } from "./consequences.ts";
import { identify } from "./identity.ts";
import type { Plans } from "./plans.ts";
import { type PrivilegeReport, privilegesFor } from "./privileges.ts";

/** What a call would do, for the person or the model that decides. */
export interface PlanDescription {
  requests: { operation: OperationId; params: Record<string, unknown> }[];
  class: string;
  /** False when this server would refuse it whoever confirms it. */
  allowed: boolean;
  refusal?: string;
  privileges?: PrivilegeReport;
  consequences?: string[];
  /** With `confirm`, the way to carry it out. */
  planId?: string;
  /** What a person has to type. */
  confirm?: string;
  expiresAt?: string;
}

export interface PlanSources {
  principal: string;
  cluster: string;
  /** Reads only. */
  send: Send;
  judge(operation: OperationId, params: Params): Promise<Verdict>;
  plans: Plans | undefined;
}

/** Describes one request and, where it needs consent, seals a plan of it. Nothing but GETs is sent. */
export async function describePlan(
  from: PlanSources,
  operation: OperationId,
  params: Params,
): Promise<PlanDescription> {
  const verdict = await from.judge(operation, params);
  const head: PlanDescription = {
    requests: [{ operation, params: redactParams(params) }],
    class: verdict.class,
    allowed: verdict.refusal === undefined,
    ...(verdict.refusal === undefined ? {} : { refusal: verdict.refusal.message }),
  };
  if (verdict.refusal || (verdict.class === "read" && !verdict.confirm)) return head;
  const [privileges, consequences] = await Promise.all([
    privilegesFor(from.send, operation, params).catch(() => undefined),
    verdict.class === "mutate" || verdict.class === "read" ? undefined : consequencesOf(from.send, operation, params),
  ]);
  const body: PlanDescription = {
    ...head,
    ...(privileges ? { privileges } : {}),
    ...(consequences ? { consequences } : {}),
  };
  if (!verdict.confirm || !from.plans) return body;
  const identity = await identify(from.send, operation, params);
  const sealed = from.plans.make({ principal: from.principal, cluster: from.cluster, operation, params }, identity);
  return { ...body, ...sealed, confirm: identity.name };
}
