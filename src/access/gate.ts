import type { Gate, GateCall, GateExit } from "../pve/gate.ts";
import type { AccessClass, OperationId } from "../schema/operation.ts";
import { classOfCall, exceeds } from "./access-class.ts";
import { AccessCeilingError, ConfirmationRequiredError, RecordUnavailableError } from "./errors.ts";
import type { CallRecord, RecordLine } from "./record.ts";
import { redactParams, redactText } from "./redact.ts";

export interface GateOptions {
  ceiling: AccessClass;
  record: CallRecord;
}

/** The gate's judgement on a call that is only being considered. */
export interface Verdict {
  class: AccessClass;
  /** Why the call would be refused; absent when it would be let through. */
  refusal?: AccessCeilingError | ConfirmationRequiredError;
}

export interface AccessGate extends Gate {
  /** What `enter` would decide, without recording anything. */
  judge(operation: OperationId, params: GateCall["params"]): Promise<Verdict>;
}

/** The one gate: access ceiling, confirmation and the record of every call, before and after. */
export function createGate({ ceiling, record }: GateOptions): AccessGate {
  const judge = async (operation: OperationId, params: GateCall["params"]): Promise<Verdict> => {
    const needed = await classOfCall(operation, params);
    if (exceeds(needed, ceiling)) {
      return { class: needed, refusal: new AccessCeilingError(operation, needed, ceiling) };
    }
    if (needed === "destructive" || needed === "escape") {
      return { class: needed, refusal: new ConfirmationRequiredError(operation, needed) };
    }
    return { class: needed };
  };

  return {
    judge,
    async enter(call: GateCall): Promise<GateExit> {
      const verdict = await judge(call.operation, call.params);
      const head: Omit<RecordLine, "phase"> = {
        requestId: call.caller.requestId,
        principal: call.caller.principal,
        tool: call.caller.tool,
        cluster: call.cluster,
        operation: call.operation,
        class: verdict.class,
      };
      const changes = verdict.class !== "read";
      const write = (line: RecordLine): void => {
        try {
          record.append(line, { sync: changes });
        } catch (error) {
          // Reading goes on without a record; changing does not.
          if (changes && line.phase === "before") throw new RecordUnavailableError(record.path, error);
        }
      };
      if (verdict.refusal) {
        write({ phase: "denied", ...head, params: redactParams(call.params), outcome: verdict.refusal.code });
        throw verdict.refusal;
      }
      write({ phase: "before", ...head, params: redactParams(call.params) });
      return async ({ outcome, status, detail, durationMs }) => {
        write({
          phase: "after",
          ...head,
          outcome,
          ...(status === undefined ? {} : { status }),
          ...(detail === undefined ? {} : { detail: redactText(detail) }),
          durationMs: Math.round(durationMs),
        });
      };
    },
  };
}
