import { getNodesQemuAgentFileRead } from "../../../generated/clients/nodes-qemu.ts";
import { getNodesVersion } from "../../../generated/clients/nodes-version.ts";
import { InvalidParametersError } from "../../pve/errors.ts";
import type { Answer, Send } from "../../schema/operation.ts";
import type { ToolContext } from "../context.ts";
import { ArgumentError } from "../errors.ts";
import { isOn } from "../flag.ts";
import { atGuest, type FoundGuest } from "../guests/resolve.ts";
import { bytesOf } from "./guest-text.ts";

type At = { node: string; vmid: number };

/** A part of a file inside a guest. */
export interface FilePart {
  bytes: Uint8Array;
  node: string;
  /** Whether the file goes on behind it. */
  more: boolean;
  /** Bytes of the whole file, where they are known. */
  size?: number;
  /** Why what follows cannot be had. */
  limit?: string;
}

/** Bytes of a file that the server reads at most (pve-facts 75). */
const MOST = 16 * 2 ** 20;

/** Reads `length` bytes of a file from `offset` on; where the version reads no parts, the file is read and cut here. */
export async function readGuestFile(
  context: ToolContext,
  found: FoundGuest,
  file: { path: string; offset: number; length: number },
): Promise<FilePart> {
  const { send } = found.cluster;
  return atGuest(context, found, async (at) => {
    const part = (await readsParts(send, at.node)) ? await readPart(send, at, file) : await readWhole(send, at, file);
    if (file.offset > 0 && part.bytes.length === 0) {
      const fault = part.limit ?? "lies at or behind the end of the file";
      throw new ArgumentError("offset", part.limit ? `is too far: ${fault}` : fault, "Begin before it.");
    }
    return { ...part, node: at.node };
  });
}

/** `count`, `offset` and `decode` came with qemu-server 9.1.5, in the course of 9.1. */
async function readsParts(send: Send, node: string): Promise<boolean> {
  const { data } = await getNodesVersion(send, { node });
  const [major = 0, minor = 0] = String((data as { version?: unknown }).version ?? "")
    .split(".")
    .map(Number);
  return major > 9 || (major === 9 && minor >= 1);
}

type Part = Omit<FilePart, "node">;

async function readPart(send: Send, at: At, file: { path: string; offset: number; length: number }): Promise<Part> {
  const { path, offset, length } = file;
  // One byte more than asked for tells whether there are more.
  const count = Math.min(length + 1, MOST);
  let answer: Answer;
  try {
    answer = await getNodesQemuAgentFileRead(send, { ...at, file: path, offset, count, decode: 0 });
  } catch (error) {
    // The first releases of 9.1 lack them.
    if (!(error instanceof InvalidParametersError) || error.status === undefined || !("count" in error.errors))
      throw error;
    return readWhole(send, at, file);
  }
  const bytes = fromBase64(String((answer.data as { content?: unknown }).content ?? ""));
  if (bytes.length > length) return { bytes: bytes.subarray(0, length), more: true };
  return { bytes, more: false, size: offset + bytes.length };
}

async function readWhole(
  send: Send,
  at: At,
  { path, offset, length }: { path: string; offset: number; length: number },
): Promise<Part> {
  const { data } = await getNodesQemuAgentFileRead(send, { ...at, file: path });
  const bytes = bytesOf(data.content ?? "");
  const isPart = isOn(data.truncated);
  const part = bytes.subarray(offset, offset + length);
  const more = offset + length < bytes.length;
  if (!isPart) return { bytes: part, more, size: bytes.length };
  return { bytes: part, more, limit: `this version reads no more than the first ${bytes.length} bytes of a file` };
}

/** The server strings the pieces of a long file together, each with padding of its own. */
function fromBase64(text: string): Uint8Array {
  const pieces = text.replace(/\s+/g, "").match(/[A-Za-z0-9+/]+={0,2}/g) ?? [];
  return Buffer.concat(pieces.map((piece) => Buffer.from(piece, "base64")));
}
