import { nowSeconds } from "../clock.ts";
import type { GuestFile } from "../guests/guest-files.ts";
import type { ClusterState } from "../state/cluster.ts";
import { storageNodes } from "../state/report.ts";
import { account, directoryOf } from "../state/storage.ts";
import type { LabStorage, LabVolume } from "../state/types.ts";
import { volumeOn } from "../state/volume.ts";
import { IMPORT_FILE, ISO_FILE, TEMPLATE_FILE } from "../state/volume-name.ts";

/** Bytes that a volume shows whose content nobody wrote. */
const UNWRITTEN = 1_048_576;

interface Folder {
  content: LabVolume["content"];
  path: string;
  /** Names that the storage layer takes for a volume. */
  takes: RegExp;
}

const FOLDERS: readonly Folder[] = [
  { content: "snippets", path: "snippets", takes: /^[^./][^/]*$/ },
  { content: "iso", path: "template/iso", takes: ISO_FILE },
  { content: "vztmpl", path: "template/cache", takes: TEMPLATE_FILE },
  { content: "backup", path: "dump", takes: /^vzdump-(?:openvz|lxc|qemu)-\d+-.+\.(?:tgz|(?:tar|vma)(?:\.\w+)?)$/ },
  { content: "import", path: "import", takes: IMPORT_FILE },
];

/** A path that belongs to a storage of files, and the volume that a file there is. */
export interface StoragePlace {
  storage: LabStorage;
  content: LabVolume["content"];
  volid: string;
  vmid?: number;
}

const contents = new WeakMap<LabVolume, GuestFile>();

/** The storages of files that a node has mounted, with their directories. */
function* mounted(state: ClusterState, node: string): Generator<[LabStorage, string]> {
  for (const storage of state.storages.values()) {
    const directory = directoryOf(storage);
    if (directory === undefined || storage.inactiveOn.has(node)) continue;
    if (storageNodes(state, storage).includes(node)) yield [storage, directory];
  }
}

/** What volume a path on a node is or would be; nothing for files that no storage counts as its own. */
export function storagePlace(state: ClusterState, node: string, path: string): StoragePlace | undefined {
  for (const [storage, directory] of mounted(state, node)) {
    if (!path.startsWith(`${directory}/`)) continue;
    const rest = path.slice(directory.length + 1);
    const image = /^images\/(\d+)\/([^/]+)$/.exec(rest);
    if (image)
      return {
        storage,
        content: "images",
        volid: `${storage.storage}:${image[1]}/${image[2]}`,
        vmid: Number(image[1]),
      };
    for (const { content, path: folder, takes } of FOLDERS) {
      const name = rest.startsWith(`${folder}/`) ? rest.slice(folder.length + 1) : "";
      if (name !== "" && !name.includes("/") && takes.test(name))
        return { storage, content, volid: `${storage.storage}:${content}/${name}` };
    }
  }
  return undefined;
}

/** The file that a volume is, if a node has it. */
export function volumeFile(state: ClusterState, node: string, place: StoragePlace): GuestFile | undefined {
  const volume = volumeOn(state, place.volid, node);
  if (!volume) return undefined;
  let file = contents.get(volume);
  if (!file) {
    const bytes =
      place.content === "snippets" && volume.size < UNWRITTEN
        ? Buffer.from("#cloud-config\n".padEnd(volume.size, "#").slice(0, volume.size))
        : Buffer.alloc(Math.min(volume.size, UNWRITTEN));
    file = { bytes, mode: 0o644, owner: "root:root", mtime: volume.ctime };
    contents.set(volume, file);
  }
  return file;
}

/** Writes a file that a storage counts as its own, so that its content list shows it from now on. */
export function writeVolume(
  state: ClusterState,
  node: string,
  { storage, content, volid, vmid }: StoragePlace,
  bytes: Uint8Array,
  mode: number,
): void {
  let volume = volumeOn(state, volid, node);
  account(storage, node, bytes.length - (volume?.size ?? 0));
  if (!volume) {
    volume = {
      volid,
      storage: storage.storage,
      ...(storage.shared ? {} : { node }),
      content,
      format: formatOf(content, volid),
      size: 0,
      ctime: nowSeconds(),
      ...(vmid === undefined ? {} : { vmid }),
    };
    state.volumes.set(volid, volume);
  }
  volume.size = bytes.length;
  volume.ctime = nowSeconds();
  const there = contents.get(volume);
  const owner = there?.owner ?? "root:root";
  contents.set(volume, { bytes: Buffer.from(bytes), mode: there?.mode ?? mode, owner, mtime: nowSeconds() });
}

function formatOf(content: LabVolume["content"], volid: string): string {
  if (content === "snippets") return "snippet";
  const extension = /\.(tar\.\w+|vma\.\w+|\w+)$/.exec(volid)?.[1] ?? "raw";
  return content === "vztmpl" ? `t${extension.replace("tar.", "")}` : extension;
}

/** Removes the volume that a file is; gives false when there is none. */
export function removeVolume(state: ClusterState, node: string, { storage, volid }: StoragePlace): boolean {
  const volume = volumeOn(state, volid, node);
  if (!volume) return false;
  state.volumes.delete(volid);
  account(storage, node, -(volume.used ?? volume.size));
  return true;
}

/** Whether a path is a directory of a storage, or holds one. */
export function isStorageFolder(state: ClusterState, node: string, path: string): boolean {
  for (const [, directory] of mounted(state, node))
    for (const folder of ["", "/images", "/template", ...FOLDERS.map(({ path: name }) => `/${name}`)]) {
      const full = `${directory}${folder}`;
      if (path === full || full.startsWith(`${path}/`)) return true;
    }
  return [...paths(state, node)].some((file) => file.startsWith(`${path}/`));
}

/** Paths of every file of a storage that a node sees. */
function* paths(state: ClusterState, node: string): Generator<string> {
  for (const [storage, directory] of mounted(state, node))
    for (const volume of state.volumes.values()) {
      if (volume.storage !== storage.storage || (volume.node !== undefined && volume.node !== node)) continue;
      const name = volume.volid.slice(volume.storage.length + 1);
      const folder = FOLDERS.find(({ content }) => content === volume.content);
      if (folder) yield `${directory}/${folder.path}/${name.slice(name.indexOf("/") + 1)}`;
      else yield `${directory}/images/${name.split("/").slice(-2).join("/")}`;
    }
}

/** Names of a storage's directories and files in a directory. */
export function storageNames(state: ClusterState, node: string, path: string): string[] {
  const names: string[] = [];
  for (const [, directory] of mounted(state, node))
    for (const full of FOLDERS.map(({ path: folder }) => `${directory}/${folder}`).concat(`${directory}/images`))
      if (full.startsWith(`${path}/`)) names.push(full.slice(path.length + 1).split("/")[0]!);
  for (const file of paths(state, node))
    if (file.startsWith(`${path}/`)) names.push(file.slice(path.length + 1).split("/")[0]!);
  return names;
}
