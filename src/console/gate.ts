/** The port of consoles: what every command passes before a terminal is asked for. */
export type { Caller, Gate, GateOutcome } from "../schema/gate.ts";
