import type { Caller } from "../schema/gate.ts";

/** The port of requests: what each passes before it is encoded. */
export type { Caller, Gate, GateCall, GateExit, GateOutcome, Grant } from "../schema/gate.ts";

/** Whether a refusal only asks for a person's consent: it tells what it would be consent to. */
export function isQuestion(refusal: unknown): boolean {
  return typeof refusal === "object" && refusal !== null && "planned" in refusal;
}

/** The same caller, as the server itself. */
export function asServer({ identity: _, ...caller }: Caller): Caller {
  return caller;
}
