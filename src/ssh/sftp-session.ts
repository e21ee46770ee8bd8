import type { Attributes, FileEntryWithStats, SFTPWrapper, Stats } from "ssh2";
import type { HostConnection } from "./connection.ts";
import { HostConnectionLostError, HostFileError } from "./errors.ts";

/** Bytes of one request; every server takes these. */
const CHUNK = 32 * 1024;
/** Requests on their way at a time, so that the distance costs little. */
const IN_FLIGHT = 16;

/** SSH_FX codes (draft-ietf-secsh-filexfer-02, section 7). */
const STATUS: Readonly<Record<number, [code: string, why: string, next: string]>> = {
  2: ["file-not-found", "does not exist", "Check the path."],
  3: [
    "file-permission-denied",
    "may not be read or written by this user",
    "Use another path, or an identity that may.",
  ],
};

type Callback<T> = (error: Error | undefined | null, value: T) => void;

/** Files of one host over one SFTP channel, as promises. */
export class SftpSession {
  readonly node: string;
  readonly #connection: HostConnection;
  readonly #sftp: SFTPWrapper;

  constructor(connection: HostConnection, sftp: SFTPWrapper) {
    this.node = connection.node;
    this.#connection = connection;
    this.#sftp = sftp;
    sftp.on("error", () => {});
  }

  end(): void {
    this.#sftp.end();
  }

  open(path: string, flags: "r" | "wx", mode?: number): Promise<Buffer> {
    return this.#ask<Buffer>(path, (done) =>
      this.#sftp.open(path, flags, (mode === undefined ? {} : { mode }) as never, done),
    );
  }

  close(handle: Buffer, path: string): Promise<void> {
    return this.#ask<void>(path, (done) => this.#sftp.close(handle, done as never));
  }

  fstat(handle: Buffer, path: string): Promise<Stats> {
    return this.#ask<Stats>(path, (done) => this.#sftp.fstat(handle, done));
  }

  /** What is there, links not followed; undefined when nothing is. */
  async lstat(path: string): Promise<Stats | undefined> {
    try {
      return await this.#ask<Stats>(path, (done) => this.#sftp.lstat(path, done));
    } catch (error) {
      if (error instanceof HostFileError && error.code === "file-not-found") return undefined;
      throw error;
    }
  }

  /** What is there at the end of all links. */
  stat(path: string): Promise<Stats> {
    return this.#ask<Stats>(path, (done) => this.#sftp.stat(path, done));
  }

  realpath(path: string): Promise<string> {
    return this.#ask<string>(path, (done) => this.#sftp.realpath(path, done));
  }

  fsetstat(handle: Buffer, path: string, attributes: Partial<Attributes>): Promise<void> {
    return this.#ask<void>(path, (done) => this.#sftp.fsetstat(handle, attributes as Attributes, done as never));
  }

  unlink(path: string): Promise<void> {
    return this.#ask<void>(path, (done) => this.#sftp.unlink(path, done as never));
  }

  /** Gives a file a name that nothing has; fails where something has it. */
  rename(from: string, to: string): Promise<void> {
    return this.#ask<void>(to, (done) => this.#sftp.rename(from, to, done as never));
  }

  /** Gives a file a name, in the place of what had it, in one step. */
  replace(from: string, to: string): Promise<void> {
    return this.#ask<void>(to, (done) => this.#sftp.ext_openssh_rename(from, to, done as never));
  }

  /** Puts a file on its disk; false where the host does not offer that. */
  async sync(handle: Buffer, path: string): Promise<boolean> {
    try {
      await this.#ask<void>(path, (done) => this.#sftp.ext_openssh_fsync(handle, done as never));
      return true;
    } catch (error) {
      if (error instanceof HostConnectionLostError) throw error;
      return false;
    }
  }

  /** Names in a directory. */
  async list(path: string): Promise<string[]> {
    const entries = await this.#ask<FileEntryWithStats[]>(path, (done) => this.#sftp.readdir(path, done as never));
    return entries.map(({ filename }) => filename);
  }

  /** Reads up to `length` bytes from `offset`; fewer are there at the end of the file. */
  async read(handle: Buffer, path: string, offset: number, length: number): Promise<Buffer> {
    const chunks = Math.ceil(length / CHUNK);
    const parts: Buffer[] = new Array(chunks);
    let isEnd = false;
    await this.#each(chunks, async (index) => {
      if (isEnd) return;
      const at = index * CHUNK;
      parts[index] = await this.#readChunk(handle, path, offset + at, Math.min(CHUNK, length - at));
      if (parts[index].length < Math.min(CHUNK, length - at)) isEnd = true;
    });
    // Nothing behind a gap belongs to the file that was asked for.
    const end = parts.findIndex((part, index) => part === undefined || (part.length < CHUNK && index < chunks - 1));
    return Buffer.concat(end < 0 ? parts : parts.slice(0, end + 1).filter((part) => part !== undefined));
  }

  async write(handle: Buffer, path: string, bytes: Uint8Array): Promise<void> {
    const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    await this.#each(Math.ceil(all.length / CHUNK), async (index) => {
      const at = index * CHUNK;
      const length = Math.min(CHUNK, all.length - at);
      await this.#ask<void>(path, (done) => this.#sftp.write(handle, all, at, length, at, done as never));
    });
  }

  /** A read may give less than was asked for before the end. */
  async #readChunk(handle: Buffer, path: string, position: number, length: number): Promise<Buffer> {
    const chunk = Buffer.alloc(length);
    let filled = 0;
    while (filled < length) {
      const got = await this.#ask<number>(path, (done) =>
        this.#sftp.read(handle, chunk, filled, length - filled, position + filled, (error, count) => {
          // End of file comes as an error.
          if ((error as { code?: number } | undefined)?.code === 1) done(undefined, 0);
          else done(error, count);
        }),
      );
      if (got === 0) break;
      filled += got;
    }
    return chunk.subarray(0, filled);
  }

  async #each(count: number, act: (index: number) => Promise<void>): Promise<void> {
    let next = 0;
    const worker = async () => {
      while (next < count) await act(next++);
    };
    await Promise.all(Array.from({ length: Math.min(IN_FLIGHT, count) }, worker));
  }

  #ask<T>(path: string, start: (done: Callback<T>) => unknown): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const stop = this.#connection.onEnd(() => reject(new HostConnectionLostError(this.node, `working on ${path}`)));
      const done: Callback<T> = (error, value) => {
        stop();
        if (!error) resolve(value);
        else reject(this.#errorOf(error, path));
      };
      try {
        start(done);
      } catch (error) {
        done(error as Error, undefined as T);
      }
    });
  }

  #errorOf(error: Error & { code?: number }, path: string): Error {
    if (!this.#connection.isOpen || /No response from server/.test(error.message)) {
      return new HostConnectionLostError(this.node, `working on ${path}`, error);
    }
    const [code, why, next] = STATUS[error.code ?? -1] ?? [
      "file-failed",
      `: the host refused (${error.message.slice(0, 200)})`,
      "A full or read-only file system, a missing directory or a directory in its place are common causes.",
    ];
    return new HostFileError(code, this.node, path, why, next);
  }
}
