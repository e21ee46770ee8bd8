import { closeSync, fsyncSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { makeStateDirectory } from "./state-directory.ts";

/** One line of the record: who asked for what, before it goes out, or how it ended. */
export interface RecordLine {
  phase: "before" | "after" | "denied";
  requestId: string;
  principal: string;
  tool: string;
  cluster: string;
  operation: string;
  class: string;
  /** Redacted parameters; on the first line of a call only. */
  params?: Record<string, unknown>;
  outcome?: string;
  status?: number;
  detail?: string;
  durationMs?: number;
}

/** An append-only file of JSON lines, readable by its owner alone. */
export interface CallRecord {
  readonly path: string;
  /** Appends one line; with `sync` it is on the disk when this returns. Throws when it cannot be written. */
  append(line: RecordLine, options?: { sync?: boolean }): void;
  close(): void;
}

/** Opens the record at its first line, so that a server that is only listed writes nothing. */
export function openRecord(directory: string, now: () => Date = () => new Date()): CallRecord {
  const path = join(directory, "audit.jsonl");
  let file: number | undefined;
  return {
    path,
    append(line, options) {
      if (file === undefined) {
        makeStateDirectory(directory);
        file = openSync(path, "a", 0o600);
      }
      writeSync(file, `${JSON.stringify({ time: now().toISOString(), ...line })}\n`);
      if (options?.sync) fsyncSync(file);
    },
    close() {
      if (file !== undefined) closeSync(file);
      file = undefined;
    },
  };
}
