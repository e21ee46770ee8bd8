import { randomBytes } from "node:crypto";
import { containerName, theContainer } from "../containers/container.ts";
import { callerName } from "../permissions/caller.ts";
import { Refusal } from "../refusal.ts";
import { type Call, int, type Route, text } from "./route.ts";
import { startTask } from "./tasks.ts";

/** Ports of consoles on a node (pve-facts 86); those of VMs count from the other end. */
const LAST_PORT = 5999;
const PORTS = 100;
const SPICE_PORT = 61_000;
/** How long a console waits for its visitor, as a multiple of a start. */
const WAITS = 30;

let sessions = 0;

function begin(call: Call, type: string): { vmid: number; upid: string } {
  const { vmid, node } = theContainer(call);
  const work = (): never => {
    throw new Error("connection timed out");
  };
  return { vmid, upid: startTask(call, { node, type, id: String(vmid), weight: WAITS, work }).data };
}

/** A console that waits for its visitor: the ticket holds for the caller, the container and the port. */
function open(call: Call): Record<string, unknown> {
  const user = callerName(call.token);
  const { vmid, upid } = begin(call, "vncproxy");
  sessions += 1;
  const port = LAST_PORT - (sessions % PORTS);
  return { user, ticket: call.state.access.tickets.issueConsole(user, `/vms/${vmid}`, port), port: String(port), upid };
}

function vnc(call: Call): Record<string, unknown> {
  const body = randomBytes(1500).toString("base64").replace(/.{64}/g, "$&\n");
  return { ...open(call), cert: `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n` };
}

function websocket(call: Call): Record<string, unknown> {
  const guest = theContainer(call);
  const port = int(call, "port") ?? 0;
  const ticket = (text(call, "vncticket") ?? "").replace(/^[^:]{8}:(?=PVEVNC:)/, "");
  if (!call.state.access.tickets.checkConsole(ticket, callerName(call.token), `/vms/${guest.vmid}`, port))
    throw new Refusal(401, "permission denied - invalid PVEVNC ticket", { form: "json" });
  return { port: String(port) };
}

function spice(call: Call): Record<string, unknown> {
  const guest = theContainer(call);
  begin(call, "spiceproxy");
  const proxy = text(call, "proxy") ?? call.state.nodes.get(guest.node)?.ip ?? guest.node;
  const stamp = Math.floor(Date.now() / 1000)
    .toString(16)
    .toUpperCase();
  return {
    title: `CT ${guest.vmid} - ${containerName(guest)}`,
    type: "spice",
    host: `pvespiceproxy:${stamp}:${guest.vmid}:${guest.node}::${SPICE_PORT}`,
    proxy: `http://${proxy}:3128`,
    "tls-port": SPICE_PORT,
    password: randomBytes(20).toString("hex"),
    "host-subject": `OU=PVE Cluster Node,O=Proxmox Virtual Environment,CN=${guest.node}`,
    ca: "-----BEGIN CERTIFICATE-----\\n-----END CERTIFICATE-----\\n",
    "release-cursor": "Ctrl+Alt+R",
    "secure-attention": "Ctrl+Alt+Ins",
    "toggle-fullscreen": "Shift+F11",
    "delete-this-file": 1,
  };
}

const guest = "/nodes/{node}/lxc/{vmid}";
const console = { path: "/vms/{vmid}", any: ["VM.Console"] };

/** Ways to a container's screen. */
export const lxcConsoleRoutes: readonly Route[] = [
  { id: `POST ${guest}/termproxy`, permission: console, run: (call) => ({ data: open(call) }) },
  { id: `POST ${guest}/vncproxy`, permission: console, run: (call) => ({ data: vnc(call) }) },
  { id: `POST ${guest}/spiceproxy`, permission: console, run: (call) => ({ data: spice(call) }) },
  { id: `GET ${guest}/vncwebsocket`, permission: console, run: (call) => ({ data: websocket(call) }) },
  {
    id: `GET ${guest}/mtunnelwebsocket`,
    run: () => {
      throw new Refusal(401, "permission denied - invalid PVETUNNEL ticket", { form: "json" });
    },
  },
];
