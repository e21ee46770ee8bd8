import type { ClusterState } from "./cluster.ts";
import type { LabGuest } from "./types.ts";

/** A backup job as it is kept: options by name. */
export type BackupJob = Record<string, unknown>;

/** The cluster's backup jobs, and files on their way into storages. */
export class BackupJobs {
  readonly jobs = new Map<string, BackupJob>();
  /** Uploaded files by the name under which the receiving node keeps them. */
  readonly uploads = new Map<string, Buffer>();

  /** Takes a guest out of every job that names it. */
  forget(vmid: number): void {
    for (const job of this.jobs.values()) {
      if (job.vmid === undefined) continue;
      const rest = idsOf(job.vmid).filter((id) => id !== vmid);
      if (rest.length > 0) job.vmid = rest.join(",");
    }
  }
}

/** Guest numbers in a list. */
function idsOf(list: unknown): number[] {
  if (list === undefined || list === null) return [];
  return String(list)
    .split(/[,;\s\0]+/)
    .filter((word) => word !== "")
    .map(Number);
}

/** What a job or a request selects. */
export interface Selection {
  all?: unknown;
  vmid?: unknown;
  exclude?: unknown;
  pool?: unknown;
  node?: unknown;
}

/** The selected guests in the order of their numbers, and the numbers that no guest has. */
export function selected(state: ClusterState, wanted: Selection): { guests: LabGuest[]; missing: number[] } {
  const named = idsOf(wanted.vmid);
  const excluded = new Set(idsOf(wanted.exclude));
  let ids: number[];
  if (wanted.pool !== undefined) ids = [...(state.pools.get(String(wanted.pool))?.guests ?? [])];
  else if (named.length > 0) ids = named;
  else if (wanted.all === 1 || wanted.all === "1" || wanted.all === true) ids = [...state.guests.keys()];
  else ids = [];
  ids = [...new Set(ids)].filter((id) => !excluded.has(id)).sort((a, b) => a - b);
  const guests = ids.map((id) => state.guests.get(id)).filter((guest) => guest !== undefined);
  const here = guests.filter(({ node }) => wanted.node === undefined || node === wanted.node);
  return { guests: here, missing: ids.filter((id) => !state.guests.has(id)) };
}

/** One place for data of a guest, and whether backups take it. */
export interface BackupVolume {
  key: string;
  volid: string;
  included: boolean;
  reason: string;
}

const DRIVE = /^(?:(?:ide|sata|scsi|virtio)\d+|efidisk0|tpmstate0)$/;

/** The places for data of a guest; drives for disks of light are none. */
export function backupVolumes(guest: LabGuest): BackupVolume[] {
  const rows: BackupVolume[] = [];
  for (const [key, value] of Object.entries(guest.config)) {
    const [first = "", ...options] = String(value).split(",");
    const volid = first.replace(/^(?:file|volume)=/, "");
    const off = options.some((option) => /^backup=(?:0|off|no|false)$/i.test(option));
    const on = options.some((option) => /^backup=(?:1|on|yes|true)$/i.test(option));
    if (guest.type === "qemu") {
      if (!DRIVE.test(key) || options.includes("media=cdrom") || volid === "none" || volid === "cdrom") continue;
      if (key === "efidisk0" && guest.config.bios !== "ovmf")
        rows.push({ key, volid, included: false, reason: "efidisk but no OVMF BIOS" });
      else rows.push({ key, volid, included: !off, reason: off ? "backup=no" : "backup=yes" });
    } else if (key === "rootfs") rows.push({ key, volid, included: true, reason: "rootfs" });
    else if (/^mp\d+$/.test(key)) {
      const reason = volid.startsWith("/") ? "not a volume" : on ? "enabled" : "disabled";
      rows.push({ key, volid, included: reason === "enabled", reason });
    }
  }
  return rows.sort((a, b) => (a.key < b.key ? -1 : 1));
}
