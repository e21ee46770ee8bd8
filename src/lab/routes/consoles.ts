import { consoleRules, freeConsolePort, offerAt, takeConsolePort } from "../console/offers.ts";
import { callerName } from "../permissions/caller.ts";
import { die, Refusal } from "../refusal.ts";
import { nodeName } from "./node-of.ts";
import type { Call, Route } from "./route.ts";
import { int, text } from "./route.ts";
import { startTask } from "./tasks.ts";

/** How long a console waits for its visitor, as a multiple of a start: ten seconds of lab time (pve-facts 82). */
const WAITS = 33;

/** What a client needs to open a console: a port of the answering node, and a ticket that is bound to it. */
export interface ConsoleOffer {
  user: string;
  ticket: string;
  /** A text, as the server gives it. */
  port: string;
  upid: string;
}

/** Starts a worker that waits for a console's connection and gives up after a while. */
export function offerConsole(
  call: Call,
  plan: { path: string; type: string; id: string; kind?: "terminal" | "screen"; node?: string; vmid?: number },
): ConsoleOffer {
  const { state } = call;
  // The answering node listens, whichever node the console belongs to (pve-facts 84).
  const port = takeConsolePort(state);
  const user = callerName(call.token);
  const { data: upid } = startTask(call, {
    node: plan.node ?? state.entry.name,
    type: plan.type,
    id: plan.id,
    weight: WAITS,
    work: () => {
      freeConsolePort(state, port);
      throw new Error("connection timed out");
    },
  });
  const ticket = state.access.tickets.issueConsole(user, plan.path, consoleRules(state).boundToPort ? port : undefined);
  const { kind = "screen", vmid, node = text(call, "node") ?? state.entry.name } = plan;
  offerAt(state, port, { kind, user, ticket, upid, node, ...(vmid === undefined ? {} : { vmid }) });
  return { user, ticket, port: String(port), upid };
}

/** Graphical consoles are for users: a token's name is none. */
function refuseTokens(call: Call): void {
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
      // A node's terminal took names of users only, as its screen does still (pve-facts 85).
      if (!consoleRules(call.state).takesTokens) refuseTokens(call);
      checkCommand(call);
      return { data: offerConsole(call, { path: nodePath(call), type: "vncshell", id: "", kind: "terminal" }) };
    },
  },
  { id: "POST /nodes/{node}/vncshell", local: true, run: (call) => ({ data: vncShell(call) }) },
  { id: "POST /nodes/{node}/spiceshell", run: (call) => ({ data: spiceShell(call) }) },
  { id: "GET /nodes/{node}/vncwebsocket", local: true, run: (call) => ({ data: webSocket(call) }) },
];
