import type { ClusterState } from "../state/cluster.ts";
import type { LabGuest } from "../state/types.ts";
import { pathOf } from "../state/volume.ts";
import { describe, isFileStorage } from "./volumes.ts";

/**
 * Whether the host of a VM has no virtualization, so that VMs run without KVM, in a QEMU that answers fewer of the
 * status queries and that locks its images.
 */
export function isEmulated(state: ClusterState, guest: LabGuest): boolean {
  return !state.hosts.of(guest.node).profile.cpu.hvm;
}

/** The complaint about an image that a VM holds locked, with the line that goes before it in a task's log. */
export function lockedImage(
  state: ClusterState,
  guest: LabGuest,
  volid: string,
): { line: string; complaint: string } | undefined {
  if (!guest.running || !state.volumes.has(volid) || !isEmulated(state, guest)) return undefined;
  const { storage, format } = describe(state, volid);
  if (!isFileStorage(storage)) return undefined;
  const path = pathOf(state, volid);
  return {
    line: `command '/usr/bin/qemu-img info '--output=json' ${path} -f ${format}' failed: exit code 1`,
    complaint: `qemu-img.debian: Could not open '${path}': Failed to get shared "write" lock Is another process using the image [${path}]?`,
  };
}
