import { ProxmoxMcpError } from "../errors/index.ts";
import type { AccessClass, OperationId, Params } from "../schema/operation.ts";

/** The call is of a worse class than this server may make. */
export class AccessCeilingError extends ProxmoxMcpError {
  constructor(operation: OperationId, needed: AccessClass, ceiling: AccessClass) {
    super({
      code: "access-ceiling",
      message: `${operation} is a ${needed} call, and this server may make no worse than ${ceiling} calls. Nothing was sent.`,
      next: `The operator can allow it with PROXMOX_MCP_ACCESS=${needed}.`,
      data: { operation, class: needed, ceiling },
    });
  }
}

/** The call needs a person's confirmation; `call` is what the plan is made of. */
export class ConfirmationRequiredError extends ProxmoxMcpError {
  readonly call: { cluster: string; operation: OperationId; params: Params };

  constructor(call: { cluster: string; operation: OperationId; params: Params }, needed: AccessClass) {
    super({
      code: "confirmation-required",
      message: `${call.operation} is a ${needed} call: a person has to confirm it. Nothing was sent.`,
      ...(gentler(call.operation) ? { next: gentler(call.operation) } : {}),
      data: { operation: call.operation, class: needed },
    });
    this.call = call;
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
