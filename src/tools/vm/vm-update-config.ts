import * as z from "zod";
import { cluster, guest } from "../arguments.ts";
import { changeArguments } from "../change.ts";
import { defineTool } from "../contract.ts";
import { ArgumentError } from "../errors.ts";
import { findGuest } from "../guests/resolve.ts";
import { off, optionNames, options } from "./arguments.ts";
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
    config: options(
      'By API names, e.g. {"memory": 4096, "net0": {"tag": 20}}: objects merge into what is set (null unsets), texts replace it',
    ),
    delete: optionNames("Detaches a disk to unusedN, destroys an unusedN"),
    replaceDisks: off("Another disk may take an occupied slot"),
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
