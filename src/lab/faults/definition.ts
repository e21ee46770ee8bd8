import type { Fault } from "../faults.ts";
import type { HostTroubles } from "../shell/process.ts";
import type { ClusterState } from "../state/cluster.ts";
import type { FaultName } from "./index.ts";

/** What faults by name act on besides requests. */
export interface FaultControls {
  state: ClusterState;
  /** The lab's own token, `user@realm` and id. */
  token: { user: string; realm: string; id: string };
  /** Serves another certificate from now on, and ends every connection. */
  renewCertificate(): Promise<void>;
  /** Ends every connection. */
  dropConnections(): void;
  /** How connections are treated before any request. */
  conditions: { refuse: boolean; oversizedHeadMs: number };
  /** What goes wrong on hosts. */
  hosts: HostTroubles;
}

/** What the options of faults hold; every option means the same for all faults. */
export interface FaultOptions {
  /** Milliseconds. */
  ms?: number;
  node?: string;
  vmid?: number;
  storage?: string;
  /** A node. */
  to?: string;
  /** `backup`, `clone`, `create`, `migrate`, `rollback`, `snapshot`, `snapshot-delete`, `suspending`, `suspended` … */
  lock?: string;
  /** `7.4` to `9.2`. */
  version?: string;
  /** How many of all, 0 to 1. */
  share?: number;
  /** Decides what is random. */
  seed?: number;
  text?: string;
  count?: number;
  /** A parameter's name. */
  key?: string;
}

/** A fault by its name in the catalogue. */
export interface FaultByName extends FaultOptions {
  fault: FaultName;
  /** Narrows the requests that it hits; those that suit it when absent. */
  match?: { method?: string; path?: RegExp };
  times?: number;
  skip?: number;
}

/** What a named fault comes down to: faults of requests, and something that lasts until it is switched off. */
export interface Effect {
  faults?: Fault[];
  start?: () => (() => void) | undefined;
}

export interface Definition {
  /** One sentence for the table of `docs/lab.md`. */
  does: string;
  /** Options that it takes besides `match`, `times` and `skip`; those with `!` are needed. */
  options: readonly (keyof FaultOptions | `${keyof FaultOptions}!`)[];
  build(options: FaultOptions, controls: FaultControls): Effect;
}

export type Definitions = Readonly<Record<string, Definition>>;
