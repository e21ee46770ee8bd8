import { callerName, ROOT } from "../permissions/caller.ts";
import { refused } from "../permissions/check.ts";
import { die, parameterRefusal } from "../refusal.ts";
import type { ClusterState } from "../state/cluster.ts";
import { hostOf, nodeName } from "./node-of.ts";
import { type Call, type Route, text } from "./route.ts";

/** How long a node is away while it restarts, as a multiple of a guest's start. */
const REBOOT = 4;

/** A node goes down with its guests; the answering one only seems to, as nobody could be asked then. */
function goDown(state: ClusterState, name: string): void {
  for (const guest of state.guests.values()) if (guest.node === name && guest.running) state.powerOff(guest);
  const node = state.nodes.get(name);
  if (node && node !== state.entry) state.setNodeOnline(name, false);
}

function comeUp(state: ClusterState, name: string): void {
  const node = state.nodes.get(name);
  if (!node) return;
  node.bootedAt = Date.now();
  if (node !== state.entry) state.setNodeOnline(name, true);
  for (const guest of state.guests.values())
    if (guest.node === name && !guest.running && guest.config.onboot === 1 && guest.config.template !== 1)
      state.powerOn(guest);
}

function command(call: Call): null {
  const { state } = call;
  const name = nodeName(call);
  const reboot = text(call, "command") === "reboot";
  state.timers.after(state.pace.taskMs, () => {
    goDown(state, name);
    if (reboot || name === state.entry.name) state.timers.after(state.pace.taskMs * REBOOT, () => comeUp(state, name));
  });
  return null;
}

/** The address that a node of the cluster is woken at; only other nodes can be. */
function wake(call: Call): string {
  const { state } = call;
  const name = text(call, "node")!;
  if (name === "localhost" || name === state.entry.name) throw die(`'${name}' is local node, cannot wake my self!`);
  const node = state.nodes.get(name);
  if (!node) throw die(`no such cluster node '${name}'`);
  const config = state.hosts.of(name).config.get("wakeonlan");
  const mac = /(?:^|,)mac=([^,]+)/.exec(config ?? "")?.[1] ?? config?.split(",")[0];
  if (mac === undefined) throw die(`No wake on LAN MAC address defined for '${name}'!`);
  if (!node.online) state.timers.after(state.pace.taskMs * REBOOT, () => comeUp(state, name));
  return mac;
}

interface Step {
  method: string;
  path: string;
  args?: Record<string, unknown>;
}

function steps(commands: string): Step[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(commands);
  } catch {
    throw parameterRefusal({ commands: "Error parsing JSON" });
  }
  if (!Array.isArray(parsed)) throw parameterRefusal({ commands: "Expected array" });
  return parsed as Step[];
}

/** Runs a list of operations, for root itself only (pve-facts 37). */
async function execute(call: Call): Promise<unknown[]> {
  if (callerName(call.token) !== ROOT) throw refused("user != root@pam");
  const [{ routes }, { Router }] = await Promise.all([import("./index.ts"), import("../router.ts")]);
  const router = new Router(routes, new Set(routes.map(({ id }) => id)));
  const results: unknown[] = [];
  for (const { method, path, args } of steps(text(call, "commands") ?? "")) {
    const match = router.find(method, `/nodes/${nodeName(call)}/${path}`);
    try {
      if (!match?.route) throw die(`Method '${method} /nodes/${nodeName(call)}/${path}' not implemented`);
      const { data } = await match.route.run({ ...call, params: { ...args, ...match.pathParams } });
      results.push({ status: 200, data });
    } catch (error) {
      const status = error instanceof Error && "status" in error ? error.status : 500;
      results.push({ status, message: error instanceof Error ? error.message : String(error) });
    }
  }
  return results;
}

/** A card of a running guest as the kernel counts it. */
function netstat(call: Call): Record<string, unknown>[] {
  const name = nodeName(call);
  if (!hostOf(call).profile.rrd) return [];
  return [...call.state.guests.values()]
    .filter((guest) => guest.node === name && guest.running)
    .flatMap((guest) => {
      const seconds = Math.floor((Date.now() - guest.startedAt) / 1000);
      return Object.keys(guest.config)
        .filter((key) => /^net\d+$/.test(key))
        .map((dev) => ({ vmid: String(guest.vmid), dev, in: String(seconds * 21_000), out: String(seconds * 17_000) }));
    });
}

/** A node as a machine: on and off, and what goes through it. */
export const nodePowerRoutes: readonly Route[] = [
  { id: "POST /nodes/{node}/status", run: (call) => ({ data: command(call) }) },
  { id: "POST /nodes/{node}/wakeonlan", local: true, run: (call) => ({ data: wake(call) }) },
  { id: "POST /nodes/{node}/execute", run: async (call) => ({ data: await execute(call) }) },
  { id: "GET /nodes/{node}/netstat", run: (call) => ({ data: netstat(call) }) },
];
