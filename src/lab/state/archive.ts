import { nowSeconds } from "../clock.ts";
import { parseSize } from "../guests/sizes.ts";
import { backupVolumes } from "./backup.ts";
import type { ClusterState } from "./cluster.ts";
import { guestName } from "./report.ts";
import { account } from "./storage.ts";
import type { LabGuest, LabStorage, LabVolume } from "./types.ts";
import { FRESH_BYTES } from "./volume.ts";

/** Endings of archives by how they are compressed. */
const ENDINGS: Readonly<Record<string, string>> = { "0": "", "1": ".lzo", lzo: ".lzo", gzip: ".gz", zstd: ".zst" };
/** Share of what is in use that a compressed archive takes. */
const COMPRESSED = 0.27;
/** Share of a disk of unknown contents that is taken to be in use. */
const FILLED = 0.1;
/** What an archive of a VM takes whose disks are empty, in bytes. */
const HEADER_BYTES = 636;

function pad(value: number): string {
  return String(value).padStart(2, "0");
}

/** `2026_11_22-13_20_25`, in local time. */
function fileStamp(seconds: number): string {
  const date = new Date(seconds * 1000);
  const day = `${date.getFullYear()}_${pad(date.getMonth() + 1)}_${pad(date.getDate())}`;
  return `${day}-${pad(date.getHours())}_${pad(date.getMinutes())}_${pad(date.getSeconds())}`;
}

/** `2026-11-22 13:20:25`, in local time. */
export function logStamp(seconds = nowSeconds()): string {
  const [day = "", time = ""] = fileStamp(seconds).split("-");
  return `${day.replaceAll("_", "-")} ${time.replaceAll("_", ":")}`;
}

/** A notes template with its variables filled in. */
export function notesOf(state: ClusterState, guest: LabGuest, template: string): string {
  const values: Record<string, string> = {
    cluster: state.clusterName ?? "standalone node",
    guestname: guestName(guest),
    node: guest.node,
    vmid: String(guest.vmid),
  };
  return template
    .replace(/\\(.)/g, (_, char: string) => (char === "n" ? "\n" : char))
    .replace(/\{\{([^\s{}]+)\}\}/g, (all, name: string) => values[name] ?? all);
}

function archiveName(storage: LabStorage, guest: LabGuest, seconds: number, compress: string): [string, string] {
  if (storage.type === "pbs") {
    const kind = guest.type === "qemu" ? "vm" : "ct";
    const time = new Date(seconds * 1000).toISOString().replace(/\.\d+Z$/, "Z");
    return [`backup/${kind}/${guest.vmid}/${time}`, `pbs-${kind}`];
  }
  const format = `${guest.type === "qemu" ? "vma" : "tar"}${ENDINGS[compress] ?? ""}`;
  return [`backup/vzdump-${guest.type}-${guest.vmid}-${fileStamp(seconds)}.${format}`, format];
}

/** Puts an archive of a guest into a storage. */
export function archive(
  state: ClusterState,
  guest: LabGuest,
  storage: LabStorage,
  options: { compress: string; notes?: string; protected?: boolean },
): LabVolume {
  let seconds = nowSeconds();
  const firewall = state.firewall.guests.get(guest.vmid)?.copy();
  let [name, format] = archiveName(storage, guest, seconds, options.compress);
  while (state.volumes.has(`${storage.storage}:${name}`)) {
    seconds += 1;
    [name, format] = archiveName(storage, guest, seconds, options.compress);
  }
  const used = backupVolumes(guest)
    .filter(({ included }) => included)
    .map(({ key, volid }) => {
      const known = state.volumes.get(volid);
      const told = /(?:^|,)size=([^,]+)/.exec(String(guest.config[key]))?.[1];
      // An image that takes no more than a new one does holds nothing yet.
      if (known?.used !== undefined) return known.used > FRESH_BYTES ? known.used : 0;
      return Math.floor((known?.size ?? parseSize(told ?? "") ?? 0) * FILLED);
    })
    .reduce((sum, bytes) => sum + bytes, 0);
  const volume: LabVolume = {
    volid: `${storage.storage}:${name}`,
    storage: storage.storage,
    ...(storage.shared ? {} : { node: guest.node }),
    content: "backup",
    format,
    size: HEADER_BYTES + Math.floor(used * (options.compress === "0" ? 1 : COMPRESSED)),
    vmid: guest.vmid,
    ctime: seconds,
    subtype: guest.type,
    saved: { config: { ...guest.config }, ...(firewall ? { firewall } : {}) },
    ...(options.notes === undefined || options.notes === "" ? {} : { notes: options.notes }),
    ...(options.protected ? { protected: true } : {}),
  };
  delete volume.saved?.config.lock;
  state.volumes.set(volume.volid, volume);
  account(storage, guest.node, volume.size);
  return volume;
}

/** The configuration file within an archive. */
export function archivedConfig(volume: LabVolume): string {
  const config = volume.saved?.config ?? {};
  const lines: string[] = [];
  for (const key of Object.keys(config).sort()) {
    const value = String(config[key]);
    if (key === "description") for (const line of value.trimEnd().split("\n")) lines.unshift(`#${encodeURI(line)}`);
    else lines.push(`${key}: ${value}`);
  }
  if (volume.subtype === "qemu") {
    const maps = Object.entries(config).filter(
      ([key, value]) =>
        /^(?:ide|sata|scsi|virtio)\d+$|^efidisk0$|^tpmstate0$/.test(key) && !/media=cdrom/.test(String(value)),
    );
    if (maps.length > 0) lines.push("");
    for (const [key, value] of maps) {
      const volid = String(value).split(",")[0]!;
      const format = /\.(qcow2|vmdk)$/.exec(volid)?.[1] ?? "raw";
      lines.push(`#qmdump#map:${key}:drive-${key}:${volid.split(":")[0]}:${format}:`);
    }
  }
  return `${lines.join("\n")}\n`;
}
