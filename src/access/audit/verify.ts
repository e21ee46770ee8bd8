import type { StateKey } from "../state-key.ts";
import { filesOf, type LogFile } from "./files.ts";
import { type Head, readHead } from "./head.ts";
import { hashOf, isSealed, type Place, parseLine } from "./line.ts";
import { linesOf, type PlacedLine } from "./read.ts";

/** What is wrong at one place of a chain. */
export interface Problem {
  kind: "altered" | "inserted" | "moved" | "removed" | "cut" | "other-key" | "unfinished" | "head";
  path: string;
  /** Line of the file, from 1; absent where a file lacks its end. */
  line?: number;
  why: string;
}

export interface ChainVerdict {
  chain: string;
  files: number;
  lines: number;
  /** The first and the last sound line. */
  from?: number;
  to?: Place;
  /** The number up to which the head proves that nothing was cut off; absent without a head. */
  provenTo?: number;
  problems: Problem[];
}

/** Checks a chain with all its files and its head. */
export async function verifyChain(directory: string, chain: string, key: StateKey): Promise<ChainVerdict> {
  for (let attempt = 0; ; attempt++) {
    const head = readHead(directory, chain, key);
    const files = filesOf(directory, chain);
    const verdict = await verify(files, chain, key, head).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT" && attempt === 0) return undefined;
      throw error;
    });
    if (verdict && (verdict.problems.length === 0 || attempt > 0)) return verdict;
    // A server that puts a file aside meanwhile makes a gap that is none: a second look decides.
  }
}

/** Checks one file by itself: what is cut off its ends cannot be seen. */
export function verifyFile(path: string, key: StateKey): Promise<ChainVerdict> {
  return verify([{ path }], path, key, undefined);
}

/** Walks over lines and tells what kind each fault is of; a line's neighbours tell an altered one from an added one. */
class Walk {
  readonly problems: Problem[] = [];
  readonly #key: StateKey;
  #last: Place | undefined;
  /** Lines whose keyed hash is wrong, since the last sound one. */
  #bad: { place: PlacedLine; hash: string; seq?: number; prev?: string }[] = [];
  #gaps: { from: number; to: number; problem: Problem }[] = [];
  readonly #start: number;
  /** Number of the first line that is there, sound or altered. */
  first: number | undefined;
  highest = 0;
  sound = 0;

  /** `start` is the number that the first line ought to have at the least. */
  constructor(key: StateKey, start: number) {
    this.#key = key;
    this.#start = start;
  }

  get last(): Place | undefined {
    return this.#last;
  }

  take(place: PlacedLine): void {
    const text = place.bytes.toString();
    const line = parseLine(text);
    const hash = hashOf(place.bytes);
    if (!line || !isSealed(text, this.#key)) {
      this.#bad.push({ place, hash, ...(line ? { seq: line.seq, prev: line.prev } : {}) });
      return;
    }
    this.sound += 1;
    this.first ??= line.seq - Math.min(this.#bad.length, Math.max(0, line.seq - this.#start));
    const last = this.#last;
    const follows = last === undefined ? this.#bad.length === 0 : line.seq === last.seq + 1 && line.prev === last.hash;
    if (follows) this.#judgeBad("inserted");
    else if (last && line.seq <= this.highest) {
      this.#judgeBad("inserted");
      this.#outOfPlace(place, line.seq);
      // The line it follows is still the one before it.
      return;
    } else this.#missing(place, line.seq, line.prev);
    this.#last = { seq: line.seq, hash };
    this.highest = line.seq;
  }

  /** Ends the walk where the chain is known to reach `seq`; without that, numbers that fit are taken for altered. */
  end(seq?: number): void {
    const from = (this.#last?.seq ?? 0) + 1;
    const fitting = this.#bad.filter((one, index) => one.seq === from + index).length;
    const altered = Math.min(this.#bad.length, seq === undefined ? fitting : Math.max(0, seq + 1 - from));
    this.#judgeBad("altered", altered);
    if (altered > 0) this.highest = from + altered - 1;
  }

  /** Whether the walk may have met the line of this number but could not trust it. */
  #missing(place: PlacedLine, seq: number, prev: string): void {
    const from = (this.#last?.seq ?? 0) + 1;
    const bad = this.#bad.length;
    const linked = this.#bad.at(-1)?.hash === prev;
    // As many lines as are missing stand there, so they were altered; more or fewer were added or removed beside.
    const altered = Math.min(bad, Math.max(0, seq - (this.#last === undefined ? this.#start : from)));
    this.#judgeBad(linked ? "other-key" : "altered", altered);
    const gone = seq - from - altered;
    if (this.#last === undefined || gone <= 0) {
      if (gone < 0 || (bad === 0 && this.#last !== undefined)) {
        this.#add({ kind: "altered", path: place.path, line: place.number, why: "does not follow the line before it" });
      }
      return;
    }
    const to = seq - 1;
    const what = gone === 1 && altered === 0 ? `line number ${to} is` : `${gone} of the numbers ${from} to ${to} are`;
    const why = `${what} missing before it: removed`;
    const problem = this.#add({ kind: "removed", path: place.path, line: place.number, why });
    this.#gaps.push({ from, to, problem });
  }

  #outOfPlace(place: PlacedLine, seq: number): void {
    const gap = this.#gaps.find(({ from, to }) => seq >= from && seq <= to);
    if (gap?.problem.kind === "moved") return;
    if (gap) {
      gap.problem.kind = "moved";
      gap.problem.why = `stands before line number ${seq}, which comes first: moved`;
      return;
    }
    const why = `is a second copy of line number ${seq}: inserted`;
    this.#add({ kind: "inserted", path: place.path, line: place.number, why });
  }

  #judgeBad(kind: "inserted" | "altered" | "other-key", altered = 0): void {
    for (const [index, { place }] of this.#bad.splice(0).entries()) {
      const its = kind === "inserted" || index >= altered ? "inserted" : kind;
      const why = place.unfinished
        ? "has no line end: it was cut, or is being written"
        : {
            inserted: "was not made with this key and is no part of the chain: inserted",
            altered: "is not as it was written: altered",
            "other-key": "was made with another key, or altered together with its neighbours",
          }[its];
      this.#add({ kind: place.unfinished ? "unfinished" : its, path: place.path, line: place.number, why });
    }
  }

  #add(problem: Problem): Problem {
    this.problems.push(problem);
    return problem;
  }
}

async function verify(
  files: readonly LogFile[],
  chain: string,
  key: StateKey,
  head: Head | "missing" | "invalid" | undefined,
): Promise<ChainVerdict> {
  const walk = new Walk(key, (typeof head === "object" && head.firstSeq) || 1);
  const path = files.at(-1)?.path ?? chain;
  let lines = 0;
  let headHash: string | undefined;
  for await (const line of linesOf(files)) {
    lines += 1;
    walk.take(line);
    if (typeof head === "object" && walk.last?.seq === head.seq) headHash ??= walk.last.hash;
  }
  const { last, first, sound } = walk;
  walk.end(typeof head === "object" ? head.seq : undefined);
  const problems = walk.problems;
  if (lines > 0 && sound === 0) {
    const why = "no line was made with this key: another key, or all altered";
    problems.splice(0, problems.length, { kind: "other-key", path: files[0]!.path, line: 1, why });
  }
  if (head === "invalid") {
    problems.push({ kind: "head", path, why: "its head file was not made with this key: a cut end cannot be told" });
  } else if (head === "missing") {
    problems.push({ kind: "head", path, why: "its head file is missing: a cut end cannot be told" });
  } else if (head !== undefined && sound > 0) {
    if (first! > head.firstSeq && head.firstSeq > 0) {
      const why = `line numbers ${head.firstSeq} to ${first! - 1} are missing before it: removed`;
      problems.unshift({ kind: "removed", path: files[0]!.path, line: 1, why });
    }
    if (head.seq > walk.highest) {
      const why = `line numbers ${walk.highest + 1} to ${head.seq} are missing at its end: cut`;
      problems.push({ kind: "cut", path, why });
    } else if (headHash !== undefined && headHash !== head.hash) {
      problems.push({ kind: "head", path, why: `line number ${head.seq} is another than the head says` });
    }
  } else if (head !== undefined && lines === 0 && head.seq > 0) {
    problems.push({ kind: "cut", path, why: `all ${head.seq} lines are missing: removed` });
  }
  return {
    chain,
    files: files.length,
    lines,
    ...(first === undefined ? {} : { from: first }),
    ...(last === undefined ? {} : { to: last }),
    ...(typeof head === "object" ? { provenTo: head.seq } : {}),
    problems,
  };
}
