import { createHash } from "node:crypto";
import type { StateKey } from "../state-key.ts";

/** Phases of the lines that tell of a call. */
type CallPhase = "before" | "after" | "denied" | "lost";

/** One line of the audit log as the gate gives it: who asked for what, before it goes out, or how it ended. */
export interface RecordLine {
  phase: CallPhase;
  /** Ties the calls of one MCP request together. */
  requestId: string;
  /** Ties the lines of one call together. */
  call: string;
  principal: string;
  /** `user@realm!id` of the Proxmox token, where it is not the server's own. */
  pveToken?: string;
  tool: string;
  cluster: string;
  operation: string;
  class: string;
  /** The objects that the call is about, by parameter name. */
  target?: Readonly<Record<string, unknown>>;
  /** Redacted parameters; on the first line of a call only. */
  params?: Readonly<Record<string, unknown>>;
  outcome?: string;
  status?: number;
  detail?: string;
  /** The task that the call started. */
  upid?: string;
  durationMs?: number;
}

/** A line that the log writes about itself. */
interface NoteLine {
  phase: "torn" | "dropped";
  detail: string;
}

/** A line before it is given its place in the chain. */
export type Entry = (RecordLine | NoteLine) & { time: string; pid: number };

/** A line as it stands in the file. */
export type ChainedLine = Partial<RecordLine> & { seq: number; prev: string; time: string; pid: number; phase: string };

/** A place in a chain: the sequence number of a line and the hash of its text; `seq` 0 and no hash before the first. */
export interface Place {
  seq: number;
  hash: string;
}

const MAC = /,"mac":"([\w-]{16})"\}$/;

/** SHA-256 of a line's bytes without its line end, base64url. */
export function hashOf(line: string | Buffer): string {
  return createHash("sha256").update(line).digest("base64url");
}

/** The text of the line that follows `last`, with its number, the hash of the line before it and its own keyed hash. */
export function sealLine(entry: Entry, last: Place, key: StateKey): string {
  const open = JSON.stringify({ seq: last.seq + 1, ...entry, prev: last.hash }).slice(0, -1);
  return `${open},"mac":"${key.tag("audit-line", open)}"}`;
}

/** Whether the key made this line, to the last byte. */
export function isSealed(text: string, key: StateKey): boolean {
  const mac = MAC.exec(text);
  return mac !== null && key.verify(mac[1]!, "audit-line", text.slice(0, mac.index));
}

/** What a line says, be it sealed or not; undefined when it is none. */
export function parseLine(text: string): ChainedLine | undefined {
  try {
    const line = JSON.parse(text) as ChainedLine;
    return Number.isSafeInteger(line?.seq) && typeof line.prev === "string" ? line : undefined;
  } catch {
    return undefined;
  }
}
