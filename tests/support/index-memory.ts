import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { indexResources } from "../../src/pve/resource-index.ts";

const GUESTS = 10_000;

/** Bytes of heap that the resource index holds for each of 10,000 guests, and those of its JSON. */
export function indexMemory(): { bytes: number; json: number } {
  const collect = collector();
  const heap = () => {
    collect();
    return process.memoryUsage().heapUsed;
  };
  const before = heap();
  const { index, json } = readIndex();
  const bytes = (heap() - before) / GUESTS;
  if (index.guests.size !== GUESTS) throw new Error("the index is not whole");
  return { bytes, json };
}

/** The text is gone when this has ended, and only the index is left. */
function readIndex() {
  const text = JSON.stringify(Array.from({ length: GUESTS }, (_, index) => guest(index)));
  return { index: indexResources(JSON.parse(text) as unknown[], 0), json: text.length / GUESTS };
}

/** V8's own collector, also where the process was started without it. */
function collector(): () => void {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc") as () => void;
}

/** A row as a busy host of 9.2 sends it. */
function guest(index: number): object {
  return {
    id: `qemu/${index + 100}`,
    type: "qemu",
    vmid: index + 100,
    name: `guest-${index}`,
    node: `pve${index % 32}`,
    status: "running",
    tags: "prod;web",
    pool: "team-a",
    cpu: 0.01 * (index % 90),
    maxcpu: 4,
    mem: 2 ** 30 + index,
    maxmem: 2 ** 32,
    disk: 0,
    maxdisk: 2 ** 35,
    uptime: 1000 + index,
    template: 0,
    diskread: index * 1000,
    diskwrite: index * 2000,
    netin: index * 3000,
    netout: index * 4000,
  };
}
