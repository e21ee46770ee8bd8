import type { OpenStream, PveStream } from "../pve/cluster.ts";
import type { OperationId, Send } from "../schema/operation.ts";
import { type ConsolePlace, ConsoleUnsuitableError, ConsoleVersionError } from "./errors.ts";

/** A terminal that was opened, and the line by which its visitor is known. */
export interface OpenConsole {
  stream: PveStream;
  greeting: string;
}

/** The first version whose terminals know tokens (pve-facts 85). */
const TOKENS_SINCE = [9, 1] as const;

/** Asks for a terminal and opens it, both at the same endpoint and within the ten seconds that it waits (pve-facts 82, 84). */
export async function openConsole(
  place: ConsolePlace,
  send: Send,
  stream: OpenStream,
  signal: AbortSignal,
): Promise<OpenConsole> {
  const { node, vmid } = place;
  await requireTokens(place, send, signal);
  const below = vmid === undefined ? "/nodes/{node}" : "/nodes/{node}/lxc/{vmid}";
  const at = vmid === undefined ? { node } : { node, vmid };
  const path = (method: "POST" | "GET", name: string): OperationId => `${method} ${below}/${name}`;
  const { data, endpoint } = await send<Offer | string | null>(path("POST", "termproxy"), at, { signal });
  // An answer that was lost has the task's name only: the terminal gives up by itself.
  if (typeof data !== "object" || data === null || endpoint === undefined) {
    throw new ConsoleUnsuitableError(place, "could not be opened: the answer with its ticket was lost");
  }
  const params = { ...at, port: Number(data.port), vncticket: String(data.ticket) };
  return {
    stream: await stream(path("GET", "vncwebsocket"), params, { endpoint, signal }),
    greeting: `${String(data.user)}:${String(data.ticket)}\n`,
  };
}

interface Offer {
  user?: unknown;
  ticket?: unknown;
  port?: unknown;
}

async function requireTokens(place: ConsolePlace, send: Send, signal: AbortSignal): Promise<void> {
  const { data } = await send<{ version?: unknown } | null>("GET /version", {}, { signal });
  const version = String(data?.version ?? "");
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [since, sinceMinor] = TOKENS_SINCE;
  if (version === "" || major > since || (major === since && minor >= sinceMinor)) return;
  throw new ConsoleVersionError(place, version);
}
