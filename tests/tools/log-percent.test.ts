import { describe, expect, test } from "vitest";
import { percentOf } from "../../src/tools/tasks/log-percent.ts";

describe("a log line tells how far the work is", () => {
  test.each<[line: string, percent: number | undefined]>([
    ["INFO:  34% (1.1 GiB of 3.2 GiB) in 9s, read: 375.0 MiB/s, write: 371.1 MiB/s", 34],
    ["INFO: 100% (3.2 GiB of 3.2 GiB) in 12s, read: 12.0 MiB/s, write: 0 B/s", 100],
    ["INFO: status: 7% (75563008/1073741824), sparse 0% (0), duration 3, read/write 25/25 MB/s", 7],
    ["progress 34% (read 1095630848 bytes, duration 4 sec)", 34],
    ["progress 3% (read 96993280 bytes, zeroes = 60% (58720256 bytes), duration 0 sec)", 3],
    ["transferred 1.4 GiB of 4.0 GiB (34.21%)", 34.21],
    ["drive-scsi0: transferred 768.0 MiB of 32.0 GiB (2.34%) in 3s", 2.34],
    ["mirror-scsi0: transferred 0.0 B of 32.0 GiB (0.00%) in 0s", 0],
    [
      "drive-scsi0: transferred: 1048576 bytes remaining: 2097152 bytes total: 3145728 bytes progression: 33.33 % busy: 1 ready: 0 ",
      33.33,
    ],
    ["    (34.21/100%)", 34.21],
    ["2026-11-27 04:00:00 migration active, transferred 1.0 GiB of 4.0 GiB VM-state, 112.4 MiB/s", 25],
    ["migration active, transferred 512.0 MiB of 4.0 GiB VM-state, 112.4 MiB/s", 12.5],
    ["migration active, transferred 5.0 GiB of 4.0 GiB VM-state, 112.4 MiB/s", 99],
    ["    32768K ........ ........ ........ ........  5%  112M 19s", 5],
    ["  1015808K ........ ........ ........ ........ 99% 95.1M 0s", 99],
    ["INFO: backup is sparse: 1.25 GiB (39%) total zero data", undefined],
    ["INFO: backup was done incrementally, reused 31.93 GiB (99%)", undefined],
    ["INFO: transferred 3.20 GiB in 12 seconds (273.1 MiB/s)", undefined],
    ["INFO: bandwidth limit 50% of the rest", undefined],
    ["create full clone of drive scsi0 (local-lvm:vm-100-disk-0)", undefined],
    ["migration active, transferred 1.0 GiB of 0.0 B VM-state, 112.4 MiB/s", undefined],
    ["INFO: 134% (of something)", undefined],
    ["TASK OK", undefined],
  ])("%s", (line, percent) => {
    expect(percentOf([line])).toBe(percent);
  });

  test("the newest one that does counts", () => {
    expect(
      percentOf(["transferred 1.0 GiB of 4.0 GiB (25.00%)", "transferred 2.0 GiB of 4.0 GiB (50.00%)", "note"]),
    ).toBe(50);
    expect(percentOf([])).toBeUndefined();
  });
});
