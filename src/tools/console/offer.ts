import {
  postNodesLxcSpiceproxy,
  postNodesLxcTermproxy,
  postNodesLxcVncproxy,
} from "../../../generated/clients/nodes-lxc.ts";
import {
  postNodesQemuSpiceproxy,
  postNodesQemuTermproxy,
  postNodesQemuVncproxy,
} from "../../../generated/clients/nodes-qemu.ts";
import { postNodesSpiceshell } from "../../../generated/clients/nodes-spiceshell.ts";
import { postNodesTermproxy } from "../../../generated/clients/nodes-termproxy.ts";
import { postNodesVncshell } from "../../../generated/clients/nodes-vncshell.ts";
import type { Answer, Send } from "../../schema/operation.ts";

export type ConsoleKind = "terminal" | "vnc" | "spice";

/** A node, or a guest on it. */
export interface Place {
  kind: "vm" | "container" | "node";
  node: string;
  vmid: number;
  /** By which SPICE clients are led in. */
  proxy: string;
}

type Ask = (send: Send, place: Place) => Promise<Answer>;

const websocket = 1 as const;

/** What asks for each console. */
export const ASK: Readonly<Record<Place["kind"], Readonly<Record<ConsoleKind, Ask>>>> = {
  node: {
    terminal: (send, { node }) => postNodesTermproxy(send, { node }),
    vnc: (send, { node }) => postNodesVncshell(send, { node, websocket }),
    spice: (send, { node, proxy }) => postNodesSpiceshell(send, { node, proxy }),
  },
  vm: {
    terminal: (send, { node, vmid }) => postNodesQemuTermproxy(send, { node, vmid }),
    vnc: (send, { node, vmid }) => postNodesQemuVncproxy(send, { node, vmid, websocket }),
    spice: (send, { node, vmid, proxy }) => postNodesQemuSpiceproxy(send, { node, vmid, proxy }),
  },
  container: {
    terminal: (send, { node, vmid }) => postNodesLxcTermproxy(send, { node, vmid }),
    vnc: (send, { node, vmid }) => postNodesLxcVncproxy(send, { node, vmid, websocket }),
    spice: (send, { node, vmid, proxy }) => postNodesLxcSpiceproxy(send, { node, vmid, proxy }),
  },
};

/** Where the websocket of a console is opened: at the very endpoint that gave the ticket (pve-facts 84). */
export function websocketUrl(endpoint: string, { kind, node, vmid }: Place, port: string, ticket: string): string {
  const guest = kind === "node" ? "" : `/${kind === "vm" ? "qemu" : "lxc"}/${vmid}`;
  const query = new URLSearchParams({ port, vncticket: ticket });
  return `${endpoint.replace(/^http/, "ws")}/api2/json/nodes/${encodeURIComponent(node)}${guest}/vncwebsocket?${query}`;
}

/** A file for virt-viewer: its lines are the answer's own. */
export function viewerFile(answer: Readonly<Record<string, unknown>>): string {
  const lines = Object.entries(answer)
    .filter(([key, value]) => /^[a-z-]+$/.test(key) && (typeof value === "string" || typeof value === "number"))
    .map(([key, value]) => `${key}=${String(value).replace(/\r?\n/g, "\\n")}`);
  return `${["[virt-viewer]", ...lines.sort()].join("\n")}\n`;
}

/** What a client has to do with it (pve-facts 82, 83). */
export const HOW: Readonly<Record<ConsoleKind, string>> = {
  terminal:
    "Open websocket with the Authorization header of the same API token, subprotocol binary, no compression; send user:ticket and a line feed, read OK. Then send 0:BYTES:DATA for input, 1:COLUMNS:ROWS: for the size, 2 every 30 s; what comes is the terminal's output.",
  vnc: "Open websocket with the Authorization header of the same API token, subprotocol binary, no compression; it speaks RFB. The VNC password is password, or the ticket where there is none.",
  spice: "Save viewer as a .vv file and open it with remote-viewer at once.",
};
