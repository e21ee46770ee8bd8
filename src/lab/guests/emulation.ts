import type { LabGuest } from "../state/types.ts";

/**
 * Whether a VM runs without KVM. Such a one answers fewer of the status queries, and it locks its disk images, so that
 * nothing else can read them while it runs.
 */
export function isEmulated(guest: LabGuest): boolean {
  return guest.config.kvm === 0;
}
