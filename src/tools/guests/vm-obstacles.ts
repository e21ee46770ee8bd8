import { isOn } from "../flag.ts";
import { listed, type Obstacle } from "./errors.ts";

type Row = Readonly<Record<string, unknown>>;

/** What a decision over a VM's life depends on. */
export interface VmState {
  status: Row;
  config: Row;
  /** Names, the pseudo entry `current` left out (pve-facts 93). */
  snapshots: string[];
}

/** Whether HA looks after a VM. */
export function isHaManaged(status: Row): boolean {
  return isOn((status.ha as Row | undefined)?.managed);
}

/** It runs, or is paused, which is running too. */
export function running(status: Row): Obstacle[] {
  if (status.status !== "running") return [];
  return [{ reason: "running", is: "is running", wayOut: "Shut it down first (proxmox_vm_action shutdown)." }];
}

/** A task holds its configuration, or has left the lock behind (pve-facts 56). */
export function locked({ status, config }: VmState): Obstacle[] {
  const lock = config.lock ?? status.lock;
  if (!lock) return [];
  return [
    {
      reason: "locked",
      is: `is locked (${lock})`,
      wayOut:
        "Wait for the task that holds the lock (proxmox_task_list with vmid); one without a running task is for a person to judge (qm unlock on the node).",
    },
  ];
}

/** It has snapshots. */
export function snapshots({ snapshots: names }: VmState, at: { node: string; vmid: number }): Obstacle[] {
  if (names.length === 0) return [];
  return [
    {
      reason: "snapshots",
      is: `has snapshots (${listed(names)})`,
      wayOut: `Delete them first (proxmox_api_call DELETE /nodes/${at.node}/qemu/${at.vmid}/snapshot/NAME), or make a full clone and convert that.`,
    },
  ];
}

/** It is protected from being removed. */
export function protection({ config }: VmState): Obstacle[] {
  if (!isOn(config.protection)) return [];
  return [
    {
      reason: "protected",
      is: "is protected",
      wayOut: "Somebody meant it to stay; proxmox_vm_update_config with protection off lifts that.",
    },
  ];
}
