/** The port of hosts: what everything passes before a connection is opened. */
export type { Caller, Gate, GateCall, GateOutcome } from "../schema/gate.ts";
