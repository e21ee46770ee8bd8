/** The HTTP methods that the Proxmox VE API knows. */
export type Method = "GET" | "POST" | "PUT" | "DELETE";

/**
 * An operation's identity: method and path template, e.g. `GET /nodes/{node}/qemu`. `RUN` stands for what is done on a
 * host or in a guest outside of the API, so that policy, plans and audit treat it as they treat any call.
 */
export type OperationId = `${Method | "RUN"} /${string}`;

/** A command of one of Proxmox's command-line families (`qm`, `pct`, …), with `argv`. */
export const CLI_OPERATION: OperationId = "RUN /nodes/{node}/cli/{family}";

/** Runs a list of calls on a node, for root@pam alone (pve-facts 37). */
export const BATCH_OPERATION: OperationId = "POST /nodes/{node}/execute";

/** What a call can do at worst, weakest first. */
export type AccessClass = "read" | "mutate" | "destructive" | "escape";

/** The access classes, weakest first. */
export const ACCESS_CLASSES: readonly AccessClass[] = ["read", "mutate", "destructive", "escape"];

/** An operation's parameters by wire name, path parameters included. */
export type Params = Readonly<Record<string, unknown>>;

/** A decoded answer: `data`, and the fields that PVE puts beside it (pve-facts 30). */
export interface Answer<T = unknown> {
  data: T;
  total?: number;
  changes?: string;
  /** URL of the endpoint that gave it: a console waits there and nowhere else (pve-facts 84). */
  endpoint?: string;
}

export interface SendOptions {
  signal?: AbortSignal;
  /** Milliseconds; the configured request timeout when absent. */
  timeoutMs?: number;
}

/** Sends one operation, already bound to a cluster and a caller; every generated client function is built on it. */
export type Send = <T>(operation: OperationId, params?: object, options?: SendOptions) => Promise<Answer<T>>;

/** One operation in `generated/manifest.ts`. */
export interface ManifestEntry {
  id: OperationId;
  /** Module under `generated/{schemas,types,clients}/`, e.g. `nodes-qemu`. */
  group: string;
  /** Name of the schema thunk and of the client function, e.g. `getNodesQemu`. */
  symbol: string;
  class: AccessClass;
  /** First vendored version that has it; absent when the oldest has it. */
  since?: string;
  /** Last vendored version that has it; absent when the newest has it. */
  until?: string;
  /** Our own one-line summary. */
  summary: string;
  /** Answers with a UPID, so the call is a job. */
  task?: true;
  /** Refuses API tokens. */
  noToken?: true;
  /** Lists child paths only. */
  directory?: true;
}
