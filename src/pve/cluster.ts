import type { ClusterConfig, TokenAuth } from "../config/cluster-config.ts";
import type { OperationId, Params, Send } from "../schema/operation.ts";
import type { Caller } from "./gate.ts";

export type { ClusterConfig, TokenAuth } from "../config/cluster-config.ts";

/** A row of `GET /cluster/resources`, decoded; keys that the server leaves out stay absent (pve-facts 29). */
export interface Resource {
  id: string;
  type: "qemu" | "lxc" | "node" | "storage" | "pool" | "sdn" | "network" | (string & {});
  node?: string;
  status?: string;
  vmid?: number;
  name?: string;
  storage?: string;
  pool?: string;
  tags?: string;
  template?: boolean;
  lock?: string;
  hastate?: string;
  uptime?: number;
  cpu?: number;
  maxcpu?: number;
  mem?: number;
  maxmem?: number;
  disk?: number;
  maxdisk?: number;
  plugintype?: string;
  content?: string;
  shared?: boolean;
  level?: string;
  [key: string]: unknown;
}

export interface GuestResource extends Resource {
  type: "qemu" | "lxc";
  vmid: number;
  node: string;
}

/** The cluster's resources at one moment, indexed. */
export interface ResourceSnapshot {
  /** Milliseconds since the epoch at which the answer arrived. */
  takenAt: number;
  rows: readonly Resource[];
  guests: ReadonlyMap<number, GuestResource>;
  guestsByName: ReadonlyMap<string, readonly GuestResource[]>;
  nodes: ReadonlyMap<string, Resource>;
  storages: readonly Resource[];
}

export interface ResourceIndex {
  /** One request in flight however many callers; `maxAgeMs` (default 5000) bounds the age of the answer. */
  get(caller: Caller, options?: { maxAgeMs?: number; signal?: AbortSignal }): Promise<ResourceSnapshot>;
  /** Forgets the snapshot, after a write that may have changed it. */
  invalidate(): void;
}

/** `unknown`: the record is gone, or ends without a status line (pve-facts 48, 49). */
export type TaskState = "running" | "ok" | "warnings" | "failed" | "unknown";

export interface TaskStatus {
  upid: string;
  node: string;
  type: string;
  /** What it works on; may be empty. */
  id: string;
  user: string;
  /** Seconds since the epoch. */
  starttime: number;
  state: TaskState;
  /** The server's own words, once it has ended. */
  exitstatus?: string;
}

export interface TaskLog {
  lines: string[];
  /** Index of the first line given. */
  start: number;
  total: number;
}

export interface Tasks {
  status(caller: Caller, upid: string, options?: { signal?: AbortSignal }): Promise<TaskStatus>;
  /** The last `limit` lines, or `limit` lines from `start`. */
  log(
    caller: Caller,
    upid: string,
    options?: { start?: number; limit?: number; signal?: AbortSignal },
  ): Promise<TaskLog>;
  /**
   * Polls until the task ends or `waitMs` is over, then answers with the state seen last. `onProgress` hears the lines
   * that the log has got since, the newest 50 at most.
   */
  wait(
    caller: Caller,
    upid: string,
    options: {
      waitMs: number;
      signal?: AbortSignal;
      /** Cuts the wait short when it is aborted. */
      ending?: AbortSignal;
      onProgress?: (lines: readonly string[], elapsedMs: number) => void;
    },
  ): Promise<TaskStatus>;
}

/** A connection that carries bytes both ways. */
export interface PveStream {
  /** Hears what comes, from the first byte on, and the end; called once. */
  listen(onBytes: (bytes: Uint8Array) => void, onEnd: () => void): void;
  /** Drops what is sent after the end. */
  send(bytes: Uint8Array): void;
  close(): void;
}

/** Opens the websocket of an operation at the endpoint whose answer it goes by. */
export type OpenStream = (
  operation: OperationId,
  params: Params,
  options: { endpoint: string; signal?: AbortSignal },
) => Promise<PveStream>;

/** One configured cluster; makes no request until it is asked to. */
export interface Cluster {
  /**
   * `tokenUser` is `user@realm!id` of the token in use, once it is known; `tokenExpire` when it ends, seconds since the
   * epoch, where the secret store says so.
   */
  readonly config: Omit<ClusterConfig, "token"> & { tokenUser?: string; tokenExpire?: number };
  readonly name: string;
  /** `user@realm!id` of the token in use, which may have to be read first; undefined when none is configured. */
  tokenUser(): Promise<string | undefined>;
  /**
   * Tries a token with `GET /version` and uses it from the next request on, while those under way end with the old one;
   * rejects, and keeps the old one, when the host does not take it.
   */
  swapToken(token: TokenAuth, caller: Caller): Promise<"swapped" | "unchanged">;
  /** A `Send` bound to one caller; every request passes the gate. */
  send(caller: Caller): Send;
  /** Opens websockets for one caller; each passes the gate as a request does. */
  stream(caller: Caller): OpenStream;
  readonly resources: ResourceIndex;
  readonly tasks: Tasks;
  /** How far the clock of whoever answers is ahead of this machine's, milliseconds; undefined before the first answer. */
  clockSkewMs(): number | undefined;
  /**
   * The same cluster as whom another token stands for: by the same connections, with an index, versions and tasks of its
   * own, as each token sees what its own rights let it see. Takes only callers of that identity.
   */
  as(identity: string, loadToken: () => Promise<TokenAuth>): Cluster;
  close(): Promise<void>;
}
