import { HostFileError } from "./errors.ts";
import type { SftpSession } from "./sftp-session.ts";

export interface ReadRequest {
  path: string;
  /** Byte to begin at. */
  offset?: number;
  /** Most bytes to read; without it the whole rest, which may then not be more than `maxBytes`. */
  length?: number;
  /** Most bytes that are read at all. */
  maxBytes: number;
}

export interface FileContent {
  bytes: Uint8Array;
  /** Of the whole file. */
  size: number;
  /** Permission bits. */
  mode: number;
  /** Seconds since the epoch. */
  mtime: number;
}

/** Reads a regular file or a part of it, byte for byte; one that is too large is refused rather than cut. */
export async function readFrom(sftp: SftpSession, request: ReadRequest): Promise<FileContent> {
  const { path, offset = 0, length, maxBytes } = request;
  const { node } = sftp;
  // Opening a pipe would wait for ever for somebody who writes to it.
  refuseIrregular(node, path, (await sftp.stat(path)).mode);
  const handle = await sftp.open(path, "r");
  try {
    const { size, mode, mtime } = await sftp.fstat(handle, path);
    const rest = Math.max(0, size - offset);
    if (length === undefined && rest > maxBytes) throw tooLarge(node, path, size, maxBytes);
    // What the kernel makes up as it is read has the size 0.
    const wanted = Math.min(length ?? Number.MAX_SAFE_INTEGER, size === 0 ? maxBytes + 1 : rest, maxBytes + 1);
    const bytes = await sftp.read(handle, path, offset, wanted);
    if (bytes.length > maxBytes) throw tooLarge(node, path, size, maxBytes);
    if (size > 0 && bytes.length < Math.min(length ?? rest, rest, maxBytes)) {
      throw new HostFileError("file-changed", node, path, "became shorter while it was read", "Read it again.");
    }
    return { bytes, size: size === 0 ? offset + bytes.length : size, mode: mode & 0o7777, mtime };
  } finally {
    await sftp.close(handle, path).catch(() => {});
  }
}

/** Bits of the mode that say what kind of file it is. */
const KIND = 0o170000;
const KINDS: ReadonlyMap<number, string> = new Map([
  [0o040000, "is a directory"],
  [0o020000, "is a device"],
  [0o060000, "is a device"],
  [0o010000, "is a pipe"],
  [0o140000, "is a socket"],
]);

/** Refuses what is no file with bytes of its own: a device may never end. */
export function refuseIrregular(node: string, path: string, mode: number): void {
  const kind = KINDS.get(mode & KIND);
  if (kind !== undefined) throw new HostFileError("not-a-file", node, path, kind, "Name a regular file.");
}

function tooLarge(node: string, path: string, size: number, maxBytes: number): HostFileError {
  return new HostFileError(
    "file-too-large",
    node,
    path,
    `has ${size > 0 ? `${size} bytes, which is` : ""} more than the ${maxBytes} bytes that are read at once`,
    "Read a part of it.",
    { size, maxBytes },
  );
}
