import type { Gate, GateCall, GateOutcome } from "../../../src/ssh/gate.ts";
import type { HostsOptions } from "../../../src/ssh/hosts.ts";
import { type Hosts, openHosts } from "../../../src/ssh/index.ts";
import type { SshTarget } from "./sshd.ts";

export const CALLER = { principal: "local", tool: "tests", requestId: "r1" };

/** A gate that writes down what passes, and lets it pass unless told otherwise. */
export interface WatchedGate extends Gate {
  entered: GateCall[];
  left: GateOutcome[];
  refuse: Error | undefined;
}

export function watchedGate(): WatchedGate {
  const gate: WatchedGate = {
    entered: [],
    left: [],
    refuse: undefined,
    async enter(call) {
      gate.entered.push(call);
      if (gate.refuse) throw gate.refuse;
      return async (outcome) => void gate.left.push(outcome);
    },
  };
  return gate;
}

export interface Opened extends Hosts {
  gate: WatchedGate;
}

/** Hosts of which `pve1` is the target. */
export function hostsOn(
  target: SshTarget,
  {
    pins,
    way,
    ...options
  }: Partial<Omit<HostsOptions, "way">> & {
    pins?: readonly string[];
    way?: Partial<HostsOptions["way"]>;
  } = {},
): Opened {
  const gate = watchedGate();
  const { username, privateKey } = target;
  const expectedHostKeys = pins ?? target.hostKeyLines;
  const hosts = openHosts({
    cluster: "lab",
    gate,
    identity: async () => ({ username, privateKey, expectedHostKeys }),
    discover: async () => new Map([["pve1", target.address]]),
    way: { port: target.port, hosts: {}, ...way },
    ...options,
  });
  return { ...hosts, gate };
}

/** What a shell line is to the gate. */
export function shell(command: string) {
  const operation = "RUN /nodes/{node}/shell" as const;
  return { node: "pve1", operation, params: { node: "pve1", command }, command, timeoutMs: 60_000 };
}
