import { ProxmoxMcpError } from "../errors/index.ts";
import type { OperationId } from "../schema/operation.ts";

/** What every error of a request knows about the request. */
export interface RequestContext {
  cluster: string;
  operation: OperationId;
  endpoint?: string;
}

/** A finding about one request; `data` always carries the cluster and the operation. */
interface RequestErrorDetails {
  context: RequestContext;
  message: string;
  next: string;
  status?: number;
  data?: Readonly<Record<string, unknown>>;
  cause?: unknown;
}

/** Base of every error that answers a request to a cluster. */
export class RequestError extends ProxmoxMcpError {
  readonly operation: OperationId;
  /** HTTP status; absent when no answer arrived. */
  readonly status: number | undefined;

  constructor(code: string, details: RequestErrorDetails) {
    const { context, status } = details;
    super({
      code,
      message: details.message,
      next: details.next,
      data: {
        cluster: context.cluster,
        operation: context.operation,
        ...(context.endpoint === undefined ? {} : { endpoint: context.endpoint }),
        ...(status === undefined ? {} : { status }),
        ...details.data,
      },
      cause: details.cause,
    });
    this.operation = context.operation;
    this.status = status;
  }
}

/** The server did not accept the token (pve-facts 26). */
export class AuthenticationError extends RequestError {
  /** `tokenSecret` is the token's name in the secret store. */
  constructor(context: RequestContext, reason: string, tokenSecret?: string) {
    const parts =
      tokenSecret === undefined
        ? "PROXMOX_API_TOKEN_USER, _REALM, _ID and _SECRET"
        : `the secret ${tokenSecret} in the secret store (after a change, send the server SIGHUP)`;
    super("authentication-failed", {
      context,
      status: 401,
      message: `Proxmox refused the API token: ${reason || "authentication failed"}.`,
      next: `Check ${parts}, and whether the token or its user expired or is disabled; trying again will not help.`,
    });
  }
}

/** The token lacks a privilege; the text of the answer names it (pve-facts 36, 38). */
export class PermissionError extends RequestError {
  readonly path: string | undefined;
  readonly privileges: readonly string[];

  constructor(
    context: RequestContext,
    details: { message: string; next: string; status: number; path?: string; privileges?: readonly string[] },
  ) {
    const privileges = details.privileges ?? [];
    super("permission-denied", {
      context,
      status: details.status,
      message: details.message,
      next: details.next,
      data: { ...(details.path === undefined ? {} : { path: details.path }), privileges },
    });
    this.path = details.path;
    this.privileges = privileges;
  }
}

/** 595: the node that answered cannot reach the node that was asked for (pve-facts 105). */
export class NodeUnreachableError extends RequestError {
  constructor(context: RequestContext, status: number, node: string | undefined, reason: string) {
    super("node-unreachable", {
      context,
      status,
      message: `Node ${node ?? "asked for"} cannot be reached by the node that answered: ${reason}.`,
      next: "See GET /cluster/status for the nodes that are online, and ask one of them.",
      data: node === undefined ? {} : { node },
    });
  }
}

/** 596 to 599: the server gave up waiting for its own backend (pve-facts 23, 24). */
export class GatewayTimeoutError extends RequestError {
  constructor(context: RequestContext, status: number, reason: string) {
    super("gateway-timeout", {
      context,
      status,
      message: `The server's backend did not answer in time (${status} ${reason}).`,
      next: "The node is busy or a storage hangs: try again in a minute, with a narrower question.",
    });
  }
}

/** No complete answer within the time allowed. */
export class RequestTimeoutError extends RequestError {
  constructor(context: RequestContext, timeoutMs: number) {
    super("request-timeout", {
      context,
      message: `No answer within ${timeoutMs} ms.`,
      next: "Try again, or raise the request timeout if this call is known to be slow.",
      data: { timeoutMs },
    });
  }
}

/** Nothing listens at the endpoint, or no route leads there. */
export class ConnectionRefusedError extends RequestError {
  constructor(context: RequestContext, code: string, cause?: unknown) {
    super("connection-refused", {
      context,
      message: `No connection to ${context.endpoint ?? "the endpoint"} (${code}).`,
      next: "Check that PROXMOX_HOST and its port (8006) are right, that pveproxy runs and that no firewall is between.",
      data: { reason: code },
      cause,
    });
  }
}

/** The connection closed before the answer was complete. */
export class ConnectionLostError extends RequestError {
  constructor(context: RequestContext, code: string, cause?: unknown) {
    super("connection-lost", {
      context,
      message: `The connection to ${context.endpoint ?? "the endpoint"} closed before the answer was complete (${code}).`,
      next: "Try again; if every connection closes at once, check ALLOW_FROM and DENY_FROM in /etc/default/pveproxy.",
      data: { reason: code },
      cause,
    });
  }
}

/** The endpoint's name does not resolve. */
export class HostNotFoundError extends RequestError {
  constructor(context: RequestContext, cause?: unknown) {
    super("host-not-found", {
      context,
      message: `The name in ${context.endpoint ?? "the endpoint"} does not resolve.`,
      next: "Check PROXMOX_HOST and the name service, or use an address.",
      cause,
    });
  }
}

/** The server's certificate is none of those that were pinned; nothing was sent. */
export class TlsMismatchError extends RequestError {
  readonly fingerprint: string;

  constructor(context: RequestContext, fingerprint: string) {
    super("tls-mismatch", {
      context,
      message: `The certificate of ${context.endpoint ?? "the endpoint"} has the SHA-256 fingerprint ${fingerprint}, which is none of those configured; nothing was sent.`,
      next: `Compare it on the node itself (pvenode cert info); if it is right, set PROXMOX_TLS_FINGERPRINT=${fingerprint}.`,
      data: { fingerprint },
    });
    this.fingerprint = fingerprint;
  }
}

/** The server's certificate chain is not trusted, and no pin is configured; nothing was sent. */
export class TlsUntrustedError extends RequestError {
  readonly fingerprint: string | undefined;

  constructor(context: RequestContext, reason: string, fingerprint: string | undefined) {
    super("tls-untrusted", {
      context,
      message: `The certificate of ${context.endpoint ?? "the endpoint"} is not trusted (${reason})${fingerprint === undefined ? "" : `; its SHA-256 fingerprint is ${fingerprint}`}; nothing was sent.`,
      next: `Compare the fingerprint on the node itself (pvenode cert info), then set PROXMOX_TLS_FINGERPRINT=${fingerprint ?? "<fingerprint>"}, or trust the cluster's CA file (/etc/pve/pve-root-ca.pem).`,
      data: { reason, ...(fingerprint === undefined ? {} : { fingerprint }) },
    });
    this.fingerprint = fingerprint;
  }
}

/** The server refused parameters, by name. */
export class InvalidParametersError extends RequestError {
  readonly errors: Readonly<Record<string, string>>;

  constructor(
    context: RequestContext,
    errors: Readonly<Record<string, string>>,
    details: { status?: number; message?: string } = {},
  ) {
    const list = Object.entries(errors).map(([name, text]) => `${name}: ${text.trim()}`);
    super("invalid-parameters", {
      context,
      ...(details.status === undefined ? {} : { status: details.status }),
      message: list.length > 0 ? `Invalid parameters: ${list.join("; ")}.` : (details.message ?? "Invalid parameters."),
      next: "Correct the parameters named and call again.",
      data: { errors },
    });
    this.errors = errors;
  }
}

/** The version of the host that would answer lacks the operation; nothing was sent. */
export class VersionError extends RequestError {
  constructor(
    context: RequestContext,
    {
      version,
      where,
      fault,
      otherWay,
    }: { version: string; where: string; fault: string; otherWay: string | undefined },
  ) {
    super("not-in-version", {
      context,
      message: `${context.operation} cannot be used here: ${fault}. Nothing was sent.`,
      next: otherWay ?? "Upgrade the host, or do without it.",
      data: { version, host: where },
    });
  }
}

/** A path parameter that would lead the call to another endpoint; nothing was sent. */
export class PathParameterError extends RequestError {
  readonly parameter: string;

  constructor(context: RequestContext, parameter: string, reason: string) {
    super("invalid-path-parameter", {
      context,
      message: `Path parameter '${parameter}' ${reason}`,
      next: `Give '${parameter}' the exact name or id of the object.`,
      data: { parameter },
    });
    this.parameter = parameter;
  }
}

/** The object does not exist; Proxmox says so with 400 or 500 (pve-facts 23). */
export class NotFoundError extends RequestError {
  constructor(context: RequestContext, status: number, reason: string) {
    super("not-found", {
      context,
      status,
      message: reason,
      next: "Look the object up again: it may have moved to another node, been renamed or removed, or be invisible to this token.",
    });
  }
}

/** The id or name is taken (pve-facts 59). */
export class AlreadyExistsError extends RequestError {
  constructor(context: RequestContext, status: number, reason: string) {
    super("already-exists", {
      context,
      status,
      message: reason,
      next: "Choose another id or name, or look at the object that is there.",
    });
  }
}

/** A task holds the guest's configuration lock (pve-facts 56). */
export class GuestLockedError extends RequestError {
  readonly lock: string | undefined;

  constructor(context: RequestContext, status: number, reason: string, lock: string | undefined) {
    super("guest-locked", {
      context,
      status,
      message: reason,
      next: "Wait for the task that holds the lock; a lock without a running task is for a person to judge (qm unlock or pct unlock on the node).",
      data: lock === undefined ? {} : { lock },
    });
    this.lock = lock;
  }
}

/** The configuration changed after it was read (pve-facts 18). */
export class DigestMismatchError extends RequestError {
  constructor(context: RequestContext, status: number, reason: string) {
    super("digest-mismatch", {
      context,
      status,
      message: reason,
      next: "Read the configuration again, compare, and repeat the change with the new digest.",
    });
  }
}

/** The cluster is not quorate, so that nothing can be written (pve-facts 107). */
export class NoQuorumError extends RequestError {
  constructor(context: RequestContext, status: number, reason: string) {
    super("no-quorum", {
      context,
      status,
      message: reason,
      next: "See GET /cluster/status; writes work again once enough nodes are online.",
    });
  }
}

/** A short lock could not be had in time; nothing was changed (pve-facts 56). */
export class LockTimeoutError extends RequestError {
  constructor(context: RequestContext, status: number, reason: string) {
    super("lock-timeout", {
      context,
      status,
      message: reason,
      next: "Another operation on the same guest or storage is at work: wait for its task, then try again.",
    });
  }
}

/** The server does not know the path or method (501). */
export class NotImplementedError extends RequestError {
  constructor(context: RequestContext, status: number, reason: string) {
    super("not-implemented", {
      context,
      status,
      message: reason,
      next: "This host's version may lack the call: compare GET /version with the operation's since and until.",
    });
  }
}

/** A write whose answer was lost and whose outcome could not be found out. */
export class OutcomeUnknownError extends RequestError {
  constructor(context: RequestContext, details: { why: string; lookedFor: string; check: string; cause?: unknown }) {
    super("outcome-unknown", {
      context,
      message: `The request was sent once and its answer was lost (${details.why}); ${details.lookedFor}.`,
      next: `Do not repeat it blindly: ${details.check}`,
      data: { why: details.why, lookedFor: details.lookedFor, check: details.check },
      cause: details.cause,
    });
  }
}

/** Nothing is configured yet for the cluster. */
export class NotConfiguredError extends ProxmoxMcpError {
  constructor(cluster: string, missing: readonly string[]) {
    super({
      code: "not-configured",
      message: `Cluster '${cluster}' has no ${missing.join(" and no ")} configured.`,
      next: missing.includes("API token")
        ? "Set PROXMOX_HOST, PROXMOX_API_TOKEN_USER, PROXMOX_API_TOKEN_REALM, PROXMOX_API_TOKEN_ID and PROXMOX_API_TOKEN_SECRET."
        : "Set PROXMOX_HOST.",
      data: { cluster, missing },
    });
  }
}

/** The server answered with an error that no other class fits. */
export class ProxmoxError extends RequestError {
  constructor(context: RequestContext, status: number, reason: string, next?: string) {
    super("proxmox-error", {
      context,
      status,
      message: reason,
      next: next ?? "Read the server's text above; the node's task log and journal may say more.",
    });
  }
}
