import type { LabTask, Outcome } from "../tasks.ts";
import type { ClusterState } from "./cluster.ts";
import type { LabGuest } from "./types.ts";

/** Complains about a lock that a worker finds (pve-facts 56). */
export function checkLock(guest: LabGuest): void {
  const { lock } = guest.config;
  if (lock !== undefined) throw new Error(`${guest.type === "qemu" ? "VM" : "CT"} is locked (${lock})`);
}

/** Volumes that a start needs: disks, and images in drives. A cloud-init drive is made anew when it is not there. */
function neededVolumes(guest: LabGuest): string[] {
  return Object.entries(guest.config)
    .filter(([key]) => /^(?:(?:ide|sata|scsi|virtio|mp)\d+|efidisk0|tpmstate0|rootfs)$/.test(key))
    .map(([, value]) => String(value).split(",")[0] ?? "")
    .filter((volid) => volid !== "none" && volid !== "cdrom" && !volid.startsWith("/"))
    .filter((volid) => !/[:/](?:vm-\d+-)?cloudinit(?:\.\w+)?$/.test(volid));
}

/**
 * Starts a VM, or throws why it cannot; `task` takes the lines of its log. `launch` is what QEMU itself finds wrong, once
 * the volumes are there.
 */
export function startVm(state: ClusterState, guest: LabGuest, task: LabTask, launch?: () => void): Outcome | undefined {
  if (guest.config.template === 1) throw new Error("you can't start a vm if it's a template");
  checkLock(guest);
  if (guest.running) throw new Error(`VM ${guest.vmid} already running`);
  return bringUp(state, guest, task, launch);
}

/** Starts a container, or throws why it cannot. */
export function startContainer(state: ClusterState, guest: LabGuest, task: LabTask): Outcome | undefined {
  if (guest.config.template === 1) throw new Error("you can't start a CT if it's a template");
  checkLock(guest);
  if (guest.running) throw new Error(`CT ${guest.vmid} already running`);
  return bringUp(state, guest, task);
}

function bringUp(
  state: ClusterState,
  guest: LabGuest,
  task: LabTask,
  launch: () => void = () => {},
): Outcome | undefined {
  for (const volid of neededVolumes(guest)) {
    const storage = state.storages.get(volid.split(":")[0] ?? "");
    if (!storage) throw new Error(`storage '${volid.split(":")[0]}' does not exist`);
    if (storage.inactiveOn.has(guest.node)) throw new Error(`storage '${storage.storage}' is not online`);
    if (!state.hasVolume(volid, guest.node)) throw new Error(`volume '${volid}' does not exist`);
  }
  launch();
  state.powerOn(guest);
  const warnings = guest.traits.startWarnings ?? [];
  for (const warning of warnings) task.log.push(`WARN: ${warning}`);
  return warnings.length === 0 ? undefined : { kind: "warnings", count: warnings.length };
}

/** Shuts a guest down, or throws why it does not go; `force` asks no more. */
export function shutDown(state: ClusterState, guest: LabGuest, force: boolean): undefined {
  checkLock(guest);
  if (!guest.running) return;
  if (guest.traits.ignoresShutdown && !force)
    throw new Error(
      guest.type === "qemu"
        ? "VM quit/powerdown failed - got timeout"
        : `command 'lxc-stop -n ${guest.vmid} --timeout 60 --nokill' failed: exit code 1`,
    );
  state.powerOff(guest);
}
