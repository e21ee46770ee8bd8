import { ProxmoxMcpError } from "../errors/index.ts";
import { asServer, type Caller, type Gate, type GateCall, type GateExit } from "../pve/gate.ts";
import { lazy } from "../schema/lazy.ts";
import { type AccessClass, BATCH_OPERATION, CLI_OPERATION, type Send } from "../schema/operation.ts";
import { inSpan, type Span } from "../telemetry/span.ts";
import { classOfCall, exceeds } from "./access-class.ts";
import type { CallRecord, RecordLine } from "./audit/log.ts";
import { targetOf } from "./audit/target.ts";
import { newCallId } from "./call-id.ts";
import type { ConsoleParts } from "./console-parts.ts";
import { AccessCeilingError, ConfirmationRequiredError, RecordUnavailableError, ScopeError } from "./errors.ts";
import type { Makings } from "./makings.ts";
import type { Plans } from "./plan/plans.ts";
import { type PolicyFacts, type PolicyVerdict, stricter } from "./policy/decide.ts";
import { placeOf } from "./policy/place.ts";
import { type Policy, PolicyDeniedError } from "./policy/policy.ts";
import { readOnce } from "./read-once.ts";
import { redactParams, redactText } from "./redact.ts";
import { hasScope, scopeFor } from "./scopes.ts";
import { GuestTurns } from "./turns.ts";

export interface GateOptions {
  ceiling: AccessClass;
  record: CallRecord;
  /** Absent with `--dangerously-skip-confirmation`. */
  plans?: Plans;
  policy: Pick<Policy, "decide" | "needsGuest">;
  /** Facts that the gate needs of a cluster, as the identity sees it; without one, as the server itself does. */
  cluster(name: string, identity?: string): GateCluster;
}

interface GateCluster {
  /** `user@realm!id` of the token in use, which may have to be read first. */
  readonly tokenUser: string | undefined | Promise<string | undefined>;
  /** Other tokens of this server, of which none may be harmed either; they are read at the first need. */
  others?(): Promise<readonly OwnToken[]>;
  /** Sends on behalf of the gate's own reading. */
  send(caller: Caller): Send;
  /** Tags and pool of a guest, from the resource index, which is read anew for `fresh`. */
  guest(vmid: number, caller: Caller, fresh: boolean): Promise<{ tags: readonly string[]; pool?: string } | undefined>;
}

/** A token that this server works with. */
export interface OwnToken {
  /** `user@realm!id` */
  name: string;
  /** The server's own, not a person's, who may see little but itself. */
  isServer: boolean;
  /** Reads as whom it stands for. */
  send(caller: Caller): Send;
}

/** The gate's judgement on a call that is only being considered. */
export interface Verdict {
  class: AccessClass;
  /** Why the call would be refused; absent when it would be let through. */
  refusal?: ProxmoxMcpError;
  /** A person has to confirm it first. */
  confirm: boolean;
}

export interface AccessGate extends Gate {
  /** What `enter` would decide, without recording anything. */
  judge(call: GateCall): Promise<Verdict>;
  /** Refuses a call of several requests as a whole, before the first of them is sent. */
  intend(calls: readonly GateCall[]): Promise<void>;
}

/** The one gate: access ceiling, scopes, policy, confirmation, and the record of every call, before and after. */
export function createGate({ ceiling, record, plans, policy, cluster }: GateOptions): AccessGate {
  const turns = new GuestTurns();
  let makings: Makings | undefined;
  let parts: ConsoleParts | undefined;

  const judge = async (call: GateCall): Promise<Verdict> => {
    const verdict = await judgeOne(call);
    if (call.operation !== BATCH_OPERATION || verdict.refusal) return verdict;
    return (await import("./batch.ts")).judgeBatch(call, verdict, judgeOne);
  };

  const judgeOne = async (call: GateCall): Promise<Verdict> => {
    const { operation, params } = call;
    const needed = await classOfCall(operation, params);
    const refuse = (refusal: NonNullable<Verdict["refusal"]>): Verdict => ({ class: needed, refusal, confirm: false });
    const bound = beyond(operation, needed, call.caller);
    if (bound) return refuse(bound);
    const harm = await harmOf(call);
    if (harm) return refuse(harm);
    const { effect, because } = await policyOn(call, needed);
    if (effect === "deny") return refuse(new PolicyDeniedError(operation, because));
    // What a plan is made of is read before anybody can be asked.
    const isPart = parts?.has(call) || (needed === "read" && INTERNAL.has(call.caller.tool));
    const asks = effect === "confirm" && !isPart;
    return { class: needed, confirm: asks && plans !== undefined };
  };

  /** The server's ceiling and the caller's scopes. */
  const beyond = (what: string, needed: AccessClass, caller: Caller): AccessCeilingError | ScopeError | undefined => {
    if (exceeds(needed, ceiling)) return new AccessCeilingError(what, needed, ceiling);
    if (!hasScope(needed, caller.scopes)) return new ScopeError(what, needed, scopeFor(needed), caller.scopes ?? []);
    return undefined;
  };

  /** What the call would do to the accounts that this server works with. */
  const harmOf = async ({ cluster: name, operation, params, caller }: GateCall) => {
    const at = cluster(name, caller.identity);
    const protection = await selfProtection();
    const argv = operation === CLI_OPERATION ? await import("./self-protection-argv.ts") : undefined;
    const harmTo = (own: string | undefined, send: Send) =>
      argv ? argv.argvHarm(params, own, send) : protection.selfHarm(operation, params, own, send);
    const reader = internal(caller, "self-protection");
    const send = readOnce(at.send(reader));
    let harm = await harmTo(await at.tokenUser, send);
    if (harm === undefined && at.others && (argv || ACCOUNTS.test(operation))) {
      for (const other of await at.others()) {
        const theirs = other.send(asServer(reader));
        harm ??= await harmTo(other.name, other.isServer ? theirs : protection.asPerson(theirs, send));
      }
    }
    return harm === undefined ? undefined : new protection.SelfProtectionError(operation, harm);
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
        ? await cluster(call.cluster, call.caller.identity).guest(
            vmid,
            internal(call.caller, "policy"),
            needed !== "read",
          )
        : undefined;
      const unseen = policy.needsGuest && guest === undefined && !isNewGuest(call);
      const verdict = policy.decide({ ...facts, vmid, ...guest, ...(unseen ? { unseen } : {}) });
      worst = worst === undefined ? verdict : stricter(worst, verdict);
    }
    return worst!;
  };

  /** Consumes the caller's grant for exactly this call, or asks for one. */
  const redeem = async (call: GateCall, { class: needed, confirm }: Verdict): Promise<void> => {
    const { grant, requestId } = call.caller;
    if (makings?.take(requestId, call.operation, call.params)) return;
    if (!grant && confirm) throw new ConfirmationRequiredError({ cluster: call.cluster, calls: [call] }, needed);
    // A plan that came along has to be this call's, also where nobody's consent is needed.
    if (!grant || !plans || (needed === "read" && !confirm)) return;
    const { identify } = await import("./plan/identity.ts");
    const send = cluster(call.cluster, call.caller.identity).send(internal(call.caller, "plan"));
    const planned = { ...call, principal: call.caller.principal };
    await plans.redeem(planned, grant, () => identify(send, call.operation, call.params), { consent: confirm });
  };

  const headOf = async (call: GateCall, its: AccessClass): Promise<Head> => ({
    requestId: call.caller.requestId,
    call: newCallId(),
    principal: call.caller.principal,
    ...(await tokenOf(call)),
    tool: call.caller.tool,
    cluster: call.cluster,
    operation: call.operation,
    class: its,
    target: targetOf(call.operation, call.params),
  });

  /** The Proxmox token by which a caller acts who has one of its own. */
  const tokenOf = async ({ cluster: name, caller }: GateCall): Promise<{ pveToken?: string }> => {
    const own = caller.identity === undefined ? undefined : await cluster(name, caller.identity).tokenUser;
    return own === undefined ? {} : { pveToken: own };
  };

  const write = async (line: RecordLine): Promise<void> => {
    const changes = line.class !== "read";
    try {
      await record.append(line, { sync: changes });
    } catch (error) {
      // Reading goes on without a record; changing does not.
      if (changes && line.phase === "before") throw new RecordUnavailableError(record.path, error);
    }
  };

  const deny = async (head: Head, params: Record<string, unknown>, error: unknown): Promise<never> => {
    const code = error instanceof ProxmoxMcpError ? error.code : "error";
    await write({ phase: "denied", ...head, params, outcome: code });
    throw error;
  };

  /** Writes the line before, and gives what writes the line after. */
  const admit = async (head: Head, params: Record<string, unknown>, endTurn: () => void): Promise<GateExit> => {
    try {
      await write({ phase: "before", ...head, params });
    } catch (error) {
      endTurn();
      throw error;
    }
    return async ({ outcome, status, detail, durationMs }) => {
      endTurn();
      await write({
        phase: "after",
        ...head,
        outcome,
        ...(status === undefined ? {} : { status }),
        ...(detail === undefined ? {} : detail.startsWith("UPID:") ? { upid: detail } : { detail: redactText(detail) }),
        durationMs: Math.round(durationMs),
      });
    };
  };

  return {
    judge,

    async intend(calls) {
      for (const call of calls) {
        const { class: needed, ...verdict } = await judge(call);
        try {
          if (verdict.refusal) throw verdict.refusal;
          const { cluster: at, caller } = call;
          if (caller.grant) {
            const planned = { principal: caller.principal, cluster: at, calls };
            await plans?.requireAll(caller.grant, planned, { consent: verdict.confirm });
          } else if (verdict.confirm) throw new ConfirmationRequiredError({ cluster: at, calls }, needed);
        } catch (error) {
          await deny(await headOf(call, needed), redactParams(call.params), error);
        }
      }
    },

    enter: (call) =>
      inSpan("gate", { attributes: { "proxmox.operation": call.operation } }, (span) => enter(call, span)),
  };

  async function enter(call: GateCall, span: Span): Promise<GateExit> {
    const verdict = await judge(call);
    span.set({ "proxmox.access_class": verdict.class, "proxmox.planned": call.caller.grant !== undefined });
    const head = await headOf(call, verdict.class);
    const params = redactParams(call.params);
    let endTurn: () => void;
    try {
      if (verdict.refusal) throw verdict.refusal;
      endTurn = verdict.class === "read" ? () => {} : await turns.take(call);
      try {
        await redeem(call, verdict);
      } catch (error) {
        endTurn();
        throw error;
      }
    } catch (error) {
      return deny(head, params, error);
    }
    let endTurnOrPart = endTurn;
    if (call.operation.startsWith("RUN ")) {
      parts ??= new (await import("./console-parts.ts")).ConsoleParts();
      endTurnOrPart = parts.begin(call);
    }
    const exit = await admit(head, params, endTurnOrPart);
    if (!/^\w+ \/access\//.test(call.operation) || verdict.class === "read") return exit;
    return async (end) => {
      makings ??= new (await import("./makings.ts")).Makings();
      // What was there already is nobody's to take away.
      if (end.detail !== "already-exists") makings.note(call.caller.requestId, call.operation, call.params);
      await exit(end);
    };
  }
}

const selfProtection = lazy(() => import("./self-protection.ts"));

/** What can take an account, or what it may do, away. */
const ACCOUNTS = /^(?!GET )\w+ \/(?:access|cluster\/jobs\/realm-sync)\//;

type Head = Omit<RecordLine, "phase">;

/** Names under which the gate itself reads; no tool has one of them. */
const INTERNAL: ReadonlySet<string> = new Set(["plan", "policy", "self-protection"]);

/** The caller without its consent, which is for the planned call alone. */
function internal({ grant: _, ...caller }: Caller, tool: string): Caller {
  return { ...caller, tool };
}

/** A guest that is being created is in no index; with `force` it may be there and overwritten. */
function isNewGuest({ operation, params }: GateCall): boolean {
  return /^POST \/nodes\/\{node\}\/(qemu|lxc)$/.test(operation) && !params.force;
}
