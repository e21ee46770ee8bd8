import * as z from "zod";
import { commandArguments, commandOutput, runInGuest } from "../agent/run-in-guest.ts";
import { defineTool } from "../contract.ts";
import { runOnHost } from "./host-shell.ts";
import { findReachable, targetArguments, targetOutput } from "./target.ts";

export default defineTool({
  name: "proxmox_shell_run",
  title: "Run a shell line",
  description:
    "Run a line of shell inside a VM (by guest agent), or a container or node (by SSH or console): exit code, stdout, stderr.",
  toolset: "hosts",
  class: "escape",
  idempotent: false,
  input: z.strictObject({
    ...targetArguments,
    command: z.string().min(1).describe("For sh, or PowerShell on Windows"),
    ...commandArguments,
  }),
  output: z.object({ ...commandOutput.shape, ...targetOutput }),
  async run(context, input) {
    const { command: line, stdin, env, timeoutSeconds } = input;
    const found = await findReachable(context, input, "pct exec <vmid> -- sh -c '…'", { console: true });
    if (found.kind !== "vm") return runOnHost(context, found, input);
    return runInGuest(context, found.guest, { line, stdin, env, timeoutSeconds }, input);
  },
});
