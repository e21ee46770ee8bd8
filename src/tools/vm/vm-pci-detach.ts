import * as z from "zod";
import { cluster, guest } from "../arguments.ts";
import { changeArguments } from "../change.ts";
import { defineTool } from "../contract.ts";
import { ArgumentError } from "../errors.ts";
import { findGuest } from "../guests/resolve.ts";
import { changeConfig, configOutput } from "./change-config.ts";
import { type CurrentConfig, editConfig } from "./config-edit.ts";
import { hostDevices, overSsh, RawDeviceError, rootWay } from "./host-devices.ts";

export default defineTool({
  name: "proxmox_vm_pci_detach",
  title: "Detach a PCI device",
  description:
    "Take a passed-through PCI device away from a virtual machine. A running one keeps it until its next start.",
  toolset: "guests",
  class: "mutate",
  idempotent: true,
  input: z.strictObject({
    cluster,
    vmid: guest,
    device: z.string().describe("hostpciN or mapping"),
    overSsh,
    ...changeArguments,
  }),
  output: configOutput,
  async run(context, { cluster: name, vmid, device, overSsh, ...input }) {
    const found = await findGuest(
      context,
      { ...(name === undefined ? {} : { cluster: name }), vmid },
      "qemu",
      "proxmox_vm_pci_detach",
    );
    return changeConfig(
      context,
      found,
      (current, at) => {
        const key = slotOf(device, current);
        const isRaw = hostDevices(current).get(key)?.host !== undefined;
        if (isRaw && !overSsh) {
          const way = rootWay(context, found.cluster, `qm set ${at.vmid} --delete ${key}`);
          throw new RawDeviceError(key, way);
        }
        const edit = editConfig(current, { config: {}, delete: [key], replaceDisks: false });
        return isRaw ? { ...edit, asRoot: true } : edit;
      },
      input,
    );
  },
});

/** The option of a device: by its own name, whether it is set or not, or by the mapping that only one device has. */
function slotOf(device: string, current: CurrentConfig): string {
  if (/^hostpci(?:\d|1[0-5])$/.test(device)) return device;
  const devices = hostDevices(current);
  const keys = [...devices].filter(([, { mapping }]) => mapping === device).map(([key]) => key);
  if (keys.length === 1) return keys[0]!;
  const list = [...devices].map(([key, { mapping, host }]) => `${key} (${mapping ?? host ?? "?"})`);
  throw new ArgumentError(
    "device",
    keys.length > 1
      ? `${JSON.stringify(device)} is attached more than once`
      : `${JSON.stringify(device)} is not attached`,
    keys.length > 1 ? `Name one of: ${keys.join(", ")}.` : `Attached: ${list.join(", ") || "none"}.`,
  );
}
