import { join } from "node:path";
import { makeStateDirectory } from "../state-directory.ts";
import { loadStateKey, type StateKey } from "../state-key.ts";
import { Chain, type Limits } from "./chain.ts";
import { chainName, chainsIn } from "./files.ts";
import type { Entry, RecordLine } from "./line.ts";
import { BEAT_MS, claim, isAbandoned } from "./ownership.ts";

export type { RecordLine } from "./line.ts";

/** Processes that can write at the same time. */
const CHAINS = 64;
/** Lines of reads kept while the log cannot be written; more are counted only. */
const HELD = 1000;

export interface RecordOptions extends Partial<Limits> {
  now?: () => Date;
  key?: StateKey;
  /** Milliseconds after which lines of reads are written at the latest. */
  flushMs?: number;
  /** Hears what the operator should know; stderr by default. */
  note?: (text: string) => void;
}

/** The audit log: append-only, chained and keyed, readable by its owner alone. */
export interface CallRecord {
  /** The first file of the log; processes that run at the same time write `audit-2.jsonl` and so on beside it. */
  readonly path: string;
  /**
   * Appends a line. With `sync` it is on the disk when this resolves, together with every line before it; without, it
   * is buffered for some milliseconds. Rejects when it cannot be written, and only with `sync`.
   */
  append(line: RecordLine, options?: { sync?: boolean }): Promise<void>;
  /** Why the log cannot be written; undefined while it can. Writes what is buffered to find out. */
  problem(): string | undefined;
  /** Writes what is buffered and lets go; says of calls under way that their end is not known. */
  close(): void;
}

/** Opens the audit log at its first line, so that a server that is only listed writes nothing. */
export function openRecord(directory: string, options: RecordOptions = {}): CallRecord {
  return new AuditLog(directory, options);
}

const open = new Set<AuditLog>();
let atExit = false;

function closeAll(): void {
  for (const log of [...open]) log.close();
}

class AuditLog implements CallRecord {
  readonly path: string;
  readonly #directory: string;
  readonly #key: StateKey;
  readonly #limits: Limits;
  readonly #now: () => Date;
  readonly #note: (text: string) => void;
  readonly #flushMs: number;
  readonly #pending: Entry[] = [];
  /** Changing calls that have a line before and none after. */
  readonly #underWay = new Map<string, RecordLine>();
  #dropped = 0;
  #chain: Chain | undefined;
  #problem: string | undefined;
  #closed = false;
  #timer: NodeJS.Timeout | undefined;
  #beat: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  constructor(directory: string, options: RecordOptions) {
    this.#directory = directory;
    this.path = join(directory, `${chainName(1)}.jsonl`);
    this.#key = options.key ?? loadStateKey(directory);
    this.#limits = { maxBytes: options.maxBytes ?? 64 << 20, keep: options.keep ?? 15 };
    this.#now = options.now ?? (() => new Date());
    this.#flushMs = options.flushMs ?? 50;
    this.#note = options.note ?? ((text) => process.stderr.write(`proxmox-mcp: ${text}\n`));
  }

  async append(line: RecordLine, { sync = false }: { sync?: boolean } = {}): Promise<void> {
    if (this.#closed) {
      if (sync && line.phase === "before") throw new Error("the log is closed");
      return;
    }
    const entry = this.#entry(line);
    if (!sync) return this.#hold(entry);
    if (this.#pending.length >= 10 * HELD) {
      this.#dropped += 1;
      throw new Error("too many lines wait to be written");
    }
    this.#pending.push(entry);
    try {
      this.#flush();
      if (line.phase === "before") this.#underWay.set(line.call, line);
      else this.#underWay.delete(line.call);
      await this.#commit();
    } catch (error) {
      if (line.phase === "before") this.#takeBack(entry, line);
      throw error;
    }
  }

  problem(): string | undefined {
    this.#tryFlush();
    return this.#problem;
  }

  close(): void {
    if (this.#closed) return;
    for (const { params: _, ...call } of this.#underWay.values()) {
      const detail = "this server ended before the answer came";
      this.#pending.push(this.#entry({ ...call, phase: "lost", outcome: "unknown", detail }));
    }
    this.#tryFlush();
    this.#closed = true;
    clearTimeout(this.#timer);
    clearInterval(this.#beat);
    open.delete(this);
    try {
      this.#chain?.syncNow();
      this.#chain?.release();
    } catch (error) {
      this.#fail(error);
    }
    this.#chain = undefined;
  }

  #entry<T extends object>(line: T): T & { time: string; pid: number } {
    return { time: this.#now().toISOString(), pid: process.pid, ...line };
  }

  /** Buffers a line of a read. */
  #hold(entry: Entry): void {
    if (this.#pending.length < HELD) this.#pending.push(entry);
    else if (this.#problem === undefined) {
      this.#pending.push(entry);
      this.#tryFlush();
    } else this.#dropped += 1;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#tryFlush();
    }, this.#flushMs).unref();
  }

  /** The call was refused as its line is not on the disk: if it stands in the file, that is said there. */
  #takeBack(entry: Entry, line: RecordLine): void {
    this.#underWay.delete(line.call);
    const index = this.#pending.indexOf(entry);
    if (index >= 0) this.#pending.splice(index, 1);
    else {
      const { params: _, ...call } = line;
      this.#pending.push(this.#entry({ ...call, phase: "after", outcome: "error", detail: "record-unavailable" }));
    }
  }

  #tryFlush(): void {
    try {
      this.#flush();
    } catch {
      // Noted already; the lines wait.
    }
  }

  /** Hands everything that is buffered to the operating system, in order. */
  #flush(): void {
    if (this.#pending.length === 0) return;
    try {
      const chain = this.#ready();
      const lost = this.#dropped;
      if (lost > 0) {
        const detail = `${lost} lines could not be kept while the log could not be written`;
        this.#pending.push(this.#entry({ phase: "dropped" as const, detail }));
        this.#dropped = 0;
      }
      chain.write(this.#pending);
      this.#pending.length = 0;
    } catch (error) {
      this.#fail(error);
      throw error;
    }
    if (this.#problem !== undefined) this.#note(`the audit log at ${this.path} can be written again`);
    this.#problem = undefined;
  }

  /** One sync for all lines that wait for one: those that came during a sync share the next. */
  #commit(): Promise<void> {
    this.#next ??= this.#syncAfter(this.#running);
    return this.#next;
  }

  async #syncAfter(running: Promise<void> | undefined): Promise<void> {
    await running?.catch(() => {});
    this.#next = undefined;
    this.#running = this.#chain?.sync();
    try {
      await this.#running;
    } catch (error) {
      this.#fail(error);
      throw error;
    }
  }

  #ready(): Chain {
    if (this.#chain && !this.#chain.owner.holds()) {
      // Another process took over during a standstill of this one.
      this.#chain.release();
      this.#chain = undefined;
    }
    this.#chain ??= this.#open();
    return this.#chain;
  }

  #open(): Chain {
    makeStateDirectory(this.#directory);
    if (!this.#key.durable) throw new Error("its key, state.key beside it, can be neither read nor made");
    const chain = this.#claimOne();
    for (const name of chainsIn(this.#directory)) {
      if (name === chain.name || !isAbandoned(this.#directory, name)) continue;
      this.#claim(name)?.release();
    }
    this.#beat ??= setInterval(() => this.#chain?.owner.beat(), BEAT_MS).unref();
    open.add(this);
    if (!atExit) process.once("exit", closeAll);
    atExit = true;
    return chain;
  }

  #claimOne(): Chain {
    for (let number = 1; number <= CHAINS; number++) {
      const chain = this.#claim(chainName(number));
      if (chain) return chain;
    }
    throw new Error(`${CHAINS} processes write beside it already`);
  }

  /** Takes a chain and puts down what its last owner could not. */
  #claim(name: string): Chain | undefined {
    const owner = claim(this.#directory, name);
    if (!owner) return undefined;
    try {
      const chain = new Chain(this.#directory, name, owner, this.#key, this.#limits);
      this.#settle(chain);
      return chain;
    } catch (error) {
      owner.release(true);
      throw error;
    }
  }

  #settle(chain: Chain): void {
    const { fragment, missing, open } = chain.recovered;
    const entries: Entry[] = [];
    if (fragment.length > 0) {
      entries.push(this.#entry({ phase: "torn" as const, detail: `an unfinished line stood here: ${fragment}` }));
    }
    for (const { seq, pid, prev: _, time, params: __, ...call } of open) {
      const detail = `the server process ${pid} ended before the answer came; asked in line ${seq}`;
      entries.push(this.#entry({ ...(call as RecordLine), phase: "lost" as const, outcome: "unknown", detail }));
      const target = Object.values(call.target ?? {}).join(" ");
      this.#note(
        `audit: a server process ended in the middle of ${call.operation} (${target}), asked at ${time}: whether it was carried out is not known, look at the object or its tasks`,
      );
    }
    if (missing) {
      this.#note(
        `audit: lines ${missing.from} to ${missing.to} are missing at the end of ${chain.path} (proxmox-mcp admin audit verify)`,
      );
    }
    if (entries.length === 0) return;
    chain.write(entries);
    chain.syncNow();
  }

  #fail(error: unknown): void {
    const reason = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    if (this.#problem === undefined) {
      this.#note(
        `the audit log at ${this.path} cannot be written (${reason}): nothing is changed until it can, reading goes on`,
      );
    }
    this.#problem = reason;
  }
}
