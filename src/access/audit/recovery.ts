import type { StateKey } from "../state-key.ts";
import { filesOf } from "./files.ts";
import { readHead } from "./head.ts";
import { type ChainedLine, hashOf, isSealed, type Place, parseLine } from "./line.ts";
import { firstSeqOf, readTail } from "./tail.ts";

/** How much of a chain's end is read after a crash to find the calls that were under way, in bytes. */
const CRASHED = 1 << 20;
/** How much is read after an orderly end. */
const ORDERLY = 1 << 12;

/** Where a chain stands, as its files and its head tell. */
export interface Recovery {
  /** The line that the next one follows. */
  last: Place;
  /** Number of the oldest line that is kept; 0 when there is none. */
  firstSeq: number;
  /** Bytes of a line that was not finished. */
  fragment: Buffer;
  /** Lines of changing calls that have no end. */
  open: ChainedLine[];
  /** Lines that the head knows and the files do not hold. */
  missing?: { from: number; to: number };
}

/**
 * Finds out where a chain is to go on. It goes on from the head where that is ahead of the files: what was cut off
 * then stays visible as a gap, for ever.
 */
export function recoverChain(directory: string, chain: string, key: StateKey, crashed: boolean): Recovery {
  const files = filesOf(directory, chain);
  const head = readHead(directory, chain, key);
  const { lines, fragment } = readTail(files, crashed ? CRASHED : ORDERLY);
  const firstSeq =
    typeof head === "object" ? head.firstSeq : (files[0] && (files[0].firstSeq ?? firstSeqOf(files[0].path))) || 0;
  const found = lastPlace(lines, key) ?? { seq: 0, hash: "" };
  const ahead = typeof head === "object" && head.seq > found.seq;
  return {
    last: ahead ? { seq: head.seq, hash: head.hash } : found,
    firstSeq,
    fragment,
    open: crashed ? openCalls(lines, key) : [],
    ...(ahead ? { missing: { from: found.seq + 1, to: head.seq } } : {}),
  };
}

/** The last line that this key made; where it made none, as after a change of keys, the last line at all. */
function lastPlace(lines: readonly Buffer[], key: StateKey): Place | undefined {
  const newest = [...lines].reverse();
  const line = newest.find((one) => isSealed(one.toString(), key)) ?? newest.find((one) => parseLine(one.toString()));
  return line && { seq: parseLine(line.toString())!.seq, hash: hashOf(line) };
}

function openCalls(lines: readonly Buffer[], key: StateKey): ChainedLine[] {
  const open = new Map<string, ChainedLine>();
  for (const bytes of lines) {
    const text = bytes.toString();
    // Most lines are of reads, which may be asked again.
    if (text.includes('"class":"read"') || !text.includes('"call":')) continue;
    const line = parseLine(text);
    if (!line?.call || !isSealed(text, key)) continue;
    if (line.phase === "before") open.set(line.call, line);
    else open.delete(line.call);
  }
  return [...open.values()];
}
