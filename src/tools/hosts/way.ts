import type { Consoles } from "../../console/consoles.ts";
import type { ExecResult, HostCall, HostExec } from "../../ssh/index.ts";
import type { Caller } from "../../pve/gate.ts";
import type { ToolCluster } from "../context.ts";
import { NeedsSshError } from "./target.ts";

/** The way that a command takes to a node or a container. */
export interface Way {
  way: "ssh" | "console";
  exec(caller: Caller, run: HostCall & HostExec): Promise<ExecResult>;
}

/** SSH where an identity is configured, else the console, where commands may run at all. */
export async function wayTo(
  { hosts, consoles, ownWays }: ToolCluster,
  kind: "container" | "node",
  target: number | string,
  node: string,
): Promise<Way> {
  if (consoles && (!hosts || (await consoles.leadTo(node)))) return byConsole(consoles);
  if (!hosts) throw new NeedsSshError(kind, target, { ownWays, console: true });
  return { way: "ssh", exec: (caller, run) => hosts.exec(caller, run) };
}

function byConsole(consoles: Consoles): Way {
  return { way: "console", exec: (caller, run) => consoles.exec(caller, run) };
}
