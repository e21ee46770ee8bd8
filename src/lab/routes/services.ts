import { SERVICES } from "../state/host-profile.ts";
import type { NodeHost } from "../state/node-host.ts";
import { directory, hostOf, nodeName } from "./node-of.ts";
import { type Call, type Route, text } from "./route.ts";
import { startTask } from "./tasks.ts";

/** Without them the API itself is gone. */
const ESSENTIAL = new Set(["pveproxy", "pvedaemon", "pve-cluster"]);

function row(host: NodeHost, service: string): Record<string, unknown> {
  const running = host.running.has(service);
  return {
    service,
    name: service,
    desc: host.profile.describe(service),
    state: running ? "running" : "dead",
    "active-state": running ? "active" : "inactive",
    "unit-state": "enabled",
  };
}

const COMMANDS = ["start", "stop", "restart", "reload"] as const;

function command(call: Call, name: (typeof COMMANDS)[number]): { data: string } {
  const service = text(call, "service")!;
  const host = hostOf(call);
  return startTask(call, {
    node: nodeName(call),
    type: `srv${name}`,
    id: service,
    weight: 0.2,
    work: () => {
      if (name === "stop" && ESSENTIAL.has(service))
        throw new Error(`invalid service cmd '${service} ${name}': refusing to stop essential service!`);
      if (name === "stop") host.running.delete(service);
      // A reload leaves a unit that does not run alone.
      else if (name !== "reload") host.running.add(service);
      return undefined;
    },
  });
}

/** System services of a node. */
export const serviceRoutes: readonly Route[] = [
  {
    id: "GET /nodes/{node}/services",
    run: (call) => ({ data: SERVICES.map((service) => row(hostOf(call), service)) }),
  },
  directory("GET /nodes/{node}/services/{service}", "state start stop restart reload", "subdir", true),
  {
    id: "GET /nodes/{node}/services/{service}/state",
    run: (call) => ({ data: row(hostOf(call), text(call, "service")!) }),
  },
  ...COMMANDS.map(
    (name): Route => ({
      id: `POST /nodes/{node}/services/{service}/${name}`,
      run: (call) => command(call, name),
    }),
  ),
];
