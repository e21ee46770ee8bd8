/** The port of consoles: what every command passes before a terminal is asked for. */
export type { Caller, Gate, GateCall, GateExit, GateOutcome } from "../schema/gate.ts";
