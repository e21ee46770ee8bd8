import { constants } from "node:fs";
import { type FileHandle, open, realpath } from "node:fs/promises";
import { join, sep } from "node:path";
import { Readable } from "node:stream";
import { InvalidParametersError, type RequestContext } from "./errors.ts";

/** Takes a file in a multipart body, and drops the connection on a form (pve-facts 42). */
export const UPLOAD = "POST /nodes/{node}/storage/{storage}/upload";

/** A body that is not held in memory, and can be read anew by each endpoint that is tried. */
export interface StreamedBody {
  contentType: string;
  bytes: number;
  read(): Readable;
  /** To be called when nobody reads it any more. */
  close(): Promise<void>;
}

const BOUNDARY = "proxmox-mcp-7d2f41c09b6e4a58";

/**
 * The body of an upload: the fields, then the file of that name in the operator's directory, read as it is sent. The order
 * is the one in which the server's parser takes them. Throws `InvalidParametersError` for any other file.
 */
export async function uploadBody(
  context: RequestContext,
  fields: Readonly<Record<string, string>>,
  directory: string | undefined,
): Promise<StreamedBody> {
  const { filename = "", ...others } = fields;
  const refuse = (fault: string) => new InvalidParametersError(context, { filename: fault });
  const elsewhere = "or let the node fetch it with download-url";
  if (directory === undefined) {
    throw refuse(
      `names a file of this server, which sends none while PROXMOX_MCP_UPLOAD_DIRECTORY is not set; ${elsewhere}`,
    );
  }
  if (!/^[\w.+-]+$/.test(filename) || filename.startsWith(".")) {
    throw refuse("is not the plain name of a file: letters, digits and _ . + -, the first one no dot");
  }
  const file = await openWithin(directory, filename);
  if (file === undefined) throw refuse(`is no file in the directory for uploads; put it there first, ${elsewhere}`);
  const { size } = await file.stat();
  const part = (name: string) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"`;
  const head = Buffer.from(
    [
      ...Object.entries(others).map(([name, value]) => `${part(name)}\r\n\r\n${value}\r\n`),
      `${part("filename")}; filename="${filename}"\r\nContent-Type: application/octet-stream\r\n\r\n`,
    ].join(""),
  );
  const tail = Buffer.from(`\r\n--${BOUNDARY}--\r\n`);
  return {
    contentType: `multipart/form-data; boundary=${BOUNDARY}`,
    bytes: head.length + size + tail.length,
    read: () => Readable.from(parts(head, file, size, tail), { objectMode: false }),
    close: () => file.close(),
  };
}

const READING = { autoClose: false, highWaterMark: 256 * 1024 };

/** A file that grows or shrinks meanwhile would break the length that was announced. */
async function* parts(head: Buffer, file: FileHandle, size: number, tail: Buffer): AsyncGenerator<Buffer> {
  yield head;
  let left = size;
  // An end cannot be given that lies before the first byte.
  const bytes = size === 0 ? [] : file.createReadStream({ ...READING, start: 0, end: size - 1 });
  for await (const chunk of bytes) {
    left -= (chunk as Buffer).length;
    yield chunk as Buffer;
  }
  if (left !== 0) throw new Error("the file has become shorter while it was sent");
  yield tail;
}

/** The regular file of that name; no link leads out of the directory. */
async function openWithin(directory: string, name: string): Promise<FileHandle | undefined> {
  try {
    const [inside, path] = await Promise.all([realpath(directory), realpath(join(directory, name))]);
    if (!path.startsWith(inside + sep)) return undefined;
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    if ((await file.stat()).isFile()) return file;
    await file.close();
  } catch {
    // Told as what it is for the caller: not there.
  }
  return undefined;
}
