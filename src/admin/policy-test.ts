import type { Writable } from "node:stream";
import { classOfCall, exceeds, loadPolicy, placeOf, stricter } from "../access/index.ts";
import type { AccessClass, OperationId } from "../schema/operation.ts";

/** A call to be judged, as the operator describes it. */
export interface PolicyQuestion {
  operation: string;
  params?: string;
  tool?: string;
  cluster?: string;
  node?: string;
  vmid?: number;
  tag?: string[];
  pool?: string;
  storage?: string;
  principal?: string;
}

/** Says what the policy file makes of a call, and why. Answers with the exit code: 1 when it is refused. */
export async function testPolicy(
  question: PolicyQuestion,
  settings: { policyFile: string | undefined; ceiling: AccessClass },
  out: Writable,
): Promise<number> {
  const operation = question.operation as OperationId;
  const params = { ...(question.params === undefined ? {} : (JSON.parse(question.params) as object)) };
  const needed = await classOfCall(operation, params);
  const policy = await loadPolicy(settings.policyFile);
  const { params: _, tag, ...facts } = question;
  const { vmids, ...place } = placeOf(operation, params);
  const judge = (guest: { vmid?: number }) =>
    policy.decide({
      tool: "proxmox_api_call",
      cluster: "default",
      principal: "local",
      ...place,
      ...guest,
      ...facts,
      operation,
      class: needed,
      ...(tag === undefined ? {} : { tags: tag }),
    });
  // As the gate does: the strictest verdict on any guest that is named.
  const verdict = (vmids.length === 0 ? [{}] : vmids.map((vmid) => ({ vmid }))).map(judge).reduce(stricter);
  out.write(`class:   ${needed}\n`);
  if (exceeds(needed, settings.ceiling)) {
    out.write(`verdict: deny (the ceiling is ${settings.ceiling}: PROXMOX_MCP_ACCESS)\n`);
    return 1;
  }
  out.write(`verdict: ${verdict.effect} (${verdict.because})\n`);
  return verdict.effect === "deny" ? 1 : 0;
}
