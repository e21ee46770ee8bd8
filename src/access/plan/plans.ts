import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Grant } from "../../pve/gate.ts";
import type { OperationId, Params } from "../../schema/operation.ts";
import { consentParams } from "../redact.ts";
import { makeStateDirectory } from "../state-directory.ts";
import type { StateKey } from "../state-key.ts";
import { hashOf } from "./hash.ts";
import type { Identity } from "./identity.ts";
import { PlanRefusedError } from "./plan-errors.ts";

/** Milliseconds for which a plan may be confirmed. */
export const PLAN_LIFETIME_MS = 10 * 60_000;

/** How far a clock may be set back before its plans are refused. */
const CLOCK_SLACK_MS = 60_000;

/** Marks outlive their plans by far, so that a clock set forth and back does not make a used plan good again. */
const MARK_LIFETIME_MS = 7 * 24 * 60 * 60_000;

/** What every planId begins with: base64url alone may begin with a dash, which a command line takes for an option. */
const PREFIX = "plan_";

/** Characters of the parameters that a plan carries for the operator. */
const LONGEST_SHOWN = 600;

/** One request for which consent is sought. */
export interface PlannedCall {
  principal: string;
  cluster: string;
  operation: OperationId;
  params: Params;
}

interface Sealed {
  /** Nonce: makes the plan single-use. */
  n: string;
  principal: string;
  cluster: string;
  operation: OperationId;
  /** Hash of the exact parameters. */
  params: string;
  /** The parameters for the operator's eyes, without secrets. */
  shown: string;
  name: string;
  version?: string;
  /** Milliseconds since the epoch. */
  expires: number;
}

/** What the operator has let pass. */
export interface ApprovedPlan {
  principal: string;
  operation: OperationId;
  cluster: string;
  name: string;
  /** JSON, secrets masked, cut when it is long. */
  params: string;
  expiresAt: string;
}

/** Makes plans and honours each of them once. */
export interface Plans {
  make(call: PlannedCall, identity: Identity): { planId: string; expiresAt: string };
  /** Marks a plan as consented to by the operator, outside of any client. */
  approve(planId: string): ApprovedPlan;
  isApproved(planId: string): boolean;
  /** Consumes a plan for exactly this call and object; throws `PlanRefusedError` with the reason. */
  redeem(call: PlannedCall, grant: Grant, identity: () => Promise<Identity>): Promise<void>;
}

export interface PlansOptions {
  key: StateKey;
  /** State directory; used plans leave a mark there, so that no other process honours them again. */
  directory: string;
  /** `human`: a typed name in the call is not enough. */
  confirm: "plan" | "human";
  now?: () => number;
}

export function createPlans({ key, directory, confirm, now = Date.now }: PlansOptions): Plans {
  const marks = join(directory, "plans");
  const mark = (nonce: string, kind: "used" | "approved") => join(marks, `${nonce}.${kind}`);

  const openPlan = (planId: string): Sealed => {
    const text = planId.startsWith(PREFIX) ? key.open("plan", planId.slice(PREFIX.length)) : undefined;
    if (text === undefined) throw new PlanRefusedError("it was not made by this server, or was altered");
    const plan = JSON.parse(text) as Sealed;
    if (plan.expires < now()) throw new PlanRefusedError("it has expired");
    if (plan.expires > now() + PLAN_LIFETIME_MS + CLOCK_SLACK_MS) {
      throw new PlanRefusedError("the clock was set back since it was made");
    }
    return plan;
  };

  return {
    make(call, identity) {
      const expires = now() + PLAN_LIFETIME_MS;
      const plan: Sealed = {
        n: randomBytes(9).toString("base64url"),
        principal: call.principal,
        cluster: call.cluster,
        operation: call.operation,
        params: paramsHash(call.params),
        shown: JSON.stringify(consentParams(call.params)).slice(0, LONGEST_SHOWN),
        name: identity.name,
        ...(identity.version === undefined ? {} : { version: identity.version }),
        expires,
      };
      return { planId: PREFIX + key.seal("plan", JSON.stringify(plan)), expiresAt: new Date(expires).toISOString() };
    },

    approve(planId) {
      const plan = openPlan(planId);
      makeStateDirectory(directory);
      mkdirSync(marks, { recursive: true, mode: 0o700 });
      writeFileSync(mark(plan.n, "approved"), key.tag("approved", plan.n), { mode: 0o600 });
      return {
        principal: plan.principal,
        operation: plan.operation,
        cluster: plan.cluster,
        name: plan.name,
        params: plan.shown,
        expiresAt: new Date(plan.expires).toISOString(),
      };
    },

    isApproved(planId) {
      try {
        const { n } = openPlan(planId);
        return isApproved(mark(n, "approved"), key, n);
      } catch {
        return false;
      }
    },

    async redeem(call, grant, identity) {
      const plan = openPlan(grant.planId);
      if (plan.principal !== call.principal) throw new PlanRefusedError("it was made for another caller");
      if (
        plan.cluster !== call.cluster ||
        plan.operation !== call.operation ||
        plan.params !== paramsHash(call.params)
      ) {
        throw new PlanRefusedError("it was made for another call, or the arguments were altered");
      }
      const approved = isApproved(mark(plan.n, "approved"), key, plan.n);
      if (!approved && grant.name !== plan.name) {
        throw new PlanRefusedError("the name that was typed is not the name of the object");
      }
      if (confirm === "human" && grant.by === "typed" && !approved) {
        throw new PlanRefusedError(
          "only a person may let it pass: by the client's own question, or by proxmox-mcp admin approve",
        );
      }
      const is = await identity();
      if (is.name !== plan.name || is.version !== plan.version) {
        throw new PlanRefusedError("the object has changed, or is another one, since the plan was made");
      }
      claim(directory, marks, mark(plan.n, "used"), now());
    },
  };
}

/** Creating the mark is the claim: of two processes, one finds it there already. */
function claim(directory: string, marks: string, path: string, nowMs: number): void {
  makeStateDirectory(directory);
  mkdirSync(marks, { recursive: true, mode: 0o700 });
  try {
    writeFileSync(path, "", { flag: "wx", mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") throw new PlanRefusedError("it has been used already");
    throw new PlanRefusedError("its use cannot be recorded in the state directory");
  }
  for (const name of readdirSync(marks)) {
    const old = join(marks, name);
    // Another process may be at the same work.
    const made = statSync(old, { throwIfNoEntry: false })?.mtimeMs;
    if (made !== undefined && nowMs - made > MARK_LIFETIME_MS) rmSync(old, { force: true });
  }
}

function isApproved(path: string, key: StateKey, nonce: string): boolean {
  try {
    return key.verify(readFileSync(path, "utf8"), "approved", nonce);
  } catch {
    return false;
  }
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
