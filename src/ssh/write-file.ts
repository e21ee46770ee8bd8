import { createHash, randomBytes } from "node:crypto";
import { HostFileError } from "./errors.ts";
import { refuseIrregular } from "./read-file.ts";
import type { SftpSession } from "./sftp-session.ts";

export interface WriteRequest {
  path: string;
  bytes: Uint8Array;
  /** Permission bits; those of the file that is replaced when absent, or 0644. */
  mode?: number;
  /** Fail where something has this name already. */
  exclusive?: boolean;
  /** The machine knows neither modes nor owners, as Windows. */
  plain?: boolean;
  signal?: AbortSignal;
}

export interface Written {
  /** Hexadecimal, of what is on the host. */
  sha256: string;
  size: number;
  /** There was a file before. */
  replaced: boolean;
}

const NEW_FILE = 0o644;
/** Bytes that a name may have. */
const LONGEST_NAME = 255;

/**
 * Writes a whole file: under another name in the same directory, put on disk where the host offers that, read back and
 * compared, and only then given its name in one step. Nobody ever sees half of it, and a failure leaves the old one.
 */
export async function writeTo(sftp: SftpSession, request: WriteRequest): Promise<Written> {
  const { bytes, exclusive = false, signal } = request;
  const { node } = sftp;
  const existing = await sftp.lstat(request.path);
  if (existing && exclusive) throw alreadyThere(node, request.path);
  // A link stays one: what it points to is replaced.
  const path = existing?.isSymbolicLink() ? await sftp.realpath(request.path) : request.path;
  const old = path === request.path ? existing : await sftp.lstat(path);
  if (old) refuseIrregular(node, path, old.mode);
  const mode = request.mode ?? (old ? old.mode & 0o7777 : NEW_FILE);
  const temporary = besides(path);
  let done = false;
  try {
    // Nobody else reads it before it is complete.
    const handle = await sftp.open(temporary, "wx", request.plain ? undefined : 0o600);
    try {
      await sftp.write(handle, temporary, bytes);
      if (!request.plain) await dress(sftp, handle, temporary, { mode, owner: old });
      await sftp.sync(handle, temporary);
    } finally {
      await sftp.close(handle, temporary).catch(() => {});
    }
    const sha256 = await verify(sftp, temporary, bytes);
    signal?.throwIfAborted();
    if (exclusive) await sftp.rename(temporary, path).catch((error) => rename(error, sftp, path));
    else await sftp.replace(temporary, path);
    done = true;
    const { size } = (await sftp.lstat(path)) ?? { size: -1 };
    if (size !== bytes.length) throw different(node, path, size, bytes.length);
    return { sha256, size, replaced: old !== undefined };
  } finally {
    if (!done) await sftp.unlink(temporary).catch(() => {});
  }
}

/** A name in the same directory, so that giving it the final one is one step. */
function besides(path: string): string {
  const at = path.lastIndexOf("/") + 1;
  const end = `.${randomBytes(6).toString("hex")}.tmp`;
  let name = path.slice(at);
  while (Buffer.byteLength(name) > LONGEST_NAME - end.length - 1) name = name.slice(0, -1);
  return `${path.slice(0, at)}.${name}${end}`;
}

/** Sets mode and owner; a file system that knows only one of them, as /etc/pve, gives every file the same. */
async function dress(
  sftp: SftpSession,
  handle: Buffer,
  path: string,
  { mode, owner }: { mode: number; owner: { uid: number; gid: number } | undefined },
): Promise<void> {
  const is = await sftp.fstat(handle, path);
  if (owner && (is.uid !== owner.uid || is.gid !== owner.gid)) {
    await sftp.fsetstat(handle, path, { uid: owner.uid, gid: owner.gid });
  }
  if ((is.mode & 0o7777) !== mode) await sftp.fsetstat(handle, path, { mode });
}

/** Reads the file back and compares it with what was to be written. */
async function verify(sftp: SftpSession, path: string, bytes: Uint8Array): Promise<string> {
  const wanted = createHash("sha256").update(bytes).digest("hex");
  const handle = await sftp.open(path, "r");
  try {
    const { size } = await sftp.fstat(handle, path);
    if (size !== bytes.length) throw different(sftp.node, path, size, bytes.length);
    const found = createHash("sha256")
      .update(await sftp.read(handle, path, 0, size))
      .digest("hex");
    if (found !== wanted) throw different(sftp.node, path, size, bytes.length);
    return found;
  } finally {
    await sftp.close(handle, path).catch(() => {});
  }
}

async function rename(error: unknown, sftp: SftpSession, path: string): Promise<never> {
  throw (await sftp.lstat(path)) ? alreadyThere(sftp.node, path) : error;
}

function alreadyThere(node: string, path: string): HostFileError {
  return new HostFileError("file-exists", node, path, "is there already", "Allow it to be replaced, or name another.");
}

function different(node: string, path: string, is: number, wanted: number): HostFileError {
  return new HostFileError(
    "file-differs",
    node,
    path,
    `is not what was written (${is} bytes, ${wanted} were sent)`,
    "The disk may be full or broken, or somebody else writes the same file: look, then write it again.",
  );
}
