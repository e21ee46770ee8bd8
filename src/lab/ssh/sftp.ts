import type { Duplex } from "node:stream";
import { FileTrouble, type GuestFile, type GuestFiles } from "../guests/guest-files.ts";
import { nodeFiles } from "../shell/node-files.ts";
import { failureOf, type HostTroubles, type Machine } from "../shell/process.ts";
import { homeOf } from "../shell/session.ts";
import { UserFiles } from "../shell/user-files.ts";
import {
  type Attributes,
  OPEN,
  PacketCutter,
  PacketReader,
  packet,
  REPLY,
  REQUEST,
  type RequestName,
  STATUS,
} from "./sftp-packets.ts";

const KIND = { file: 0o100_000, directory: 0o040_000, link: 0o120_000 } as const;
/** What OpenSSH adds to the protocol, as far as it is offered here. */
const EXTENSIONS = ["posix-rename@openssh.com", "fsync@openssh.com", "statvfs@openssh.com"] as const;
const STATVFS_VERSION = "2";
const READ_LIMIT = 262_144;

class SftpTrouble extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

interface OpenFile {
  path: string;
  flags: number;
}

/** What a session works on. */
export interface SftpPlace {
  files: GuestFiles;
  troubles: HostTroubles;
  /** A path from the root, without dots; links stay as they are. */
  real(path: string): string;
  /** Bytes of the disk, all and in use. */
  disk(): { maxdisk: number; useddisk: number };
}

/** The files of a node as a user may use them. */
function onNode({ state, node, troubles }: Machine, user: string): SftpPlace {
  const files = nodeFiles(state, node);
  return {
    files: user === "root" ? files : new UserFiles(files, user),
    troubles,
    real: (path) => files.real(path.startsWith("/") ? path : `${homeOf(user)}/${path}`),
    disk: () => state.nodes.get(node)!,
  };
}

/** One SFTP session. */
class SftpSession {
  readonly #place: SftpPlace;
  readonly #handles = new Map<string, OpenFile | { names: string[] | undefined }>();
  #next = 0;

  constructor(place: SftpPlace) {
    this.#place = place;
  }

  get #files(): GuestFiles {
    return this.#place.files;
  }

  #real(path: string): string {
    return this.#place.real(path);
  }

  answer(name: RequestName, id: number, reader: PacketReader): Buffer {
    const ok = (): Buffer => status(id, STATUS.ok, "Success");
    switch (name) {
      case "open":
        return this.#open(id, this.#real(reader.text()), reader.number(), reader.attributes());
      case "close":
        this.#handles.delete(reader.text());
        return ok();
      case "read":
        return this.#read(id, reader.text(), reader.long(), reader.number());
      case "write":
        this.#write(reader.text(), reader.long(), reader.bytes());
        return ok();
      case "stat":
        return packet(REPLY.attrs, id, { attributes: this.#stat(this.#files.resolve(this.#real(reader.text()))) });
      case "lstat":
        return packet(REPLY.attrs, id, { attributes: this.#stat(this.#real(reader.text())) });
      case "fstat":
        return packet(REPLY.attrs, id, { attributes: this.#stat(this.#opened(reader.text()).path) });
      case "setstat":
        this.#setStat(this.#real(reader.text()), reader.attributes());
        return ok();
      case "fsetstat":
        this.#setStat(this.#opened(reader.text()).path, reader.attributes());
        return ok();
      case "opendir":
        return this.#openFolder(id, this.#real(reader.text()));
      case "readdir":
        return this.#readFolder(id, reader.text());
      case "remove":
        if (!this.#files.remove(this.#real(reader.text()))) throw new SftpTrouble(STATUS.noFile, "No such file");
        return ok();
      case "mkdir":
        this.#files.makeDirectory(this.#real(reader.text()));
        return ok();
      case "rmdir":
        throw new SftpTrouble(STATUS.failure, "Failure");
      case "realpath": {
        const path = this.#real(reader.text());
        return packet(REPLY.name, id, 1, path, path, { attributes: {} });
      }
      case "rename":
        this.#rename(reader.text(), reader.text(), false);
        return ok();
      case "readlink": {
        const path = this.#real(reader.text());
        if (!this.#files.isLink(path)) throw new SftpTrouble(STATUS.failure, "Failure");
        const goal = this.#files.resolve(path);
        return packet(REPLY.name, id, 1, goal, goal, { attributes: {} });
      }
      case "extended":
        return this.#extended(id, reader.text(), reader);
      default:
        throw new SftpTrouble(STATUS.unsupported, "Operation unsupported");
    }
  }

  #opened(handle: string): OpenFile {
    const open = this.#handles.get(handle);
    if (!open || !("path" in open)) throw new SftpTrouble(STATUS.failure, "Invalid handle");
    return open;
  }

  #keep(open: OpenFile | { names: string[] | undefined }): string {
    this.#next += 1;
    const handle = `h${this.#next}`;
    this.#handles.set(handle, open);
    return handle;
  }

  #open(id: number, path: string, flags: number, { mode = 0o666 }: Attributes): Buffer {
    const there = this.#files.find(path);
    if (flags & OPEN.exclusive && flags & OPEN.create && there) throw new SftpTrouble(STATUS.failure, "Failure");
    if (!there && (flags & OPEN.create) === 0) throw new SftpTrouble(STATUS.noFile, "No such file");
    if (flags & OPEN.write && (!there || flags & OPEN.truncate))
      this.#files.write(path, new Uint8Array(), mode & 0o777 & ~0o022);
    else if (flags & OPEN.read) this.#files.read(path);
    return packet(REPLY.handle, id, this.#keep({ path, flags }));
  }

  #read(id: number, handle: string, offset: number, length: number): Buffer {
    const { bytes } = this.#files.read(this.#opened(handle).path);
    if (offset >= bytes.length) throw new SftpTrouble(STATUS.eof, "End of file");
    return packet(REPLY.data, id, bytes.subarray(offset, offset + Math.min(length, READ_LIMIT)));
  }

  #write(handle: string, offset: number, bytes: Buffer): void {
    const { path, flags } = this.#opened(handle);
    if ((flags & OPEN.write) === 0) throw new SftpTrouble(STATUS.denied, "Permission denied");
    const before = this.#files.read(path).bytes;
    const at = flags & OPEN.append ? before.length : offset;
    const after = Buffer.alloc(Math.max(before.length, at + bytes.length));
    after.set(before);
    after.set(bytes, at);
    this.#files.write(path, after, 0o644);
  }

  #stat(path: string): Attributes {
    if (this.#files.isLink(path)) return { mode: KIND.link | 0o777 };
    if (this.#files.isDirectory(path)) return { size: 4096, mode: KIND.directory | 0o755 };
    const file = this.#files.find(path);
    if (!file) throw new SftpTrouble(STATUS.noFile, "No such file");
    return attributesOf(file);
  }

  #setStat(path: string, { size, mode, mtime, uid, gid }: Attributes): void {
    if (this.#files.isDirectory(path)) return;
    const file = this.#files.read(path);
    if (size !== undefined) {
      const bytes = Buffer.alloc(size);
      bytes.set(file.bytes.subarray(0, size));
      this.#files.write(path, bytes, file.mode);
    }
    const now = this.#files.read(path);
    if (mode !== undefined) now.mode = mode & 0o7777;
    if (mtime !== undefined) now.mtime = mtime;
    if (uid !== undefined && gid !== undefined) now.owner = `${userName(uid)}:${userName(gid)}`;
  }

  #openFolder(id: number, path: string): Buffer {
    if (!this.#files.isDirectory(path))
      throw new SftpTrouble(this.#files.find(path) ? STATUS.failure : STATUS.noFile, "No such file");
    const names = [".", "..", ...this.#files.list(path)].map((name) => (path === "/" ? `/${name}` : `${path}/${name}`));
    return packet(REPLY.handle, id, this.#keep({ names }));
  }

  #readFolder(id: number, handle: string): Buffer {
    const open = this.#handles.get(handle);
    if (!open || "path" in open) throw new SftpTrouble(STATUS.failure, "Invalid handle");
    const { names } = open;
    if (!names) throw new SftpTrouble(STATUS.eof, "End of file");
    open.names = undefined;
    const fields = names.flatMap((path) => {
      const name = path.slice(path.lastIndexOf("/") + 1);
      const attributes = /^\.\.?$/.test(name) ? { mode: KIND.directory | 0o755 } : this.#stat(path);
      return [name, longName(name, attributes), { attributes }];
    });
    return packet(REPLY.name, id, names.length, ...fields);
  }

  #rename(from: string, to: string, replaces: boolean): void {
    const [source, goal] = [this.#real(from), this.#real(to)];
    // Only the newer kind of rename takes the place of a file that is there.
    if (!replaces && this.#files.find(goal)) throw new SftpTrouble(STATUS.failure, "Failure");
    const failure = failureOf(this.#place.troubles, goal);
    if (failure === "before") throw new SftpTrouble(STATUS.failure, "Failure");
    this.#files.rename(source, goal);
    if (failure === "after") throw new SftpTrouble(STATUS.failure, "Failure");
  }

  #extended(id: number, name: string, reader: PacketReader): Buffer {
    if (name === "posix-rename@openssh.com") this.#rename(reader.text(), reader.text(), true);
    else if (name === "fsync@openssh.com") this.#opened(reader.text());
    else if (name === "statvfs@openssh.com") {
      const { maxdisk, useddisk } = this.#place.disk();
      const [blocks, free] = [maxdisk, maxdisk - useddisk].map((bytes) => Math.floor(bytes / 4096));
      const numbers = [4096, 4096, blocks!, free!, free!, 6_553_600, 6_000_000, 6_000_000, 0, 0, 255];
      return packet(REPLY.extended, id, ...numbers.map((long) => ({ long })));
    } else throw new SftpTrouble(STATUS.unsupported, "Operation unsupported");
    return status(id, STATUS.ok, "Success");
  }
}

function userName(number: number): string {
  return number === 0 ? "root" : number === 33 ? "www-data" : "admin";
}

function userNumber(name = "root"): number {
  return name === "root" ? 0 : name === "www-data" ? 33 : 1000;
}

function attributesOf({ bytes, mode, owner, mtime = 0 }: GuestFile): Attributes {
  const [user, group] = owner.split(":");
  const ids = { uid: userNumber(user), gid: userNumber(group) };
  return { size: bytes.length, mode: KIND.file | mode, atime: mtime, mtime, ...ids };
}

function longName(name: string, { mode = 0, size = 0, mtime = 0 }: Attributes): string {
  const kind = (mode & 0o170_000) === KIND.directory ? "d" : (mode & 0o170_000) === KIND.link ? "l" : "-";
  const bits = [6, 3, 0].map((shift) => {
    const three = (mode >> shift) & 7;
    return `${three & 4 ? "r" : "-"}${three & 2 ? "w" : "-"}${three & 1 ? "x" : "-"}`;
  });
  const date = new Date(mtime * 1000).toUTCString().slice(5, 16);
  return `${kind}${bits.join("")}    1 root     root     ${String(size).padStart(8)} ${date} ${name}`;
}

function status(id: number, code: number, message: string): Buffer {
  return packet(REPLY.status, id, code, message, "en");
}

/** The status of what went wrong, as OpenSSH's server chooses it. */
function refusal(id: number, error: unknown): Buffer {
  if (error instanceof SftpTrouble) return status(id, error.status, error.message);
  if (error instanceof FileTrouble) {
    if (/No such file/.test(error.message)) return status(id, STATUS.noFile, "No such file");
    if (/Permission denied/.test(error.message)) return status(id, STATUS.denied, "Permission denied");
    return status(id, STATUS.failure, "Failure");
  }
  return status(id, STATUS.bad, error instanceof Error ? error.message : String(error));
}

/** Serves a node's files over a channel. */
export function serveSftp(channel: Duplex, machine: Machine, user: string): void {
  serveFiles(channel, onNode(machine, user));
}

/** Serves files over a channel: version 3 of the protocol, with what OpenSSH adds to it. */
export function serveFiles(channel: Duplex, place: SftpPlace): void {
  const session = new SftpSession(place);
  const cutter = new PacketCutter();
  channel.on("error", () => {});
  channel.on("data", (chunk: Buffer) => {
    for (const bytes of cutter.add(chunk)) {
      const name = REQUEST[bytes[0] as keyof typeof REQUEST];
      if (name === "init") {
        const offered = EXTENSIONS.flatMap((one) => [one, one.startsWith("statvfs") ? STATVFS_VERSION : "1"]);
        channel.write(packet(REPLY.version, 3, ...offered));
        continue;
      }
      const reader = new PacketReader(bytes.subarray(1));
      const id = reader.number();
      try {
        channel.write(
          name === undefined
            ? status(id, STATUS.unsupported, "Operation unsupported")
            : session.answer(name, id, reader),
        );
      } catch (error) {
        channel.write(refusal(id, error));
      }
    }
  });
  channel.on("end", () => channel.end());
}
