import { getNodesQemuAgentFileRead, postNodesQemuAgentFileWrite } from "../../../generated/clients/nodes-qemu.ts";
import { encodeParams } from "../../pve/encode.ts";
import type { Request } from "../change.ts";
import { assembleArgv } from "./assemble-script.ts";
import { startProcess } from "./guest-process.ts";

type At = { node: string; vmid: number };

/** Bytes of one `file-write`: its content has 60 KiB of base64 at most (pve-facts 75). */
const MOST_RAW = 46_080;
/** Characters of `input-data`. */
const MOST_INPUT = 65_536;
/** Bytes of a body until 8.3 (pve-facts 8), where base64's own signs count three times. */
const MOST_BODY = 65_000;

/** What is to stand in a guest's file. */
export interface NewFile {
  path: string;
  bytes: Uint8Array;
  sha256: string;
  /** Ends the names of temporary files. */
  suffix: string;
  mode?: string | undefined;
  owner?: string | undefined;
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");

/** One command that takes the whole content from its standard input; nothing when that is too much for it. */
export function pipedRequest(at: At, file: NewFile): Request | undefined {
  const input = base64(file.bytes);
  const command = assembleArgv(file.path, file, []);
  const params = { ...at, command, "input-data": input };
  const isTooLong =
    input.length > MOST_INPUT || encodeParams("POST /nodes/{node}/qemu/{vmid}/agent/exec", params).length > MOST_BODY;
  return isTooLong ? undefined : startProcess(at, command, input);
}

/** Parts in files beside the target, and the command that puts them together and takes them away. */
export function partRequests(at: At, file: NewFile): { writes: Request[]; assemble: Request; parts: string[] } {
  const chunks = split(at, file);
  const parts = chunks.map((_, index) => partName(file, index));
  return {
    writes: chunks.map((bytes, index) => writeRequest(at, parts[index]!, bytes)),
    assemble: startProcess(at, assembleArgv(file.path, file, parts)),
    parts,
  };
}

/** One write in place, and the reading that proves it. Nothing when it is too much for one. */
export function directRequests(at: At, file: NewFile): [write: Request, read: Request] | undefined {
  if (file.bytes.length > MOST_RAW || split(at, file).length > 1) return undefined;
  return [
    writeRequest(at, file.path, file.bytes),
    (send) => getNodesQemuAgentFileRead(send, { ...at, file: file.path }),
  ];
}

function partName({ path, suffix }: NewFile, index: number): string {
  return `${path}${suffix}.${String(index).padStart(3, "0")}`;
}

/** The server's own encoding halves the characters that it knows, so base64 goes as it is (pve-facts 75). */
function writeParams(at: At, file: string, bytes: Uint8Array) {
  return { ...at, file, content: base64(bytes), encode: 0 as const };
}

function writeRequest(at: At, file: string, bytes: Uint8Array): Request {
  const params = writeParams(at, file, bytes);
  return (send) => postNodesQemuAgentFileWrite(send, params);
}

/** The content in pieces that fit into a request each; an empty file is one empty piece. */
function split(at: At, file: NewFile): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let from = 0;
  do {
    let piece = file.bytes.subarray(from, from + MOST_RAW);
    for (let size = sizeOf(at, file, piece); size > MOST_BODY; size = sizeOf(at, file, piece)) {
      piece = piece.subarray(0, Math.floor((piece.length * MOST_BODY) / size) - 3);
    }
    pieces.push(piece);
    from += piece.length;
  } while (from < file.bytes.length);
  return pieces;
}

function sizeOf(at: At, file: NewFile, piece: Uint8Array): number {
  const params = writeParams(at, partName(file, 999), piece);
  return encodeParams("POST /nodes/{node}/qemu/{vmid}/agent/file-write", params).length;
}
