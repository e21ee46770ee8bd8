import type { OperationId, Params } from "./operation.ts";

/** On whose behalf and through which tool something is done. */
export interface Caller {
  /** `local` over stdio. */
  principal: string;
  /** Tool, or the shared service (`resource-index`, `task-poll`), that asks. */
  tool: string;
  /** Ties the audit lines of one MCP request together. */
  requestId: string;
  /** OAuth scopes of the caller; absent where the transport has none, as stdio: then all are held. */
  scopes?: readonly string[];
  /** Secret of the Proxmox token that the caller acts with; absent for this server's own token. */
  identity?: string;
  /** A person's consent to planned calls, if there is one. */
  grant?: Grant;
}

/** How a person's consent reached this server. */
export interface Grant {
  planId: string;
  /** `typed`: the object's name came back with the call. `asked`: the client put the question to its user. */
  by: "typed" | "asked";
  name: string;
  /** When the call that spends it began, milliseconds since the epoch: its plan has to hold then, and to its end. */
  since?: number;
}

/** One thing that is about to be done, as policy, plans and audit see it: decoded parameters, those of the path included. */
export interface GateCall {
  cluster: string;
  operation: OperationId;
  params: Params;
  caller: Caller;
  /** Ends the wait for another change of the same guest. */
  signal?: AbortSignal;
}

/** How an admitted call ended. */
export interface GateOutcome {
  outcome: "ok" | "error" | "unknown";
  /** HTTP status, or exit code of a command. */
  status?: number;
  /** Error code, UPID, or how a command ended; never the body of an answer. */
  detail?: string;
  durationMs: number;
}

/** Records the outcome of an admitted call. */
export type GateExit = (outcome: GateOutcome) => Promise<void>;

/**
 * The port through which everything passes before a byte leaves. Each transport demands one by its own `gate.ts`, and
 * `access` implements it, so that no transport exists without one. Rejects when the call may not be made.
 */
export interface Gate {
  enter(call: GateCall): Promise<GateExit>;
}
