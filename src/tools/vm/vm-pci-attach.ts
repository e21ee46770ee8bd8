import * as z from "zod";
import { cluster, guest, type Listed } from "../arguments.ts";
import { changeArguments } from "../change.ts";
import { defineTool } from "../contract.ts";
import { findGuest } from "../guests/resolve.ts";
import { changeConfig, configOutput } from "./change-config.ts";
import { editConfig } from "./config-edit.ts";
import { readPending } from "./config-state.ts";
import { freeSlot, overSsh } from "./host-devices.ts";
import { checkDevice } from "./pci-device.ts";
import { checkRawDevice } from "./raw-pci-device.ts";

export default defineTool({
  name: "proxmox_vm_pci_attach",
  title: "Attach a PCI device",
  description:
    "Pass a PCI device of the host, such as a GPU, through to a virtual machine by a resource mapping. A running one gets it with its next start.",
  toolset: "guests",
  class: "mutate",
  idempotent: false,
  input: z.strictObject({
    cluster,
    vmid: guest,
    device: z
      .record(z.string(), z.unknown())
      .meta({ listed: { type: "object", description: 'e.g. {"mapping": "gpu", "pcie": true}' } } satisfies Listed),
    index: z
      .int()
      .min(0)
      .max(15)
      .optional()
      .meta({ listed: { type: "integer" } } satisfies Listed),
    overSsh,
    ...changeArguments,
  }),
  output: configOutput,
  async run(context, { cluster: name, vmid, device, index, overSsh, ...input }) {
    const found = await findGuest(
      context,
      { ...(name === undefined ? {} : { cluster: name }), vmid },
      "qemu",
      "proxmox_vm_pci_attach",
    );
    const one = found.cluster;
    return changeConfig(
      context,
      found,
      async (current, at) => {
        const isRaw = device.host !== undefined;
        const notes = isRaw
          ? await checkRawDevice(context, one, at, device, current, overSsh)
          : await checkDevice(one, at, device, current);
        // A device that leaves with the next start is there until then.
        const { pending } = await readPending(one.send, at);
        const inForce = new Set(pending.filter(({ from }) => from !== undefined).map(({ key }) => key));
        const config = { [freeSlot(index, current, inForce)]: device };
        const edit = editConfig(current, { config, delete: [], replaceDisks: false });
        const warnings = [...edit.warnings, ...notes];
        return { ...edit, warnings, ...(isRaw ? { asRoot: true } : {}) };
      },
      input,
    );
  },
});
