import { ProxmoxMcpError } from "../errors/index.ts";
import { batchedCalls } from "../pve/batch.ts";
import type { GateCall } from "../pve/gate.ts";
import { BATCH_OPERATION, type OperationId, type Params } from "../schema/operation.ts";
import type { Verdict } from "./gate.ts";

/** The calls that one call makes: its own, or those of a batch. Throws InvalidParametersError for what cannot be read. */
export function callsWithin<T extends { operation: OperationId; params: Params }>(cluster: string, call: T): T[] {
  if (call.operation !== BATCH_OPERATION) return [call];
  return batchedCalls(cluster, call.params).map((one) => ({ ...call, ...one }));
}

/**
 * The verdict on a batch: refused with the first of its calls that is, or that cannot be read, and confirmed when one of
 * them has to be. Its class stays its own, which none is above.
 */
export async function judgeBatch(
  call: GateCall,
  own: Verdict,
  judge: (call: GateCall) => Promise<Verdict>,
): Promise<Verdict> {
  let confirm = own.confirm;
  try {
    for (const one of callsWithin(call.cluster, call)) {
      const verdict = await judge(one);
      if (verdict.refusal) return { ...own, refusal: verdict.refusal, confirm: false };
      confirm ||= verdict.confirm;
    }
  } catch (error) {
    if (!(error instanceof ProxmoxMcpError)) throw error;
    return { ...own, refusal: error, confirm: false };
  }
  return { ...own, confirm };
}
