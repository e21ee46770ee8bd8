import { randomBytes } from "node:crypto";
import type { Gate, GateCall, GateExit } from "../pve/gate.ts";
import type { AccessClass, OperationId } from "../schema/operation.ts";
import { classOfCall, exceeds } from "./access-class.ts";
import type { CallRecord, RecordLine } from "./audit/log.ts";
import { targetOf } from "./audit/target.ts";
import { AccessCeilingError, ConfirmationRequiredError, RecordUnavailableError } from "./errors.ts";
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
        call: randomBytes(9).toString("base64url"),
        principal: call.caller.principal,
        tool: call.caller.tool,
        cluster: call.cluster,
        operation: call.operation,
        class: verdict.class,
        target: targetOf(call.operation, call.params),
      };
      const changes = verdict.class !== "read";
      const write = async (line: RecordLine): Promise<void> => {
        try {
          await record.append(line, { sync: changes });
        } catch (error) {
          // Reading goes on without a record; changing does not.
          if (changes && line.phase === "before") throw new RecordUnavailableError(record.path, error);
        }
      };
      if (verdict.refusal) {
        await write({ phase: "denied", ...head, params: redactParams(call.params), outcome: verdict.refusal.code });
        throw verdict.refusal;
      }
      await write({ phase: "before", ...head, params: redactParams(call.params) });
      return async ({ outcome, status, detail, durationMs }) => {
        await write({
          phase: "after",
          ...head,
          outcome,
          ...(status === undefined ? {} : { status }),
          ...(detail === undefined
            ? {}
            : detail.startsWith("UPID:")
              ? { upid: detail }
              : { detail: redactText(detail) }),
          durationMs: Math.round(durationMs),
        });
      };
    },
  };
}
