/**
 * What SIGTERM and SIGINT do to this process, which changes while it comes up. The listener stays the same: a signal that
 * comes just when the last one is taken off is lost.
 */
export class EndSignals {
  #act: (() => void) | undefined;

  /** From now on they do this; before the first time they end the process at once. */
  do(act: () => void): void {
    const isFirst = this.#act === undefined;
    this.#act = act;
    if (isFirst) for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => this.#act!());
  }
}
