import type { PlanDescription, PlannedRequest } from "../access/index.ts";
import type { ArtifactInput, ArtifactReference } from "../artifacts/index.ts";
import type { Config } from "../config/index.ts";
import type { Consoles } from "../console/consoles.ts";
import type { Jobs } from "../jobs/index.ts";
import type { Cluster } from "../pve/cluster.ts";
import type { Caller } from "../pve/gate.ts";
import type { ToolCredentials } from "../provision/tool-credentials.ts";
import type { Send } from "../schema/operation.ts";
import type { Guests, Hosts } from "../ssh/index.ts";

/** A cluster, bound to the caller of one tool call. */
export interface ToolCluster {
  readonly name: string;
  readonly cluster: Cluster;
  readonly caller: Caller;
  readonly send: Send;
  /** Whether its caller may use what goes past the rights of a Proxmox token; without it none of these ways is here. */
  readonly ownWays: boolean;
  /** Its nodes over SSH; absent where no identity is configured. */
  readonly hosts?: Hosts;
  /** Its guests with SSH of their own; absent where the configuration has no table of them. */
  readonly guests?: Guests;
  /** Where its credentials are kept, for a tool that makes new ones; they are never part of an answer. */
  credentials(): Promise<ToolCredentials>;
  /** Its terminals, for commands where there is no SSH; absent where no command may run on a host. */
  readonly consoles?: Consoles;
  /** What requests would do and what they need; only reads are sent. */
  plan(calls: readonly PlannedRequest[]): Promise<PlanDescription>;
  /** Refuses several requests as a whole, or asks for their confirmation, before the first of them is sent. */
  intend(calls: readonly PlannedRequest[]): Promise<void>;
}

/** Facts about this server process, for proxmox_capabilities. */
export interface ServerFacts {
  name: string;
  version: string;
  config: Config;
  /** File of the record of calls. */
  recordPath: string;
  /** Why the record cannot be written; undefined while it can. */
  recordProblem(): string | undefined;
  /** Names of all tools served. */
  tools: readonly string[];
}

/** What one tool call has at hand. */
export interface ToolContext {
  readonly server: ServerFacts;
  readonly jobs: Jobs;
  /** Puts bulk (a log, a file) aside for this caller; the reference goes beside `data` in the tool's answer. */
  readonly artifacts: { put(input: ArtifactInput): Promise<ArtifactReference> };
  readonly principal: string;
  /** Aborted when the client cancels. */
  readonly signal: AbortSignal;
  /** Aborted when the server is about to end: what only waits answers with what it has. */
  readonly ending: AbortSignal;
  /** All configured clusters, in the order of the configuration. */
  readonly clusters: readonly ToolCluster[];
  /** The named cluster, or the only one; refuses an unknown name, and a missing one when there are several. */
  cluster(name?: string): ToolCluster;
  /**
   * What the tool is free to choose, such as a VMID: made at the first call, kept by the plan, and given back when that
   * plan is carried out, so that the confirmed call is the planned one.
   */
  pin<T>(name: string, make: () => T | Promise<T>): Promise<T>;
  /** Tells the client how far a long call is, with the percentage where the work tells it; dropped when it did not ask. */
  progress(message: string, percent?: number): void;
}
