import { randomBytes } from "node:crypto";
import { ProxmoxMcpError } from "../errors/index.ts";
import type { Caller, Gate, GateCall, GateExit } from "../pve/gate.ts";
import type { AccessClass, Send } from "../schema/operation.ts";
import { classOfCall, exceeds } from "./access-class.ts";
import type { CallRecord, RecordLine } from "./audit/log.ts";
import { targetOf } from "./audit/target.ts";
import { AccessCeilingError, ConfirmationRequiredError, RecordUnavailableError } from "./errors.ts";
import type { Plans } from "./plan/plans.ts";
import { type PolicyFacts, type PolicyVerdict, stricter } from "./policy/decide.ts";
import { placeOf } from "./policy/place.ts";
import { type Policy, PolicyDeniedError } from "./policy/policy.ts";
import { redactParams, redactText } from "./redact.ts";
import { SelfProtectionError, selfHarm } from "./self-protection.ts";

export interface GateOptions {
  ceiling: AccessClass;
  record: CallRecord;
  /** Absent with `--dangerously-skip-confirmation`. */
  plans?: Plans;
  policy: Pick<Policy, "decide" | "needsGuest">;
  /** Facts that the gate needs of a cluster. */
  cluster(name: string): GateCluster;
}

export interface GateCluster {
  /** `user@realm!id` of the token in use. */
  tokenUser: string | undefined;
  /** Sends on behalf of the gate's own reading. */
  send(caller: Caller): Send;
  /** Tags and pool of a guest, from the resource index, which is read anew for `fresh`. */
  guest(vmid: number, caller: Caller, fresh: boolean): Promise<{ tags: readonly string[]; pool?: string } | undefined>;
}

/** The gate's judgement on a call that is only being considered. */
export interface Verdict {
  class: AccessClass;
  /** Why the call would be refused; absent when it would be let through. */
  refusal?: AccessCeilingError | SelfProtectionError | PolicyDeniedError;
  /** A person has to confirm it first. */
  confirm: boolean;
}

export interface AccessGate extends Gate {
  /** What `enter` would decide, without recording anything. */
  judge(call: GateCall): Promise<Verdict>;
}

/** The one gate: access ceiling, confirmation and the record of every call, before and after. */
export function createGate({ ceiling, record, plans, policy, cluster }: GateOptions): AccessGate {
  const judge = async (call: GateCall): Promise<Verdict> => {
    const { operation, params } = call;
    const needed = await classOfCall(operation, params);
    const refuse = (refusal: NonNullable<Verdict["refusal"]>): Verdict => ({ class: needed, refusal, confirm: false });
    if (exceeds(needed, ceiling)) return refuse(new AccessCeilingError(operation, needed, ceiling));
    const at = cluster(call.cluster);
    const harm = await selfHarm(operation, params, at.tokenUser, at.send(internal(call.caller, "self-protection")));
    if (harm !== undefined) return refuse(new SelfProtectionError(operation, harm));
    const { effect, because } = await policyOn(call, needed);
    if (effect === "deny") return refuse(new PolicyDeniedError(operation, because));
    // What a plan is made of is read before anybody can be asked.
    const asks = effect === "confirm" && !(needed === "read" && INTERNAL.has(call.caller.tool));
    return { class: needed, confirm: asks && plans !== undefined };
  };

  /** The worst verdict on any of the guests that the call names. */
  const policyOn = async (call: GateCall, needed: AccessClass): Promise<PolicyVerdict> => {
    const { vmids, ...place } = placeOf(call.operation, call.params);
    const facts: PolicyFacts = {
      tool: call.caller.tool,
      operation: call.operation,
      class: needed,
      cluster: call.cluster,
      principal: call.caller.principal,
      ...place,
    };
    let worst = vmids.length === 0 ? policy.decide(facts) : undefined;
    for (const vmid of vmids) {
      const guest = policy.needsGuest
        ? await cluster(call.cluster).guest(vmid, internal(call.caller, "policy"), needed !== "read")
        : undefined;
      const unseen = policy.needsGuest && guest === undefined && !isNewGuest(call);
      const verdict = policy.decide({ ...facts, vmid, ...guest, ...(unseen ? { unseen } : {}) });
      worst = worst === undefined ? verdict : stricter(worst, verdict);
    }
    return worst!;
  };

  /** Consumes the caller's grant for exactly this call, or asks for one. */
  const confirm = async (call: GateCall, needed: AccessClass): Promise<void> => {
    const { grant } = call.caller;
    if (!grant) throw new ConfirmationRequiredError(call, needed);
    const { identify } = await import("./plan/identity.ts");
    const send = cluster(call.cluster).send(internal(call.caller, "plan"));
    const planned = { ...call, principal: call.caller.principal };
    await plans!.redeem(planned, grant, () => identify(send, call.operation, call.params));
  };

  return {
    judge,
    async enter(call: GateCall): Promise<GateExit> {
      const verdict = await judge(call);
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
      try {
        if (verdict.refusal) throw verdict.refusal;
        if (verdict.confirm) await confirm(call, verdict.class);
      } catch (error) {
        const code = error instanceof ProxmoxMcpError ? error.code : "error";
        await write({ phase: "denied", ...head, params: redactParams(call.params), outcome: code });
        throw error;
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

/** Names under which the gate itself reads; no tool has one of them. */
const INTERNAL: ReadonlySet<string> = new Set(["plan", "policy", "self-protection"]);

/** The caller without its consent, which is for the planned call alone. */
function internal({ principal, requestId }: Caller, tool: string): Caller {
  return { principal, requestId, tool };
}

/** A guest that is being created is in no index; with `force` it may be there and overwritten. */
function isNewGuest({ operation, params }: GateCall): boolean {
  return /^POST \/nodes\/\{node\}\/(qemu|lxc)$/.test(operation) && !params.force;
}
