import * as z from "zod";
import { cluster, guest } from "../arguments.ts";
import { defineTool } from "../contract.ts";
import { ArgumentError } from "../errors.ts";
import { findGuest } from "../guests/resolve.ts";
import { commandArguments, commandOutput, runInGuest } from "./run-in-guest.ts";

export default defineTool({
  name: "proxmox_vm_guest_exec",
  title: "Run a command in a VM",
  description:
    "Run a command inside a virtual machine by its guest agent: exit code, stdout, stderr. Any code but 0 is an error.",
  toolset: "guests",
  class: "escape",
  idempotent: false,
  input: z.strictObject({
    cluster,
    vmid: guest,
    command: z.array(z.string()).min(1).optional().describe("Program and arguments"),
    shell: z.string().min(1).optional().describe("Or a line for sh, or PowerShell on Windows"),
    ...commandArguments,
  }),
  output: commandOutput,
  async run(context, input) {
    const { command: argv, shell: line, stdin, env, timeoutSeconds } = input;
    if ((argv === undefined) === (line === undefined)) {
      throw new ArgumentError(
        "command",
        argv === undefined ? "is missing, and so is shell" : "and shell are both given",
        "Give one of them; nothing was sent.",
      );
    }
    const found = await findGuest(context, input, "qemu", "proxmox_vm_guest_exec");
    return runInGuest(context, found, { argv, line, stdin, env, timeoutSeconds }, input);
  },
});
