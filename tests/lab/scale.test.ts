import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";

interface Figures {
  startMs: number;
  nodes: number;
  guests: number;
  rows: number;
  bytes: number;
  coldMs: number;
  /** Sorted. */
  warmMs: number[];
  filteredMs: number[];
  rssMb: number;
  afterMb: number;
}

/** A process of its own, so that nothing but the lab is measured. */
async function measure(): Promise<Figures> {
  const child = fork(fileURLToPath(new URL("./scale-worker.ts", import.meta.url)), {
    execArgv: ["--import", "tsx"],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const [figures] = (await once(child, "message")) as [Figures];
  await once(child, "exit");
  return figures;
}

const median = (sorted: readonly number[]): number => sorted[Math.floor(sorted.length / 2)]!;

describe("32 nodes and 10,000 guests", () => {
  let figures: Figures;
  beforeAll(async () => {
    figures = await measure();
    const { startMs, coldMs, warmMs, filteredMs, rssMb, afterMb, bytes } = figures;
    console.log(
      `scale: up in ${startMs} ms; /cluster/resources ${bytes} bytes, cold ${coldMs} ms, warm ${median(warmMs)} ms, ` +
        `nodes alone ${median(filteredMs)} ms; ${rssMb} MB resident, ${afterMb} MB after the reads`,
    );
  });

  it("are all there", () => {
    expect([figures.nodes, figures.guests]).toEqual([32, 10_000]);
    expect(figures.rows).toBeGreaterThan(10_000);
  });

  // The printed times are the measure; these only tell seconds from minutes, however busy the machine is.
  it("are up soon", () => expect(figures.startMs).toBeLessThan(10_000));
  it("are read soon", () => expect(median(figures.warmMs)).toBeLessThan(2000));
  it("fit into memory", () => expect(figures.afterMb).toBeLessThan(400));
});
