import { ProxmoxMcpError } from "../errors/index.ts";
import type { AccessClass, OperationId } from "../schema/operation.ts";

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

/** The call needs a person's confirmation, which this version cannot ask for yet. */
export class ConfirmationRequiredError extends ProxmoxMcpError {
  constructor(operation: OperationId, needed: AccessClass) {
    super({
      code: "confirmation-required",
      message: `${operation} is a ${needed} call: it needs a person's confirmation, which this version cannot ask for yet. Nothing was sent.`,
      next: gentler(operation),
      data: { operation, class: needed },
    });
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

function gentler(operation: OperationId): string {
  const shutdown = /\/status\/(stop|reset)$/.test(operation);
  const way = "Ask the operator to do it in the Proxmox web interface";
  return shutdown ? `${way}, or use the gentler action shutdown or reboot.` : `${way}.`;
}
