import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { usualReason } from "../faults.ts";
import { callerName } from "../permissions/caller.ts";
import { Refusal } from "../refusal.ts";
import { carryOutWith, type LabRequest, type Service } from "../service.ts";
import type { Machine } from "../shell/process.ts";
import type { HostCommandRecord } from "../shell/session.ts";
import { decodeUrlencoded } from "../wire/decode-urlencoded.ts";
import { authenticate } from "../wire/authentication.ts";
import { acceptKey, FrameCutter, FrameTrouble, frame, OPCODE } from "./frames.ts";
import { type ConsoleOffer, consoleRules, freeConsolePort, takeOffer } from "./offers.ts";
import { openPlace } from "./places.ts";
import { TerminalProtocol } from "./protocol.ts";

/** Milliseconds in which a visitor has to say who it is (pve-facts 82). */
const GREETING_MS = 10_000;
const WEBSOCKET = /^\/api2\/json(\/nodes\/([^/]+)(?:\/(?:qemu|lxc)\/(\d+))?\/vncwebsocket)$/;

/** What a console is opened with. */
export interface ConsoleService {
  service: Service;
  machine(node: string): Machine;
  commands: HostCommandRecord[];
}

function refuse(socket: Duplex, { status, message }: Refusal): void {
  socket.end(`HTTP/1.1 ${status} ${message.split("\n")[0]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** Carries the request for the websocket out as any other, which checks the ticket. */
async function admit(service: Service, request: IncomingMessage, path: string, query: string): Promise<void> {
  const { state } = service;
  const entry: LabRequest = {
    seq: (service.requests.at(-1)?.seq ?? 0) + 1,
    time: Date.now(),
    method: "GET",
    path,
    params: {},
  };
  service.requests.push(entry);
  try {
    const login = authenticate(request, state.access, path, service.dialect.uniform401);
    entry.token = callerName(login.caller);
    entry.params = decodeUrlencoded(Buffer.from(query));
    const hit = { method: "GET", path, params: entry.params, token: entry.token, served: 1, idleMs: 0 };
    const faults = service.faults.take(hit);
    const { status, reason } = faults.find((fault) => fault.status !== undefined) ?? {};
    if (status !== undefined) throw new Refusal(status, reason ?? usualReason(status));
    const match = service.router.find("GET", path);
    if (!match) throw new Refusal(501, `Method 'GET ${path}' not implemented`);
    entry.operation = match.id;
    await carryOutWith(service, match, login, entry, hit, faults);
    entry.status = 101;
  } catch (error) {
    const refusal = error instanceof Refusal ? error : new Refusal(500, (error as Error).message);
    entry.status = refusal.status;
    throw refusal;
  }
}

/** Answers a request for a websocket: the handshake, then the console behind the port. */
export async function serveWebSocket(
  { service, machine, commands }: ConsoleService,
  request: IncomingMessage,
  socket: Duplex,
): Promise<void> {
  const { state } = service;
  socket.on("error", () => socket.destroy());
  const [path = "", query = ""] = (request.url ?? "").split("?");
  const [, below, node = ""] = WEBSOCKET.exec(decodeURIComponent(path)) ?? [];
  const key = request.headers["sec-websocket-key"];
  if (below === undefined || key === undefined) {
    refuse(socket, new Refusal(501, `Method 'GET ${path.replace("/api2/json", "")}' not implemented`));
    return;
  }
  try {
    await admit(service, request, below, query);
  } catch (error) {
    if (error instanceof Refusal && error.status === 401) await state.timers.sleep(state.pace.authDelayMs);
    refuse(socket, error as Refusal);
    return;
  }
  const port = Number(new URLSearchParams(query).get("port"));
  const offer = takeOffer(state, port);
  // Nobody listens there any more, or somebody else has come before.
  const offered = (request.headers["sec-websocket-protocol"] ?? "").split(/\s*,\s*/);
  if (!offer || !offered.includes("binary")) {
    socket.destroy();
    return;
  }
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: WebSocket\r\nConnection: upgrade\r\nSec-WebSocket-Accept: ${acceptKey(key)}\r\nSec-WebSocket-Protocol: binary\r\n\r\n`,
  );
  serveVisitor(offer, machine(state.nodes.has(node) ? node : state.entry.name), socket, commands);
  socket.on("close", () => {
    freeConsolePort(state, port);
    const task = state.tasks.get(offer.upid);
    if (task) state.tasks.finish(task);
  });
}

function serveVisitor(offer: ConsoleOffer, machine: Machine, socket: Duplex, commands: HostCommandRecord[]): void {
  const { state } = machine;
  const write = (bytes: Uint8Array): void => {
    if (!socket.destroyed) socket.write(frame(bytes));
  };
  const end = (): void => {
    if (!socket.destroyed) socket.end(frame(Buffer.from([0x03, 0xe8]), OPCODE.close));
  };
  const cutter = new FrameCutter();
  const protocol = new TerminalProtocol({
    // Before 9.1 the name of a token was no user's to whom a terminal could be given (pve-facts 85).
    admits: (line) =>
      line === `${offer.user}:${offer.ticket}` && (consoleRules(state).takesTokens || !offer.user.includes("!")),
    open: () => openPlace(machine, offer, write, end, commands),
    write,
    end,
  });
  const late = state.timers.after(GREETING_MS, () => {
    if (offer.kind === "terminal" && !protocol.admitted) socket.destroy();
  });
  socket.on("close", () => {
    late();
    protocol.close();
  });
  if (offer.kind === "screen") write(Buffer.from("RFB 003.008\n"));
  socket.on("data", (chunk: Buffer) => {
    try {
      for (const { opcode, payload } of cutter.add(chunk)) {
        if (opcode === OPCODE.close) end();
        else if (opcode === OPCODE.ping) socket.write(frame(payload, OPCODE.pong));
        else if (opcode !== OPCODE.pong && offer.kind === "terminal") protocol.receive(payload);
      }
    } catch (error) {
      if (!(error instanceof FrameTrouble)) throw error;
      socket.destroy();
    }
  });
}
