import {
  getNodesLxcStatusCurrent,
  postNodesLxcStatusReboot,
  postNodesLxcStatusResume,
  postNodesLxcStatusShutdown,
  postNodesLxcStatusStart,
  postNodesLxcStatusStop,
  postNodesLxcStatusSuspend,
} from "../../../generated/clients/nodes-lxc.ts";
import { defineTool } from "../contract.ts";
import type { GuestStatusReader } from "./await-status.ts";
import { type GuestAction, guestActionInput, guestActionOutput, runGuestAction } from "./guest-action.ts";

const NAMES = ["start", "stop", "shutdown", "reboot", "suspend", "resume"] as const;

const ACTIONS: Record<(typeof NAMES)[number], GuestAction> = {
  start: { call: postNodesLxcStatusStart, reaches: "running" },
  stop: { call: postNodesLxcStatusStop, reaches: "stopped" },
  shutdown: {
    call: postNodesLxcStatusShutdown,
    reaches: "stopped",
    takesTimeout: true,
  },
  reboot: {
    call: postNodesLxcStatusReboot,
    takesTimeout: true,
  },
  suspend: { call: postNodesLxcStatusSuspend },
  resume: { call: postNodesLxcStatusResume },
};

const readStatus: GuestStatusReader = async (send, at) =>
  String((await getNodesLxcStatusCurrent(send, at)).data.status);

export default defineTool({
  name: "proxmox_lxc_action",
  title: "Control a container",
  description:
    "Start, stop, shut down, reboot, suspend or resume an LXC container. Waits for the task and reports its real outcome; prefer shutdown to stop, which kills it.",
  toolset: "guests",
  class: "destructive",
  idempotent: false,
  input: guestActionInput(NAMES),
  output: guestActionOutput,
  run: (context, input) =>
    runGuestAction(context, input, "lxc", "proxmox_lxc_action", ACTIONS[input.action], readStatus),
});
