import {
  closeSync,
  fdatasync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { promisify } from "node:util";
import type { StateKey } from "../state-key.ts";
import { filesOf, logPath, rotatedPath } from "./files.ts";
import { HeadFile } from "./head.ts";
import { type Entry, hashOf, type Place, sealLine } from "./line.ts";
import type { Ownership } from "./ownership.ts";
import { type Recovery, recoverChain } from "./recovery.ts";
import { firstSeqOf } from "./tail.ts";

const sync = promisify(fdatasync);

export interface Limits {
  /** Bytes after which a file is put aside and a new one begun. */
  maxBytes: number;
  /** Full files that are kept beside the one that is written. */
  keep: number;
}

/** One chain of lines, open for writing by its only owner. */
export class Chain {
  readonly name: string;
  readonly owner: Ownership;
  /** What was found when it was opened. */
  readonly recovered: Recovery;
  readonly #directory: string;
  readonly #key: StateKey;
  readonly #limits: Limits;
  readonly #head: HeadFile;
  #file: number;
  #size: number;
  #last: Place;
  #synced: number;
  #firstSeq: number;
  /** Number of the first line of the current file; 0 while it has none. */
  #fileStart: number;
  #syncing = 0;
  #left: number[] = [];

  /** Takes up a chain where it ended; `owner` proves that nobody else writes it. Throws what the file system throws. */
  constructor(directory: string, name: string, owner: Ownership, key: StateKey, limits: Limits) {
    this.#directory = directory;
    this.name = name;
    this.owner = owner;
    this.#key = key;
    this.#limits = limits;
    this.recovered = recoverChain(directory, name, key, owner.predecessorDied);
    this.#last = this.recovered.last;
    this.#synced = -1;
    this.#firstSeq = this.recovered.firstSeq;
    this.#file = openLog(this.path);
    this.#size = fstatSync(this.#file).size - this.recovered.fragment.length;
    this.#fileStart = this.#size > 0 ? (this.#firstOfCurrent() ?? 0) : 0;
    // What a crash left of a line stands in the next line, as a note.
    if (this.recovered.fragment.length > 0) ftruncateSync(this.#file, this.#size);
    this.#head = new HeadFile(directory, name, key);
    fdatasyncSync(this.#file);
    this.#keepHead(this.#last);
    syncDirectory(directory);
  }

  get path(): string {
    return logPath(this.#directory, this.name);
  }

  /** Appends lines; all or none of them. They are with the operating system when this returns, not yet on the disk. */
  write(entries: readonly Entry[]): void {
    this.#requireFile();
    let last = this.#last;
    let text = "";
    for (const entry of entries) {
      const line = sealLine(entry, last, this.#key);
      text += `${line}\n`;
      last = { seq: last.seq + 1, hash: hashOf(line) };
    }
    const bytes = Buffer.from(text);
    if (this.#size > 0 && this.#size + bytes.length > this.#limits.maxBytes) this.#rotate();
    this.#append(bytes);
    if (this.#fileStart === 0) this.#fileStart = this.#last.seq + 1;
    if (this.#firstSeq === 0) this.#firstSeq = this.#last.seq + 1;
    this.#last = last;
  }

  /** Brings all that was written so far to the disk, and the head after it. */
  async sync(): Promise<void> {
    const last = this.#last;
    this.#syncing += 1;
    try {
      await sync(this.#file);
    } finally {
      this.#syncing -= 1;
      if (this.#syncing === 0) for (const file of this.#left.splice(0)) closeSync(file);
    }
    this.#keepHead(last);
  }

  /** As `sync`, at once: for the end of the process. */
  syncNow(): void {
    fdatasyncSync(this.#file);
    this.#keepHead(this.#last);
  }

  /** Lets go of the chain. */
  release(): void {
    this.#leave(this.#file);
    this.#head.close();
    this.owner.release();
  }

  /** The head follows what is on the disk, so that after a power cut it never knows more than the files hold. */
  #keepHead(last: Place): void {
    if (last.seq <= this.#synced) return;
    this.#head.write({ ...last, firstSeq: this.#firstSeq });
    this.#synced = last.seq;
  }

  #append(bytes: Buffer): void {
    let written = 0;
    try {
      while (written < bytes.length) written += writeSync(this.#file, bytes, written);
    } catch (error) {
      // A full disk may have taken a part.
      if (written > 0) ftruncateSync(this.#file, this.#size);
      throw error;
    }
    this.#size += bytes.length;
  }

  /** The file may have been moved or removed by somebody: what comes then goes into a new one, and the gap shows. */
  #requireFile(): void {
    const here = statSync(this.path, { throwIfNoEntry: false });
    if (here && here.ino === fstatSync(this.#file).ino) return;
    const fresh = openLog(this.path);
    this.#leave(this.#file);
    this.#file = fresh;
    this.#size = fstatSync(fresh).size;
    this.#fileStart = this.#size > 0 ? (this.#firstOfCurrent() ?? 0) : 0;
  }

  #rotate(): void {
    fdatasyncSync(this.#file);
    renameSync(this.path, rotatedPath(this.#directory, this.name, this.#fileStart));
    const fresh = openLog(this.path);
    this.#leave(this.#file);
    this.#file = fresh;
    this.#size = 0;
    this.#fileStart = 0;
    const full = filesOf(this.#directory, this.name).filter(({ firstSeq }) => firstSeq !== undefined);
    const dropped = full.slice(0, Math.max(0, full.length - this.#limits.keep));
    if (dropped.length > 0) {
      // The head first: a file too many is no fault, a line too few is one.
      this.#firstSeq = full[dropped.length]?.firstSeq ?? this.#last.seq + 1;
      this.#synced = -1;
    }
    this.#keepHead(this.#last);
    for (const { path } of dropped) rmSync(path, { force: true });
    syncDirectory(this.#directory);
  }

  #firstOfCurrent(): number | undefined {
    return firstSeqOf(this.path);
  }

  /** A file that is still being synced is closed after that. */
  #leave(file: number): void {
    if (this.#syncing > 0) this.#left.push(file);
    else closeSync(file);
  }
}

function openLog(path: string): number {
  return openSync(path, "a", 0o600);
}

/** Makes new names durable; not every platform can. */
function syncDirectory(path: string): void {
  try {
    const directory = openSync(path, "r");
    try {
      fsyncSync(directory);
    } finally {
      closeSync(directory);
    }
  } catch {
    // The lines themselves are synced either way.
  }
}
