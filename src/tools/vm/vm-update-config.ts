import * as z from "zod";
import { cluster, guest } from "../arguments.ts";
import { changeArguments } from "../change.ts";
import { defineTool } from "../contract.ts";
import { ArgumentError } from "../errors.ts";
import { findGuest } from "../guests/resolve.ts";
import { changeConfig, configOutput } from "./change-config.ts";
import { cloudInitNotes } from "./cloud-init.ts";
import { editConfig } from "./config-edit.ts";

export default defineTool({
  name: "proxmox_vm_update_config",
  title: "Change a virtual machine's configuration",
  description:
    "Change a virtual machine's configuration: CPU, memory, disks, network, cloud-init and every other option. Tells what changed and what waits for a restart.",
  toolset: "guests",
  class: "destructive",
  idempotent: true,
  input: z.strictObject({
    cluster,
    vmid: guest,
    config: z
      .record(z.string(), z.unknown())
      .default({})
      .describe(
        'Options by their API names, e.g. {"memory": 4096, "net0": {"tag": 20}}: objects are merged into what is set (null unsets a key), texts replace it',
      ),
    delete: z
      .array(z.string())
      .default([])
      .describe("Options to unset; a disk is detached to unusedN, an unusedN is destroyed"),
    replaceDisks: z.boolean().default(false).describe("Let config put another disk into an occupied slot"),
    ...changeArguments,
  }),
  output: configOutput,
  async run(context, { cluster: name, vmid, config, delete: unset, replaceDisks, ...input }) {
    if (Object.keys(config).length + unset.length === 0)
      throw new ArgumentError("config", "is empty, and so is delete", "Say what is to change.");
    const found = await findGuest(
      context,
      { ...(name === undefined ? {} : { cluster: name }), vmid },
      "qemu",
      "proxmox_vm_update_config",
    );
    return changeConfig(
      context,
      found,
      (current) => {
        const edit = editConfig(current, { config, delete: unset, replaceDisks });
        return { ...edit, warnings: [...edit.warnings, ...cloudInitNotes(current, edit)] };
      },
      input,
    );
  },
});
