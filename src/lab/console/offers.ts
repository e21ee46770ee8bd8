import { die } from "../refusal.ts";
import type { ClusterState } from "../state/cluster.ts";
import { isIn, labVersionOf } from "../versions.ts";

/** A console that waits for its visitor. */
export interface ConsoleOffer {
  kind: "terminal" | "screen";
  /** `user@realm`, and `!id` after it for a token. */
  user: string;
  ticket: string;
  upid: string;
  /** Where the console belongs: a guest, or the node itself. */
  node: string;
  vmid?: number;
}

const FIRST_PORT = 5900;
const PORTS = 100;

const waiting = new WeakMap<ClusterState, Map<number, ConsoleOffer | undefined>>();

function portsOf(state: ClusterState): Map<number, ConsoleOffer | undefined> {
  const ports = waiting.get(state) ?? new Map<number, ConsoleOffer | undefined>();
  waiting.set(state, ports);
  return ports;
}

/** The next free port of the answering node, whichever node the console belongs to (pve-facts 84, 86). */
export function takeConsolePort(state: ClusterState): number {
  const ports = portsOf(state);
  for (let port = FIRST_PORT; port < FIRST_PORT + PORTS; port += 1)
    if (!ports.has(port)) {
      ports.set(port, undefined);
      return port;
    }
  throw die("unable to find free port (5900-5999)");
}

/** Gives a port back: its worker has ended. */
export function freeConsolePort(state: ClusterState, port: number): void {
  portsOf(state).delete(port);
}

/** Puts on record who may come to a port. */
export function offerAt(state: ClusterState, port: number, offer: ConsoleOffer): void {
  portsOf(state).set(port, offer);
}

/** The offer of a port, which takes one visitor only. */
export function takeOffer(state: ClusterState, port: number): ConsoleOffer | undefined {
  const offer = portsOf(state).get(port);
  if (offer) portsOf(state).set(port, undefined);
  return offer;
}

/** Whether tickets are bound to their port, and whether tokens have terminals, as of the node's version (pve-facts 85). */
export function consoleRules(state: ClusterState): { boundToPort: boolean; takesTokens: boolean } {
  const version = labVersionOf(state.entry.version) ?? "9.2";
  return { boundToPort: isIn(version, { since: "9.2" }), takesTokens: isIn(version, { since: "9.1" }) };
}
