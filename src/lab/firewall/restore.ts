import { type Call, may } from "../routes/route.ts";
import type { LabVolume } from "../state/types.ts";

/** Gives a guest the firewall that its backup holds, if the caller may set it; else it keeps what it has (pve-facts 95). */
export function restoreFirewall(call: Call, vmid: number, backup: LabVolume | undefined): void {
  const saved = backup?.saved?.firewall;
  if (saved && may(call, `/vms/${vmid}`, "VM.Config.Network")) call.state.firewall.guests.set(vmid, saved.copy());
}
