import { BATCH_OPERATION, type OperationId, type Params, type Send } from "../../schema/operation.ts";
import { entryOf } from "../operation-classes.ts";
import { cleanText } from "../untrusted-text.ts";
import { hashOf } from "./hash.ts";

/** What a call acts on, as it is now. */
export interface Identity {
  /** `guest`, or the path below which the object lives. */
  kind: string;
  /** What a person types to confirm. */
  name: string;
  /** Changes when the object is changed or made anew; absent where nothing can be read. */
  version?: string;
}

type Row = Readonly<Record<string, unknown>>;

const GUEST = /^\w+ \/nodes\/\{node\}\/(qemu|lxc)\/\{vmid\}/;

/** Reads the identity of the object that a call names; nothing but GETs is sent. */
export async function identify(send: Send, operation: OperationId, params: Params): Promise<Identity> {
  if (operation === BATCH_OPERATION) return identifyBatch(send, params);
  const guest = GUEST.exec(operation)?.[1] as "qemu" | "lxc" | undefined;
  if (guest) return identifyGuest(send, guest, operation, params);
  const path = operation.slice(operation.indexOf(" ") + 1);
  // What is run on a host is confirmed by the host's name, in a guest with SSH of its own by the guest's.
  if (operation.startsWith("RUN ")) {
    const guest = path.startsWith("/guests/") ? typable(params.guest) : undefined;
    return { kind: path, name: guest ?? typable(params.node) ?? "host" };
  }
  const name = typable(lastVariable(path, params)) ?? path.split("/").at(-1)!;
  const isNew = operation.startsWith("POST ") && MAKES_ITS_PATH.has(`GET ${path}` as OperationId);
  const version = isNew ? undefined : await versionOf(send, `GET ${path}` as OperationId, params);
  return { kind: path, name, ...(version === undefined ? {} : { version }) };
}

/** A batch is confirmed by its node's name, and is another one as soon as anything that it acts on is. */
async function identifyBatch(send: Send, params: Params): Promise<Identity> {
  const { batchedCalls } = await import("../../pve/batch.ts");
  const parts: Identity[] = [];
  for (const call of batchedCalls("", params)) parts.push(await identify(send, call.operation, call.params));
  return { kind: "batch", name: typable(params.node) ?? "node", version: hashOf(parts) };
}

async function identifyGuest(
  send: Send,
  guest: "qemu" | "lxc",
  operation: OperationId,
  params: Params,
): Promise<Identity> {
  const at = { node: params.node, vmid: params.vmid };
  const { data: config } = await send<Row>(`GET /nodes/{node}/${guest}/{vmid}/config`, at);
  const parts: unknown[] = [params.vmid, config.name ?? config.hostname, config.digest];
  if (operation.includes("{snapname}")) {
    const { data } = await send<readonly Row[]>(`GET /nodes/{node}/${guest}/{vmid}/snapshot`, at);
    parts.push(data.find((row) => row.name === params.snapname)?.snaptime);
  }
  const name = typable(config.name) ?? typable(config.hostname) ?? String(params.vmid);
  return { kind: "guest", name, version: hashOf(parts) };
}

/** Reads that tell how something fares at the moment: no two answers are alike, and none tells what it is. */
const MOMENTARY: ReadonlySet<OperationId> = new Set(["GET /nodes/{node}/status", "GET /nodes/{node}/time"]);

/** Makes what its path names, so that there is nothing to read yet. */
const MAKES_ITS_PATH: ReadonlySet<OperationId> = new Set(["GET /access/users/{userid}/token/{tokenid}"]);

/** A digest of the object's own GET, where the API has one that reads a single object. */
async function versionOf(send: Send, read: OperationId, params: Params): Promise<string | undefined> {
  if (!entryOf(read) || entryOf(read)?.directory || MOMENTARY.has(read)) return undefined;
  const names = [...read.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name!);
  if (names.length === 0) return undefined;
  const { data } = await send<unknown>(read, Object.fromEntries(names.map((name) => [name, params[name]])));
  const row = data as Row | null;
  return typeof row === "object" && row !== null && !Array.isArray(row)
    ? hashOf(typeof row.digest === "string" ? [row.digest] : sorted(row))
    : undefined;
}

/** A name as a person sees and types it; an empty one is none, as it would be confirmed by saying nothing. */
function typable(name: unknown): string | undefined {
  if (name === undefined || name === null) return undefined;
  return cleanText(String(name)).trim() || undefined;
}

function lastVariable(path: string, params: Params): string | undefined {
  const name = [...path.matchAll(/\{([^}]+)\}/g)].at(-1)?.[1];
  return name === undefined ? undefined : String(params[name]);
}

/** The server gives keys in any order. */
function sorted(row: Row): unknown {
  return Object.keys(row)
    .sort()
    .map((key) => [key, row[key]]);
}
