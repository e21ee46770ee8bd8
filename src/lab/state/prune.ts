import type { LabVolume } from "./types.ts";

/** How many backups to keep, by period; `keep-all` keeps every one. */
export type Keep = Readonly<Record<string, number>>;

export interface Mark {
  volid: string;
  ctime: number;
  type: string;
  mark: "keep" | "remove" | "protected" | "renamed";
  vmid?: number;
}

/** Reads `keep-last=3,keep-daily=7`. */
export function parseKeep(text: string): Keep {
  return Object.fromEntries(
    text
      .split(",")
      .filter((part) => part.trim() !== "")
      .map((part) => {
        const [key = "", value = ""] = part.split("=");
        return [key, /^\d+$/.test(value) ? Number(value) : /^(?:on|yes|true)$/i.test(value) ? 1 : 0];
      }),
  );
}

function week(date: Date): string {
  // Weeks belong to the year of their Thursday.
  const day = new Date(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()));
  day.setUTCDate(day.getUTCDate() + 4 - (day.getUTCDay() || 7));
  const number = Math.ceil(((day.getTime() - Date.UTC(day.getUTCFullYear(), 0, 1)) / 86_400_000 + 1) / 7);
  return `${day.getUTCFullYear()}/${number}`;
}

const PERIODS: readonly [string, (date: Date) => string][] = [
  ["keep-hourly", (date) => `${date.getFullYear()}/${date.getMonth()}/${date.getDate()}/${date.getHours()}`],
  ["keep-daily", (date) => `${date.getFullYear()}/${date.getMonth()}/${date.getDate()}`],
  ["keep-weekly", week],
  ["keep-monthly", (date) => `${date.getFullYear()}/${date.getMonth()}`],
  ["keep-yearly", (date) => String(date.getFullYear())],
];

function markGroup(group: Mark[], keep: Keep): void {
  const open = group.filter(({ mark }) => mark === "remove").sort((a, b) => b.ctime - a.ctime);
  const settled = new Set<Mark>();
  const select = (count: number, idOf: (entry: Mark) => string): void => {
    const included = new Set(open.filter((entry) => entry.mark === "keep").map(idOf));
    const fresh = new Set<string>();
    for (const entry of open) {
      if (settled.has(entry)) continue;
      const id = idOf(entry);
      if (included.has(id)) continue;
      if (!fresh.has(id)) {
        if (fresh.size >= count) break;
        fresh.add(id);
        entry.mark = "keep";
      }
      settled.add(entry);
    }
  };
  if (keep["keep-last"]) select(keep["keep-last"], ({ volid }) => volid);
  for (const [period, idOf] of PERIODS) {
    const count = keep[period];
    if (count) select(count, ({ ctime }) => idOf(new Date(ctime * 1000)));
  }
}

/** What pruning would do to each backup, per guest; those with names of their own are left alone. */
export function markBackups(backups: readonly LabVolume[], keep: Keep): Mark[] {
  const groups = new Map<string, Mark[]>();
  const all = keep["keep-all"] === 1 || !Object.values(keep).some((count) => count > 0);
  const marks = backups.map((volume): Mark => {
    const standard = /(?:vzdump-(?:lxc|openvz|qemu)-\d+-\d{4}_\d\d_\d\d-\d\d_\d\d_\d\d\.|backup\/(?:vm|ct)\/)/.test(
      volume.volid,
    );
    const mark = standard ? (volume.protected ? "protected" : "remove") : "renamed";
    const type = volume.subtype ?? "unknown";
    const owner = volume.vmid === undefined ? {} : { vmid: volume.vmid };
    const entry: Mark = { volid: volume.volid, ctime: volume.ctime, type, mark, ...owner };
    if (mark !== "renamed") {
      const name = `${type}/${volume.vmid}`;
      groups.set(name, [...(groups.get(name) ?? []), entry]);
    }
    return entry;
  });
  for (const group of groups.values()) {
    if (all) for (const entry of group) entry.mark = entry.mark === "remove" ? "keep" : entry.mark;
    else markGroup(group, keep);
  }
  return marks.sort((a, b) => b.ctime - a.ctime);
}
