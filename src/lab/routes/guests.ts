import type { LabGuest } from "../state/types.ts";
import { type Call, int, text } from "./route.ts";

/** The guest that the path names; complains when it is not there. */
export function theGuest(call: Call, type: "qemu" | "lxc"): LabGuest {
  return call.state.guest(text(call, "node") ?? "", type, int(call, "vmid") ?? 0);
}
