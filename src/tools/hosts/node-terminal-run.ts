import * as z from "zod";
import { cluster, dryRun, node } from "../arguments.ts";
import { processOutput } from "../agent/process-streams.ts";
import { changeOutput } from "../change.ts";
import { defineTool } from "../contract.ts";
import { resolveNode } from "../inventory/resolve-node.ts";
import { runOnHost } from "./host-shell.ts";

const output = z.object({
  cluster: z.string(),
  node: z.string(),
  way: z.enum(["ssh", "console"]),
  ...processOutput,
  plan: changeOutput.plan,
});

export default defineTool({
  name: "proxmox_node_terminal_run",
  title: "Run a command on a node",
  description:
    "Run one stateless shell command on a Proxmox node, by SSH or the node's console (terminal): exit code, stdout, stderr.",
  toolset: "hosts",
  class: "escape",
  idempotent: false,
  input: z.strictObject({
    cluster,
    node: node.optional(),
    command: z.string().min(1),
    stdin: z.string().optional(),
    timeoutSeconds: z
      .int()
      .min(1)
      .max(600)
      .default(30)
      .meta({ listed: { type: "integer" } }),
    dryRun,
  }),
  output,
  async run(context, input) {
    const { cluster: name, node: place } = input;
    const on = name === undefined ? {} : { cluster: name };
    const at = await resolveNode(context, { ...on, ...(place === undefined ? {} : { node: place }) });
    return runOnHost(context, { kind: "node", ...at }, input, "terminal");
  },
});
