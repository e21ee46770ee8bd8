/** Upper bounds in seconds of the durations that are told apart. */
const BOUNDS = [0.005, 0.025, 0.1, 0.5, 2.5, 10, 60, 600];

type Labels = Readonly<Record<string, string | number>>;

/** Counts what happens, for Prometheus. No label says who it was. */
export class Metrics {
  readonly #counters = new Map<string, { help: string; values: Map<string, number> }>();
  readonly #gauges = new Map<string, { help: string; read: () => number }>();
  readonly #durations = { counts: new Array<number>(BOUNDS.length + 1).fill(0), sum: 0, total: 0 };

  counter(name: string, help: string): (labels?: Labels, by?: number) => void {
    const values = new Map<string, number>();
    this.#counters.set(name, { help, values });
    return (labels = {}, by = 1) => {
      const key = labelText(labels);
      values.set(key, (values.get(key) ?? 0) + by);
    };
  }

  gauge(name: string, help: string, read: () => number): void {
    this.#gauges.set(name, { help, read });
  }

  /** One request took this long. */
  took(ms: number): void {
    const seconds = ms / 1000;
    const at = BOUNDS.findIndex((bound) => seconds <= bound);
    const { counts } = this.#durations;
    counts[at < 0 ? BOUNDS.length : at]!++;
    this.#durations.sum += seconds;
    this.#durations.total++;
  }

  /** All of it in the text format of Prometheus. */
  text(): string {
    const lines: string[] = [];
    for (const [name, { help, values }] of this.#counters) {
      lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} counter`);
      for (const [labels, value] of values) lines.push(`${name}${labels} ${value}`);
    }
    for (const [name, { help, read }] of this.#gauges) {
      lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, `${name} ${read()}`);
    }
    const name = "proxmox_mcp_http_request_duration_seconds";
    lines.push(`# HELP ${name} How long requests took, streams apart.`, `# TYPE ${name} histogram`);
    let below = 0;
    for (const [index, bound] of [...BOUNDS, "+Inf"].entries()) {
      below += this.#durations.counts[index]!;
      lines.push(`${name}_bucket{le="${bound}"} ${below}`);
    }
    lines.push(`${name}_sum ${this.#durations.sum}`, `${name}_count ${this.#durations.total}`);
    return `${lines.join("\n")}\n`;
  }
}

function labelText(labels: Labels): string {
  const parts = Object.entries(labels).map(([name, value]) => `${name}="${String(value).replace(/[\\"\n]/g, "_")}"`);
  return parts.length === 0 ? "" : `{${parts.join(",")}}`;
}
