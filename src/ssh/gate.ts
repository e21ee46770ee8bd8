/** The port of hosts: what everything passes before a connection is opened. */
export type { Caller, Gate, GateCall, GateExit, GateOutcome } from "../schema/gate.ts";
