import { randomBytes } from "node:crypto";
import { containerName, theContainer } from "../containers/container.ts";
import { Refusal } from "../refusal.ts";
import { type Call, type Route, text } from "./route.ts";
import { startTask } from "./tasks.ts";

/** Ports of consoles on a node (pve-facts 86). */
const FIRST_PORT = 5900;
const PORTS = 100;
/** How long a console waits for its visitor, as a multiple of a start. */
const WAITS = 30;

let sessions = 0;

function nextPort(): number {
  sessions += 1;
  return FIRST_PORT + (sessions % PORTS);
}

function ticket(kind: string): string {
  const stamp = Math.floor(Date.now() / 1000)
    .toString(16)
    .toUpperCase();
  return `${kind}:${stamp}::${randomBytes(256).toString("base64")}`;
}

function who(call: Call): string {
  const { id } = call.token;
  return id === undefined || id === "" ? call.user : `${call.user}!${id}`;
}

function session(call: Call, type: string): string {
  const guest = theContainer(call);
  return startTask(call, { node: guest.node, type, id: String(guest.vmid), weight: WAITS }).data;
}

function terminal(call: Call): Record<string, unknown> {
  const upid = session(call, "vncproxy");
  return { user: who(call), ticket: ticket("PVEVNC"), port: String(nextPort()), upid };
}

function vnc(call: Call): Record<string, unknown> {
  const upid = session(call, "vncproxy");
  const cert = `-----BEGIN CERTIFICATE-----\n${call.state.entry.fingerprint}\n-----END CERTIFICATE-----\n`;
  return { user: who(call), ticket: ticket("PVEVNC"), cert, port: String(nextPort()), upid };
}

function spice(call: Call): Record<string, unknown> {
  const guest = theContainer(call);
  session(call, "spiceproxy");
  const proxy = text(call, "proxy") ?? call.state.entry.ip;
  return {
    title: `CT ${guest.vmid} - ${containerName(guest)}`,
    type: "spice",
    host: `pvespiceproxy:${Math.floor(Date.now() / 1000).toString(16)}:${guest.vmid}:${guest.node}::61000`,
    proxy: `http://${proxy}:3128`,
    "tls-port": 61_000 + (nextPort() - FIRST_PORT),
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
  { id: `POST ${guest}/termproxy`, permission: console, run: (call) => ({ data: terminal(call) }) },
  { id: `POST ${guest}/vncproxy`, permission: console, run: (call) => ({ data: vnc(call) }) },
  { id: `POST ${guest}/spiceproxy`, permission: console, run: (call) => ({ data: spice(call) }) },
  {
    id: `GET ${guest}/mtunnelwebsocket`,
    run: () => {
      throw new Refusal(401, "permission denied - invalid PVETUNNEL ticket", { form: "empty" });
    },
  },
];
