import { type Caller, callerName } from "../permissions/caller.ts";
import { PermissionCheck } from "../permissions/check.ts";
import type { ClusterState } from "../state/cluster.ts";
import type { Outcome } from "../tasks.ts";
import type { Answer } from "../wire/reply.ts";

export type { Answer };

/** One call of an operation, checked and allowed. */
export interface Call {
  state: ClusterState;
  /** Who calls; without an `id` it is the user, with a ticket. */
  token: Caller;
  /** `user@realm` of the caller, or of the token's owner. */
  user: string;
  params: Readonly<Record<string, unknown>>;
  /** How tasks of this call end, if a fault says so. */
  outcome?: Outcome;
}

/**
 * What a caller must hold, for the reader: any one of the privileges on the path, `{name}` standing for a parameter. The
 * check itself follows `generated/permissions.ts`, for every operation.
 */
interface Permission {
  path: string;
  any: readonly string[];
}

/** One operation that the lab simulates. */
export interface Route {
  /** Method and path template, e.g. `GET /nodes/{node}/qemu`. */
  id: string;
  permission?: Permission;
  /** Answered by the entry node itself although the path names a node. */
  local?: true;
  /** Changes the cluster's files, so it needs quorum (pve-facts 107). */
  writes?: true;
  /** Answers from the schema alone. */
  synthetic?: true;
  run(call: Call): Answer | Promise<Answer>;
}

/** A parameter as text; nothing when it is absent. */
export function text(call: Call, name: string): string | undefined {
  const value = call.params[name];
  return value === undefined || value === null ? undefined : String(value);
}

/** A parameter as an integer. */
export function int(call: Call, name: string): number | undefined {
  const value = text(call, name);
  return value === undefined ? undefined : Number.parseInt(value, 10);
}

/** A boolean parameter; false when it is absent. */
export function flag(call: Call, name: string): boolean {
  const value = call.params[name];
  return value === 1 || value === "1" || value === true;
}

/** Whether the caller holds a privilege on a path. */
export function may(call: Call, path: string, privilege: string): boolean {
  return call.state.allowed(call.token, path, privilege);
}

/** The caller's rights, to be asked or demanded. */
export function checkOf(call: Call): PermissionCheck {
  return new PermissionCheck(call.state.access, callerName(call.token));
}
