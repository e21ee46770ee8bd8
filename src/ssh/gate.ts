import type { OperationId, Params } from "../schema/operation.ts";

/** On whose behalf and through which tool something is done on a host. */
export interface Caller {
  principal: string;
  tool: string;
  requestId: string;
  scopes?: readonly string[];
  /** A person's consent to planned calls, if there is one. */
  grant?: { planId: string; by: "typed" | "asked"; name: string };
}

/** One thing that is about to be done on a host, as policy, plans and audit see it. */
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
  /** Exit code of the command. */
  status?: number;
  /** Error code, or how the command ended; never its output. */
  detail?: string;
  durationMs: number;
}

/** Records the outcome of an admitted call. */
export type GateExit = (outcome: GateOutcome) => Promise<void>;

/**
 * The port through which everything passes before a connection is opened. Declared by the transport that needs it and
 * implemented by `access`, so that no transport exists without one. Rejects when it may not be done.
 */
export interface Gate {
  enter(call: GateCall): Promise<GateExit>;
}
