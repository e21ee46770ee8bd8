import { nowSeconds } from "../clock.ts";
import { baseOf, FileTrouble, type GuestFile, GuestFiles, parentOf, trimPath } from "../guests/guest-files.ts";
import type { ClusterState } from "../state/cluster.ts";
import { clusterFiles, guestFile, guestFolder } from "./cluster-files.ts";
import { isStorageFolder, removeVolume, storageNames, storagePlace, volumeFile, writeVolume } from "./storage-files.ts";

const PMXCFS = "/etc/pve/";

/** The files of one node: its own, the cluster's below `/etc/pve`, and those of its storages. */
export class NodeFiles extends GuestFiles {
  readonly #state: ClusterState;
  readonly #node: string;

  constructor(state: ClusterState, node: string) {
    super();
    this.#state = state;
    this.#node = node;
    const host = state.hosts.of(node);
    this.plant("/etc/hostname", `${node}\n`);
    this.plant("/etc/hosts", host.hosts);
    this.plant("/etc/os-release", 'PRETTY_NAME="Debian GNU/Linux 13 (trixie)"\nNAME="Debian GNU/Linux"\nID=debian\n');
    this.plant(
      "/etc/resolv.conf",
      `search ${host.search}\n${host.nameservers.map((one) => `nameserver ${one}\n`).join("")}`,
    );
    this.plant("/etc/passwd", "root:x:0:0:root:/root:/bin/bash\nadmin:x:1000:1000::/home/admin:/bin/bash\n");
    this.plant("/etc/sudoers", "Defaults\tenv_reset\nroot\tALL=(ALL:ALL) ALL\n@includedir /etc/sudoers.d\n", {
      mode: 0o440,
    });
    this.plant("/etc/sudoers.d/README", "# Files here are read by sudo, unless their names have a dot.\n", {
      mode: 0o440,
    });
    this.plant("/root/.bashrc", "# ~/.bashrc\n");
    this.plant("/root/.ssh/authorized_keys", "", { link: "/etc/pve/priv/authorized_keys" });
    this.plant("/home/admin/.ssh/authorized_keys", "", { mode: 0o600, owner: "admin:admin" });
    for (const folder of ["/run", "/var/log", "/mnt", "/var/lib/vz"]) this.plant(`${folder}/.keep`, "");
    clusterFiles(state);
  }

  /** The path from the root, with the short ways below `/etc/pve` gone the long way. */
  #full(path: string): string {
    const parts: string[] = [];
    for (const part of (path.startsWith("/") ? path : `/root/${path}`).split("/")) {
      if (part === "..") parts.pop();
      else if (part !== "" && part !== ".") parts.push(part);
    }
    const full = `/${parts.join("/")}`;
    const own = `${PMXCFS}nodes/${this.#node}`;
    return full
      .replace(/^\/etc\/pve\/(qemu-server|lxc)(?=\/|$)/, `${own}/$1`)
      .replace(/^\/etc\/pve\/local(?=\/|$)/, own);
  }

  /** The path from the root, without dots; links stay as they are. */
  real(path: string): string {
    return this.#full(path);
  }

  override isDirectory(path: string): boolean {
    const full = this.#full(path);
    if (super.isDirectory(full) || clusterFiles(this.#state).isDirectory(full)) return true;
    return guestFolder(this.#state, full) !== undefined || isStorageFolder(this.#state, this.#node, full);
  }

  override makeDirectory(path: string): void {
    if (this.isDirectory(path)) throw new FileTrouble("File exists");
    super.makeDirectory(this.#full(path));
  }

  override resolve(path: string): string {
    return super.resolve(this.#full(path));
  }

  override isLink(path: string): boolean {
    return super.isLink(this.#full(path));
  }

  override find(path: string): GuestFile | undefined {
    const full = this.resolve(path);
    const place = storagePlace(this.#state, this.#node, full);
    if (place) return volumeFile(this.#state, this.#node, place);
    if (full.startsWith(PMXCFS)) return guestFile(this.#state, full) ?? clusterFiles(this.#state).find(full);
    return super.find(full);
  }

  override write(path: string, bytes: Uint8Array, mode: number): void {
    const full = this.resolve(path);
    if (this.isDirectory(full)) throw new FileTrouble("Is a directory");
    const place = storagePlace(this.#state, this.#node, full);
    if (place) {
      writeVolume(this.#state, this.#node, place, bytes, mode);
      return;
    }
    if (full.startsWith(PMXCFS)) {
      // Without quorum the file system can only be read, and guests' files are the API's here (pve-facts 107).
      if (!this.#state.quorate || guestFolder(this.#state, parentOf(full))) throw new FileTrouble("Permission denied");
      if (bytes.length > 1_048_576) throw new FileTrouble("File too large");
      clusterFiles(this.#state).plant(full, bytes, { mode: 0o640, owner: "root:www-data" });
      return;
    }
    if (!this.isDirectory(parentOf(full) || "/")) throw new FileTrouble("No such file or directory");
    const there = super.find(full);
    const owner = there?.owner ?? "root:root";
    this.plant(full, bytes, { mode: there?.mode ?? mode, owner });
    const written = super.find(full);
    if (written) written.mtime = nowSeconds();
  }

  override rename(from: string, to: string): void {
    const [source, goal] = [this.#full(from), this.#full(to)];
    const target = this.isDirectory(goal) ? `${goal}/${baseOf(source)}` : goal;
    const file = this.find(source);
    if (!file) throw new FileTrouble("No such file or directory");
    this.remove(target);
    this.write(target, file.bytes, file.mode);
    const moved = this.find(target);
    if (moved && !target.startsWith(PMXCFS)) Object.assign(moved, { mode: file.mode, owner: file.owner });
    this.remove(source);
  }

  override remove(path: string): boolean {
    const full = this.#full(path);
    const place = storagePlace(this.#state, this.#node, full);
    if (place) return removeVolume(this.#state, this.#node, place);
    return full.startsWith(PMXCFS) ? clusterFiles(this.#state).remove(full) : super.remove(full);
  }

  override list(path: string): string[] {
    const full = trimPath(this.#full(path));
    const names = [
      ...super.list(full),
      ...clusterFiles(this.#state).list(full),
      ...(guestFolder(this.#state, full) ?? []),
      ...storageNames(this.#state, this.#node, full),
    ];
    return [...new Set(names)].filter((name) => name !== ".keep").sort();
  }
}

const known = new WeakMap<ClusterState, Map<string, NodeFiles>>();

/** The files of a node, the same ones for every way in. */
export function nodeFiles(state: ClusterState, node: string): NodeFiles {
  const nodes = known.get(state) ?? new Map<string, NodeFiles>();
  known.set(state, nodes);
  let files = nodes.get(node);
  if (!files) {
    files = new NodeFiles(state, node);
    nodes.set(node, files);
  }
  return files;
}
