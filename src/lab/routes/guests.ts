import { die, type Refusal } from "../refusal.ts";
import type { LabGuest } from "../state/types.ts";
import { type Call, int, text } from "./route.ts";

/** The guest that the path names; complains when it is not there. */
export function theGuest(call: Call, type: "qemu" | "lxc"): LabGuest {
  return call.state.guest(text(call, "node") ?? "", type, int(call, "vmid") ?? 0);
}

/** The complaint of those who ask whether a VM runs that is not there. */
export function noConfiguration(node: string, vmid: number): Refusal {
  return die(`unable to find configuration file for VM ${vmid} on node '${node}'`);
}

/** The VM that the path names, for those who first ask whether it runs. */
export function theVm(call: Call): LabGuest {
  const [node, vmid] = [text(call, "node") ?? "", int(call, "vmid") ?? 0];
  const guest = call.state.guests.get(vmid);
  if (guest?.type !== "qemu" || guest.node !== node) throw noConfiguration(node, vmid);
  return guest;
}

/** A worker's complaint about a guest that its path names and that is not there; nothing for one that is. */
export function absence(call: Call, type: "qemu" | "lxc"): Error | undefined {
  try {
    theGuest(call, type);
    return undefined;
  } catch (error) {
    return error as Error;
  }
}
