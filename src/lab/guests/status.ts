import type { Call } from "../routes/route.ts";
import type { ClusterState } from "../state/cluster.ts";
import { guestLoad, guestName, haltsWriters } from "../state/report.ts";
import type { LabGuest } from "../state/types.ts";
import { bootDiskSize, drivesOf, isCdrom } from "./drives.ts";
import { isEmulated } from "./emulation.ts";

const PRESSURES = ["cpufull", "cpusome", "iofull", "iosome", "memoryfull", "memorysome"];

/** Whether the configuration switches the agent on: `1`, `enabled=1,…` (pve-facts 71). */
export function agentConfigured(guest: LabGuest): boolean {
  return /^(?:enabled=)?(?:1|on|yes|true)(?:,|$)/i.test(String(guest.config.agent ?? ""));
}

/** QEMU halts a VM whose write fails, as on a full storage. */
export function isHalted(state: ClusterState, guest: LabGuest): boolean {
  return drivesOf(guest.config).some(([, drive]) => {
    const storage = isCdrom(drive) ? undefined : state.storages.get((drive.get("file") ?? "").split(":")[0]!);
    return storage !== undefined && haltsWriters(storage, guest.node);
  });
}

/** A VM's row of the node's list; `full` asks the running process as well. */
export function listRow(state: ClusterState, guest: LabGuest, full: boolean): Record<string, unknown> {
  const load = guestLoad(guest);
  const { tags, lock, template } = guest.config;
  const row: Record<string, unknown> = {
    vmid: guest.vmid,
    name: guestName(guest),
    status: guest.running ? "running" : "stopped",
    cpus: guest.maxcpu,
    cpu: load.cpu,
    mem: load.mem,
    memhost: load.memhost,
    maxmem: guest.maxmem,
    disk: load.disk,
    maxdisk: bootDiskSize(guest.config) || guest.maxdisk,
    netin: load.netin,
    netout: load.netout,
    uptime: load.uptime,
  };
  if (tags !== undefined) row.tags = tags;
  if (lock !== undefined) row.lock = lock;
  if (template === 1) row.template = 1;
  if (Object.entries(guest.config).some(([key, value]) => /^serial\d+$/.test(key) && value === "socket"))
    row.serial = 1;
  if (guest.running) {
    row.pid = guest.pid;
    for (const name of PRESSURES) row[`pressure${name}`] = 0;
  }
  if (full) Object.assign(row, running(state, guest, load));
  return row;
}

/** What only the process of a VM knows. */
function running(state: ClusterState, guest: LabGuest, load: ReturnType<typeof guestLoad>): Record<string, unknown> {
  if (!guest.running) return { qmpstatus: guest.config.lock === "suspended" ? "suspended" : "stopped" };
  const nets = Object.keys(guest.config).filter((key) => /^net\d+$/.test(key));
  const row: Record<string, unknown> = {
    qmpstatus: guest.paused ? "paused" : isHalted(state, guest) ? "io-error" : "running",
  };
  if (nets.length > 0)
    row.nics = Object.fromEntries(
      nets.map((key) => [`tap${guest.vmid}i${key.slice(3)}`, { netin: load.netin, netout: load.netout }]),
    );
  if (isEmulated(state, guest)) return row;
  const disks = drivesOf(guest.config).filter(([name]) => name !== "tpmstate0");
  return Object.assign(row, {
    "running-qemu": "10.1.2",
    "running-machine": String(guest.config.machine ?? "pc-i440fx-10.1+pve0"),
    diskread: load.diskread,
    diskwrite: load.diskwrite,
    balloon: guest.maxmem,
    ballooninfo: {
      actual: guest.maxmem,
      max_mem: guest.maxmem,
      total_mem: guest.maxmem,
      free_mem: guest.maxmem - load.mem,
      mem_swapped_in: 0,
      mem_swapped_out: 0,
      major_page_faults: 812,
      minor_page_faults: 1_204_331,
      last_update: Math.floor(Date.now() / 1000),
    },
    freemem: guest.maxmem - load.mem,
    blockstat: Object.fromEntries(disks.map(([name, drive]) => [name, blockStatistics(isCdrom(drive), load)])),
    "proxmox-support": {
      "backup-fleecing": true,
      "backup-max-workers": true,
      "pbs-dirty-bitmap": true,
      "pbs-dirty-bitmap-migration": true,
      "pbs-dirty-bitmap-savevm": true,
      "pbs-library-version": "2.0.1",
      "pbs-masterkey": true,
      "query-bitmap-info": true,
    },
  });
}

function blockStatistics(cdrom: boolean, load: ReturnType<typeof guestLoad>): Record<string, unknown> {
  const share = (bytes: number): number => (cdrom ? 0 : bytes);
  return {
    rd_bytes: share(load.diskread),
    rd_operations: share(Math.floor(load.diskread / 16_384)),
    wr_bytes: share(load.diskwrite),
    wr_operations: share(Math.floor(load.diskwrite / 8192)),
    failed_rd_operations: 0,
    failed_wr_operations: 0,
    wr_highest_offset: 0,
  };
}

/** The state of one VM. */
export function current(call: Call, guest: LabGuest): Record<string, unknown> {
  const row = listRow(call.state, guest, true);
  const ha = call.state.ha.get(call.state.sid(guest));
  row.ha = ha ? { managed: 1, state: ha.state } : { managed: 0 };
  if (agentConfigured(guest)) row.agent = 1;
  const vga = String(guest.config.vga ?? "");
  if (/qxl/.test(vga)) row.spice = 1;
  const clipboard = /clipboard=(\w+)/.exec(vga)?.[1];
  if (clipboard !== undefined) row.clipboard = clipboard;
  return row;
}
