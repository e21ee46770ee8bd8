/** What the `Date` headers of answers tell about the server's clock. */
export class ServerClock {
  /** Server time minus local time lies between these, milliseconds; undefined before the first answer. */
  #low: number | undefined;
  #high: number | undefined;

  /** Notes a `Date` header (whole seconds) of a request that was sent and answered at these local times. */
  observe(serverMs: number, sentMs: number, receivedMs: number): void {
    const low = serverMs - receivedMs;
    const high = serverMs + 999 - sentMs;
    if (this.#low === undefined || this.#high === undefined || low > this.#high || high < this.#low) {
      this.#low = low;
      this.#high = high;
    } else {
      this.#low = Math.max(this.#low, low);
      this.#high = Math.min(this.#high, high);
    }
  }

  /** The earliest that the server's clock may have shown at a local time, in milliseconds; undefined when unknown. */
  earliest(localMs: number): number | undefined {
    return this.#low === undefined ? undefined : localMs + this.#low;
  }

  /** Server time minus local time, milliseconds, to about a second; undefined before the first answer. */
  skewMs(): number | undefined {
    return this.#low === undefined || this.#high === undefined ? undefined : Math.round((this.#low + this.#high) / 2);
  }

  /** The server's time now, as well as it is known. */
  now(localMs: number): number {
    return this.#low === undefined || this.#high === undefined ? localMs : localMs + (this.#low + this.#high) / 2;
  }
}
