import { type GuestFile, GuestFiles } from "../guests/guest-files.ts";
import type { ClusterState } from "../state/cluster.ts";
import type { ConfigValue, LabGuest } from "../state/types.ts";

const PLAIN = new WeakMap<ClusterState, GuestFiles>();
const CONFIG = /^\/etc\/pve\/nodes\/([^/]+)\/(qemu-server|lxc)\/(\d+)\.conf$/;
const FOLDER = /^\/etc\/pve\/nodes\/([^/]+)\/(qemu-server|lxc)$/;
const KINDS = { "qemu-server": "qemu", lxc: "lxc" } as const;
const MODE = 0o640;
const OWNER = "root:www-data";

/** What `/etc/pve` holds beside the guests' files: the same on every node. */
export function clusterFiles(state: ClusterState): GuestFiles {
  let files = PLAIN.get(state);
  if (!files) {
    files = new GuestFiles();
    files.plant("/etc/pve/priv/authorized_keys", "", { mode: 0o600, owner: OWNER });
    files.plant("/etc/pve/storage.cfg", storages(state), { mode: MODE, owner: OWNER });
    PLAIN.set(state, files);
  }
  return files;
}

function storages(state: ClusterState): string {
  return [...state.storages.values()]
    .map(({ storage, type, content, definition }) => {
      const keys = Object.entries({ content: content.join(","), ...definition }).filter(([key]) => key !== "digest");
      return `${type}: ${storage}\n${keys.map(([key, value]) => `\t${key} ${value}\n`).join("")}`;
    })
    .join("\n");
}

function lines(config: Readonly<Record<string, ConfigValue>>): string {
  const { description, ...rest } = config;
  const notes = description === undefined ? [] : String(description).replace(/\n$/, "").split("\n");
  return [
    ...notes.map((line) => `#${encodeURI(line)}\n`),
    ...Object.keys(rest)
      .sort()
      .map((key) => `${key}: ${rest[key]}\n`),
  ].join("");
}

/** A guest's file: its configuration, what waits for the next start, and its snapshots. */
function configText(guest: LabGuest): string {
  const sections = [lines(guest.config)];
  const waiting = Object.keys(guest.pending).length + guest.pendingDelete.length;
  if (waiting > 0) {
    const gone = guest.pendingDelete.length > 0 ? `delete: ${guest.pendingDelete.join(",")}\n` : "";
    sections.push(`[PENDING]\n${gone}${lines(guest.pending)}`);
  }
  for (const { name, config, snaptime } of guest.snapshots)
    sections.push(`[${name}]\n${lines({ ...(config ?? guest.config), snaptime })}`);
  return sections.join("\n");
}

/** The file of a guest below `/etc/pve/nodes`; it can be read there, not changed by hand. */
export function guestFile(state: ClusterState, path: string): GuestFile | undefined {
  const [, node, kind, vmid] = CONFIG.exec(path) ?? [];
  const guest = state.guests.get(Number(vmid));
  if (!guest || guest.node !== node || guest.type !== KINDS[kind as keyof typeof KINDS]) return undefined;
  return { bytes: Buffer.from(configText(guest)), mode: MODE, owner: OWNER };
}

/** Names in a directory of `/etc/pve` that follow from the cluster's state. */
export function guestFolder(state: ClusterState, path: string): string[] | undefined {
  if (path === "/etc/pve/nodes") return [...state.nodes.keys()];
  const nodeFolder = /^\/etc\/pve\/nodes\/([^/]+)$/.exec(path)?.[1];
  if (nodeFolder !== undefined) return state.nodes.has(nodeFolder) ? ["lxc", "qemu-server"] : undefined;
  const [, node = "", kind] = FOLDER.exec(path) ?? [];
  if (kind === undefined || !state.nodes.has(node))
    return path === "/etc/pve" ? ["local", "lxc", "nodes", "qemu-server"] : undefined;
  return [...state.guests.values()]
    .filter((guest) => guest.node === node && guest.type === KINDS[kind as keyof typeof KINDS])
    .map(({ vmid }) => `${vmid}.conf`);
}
