/** What the thread of a script and the server say to each other; values cross as JSON. */

/** What a script is started with. */
export interface ScriptStart {
  code: string;
  /** Bytes that the script may use. */
  memoryBytes: number;
  /** Milliseconds of its own work, waiting left out. */
  workMs: number;
  /** Names of the functions that `pve` has. */
  functions: readonly string[];
}

export type FromScript =
  /** Its own work begins, and ends. */
  | { kind: "works" }
  | { kind: "rests" }
  | { kind: "call"; id: number; name: string; params: string }
  | { kind: "done"; result: string | undefined; logs: readonly string[] }
  | { kind: "failed"; error: { name: string; message: string; line?: number }; logs: readonly string[] };

export type ToScript = { kind: "answer"; id: number } & ({ value: string } | { error: string });
