import { noise } from "../random.ts";
import type { ClusterState } from "./cluster.ts";
import { guestLoad, nodeFigures, nodeLoads } from "./report.ts";
import type { LabGuest } from "./types.ts";

/** Seconds between two points and how many there are, by time frame. */
const FRAMES: Readonly<Record<string, readonly [number, number]>> = {
  hour: [60, 59],
  day: [60, 1439],
  week: [1800, 335],
  month: [1800, 1439],
  year: [21_600, 1459],
  decade: [604_800, 569],
};

/** Moments of a time frame in seconds since the epoch, oldest first; the running step is not among them. */
function rrdTimes(timeframe: string, now: number = Date.now() / 1000): number[] {
  const [step, count] = FRAMES[timeframe] ?? FRAMES.hour!;
  const last = Math.floor(now / step) * step - step;
  return Array.from({ length: count }, (_, index) => last - (count - 1 - index) * step);
}

type Point = Record<string, number>;

function series(timeframe: string, since: number, at: (time: number) => Point): Point[] {
  // Before something existed there is a time and nothing else.
  return rrdTimes(timeframe).map((time) => (time < since ? { time } : { time, ...at(time) }));
}

/** A figure that wanders around a mean; the same for the same moment. */
function around(mean: number, id: number, stream: number, time: number): number {
  return mean * (0.7 + 0.6 * noise(id * 31 + stream, Math.floor(time / 60)));
}

function pressure(id: number, time: number): Point {
  const names = ["pressurecpusome", "pressureiosome", "pressureiofull", "pressurememorysome", "pressurememoryfull"];
  return Object.fromEntries(names.map((name, index) => [name, Math.max(0, around(0.4, id, 50 + index, time) - 0.38)]));
}

/** Past load of a node. */
export function nodeSeries(state: ClusterState, name: string, timeframe: string): Point[] {
  const node = state.nodes.get(name);
  const host = node && state.hosts.of(name);
  if (!node || !host?.profile.rrd) return rrdTimes(timeframe).map((time) => ({ time }));
  const load = nodeLoads(state).get(name) ?? { cpu: 0, mem: 0 };
  const figures = nodeFigures(node, load);
  return series(timeframe, node.bootedAt / 1000, (time) => {
    const cpu = Math.min(1, around(Number(figures.cpu ?? 0), node.nodeid, 1, time));
    const memused = Math.min(node.maxmem, around(Number(figures.mem ?? 0), node.nodeid, 2, time));
    return {
      cpu,
      maxcpu: node.maxcpu,
      loadavg: cpu * node.maxcpu,
      iowait: around(0.002, node.nodeid, 3, time),
      memtotal: node.maxmem,
      memused,
      memavailable: node.maxmem - memused,
      swaptotal: host.profile.swap,
      swapused: 0,
      roottotal: node.maxdisk,
      rootused: node.useddisk,
      netin: around(420_000, node.nodeid, 4, time),
      netout: around(310_000, node.nodeid, 5, time),
      arcsize: 0,
      ...pressure(node.nodeid, time),
    };
  });
}

/** Whether anything was ever kept of a guest. */
export function hasGuestFigures(state: ClusterState, guest: LabGuest): boolean {
  return state.hosts.of(guest.node).profile.rrd;
}

/** Past load of a guest; nothing but times while it did not run. */
export function guestSeries(state: ClusterState, guest: LabGuest | undefined, timeframe: string): Point[] {
  if (!guest || !hasGuestFigures(state, guest)) return rrdTimes(timeframe).map((time) => ({ time }));
  const load = guestLoad(guest);
  return series(timeframe, guest.running ? guest.startedAt / 1000 : Number.POSITIVE_INFINITY, (time) => {
    const mem = around(load.mem, guest.vmid, 2, time);
    return {
      cpu: Math.min(1, around(guest.load, guest.vmid, 1, time)),
      maxcpu: guest.maxcpu,
      mem: Math.min(guest.maxmem, mem),
      maxmem: guest.maxmem,
      memhost: Math.min(guest.maxmem, mem) * 1.04,
      disk: load.disk,
      maxdisk: guest.maxdisk,
      netin: around(21_000, guest.vmid, 3, time),
      netout: around(17_000, guest.vmid, 4, time),
      diskread: around(9_000, guest.vmid, 5, time),
      diskwrite: around(12_000, guest.vmid, 6, time),
      ...pressure(guest.vmid, time),
    };
  });
}

/** A picture of one point, as the bytes of a PNG, each a character. */
const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
).toString("latin1");

/** A drawing of some sources: where the server keeps it, and its bytes. */
export function rrdImage(path: string, sources: string): { filename: string; image: string } {
  const names = sources.split(/[,;\s]+/).filter((name) => name !== "");
  return { filename: `/var/lib/rrdcached/db/${path}_${names.join("_")}.png`, image: PIXEL };
}
