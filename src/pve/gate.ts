import type { OperationId, Params } from "../schema/operation.ts";

/** On whose behalf and through which tool a request is made. */
export interface Caller {
  /** `local` over stdio. */
  principal: string;
  /** Tool, or the shared service (`resource-index`, `task-poll`), that asks. */
  tool: string;
  /** Ties the audit lines of one MCP request together. */
  requestId: string;
  /** OAuth scopes of the caller; absent where the transport has none, as stdio: then all are held. */
  scopes?: readonly string[];
  /** A person's consent to planned requests, if there is one. */
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

/** One request as it is about to leave: decoded parameters, path parameters included. */
export interface GateCall {
  cluster: string;
  operation: OperationId;
  params: Params;
  caller: Caller;
  /** Ends the wait for another change of the same guest. */
  signal?: AbortSignal;
}

/** How an admitted request ended. */
export interface GateOutcome {
  outcome: "ok" | "error" | "unknown";
  status?: number;
  /** Error code or UPID; never an answer's body. */
  detail?: string;
  durationMs: number;
}

/** Records the outcome of an admitted request. */
export type GateExit = (outcome: GateOutcome) => Promise<void>;

/**
 * The port through which every request passes before it is encoded. Declared by the transport that needs it and
 * implemented by `access`, so that no transport exists without one. Rejects when the request may not be made.
 */
export interface Gate {
  enter(call: GateCall): Promise<GateExit>;
}

/** Whether a refusal only asks for a person's consent: it tells what it would be consent to. */
export function isQuestion(refusal: unknown): boolean {
  return typeof refusal === "object" && refusal !== null && "planned" in refusal;
}
