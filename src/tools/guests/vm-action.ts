import {
  getNodesQemuStatusCurrent,
  postNodesQemuStatusReboot,
  postNodesQemuStatusReset,
  postNodesQemuStatusResume,
  postNodesQemuStatusShutdown,
  postNodesQemuStatusStart,
  postNodesQemuStatusStop,
  postNodesQemuStatusSuspend,
} from "../../../generated/clients/nodes-qemu.ts";
import { defineTool } from "../contract.ts";
import type { GuestStatusReader } from "./await-status.ts";
import { type GuestAction, guestActionInput, guestActionOutput, runGuestAction } from "./guest-action.ts";

const NAMES = ["start", "stop", "shutdown", "reboot", "reset", "suspend", "resume"] as const;

const ACTIONS: Record<(typeof NAMES)[number], GuestAction> = {
  start: {
    call: postNodesQemuStatusStart,
    reaches: "running",
  },
  stop: { call: postNodesQemuStatusStop, reaches: "stopped" },
  shutdown: {
    call: postNodesQemuStatusShutdown,
    reaches: "stopped",
    takesTimeout: true,
  },
  reboot: {
    call: postNodesQemuStatusReboot,
    takesTimeout: true,
  },
  reset: { call: postNodesQemuStatusReset },
  suspend: { call: postNodesQemuStatusSuspend },
  resume: { call: postNodesQemuStatusResume },
};

const readStatus: GuestStatusReader = async (send, at) =>
  String((await getNodesQemuStatusCurrent(send, at)).data.status);

export default defineTool({
  name: "proxmox_vm_action",
  title: "Control a virtual machine",
  description:
    "Start, stop, shut down, reboot, reset, suspend or resume a virtual machine (VM), and report the real outcome. Prefer shutdown to stop, which cuts the power.",
  toolset: "guests",
  class: "destructive",
  idempotent: false,
  input: guestActionInput(NAMES),
  output: guestActionOutput,
  run: (context, input) =>
    runGuestAction(context, input, "qemu", "proxmox_vm_action", ACTIONS[input.action], readStatus),
});
