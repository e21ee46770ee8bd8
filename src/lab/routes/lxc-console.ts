import { randomBytes } from "node:crypto";
import { containerName, theContainer } from "../containers/container.ts";
import { callerName } from "../permissions/caller.ts";
import { Refusal } from "../refusal.ts";
import { type ConsoleOffer, offerConsole } from "./consoles.ts";
import { type Call, int, type Route, text } from "./route.ts";
import { startTask } from "./tasks.ts";

const SPICE_PORT = 61_000;
/** How long a console waits for its visitor, as a multiple of a start. */
const WAITS = 30;

function begin(call: Call, type: string): { vmid: number; upid: string } {
  const { vmid, node } = theContainer(call);
  const work = (): never => {
    throw new Error("connection timed out");
  };
  return { vmid, upid: startTask(call, { node, type, id: String(vmid), weight: WAITS, work }).data };
}

/** A console that waits for its visitor: the ticket holds for the caller, the container and the port. */
function open(call: Call, kind: "terminal" | "screen"): ConsoleOffer {
  const { vmid, node } = theContainer(call);
  return offerConsole(call, { path: `/vms/${vmid}`, type: "vncproxy", id: String(vmid), kind, node, vmid });
}

function vnc(call: Call): ConsoleOffer & { cert: string } {
  const body = randomBytes(1500).toString("base64").replace(/.{64}/g, "$&\n");
  return { ...open(call, "screen"), cert: `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n` };
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
  { id: `POST ${guest}/termproxy`, permission: console, run: (call) => ({ data: open(call, "terminal") }) },
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
