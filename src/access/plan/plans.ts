import { randomBytes } from "node:crypto";
import type { Grant } from "../../pve/gate.ts";
import type { OperationId, Params } from "../../schema/operation.ts";
import { consentParams } from "../redact.ts";
import type { StateKey } from "../state-key.ts";
import { hashOf } from "./hash.ts";
import type { Identity } from "./identity.ts";
import type { PlanMarks } from "./marks.ts";
import { PlanRefusedError } from "./plan-errors.ts";

/** Milliseconds for which a plan may be confirmed. */
const PLAN_LIFETIME_MS = 10 * 60_000;

/** How far a clock may be set back before its plans are refused. */
const CLOCK_SLACK_MS = 60_000;

/** What every planId begins with: base64url alone may begin with a dash, which a command line takes for an option. */
const PREFIX = "plan_";

/** Characters of the parameters that a plan carries for the operator. */
const LONGEST_SHOWN = 600;

/** One request, exactly as it is to be sent. */
export interface PlannedRequest {
  operation: OperationId;
  params: Params;
}

/** The requests for which consent is sought together, in their order. */
interface PlannedCalls {
  principal: string;
  cluster: string;
  calls: readonly PlannedRequest[];
  /** What the tool chose freely, such as a VMID; given back to it when the plan is carried out. */
  pins?: Readonly<Record<string, unknown>>;
}

/** One request that is about to be sent. */
interface PlannedCall extends PlannedRequest {
  principal: string;
  cluster: string;
}

interface Sealed {
  /** Nonce: makes each request of the plan single-use. */
  n: string;
  principal: string;
  cluster: string;
  /** Each request. */
  calls: {
    operation: OperationId;
    /** Hash of the exact parameters. */
    params: string;
    /** Of its object, when the plan was made. */
    version?: string;
    /** Of its object, where it is not the plan's own. */
    name?: string;
  }[];
  /** The parameters for the operator's eyes, without secrets; only where an operator is asked. */
  shown?: string;
  name: string;
  pins?: Readonly<Record<string, unknown>>;
  /** Milliseconds since the epoch. */
  expires: number;
}

/** What the operator has let pass. */
interface ApprovedPlan {
  principal: string;
  operations: OperationId[];
  cluster: string;
  name: string;
  /** JSON, secrets masked, cut when it is long. */
  params?: string;
  expiresAt: string;
}

/** Makes plans and honours each request of them once. */
export interface Plans {
  /** Seals the requests; the name of the first one's object is what a person types. */
  make(planned: PlannedCalls, identities: readonly Identity[]): { planId: string; expiresAt: string };
  /** Marks a plan as consented to by the operator, outside of any client. */
  approve(planId: string): Promise<ApprovedPlan>;
  isApproved(planId: string): Promise<boolean>;
  /** What the tool chose freely when the plan was made; nothing for a plan that does not hold. */
  pins(planId: string): Readonly<Record<string, unknown>>;
  /**
   * Throws `PlanRefusedError` unless the plan was made for all of these requests and, where one of them needs `consent`,
   * has it: else the first would be sent before a later one is refused.
   */
  requireAll(grant: Grant, planned: PlannedCalls, options?: { consent?: boolean }): Promise<void>;
  /**
   * Consumes a plan's part for exactly this call and object; throws `PlanRefusedError` with the reason. Without
   * `consent` the call needs nobody's, and only has to be the planned one.
   */
  redeem(
    call: PlannedCall,
    grant: Grant,
    identity: () => Promise<Identity>,
    options?: { consent?: boolean },
  ): Promise<void>;
}

export interface PlansOptions {
  key: StateKey;
  /** Where used plans leave a mark, so that no other process honours them again. */
  marks: PlanMarks;
  /** `human`: a typed name in the call is not enough. */
  confirm: "plan" | "human";
  now?: () => number;
}

export function createPlans({ key, marks, confirm, now = Date.now }: PlansOptions): Plans {
  const openPlan = (planId: string, at = now()): Sealed => {
    const text = planId.startsWith(PREFIX) ? key.open("plan", planId.slice(PREFIX.length)) : undefined;
    if (text === undefined) throw new PlanRefusedError("it was not made by this server, or was altered");
    const plan = JSON.parse(text) as Sealed;
    if (plan.expires < at) throw new PlanRefusedError("it has expired");
    if (plan.expires > at + PLAN_LIFETIME_MS + CLOCK_SLACK_MS) {
      throw new PlanRefusedError("the clock was set back since it was made");
    }
    return plan;
  };

  const isApproved = async (nonce: string): Promise<boolean> =>
    key.verify((await marks.approval(nonce)) ?? "", "approved", nonce);

  /** Consent to the whole plan: the operator's, or the typed name. */
  const checkConsent = async (plan: Sealed, grant: Grant): Promise<void> => {
    const isNamed = grant.name === plan.name;
    if (isNamed && !(confirm === "human" && grant.by === "typed")) return;
    if (await isApproved(plan.n)) return;
    if (!isNamed) throw new PlanRefusedError("the name that was typed is not the name of the object");
    throw new PlanRefusedError(
      "only a person may let it pass, and none has",
      "The operator runs proxmox-mcp admin approve with this planId; then repeat this very call. The client's own question does too, where it can put one.",
    );
  };

  return {
    make({ principal, cluster, calls, pins }, identities) {
      const expires = now() + PLAN_LIFETIME_MS;
      const plan: Sealed = {
        n: randomBytes(9).toString("base64url"),
        principal,
        cluster,
        calls: calls.map(({ operation, params }, index) => {
          const { version, name } = identities[index]!;
          return {
            operation,
            params: paramsHash(params),
            ...(version === undefined ? {} : { version }),
            ...(name === identities[0]!.name ? {} : { name }),
          };
        }),
        name: identities[0]!.name,
        ...(confirm === "human"
          ? { shown: JSON.stringify(calls.map(({ params }) => consentParams(params))).slice(0, LONGEST_SHOWN) }
          : {}),
        ...(pins === undefined || Object.keys(pins).length === 0 ? {} : { pins }),
        expires,
      };
      return { planId: PREFIX + key.seal("plan", JSON.stringify(plan)), expiresAt: new Date(expires).toISOString() };
    },

    async approve(planId) {
      const plan = openPlan(planId);
      await marks.approve(plan.n, key.tag("approved", plan.n));
      return {
        principal: plan.principal,
        operations: plan.calls.map(({ operation }) => operation),
        cluster: plan.cluster,
        name: plan.name,
        ...(plan.shown === undefined ? {} : { params: plan.shown }),
        expiresAt: new Date(plan.expires).toISOString(),
      };
    },

    async isApproved(planId) {
      try {
        return await isApproved(openPlan(planId).n);
      } catch {
        return false;
      }
    },

    pins(planId) {
      try {
        return openPlan(planId).pins ?? {};
      } catch {
        // The gate says what is wrong with the plan, once the call gets there.
        return {};
      }
    },

    async requireAll(grant, { principal, cluster, calls }, { consent = true } = {}) {
      const plan = openPlan(grant.planId, grant.since);
      requirePrincipal(plan, principal);
      const left = [...plan.calls];
      for (const call of calls) {
        const at = left.findIndex((part) => plan.cluster === cluster && isFor(part, call));
        if (at < 0) throw otherCall();
        left.splice(at, 1);
      }
      if (consent) await checkConsent(plan, grant);
    },

    async redeem(call, grant, identity, { consent = true } = {}) {
      const plan = openPlan(grant.planId, grant.since);
      requirePrincipal(plan, call.principal);
      const fitting = plan.calls.flatMap((part, index) =>
        plan.cluster === call.cluster && isFor(part, call) ? [{ ...part, index }] : [],
      );
      if (fitting.length === 0) throw otherCall();
      if (consent) await checkConsent(plan, grant);
      const claimed = await Promise.all(plan.calls.map((_, index) => marks.isClaimed(plan.n, index)));
      const part = fitting.find(({ index }) => !claimed[index]);
      if (part === undefined) throw usedAlready();
      // Once it is begun, the plan itself changes the object, or makes it: its later parts find another version of that.
      const begun = plan.calls.some(({ version, name }, index) => {
        const own = part.version === undefined || (version === part.version && name === part.name);
        return own && claimed[index];
      });
      const is = await identity();
      if (is.name !== (part.name ?? plan.name) || (is.version !== part.version && !begun)) {
        throw new PlanRefusedError("the object has changed, or is another one, since the plan was made");
      }
      if (!(await marks.claim(plan.n, part.index))) throw usedAlready();
    },
  };
}

function requirePrincipal(plan: Sealed, principal: string): void {
  if (plan.principal !== principal) throw new PlanRefusedError("it was made for another caller");
}

function isFor(part: Sealed["calls"][number], { operation, params }: PlannedRequest): boolean {
  return part.operation === operation && part.params === paramsHash(params);
}

function otherCall(): PlanRefusedError {
  return new PlanRefusedError("it was made for another call, or the arguments were altered");
}

function usedAlready(): PlanRefusedError {
  return new PlanRefusedError("it has been used already");
}

/** Equal for parameters that mean the same whatever their order. */
function paramsHash(params: Params): string {
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== "object" || value === null) return value;
    // Marked as an object: a list of pairs is something else.
    return {
      object: Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, item]) => [name, walk(item)]),
    };
  };
  return hashOf(walk(params));
}
