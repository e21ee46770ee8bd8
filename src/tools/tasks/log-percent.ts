/** Lines of task logs that tell how far the work is; other percentages (sparse data, reuse) are not progress. */
const PERCENT: readonly RegExp[] = [
  // vzdump: `INFO:  34% (1.1 GiB of 3.2 GiB) in 9s, read: …`, before 6.3 `INFO: status: 34% (…)`.
  /^INFO:\s+(?:status: )?(\d{1,3})% /,
  // Restore of a VM: `progress 34% (read 1095630848 bytes, duration 4 sec)`.
  /^progress (\d{1,3})% /,
  // Copy of an image, drive mirror: `transferred 1.4 GiB of 4.0 GiB (34.21%)`, `drive-scsi0: transferred … (34.21%) in 5s`.
  /\btransferred \S+ \S+ of \S+ \S+ \((\d{1,3}(?:\.\d+)?)%\)/,
  // Drive mirror before 6.4: `… progression: 34.21 % busy: 1 ready: 0`.
  /\bprogression: (\d{1,3}(?:\.\d+)?) ?%/,
  // qemu-img convert -p: `    (34.21/100%)`.
  /\((\d{1,3}(?:\.\d+)?)\/100%\)/,
  // Download, by wget: `   32768K ........ ........ 34%  112M 3s`.
  /^\s*\d+[KMG]?[ .]+ (\d{1,3})%/,
];

const UNITS = { B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 };

// Migration of memory: `migration active, transferred 1.1 GiB of 4.0 GiB VM-state, 112.4 MiB/s`.
const MEMORY = /\btransferred ([\d.]+) ([KMGT]?i?B) of ([\d.]+) ([KMGT]?i?B) VM-state/;

/** How far the work is, in percent, by the newest of these log lines that tells it. */
export function percentOf(lines: readonly string[]): number | undefined {
  for (const line of lines.toReversed()) {
    const percent =
      PERCENT.map((pattern) => pattern.exec(line)?.[1]).find((found) => found !== undefined) ?? memory(line);
    if (percent !== undefined && Number(percent) <= 100) return Number(percent);
  }
  return undefined;
}

/** Memory that changes meanwhile is sent again, so that more than all of it may be transferred. */
function memory(line: string): number | undefined {
  const [, done, doneUnit, all, allUnit] = MEMORY.exec(line) ?? [];
  const bytes = (count: string | undefined, unit: string | undefined) =>
    Number(count) * (UNITS[unit as keyof typeof UNITS] ?? Number.NaN);
  const share = (100 * bytes(done, doneUnit)) / bytes(all, allUnit);
  return Number.isFinite(share) ? Math.min(99, Math.round(share * 100) / 100) : undefined;
}
