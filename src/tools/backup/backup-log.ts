/** What a backup task's log says of one guest. */
export interface GuestBackup {
  state: "saved" | "failed" | "started";
  /** Name of the archive, as soon as it is being written. */
  archive?: string;
  reason?: string;
}

/** Reads off a backup task's log how far each guest got, by VMID. */
export function readBackupLog(lines: readonly string[]): Map<number, GuestBackup> {
  const guests = new Map<number, GuestBackup>();
  let current: GuestBackup | undefined;
  for (const line of lines) {
    const started = /^INFO: Starting Backup of VM (\d+) /.exec(line);
    if (started) {
      current = { state: "started" };
      guests.set(Number(started[1]), current);
      continue;
    }
    const archive = /^INFO: creating .*archive '([^']+)'/.exec(line);
    if (archive && current) current.archive = archive[1]!.replace(/^\/.*\//, "");
    const finished = /^INFO: Finished Backup of VM (\d+) /.exec(line);
    const failed = /^ERROR: Backup of VM (\d+) failed - (.*)$/.exec(line);
    const vmid = Number((finished ?? failed)?.[1]);
    if (!(vmid > 0)) continue;
    const before = guests.get(vmid);
    guests.set(
      vmid,
      finished
        ? { ...before, state: "saved" }
        : // What was written of a failed one is removed again.
          { state: "failed", reason: failed![2]! },
    );
    current = undefined;
  }
  return guests;
}
