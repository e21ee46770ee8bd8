import { FileTrouble, type GuestFile, GuestFiles, parentOf } from "../guests/guest-files.ts";
import type { NodeFiles } from "./node-files.ts";

/** The files of a node as somebody who is not root may use them. */
export class UserFiles extends GuestFiles {
  readonly #files: NodeFiles;
  readonly #user: string;

  constructor(files: NodeFiles, user: string) {
    super();
    this.#files = files;
    this.#user = user;
  }

  #owns(file: GuestFile): boolean {
    return file.owner.split(":")[0] === this.#user;
  }

  #mustRead(path: string): void {
    const full = this.#files.resolve(path);
    const file = this.#files.find(full);
    const closed = full.startsWith("/etc/pve/") || full.startsWith("/root/");
    if (closed || (file && !this.#owns(file) && (file.mode & 0o004) === 0)) throw new FileTrouble("Permission denied");
  }

  #mustWrite(path: string): void {
    const full = this.#files.resolve(path);
    const file = this.#files.find(full);
    const free = ["/tmp", "/var/tmp", `/home/${this.#user}`];
    const open = free.some((folder) => full === folder || full.startsWith(`${folder}/`));
    if (file ? !this.#owns(file) && (file.mode & 0o002) === 0 : !open) throw new FileTrouble("Permission denied");
  }

  override isDirectory(path: string): boolean {
    return this.#files.isDirectory(path);
  }

  override isLink(path: string): boolean {
    return this.#files.isLink(path);
  }

  override resolve(path: string): string {
    return this.#files.resolve(path);
  }

  override makeDirectory(path: string): void {
    this.#mustWrite(path);
    this.#files.makeDirectory(path);
  }

  override find(path: string): GuestFile | undefined {
    this.#mustRead(path);
    return this.#files.find(path);
  }

  override read(path: string): GuestFile {
    this.#mustRead(path);
    return this.#files.read(path);
  }

  override write(path: string, bytes: Uint8Array, mode: number): void {
    this.#mustWrite(path);
    const isNew = this.#files.find(path) === undefined;
    this.#files.write(path, bytes, mode);
    const file = isNew ? this.#files.find(path) : undefined;
    if (file) file.owner = `${this.#user}:${this.#user}`;
  }

  override rename(from: string, to: string): void {
    this.#mustWrite(from);
    this.#mustWrite(this.#files.isDirectory(to) ? `${to}/x` : to);
    this.#files.rename(from, to);
  }

  override remove(path: string): boolean {
    this.#mustWrite(path);
    if (!this.#files.isDirectory(parentOf(path) || "/")) return false;
    return this.#files.remove(path);
  }

  override list(path: string): string[] {
    this.#mustRead(`${path}/`);
    return this.#files.list(path);
  }
}
