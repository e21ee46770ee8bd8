import { callerName } from "../permissions/caller.ts";
import { die, Refusal } from "../refusal.ts";
import { nodeName } from "./node-of.ts";
import type { Call, Route } from "./route.ts";
import { int, text } from "./route.ts";
import { startTask } from "./tasks.ts";

const FIRST_PORT = 5900;
const PORTS = 100;

/** Ports that consoles wait on, by node; one is free again once its worker has ended. */
const waiting = new WeakMap<Call["state"], Map<string, Set<number>>>();

function takePort(call: Call, node: string): number {
  const nodes = waiting.get(call.state) ?? new Map<string, Set<number>>();
  waiting.set(call.state, nodes);
  const taken = nodes.get(node) ?? new Set<number>();
  nodes.set(node, taken);
  for (let port = FIRST_PORT; port < FIRST_PORT + PORTS; port += 1)
    if (!taken.has(port)) {
      taken.add(port);
      return port;
    }
  throw die("unable to find free port (5900-5999)");
}

/** What a client needs to open a console: a port of the answering node, and a ticket that is bound to it. */
export interface ConsoleOffer {
  user: string;
  ticket: string;
  /** A text, as the server gives it. */
  port: string;
  upid: string;
}

/** Starts a worker that waits for a console's connection and gives up after a while. */
export function offerConsole(call: Call, plan: { path: string; type: string; id: string }): ConsoleOffer {
  // The answering node listens, whichever node the console belongs to (pve-facts 84).
  const node = call.state.entry.name;
  const port = takePort(call, node);
  const user = callerName(call.token);
  const { data: upid } = startTask(call, {
    node,
    type: plan.type,
    id: plan.id,
    weight: 10,
    work: () => {
      waiting.get(call.state)?.get(node)?.delete(port);
      throw new Error("connection timed out");
    },
  });
  return { user, ticket: call.state.access.tickets.issueConsole(user, plan.path, port), port: String(port), upid };
}

/** Graphical consoles are for users: a token's name is none. */
export function refuseTokens(call: Call): void {
  if (call.token.id !== undefined) throw die(`value '${callerName(call.token)}' does not look like a valid user name`);
}

function nodePath(call: Call): string {
  return `/nodes/${nodeName(call)}`;
}

/** A shell on another command than a login is root's alone. */
function checkCommand(call: Call): void {
  const command = text(call, "cmd") ?? "login";
  if (command !== "login" && callerName(call.token) !== "root@pam")
    throw new Refusal(403, "Permission check failed (user != root@pam)");
}

function vncShell(call: Call): Record<string, unknown> {
  refuseTokens(call);
  checkCommand(call);
  const { certificates } = call.state.hosts.of(call.state.entry.name);
  return {
    ...offerConsole(call, { path: nodePath(call), type: "vncshell", id: "" }),
    cert: certificates.served ?? "",
  };
}

function spiceShell(call: Call): Record<string, unknown> {
  refuseTokens(call);
  checkCommand(call);
  const offer = offerConsole(call, { path: nodePath(call), type: "spiceshell", id: "" });
  return {
    type: "spice",
    title: `Shell on '${nodeName(call)}'`,
    host: `pvespiceproxy:${offer.ticket.slice(-40)}:${nodeName(call)}`,
    proxy: `http://${text(call, "proxy") ?? call.state.entry.ip}:3128`,
    "tls-port": 61_000,
    password: offer.ticket.slice(-40),
    "host-subject": `OU=PVE Cluster Node,O=Proxmox Virtual Environment,CN=${nodeName(call)}`,
    "delete-this-file": 1,
    "toggle-fullscreen": "Shift+F11",
    "release-cursor": "Ctrl+Alt+R",
    "secure-attention": "Ctrl+Alt+Ins",
  };
}

/** The ticket must be for this node, this caller and this port. */
function webSocket(call: Call): Record<string, unknown> {
  const port = int(call, "port")!;
  const good = call.state.access.tickets.checkConsole(
    text(call, "vncticket")!,
    callerName(call.token),
    nodePath(call),
    port,
  );
  if (!good) throw new Refusal(401, "permission denied - invalid PVEVNC ticket", { form: "json" });
  return { port: String(port) };
}

/** Shells on a node. */
export const consoleRoutes: readonly Route[] = [
  {
    id: "POST /nodes/{node}/termproxy",
    local: true,
    run: (call) => {
      checkCommand(call);
      return { data: offerConsole(call, { path: nodePath(call), type: "vncshell", id: "" }) };
    },
  },
  { id: "POST /nodes/{node}/vncshell", local: true, run: (call) => ({ data: vncShell(call) }) },
  { id: "POST /nodes/{node}/spiceshell", run: (call) => ({ data: spiceShell(call) }) },
  { id: "GET /nodes/{node}/vncwebsocket", local: true, run: (call) => ({ data: webSocket(call) }) },
];
