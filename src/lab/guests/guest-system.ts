import type { LabGuest } from "../state/types.ts";

/** Whether Windows runs in a VM, by the type that its configuration states. */
export function isWindows(guest: LabGuest): boolean {
  return /^w/.test(String(guest.config.ostype ?? ""));
}
