import type { LabGuest } from "./types.ts";

function place(guest: LabGuest): number {
  const order = /(?:^|,)(?:order=)?(\d+)/.exec(String(guest.config.startup ?? ""))?.[1];
  return order === undefined ? Number.MAX_SAFE_INTEGER : Number(order);
}

/** The order in which guests start: by what they say of it, then by number; they stop the other way round. */
export function startupOrder(one: LabGuest, other: LabGuest): number {
  return place(one) - place(other) || one.vmid - other.vmid;
}
