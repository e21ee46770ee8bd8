import { EventEmitter } from "node:events";

/**
 * The end of one request: its time limit, or that its caller left. undici takes an emitter as it takes an AbortSignal,
 * whose listeners cost each request ten times as much.
 */
export class Deadline extends EventEmitter {
  readonly #timer: NodeJS.Timeout;
  readonly #signal: AbortSignal | undefined;
  readonly #end = () => {
    this.aborted = true;
    this.emit("abort");
  };
  aborted: boolean;

  constructor(timeoutMs: number, signal: AbortSignal | undefined) {
    super();
    this.aborted = signal?.aborted ?? false;
    this.#signal = signal;
    this.#timer = setTimeout(this.#end, timeoutMs);
    signal?.addEventListener("abort", this.#end, { once: true });
  }

  /** Leaves the promise when it is over. */
  within<T>(promise: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const leave = () => reject(new Error("the request was given up"));
      if (this.aborted) leave();
      this.once("abort", leave);
      promise.then(resolve, reject);
    });
  }

  /** Waits for nothing any more. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#signal?.removeEventListener("abort", this.#end);
  }
}
