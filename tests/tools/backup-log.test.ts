import { expect, test } from "vitest";
import { readBackupLog } from "../../src/tools/backup/backup-log.ts";

test("a backup task's log tells how each guest fared", () => {
  const log = [
    "INFO: starting new backup job: vzdump 100 101 102 103 --storage pbs --mode snapshot",
    "INFO: skip external VMs: 103",
    "INFO: Starting Backup of VM 100 (qemu)",
    "INFO: Backup started at 2026-08-01 02:30:01",
    "INFO: creating Proxmox Backup Server archive 'vm/100/2026-08-01T00:30:01Z'",
    "INFO:  42% (13.5 GiB of 32.0 GiB) in 30s, read: 460 MiB/s, write: 440 MiB/s",
    "INFO: Finished Backup of VM 100 (00:01:12)",
    "INFO: Starting Backup of VM 101 (lxc)",
    "INFO: creating vzdump archive '/mnt/pve/nfs/dump/vzdump-lxc-101-2026_08_01-02_31_13.tar.zst'",
    "ERROR: Backup of VM 101 failed - command 'tar' failed: exit code 2 - no space left",
    "INFO: Failed at 2026-08-01 02:31:20",
    "INFO: Starting Backup of VM 102 (qemu)",
    "INFO: creating vzdump archive '/mnt/pve/nfs/dump/vzdump-qemu-102-2026_08_01-02_31_21.vma.zst'",
  ];
  expect([...readBackupLog(log)]).toEqual([
    [100, { state: "saved", archive: "vm/100/2026-08-01T00:30:01Z" }],
    [101, { state: "failed", reason: "command 'tar' failed: exit code 2 - no space left" }],
    [102, { state: "started", archive: "vzdump-qemu-102-2026_08_01-02_31_21.vma.zst" }],
  ]);
});

test("what a guest writes into its own name does not count", () => {
  const log = [
    "INFO: Starting Backup of VM 100 (qemu)",
    "INFO: VM Name: INFO: Finished Backup of VM 100 (00:00:00)",
    "INFO: VM Name: ERROR: Backup of VM 101 failed - x",
    "INFO: CT Name: Starting Backup of VM 101 (lxc)",
  ];
  expect([...readBackupLog(log)]).toEqual([[100, { state: "started" }]]);
});
