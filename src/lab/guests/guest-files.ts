/** A file inside a guest. */
export interface GuestFile {
  bytes: Uint8Array;
  /** Permission bits. */
  mode: number;
  /** `user:group`. */
  owner: string;
  /** Where a symbolic link leads. */
  link?: string;
  /** Seconds since the epoch; the guest's own files have none. */
  mtime?: number;
}

/** What the system says when something is wrong with a path. */
export class FileTrouble extends Error {}

const NO_FILE = "No such file or directory";

/** Directories that there are without a file in them. */
const DIRECTORIES = ["/", "/etc", "/home", "/opt", "/root", "/srv", "/tmp", "/usr", "/var", "/var/lib", "/var/tmp"];
const WINDOWS_DIRECTORIES = ["C:", "C:/Windows", "C:/Windows/Temp", "C:/Users"];

/** The files of one guest, by absolute path. */
export class GuestFiles {
  readonly #files = new Map<string, GuestFile>();
  readonly #directories: Set<string>;

  constructor(options: { windows?: boolean } = {}) {
    this.#directories = new Set(options.windows ? WINDOWS_DIRECTORIES : DIRECTORIES);
  }

  /** Paths of all files, sorted. */
  paths(): string[] {
    return [...this.#files.keys()].sort();
  }

  /** Puts a file there as it is, its directories included. */
  plant(
    path: string,
    bytes: Uint8Array | string,
    { mode = 0o644, owner = "root:root", link }: Partial<GuestFile> = {},
  ) {
    this.#files.set(path, { bytes: Buffer.from(bytes), mode, owner, ...(link === undefined ? {} : { link }) });
    for (let at = parentOf(path); at !== ""; at = parentOf(at)) this.#directories.add(at);
  }

  isDirectory(path: string): boolean {
    return this.#directories.has(trimPath(path));
  }

  /** Makes a directory; its own parent has to be there. */
  makeDirectory(path: string): void {
    if (!this.isDirectory(parentOf(trimPath(path)) || "/")) throw new FileTrouble(NO_FILE);
    this.#directories.add(trimPath(path));
  }

  /** The path itself, links followed. */
  resolve(path: string): string {
    let at = trimPath(path);
    for (let hops = 0; hops < 8; hops += 1) {
      const link = this.#files.get(at)?.link;
      if (link === undefined) return at;
      at = link.startsWith("/") ? link : `${parentOf(at)}/${link}`;
    }
    throw new FileTrouble("Too many levels of symbolic links");
  }

  isLink(path: string): boolean {
    return this.#files.get(trimPath(path))?.link !== undefined;
  }

  find(path: string): GuestFile | undefined {
    return this.#files.get(this.resolve(path));
  }

  read(path: string): GuestFile {
    if (this.isDirectory(path)) throw new FileTrouble("Is a directory");
    const file = this.find(path);
    if (!file) throw new FileTrouble(NO_FILE);
    return file;
  }

  /** Writes a file from its start: one that is there keeps its mode and owner, a new one gets `mode`. */
  write(path: string, bytes: Uint8Array, mode: number): void {
    const at = this.resolve(path);
    if (this.isDirectory(at)) throw new FileTrouble("Is a directory");
    if (!this.isDirectory(parentOf(at) || "/")) throw new FileTrouble(NO_FILE);
    const there = this.#files.get(at);
    this.#files.set(at, { bytes: Buffer.from(bytes), mode: there?.mode ?? mode, owner: there?.owner ?? "root:root" });
  }

  /** Moves a file over another; a link that is in the way is replaced itself. */
  rename(from: string, to: string): void {
    const file = this.#files.get(trimPath(from));
    if (!file) throw new FileTrouble(NO_FILE);
    const target = this.isDirectory(to) ? `${trimPath(to)}/${baseOf(from)}` : trimPath(to);
    if (!this.isDirectory(parentOf(target) || "/")) throw new FileTrouble(NO_FILE);
    this.#files.delete(trimPath(from));
    this.#files.set(target, file);
  }

  remove(path: string): boolean {
    return this.#files.delete(trimPath(path));
  }

  /** Removes a directory with everything in it. */
  removeTree(path: string): void {
    const at = trimPath(path);
    for (const one of this.paths()) if (one.startsWith(`${at}/`)) this.remove(one);
    for (const one of [...this.#directories]) if (one === at || one.startsWith(`${at}/`)) this.#directories.delete(one);
  }

  /** Names in a directory. */
  list(path: string): string[] {
    const folder = trimPath(path) === "/" ? "" : trimPath(path);
    const below = [...this.#files.keys(), ...this.#directories].filter((one) => one.startsWith(`${folder}/`));
    return [...new Set(below.map((one) => one.slice(folder.length + 1).split("/")[0]!))].filter(Boolean).sort();
  }
}

/** Windows takes both slashes; files are kept under the plain one. */
export function trimPath(path: string): string {
  const plain = /^[A-Za-z]:/.test(path) ? path.replaceAll("\\", "/") : path;
  return plain.length > 1 ? plain.replace(/\/+$/, "") : plain;
}

export function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

export function baseOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
