import type { CallContext } from "../services.ts";
import { guestStates, type JobState, jobStates, type Target } from "./target.ts";

/** Milliseconds between two looks; the cluster's own view is no fresher (pve-facts 106, 123). */
const INTERVAL_MS = 5000;
/** After failures they grow up to this. */
const LONGEST_MS = 60_000;

/** Whoever is to be told of a change. */
export interface Watch {
  target: Target;
  changed(): void;
}

/** Looks after the watched objects of one cluster, for all subscribers together, and only while there are any. */
export class ClusterPoll {
  readonly #cluster: string;
  readonly #context: (signal: AbortSignal) => CallContext;
  readonly #watches = new Set<Watch>();
  readonly #guests = new Map<number, string>();
  readonly #jobs = new Map<string, JobState>();
  #timer: NodeJS.Timeout | undefined;
  #looking: AbortController | undefined;
  #wait = INTERVAL_MS;

  constructor(cluster: string, context: (signal: AbortSignal) => CallContext) {
    this.#cluster = cluster;
    this.#context = context;
  }

  get isIdle(): boolean {
    return this.#watches.size === 0;
  }

  add(watch: Watch): void {
    const { target } = watch;
    this.#watches.add(watch);
    if ("guest" in target && !this.#guests.has(target.guest)) this.#guests.set(target.guest, target.state);
    if (this.#looking === undefined && this.#timer === undefined) this.#schedule(0);
  }

  remove(watch: Watch): void {
    this.#watches.delete(watch);
    const left = [...this.#watches].map(({ target }) => target);
    for (const vmid of this.#guests.keys()) {
      if (!left.some((one) => "guest" in one && one.guest === vmid)) this.#guests.delete(vmid);
    }
    for (const upid of this.#jobs.keys()) {
      if (!left.some((one) => "upid" in one && one.upid === upid)) this.#jobs.delete(upid);
    }
    if (this.#watches.size === 0) this.#stop();
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#looking?.abort();
    this.#looking = undefined;
  }

  #schedule(ms: number): void {
    this.#timer = setTimeout(() => void this.#look(), ms).unref();
  }

  async #look(): Promise<void> {
    this.#timer = undefined;
    const looking = new AbortController();
    this.#looking = looking;
    try {
      const context = this.#context(looking.signal);
      const outcomes = await Promise.allSettled([this.#lookAtGuests(context), this.#lookAtJobs(context)]);
      const isDown = outcomes.some(({ status }) => status === "rejected");
      this.#wait = isDown ? Math.min(this.#wait * 2, LONGEST_MS) : INTERVAL_MS;
    } catch {
      this.#wait = LONGEST_MS;
    }
    if (looking.signal.aborted) return;
    this.#looking = undefined;
    if (this.#isNeeded()) this.#schedule(this.#wait);
  }

  /** Jobs that have ended need no more looks. */
  #isNeeded(): boolean {
    return [...this.#watches].some(({ target }) => "guest" in target || !this.#jobs.get(target.upid)?.ended);
  }

  async #lookAtGuests(context: CallContext): Promise<void> {
    const vmids = [...new Set([...this.#watches].flatMap(({ target }) => ("guest" in target ? [target.guest] : [])))];
    if (vmids.length === 0) return;
    for (const [vmid, state] of await guestStates(context, this.#cluster, vmids, INTERVAL_MS / 2)) {
      const before = this.#guests.get(vmid);
      this.#guests.set(vmid, state);
      if (before !== undefined && before !== state) this.#tell((one) => "guest" in one && one.guest === vmid);
    }
  }

  async #lookAtJobs(context: CallContext): Promise<void> {
    const upids = [...new Set([...this.#watches].flatMap(({ target }) => ("upid" in target ? [target.upid] : [])))];
    const running = upids.filter((upid) => !this.#jobs.get(upid)?.ended);
    if (running.length === 0) return;
    for (const [upid, state] of await jobStates(context, this.#cluster, running, this.#jobs)) {
      const before = this.#jobs.get(upid);
      this.#jobs.set(upid, state);
      const isNew = before === undefined ? state.ended : before.ended !== state.ended || before.length !== state.length;
      if (isNew) this.#tell((one) => "upid" in one && one.upid === upid);
    }
  }

  #tell(concerned: (target: Target) => boolean): void {
    for (const watch of this.#watches) if (concerned(watch.target)) watch.changed();
  }
}
