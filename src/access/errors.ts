import { ProxmoxMcpError } from "../errors/index.ts";
import type { AccessClass, OperationId, Params } from "../schema/operation.ts";
import { aCall } from "./access-class.ts";

/** The call is of a worse class than this server may make. */
export class AccessCeilingError extends ProxmoxMcpError {
  constructor(operation: string, needed: AccessClass, ceiling: AccessClass) {
    super({
      code: "access-ceiling",
      message: `${operation} is ${aCall(needed)}, and this server may make no worse than ${ceiling} calls. Nothing was sent.`,
      next: `The operator can allow it with PROXMOX_MCP_ACCESS=${needed}.`,
      data: { operation, class: needed, ceiling },
    });
  }
}

/** The caller's scopes do not reach as far as the call. */
export class ScopeError extends ProxmoxMcpError {
  constructor(what: string, needed: AccessClass, scope: string, held: readonly string[]) {
    super({
      code: "insufficient-scope",
      message: `${what} is ${aCall(needed)} and needs the scope ${scope}; this caller has ${held.join(" ") || "none"}. Nothing was sent.`,
      next: `Sign in with the scope ${scope}, if the person may have it.`,
      data: { class: needed, scope, held: [...held] },
    });
  }
}

/** The requests of one call, as a plan is made of them. */
export interface CallsToConfirm {
  cluster: string;
  calls: readonly { operation: OperationId; params: Params }[];
}

/** The call needs a person's confirmation; `planned` is what the plan is made of. */
export class ConfirmationRequiredError extends ProxmoxMcpError {
  readonly planned: CallsToConfirm;
  /** What the tool knows of the change beside the requests, for the person who decides. */
  notes: { diff?: readonly object[]; warnings?: readonly string[] } = {};

  constructor(planned: CallsToConfirm, needed: AccessClass) {
    const { operation } = planned.calls.at(-1)!;
    super({
      code: "confirmation-required",
      message: `${operation} is ${aCall(needed)}: a person has to confirm it. Nothing was sent.`,
      ...(gentler(operation) ? { next: gentler(operation) } : {}),
      data: { operation, class: needed },
    });
    this.planned = planned;
  }
}

/** The record cannot be written, so nothing that changes anything may go out. */
export class RecordUnavailableError extends ProxmoxMcpError {
  constructor(path: string, cause: unknown) {
    super({
      code: "record-unavailable",
      message: `The record of calls at ${path} cannot be written (${(cause as NodeJS.ErrnoException).code ?? "error"}), so no changing call is made. Nothing was sent.`,
      next: "Make that directory writable for this server (XDG_STATE_HOME moves it); reading goes on meanwhile.",
      data: { path },
      cause,
    });
  }
}

function gentler(operation: OperationId): string | undefined {
  return /\/status\/(stop|reset)$/.test(operation) ? "Consider the gentler action shutdown or reboot." : undefined;
}
