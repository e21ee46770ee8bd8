import * as z from "zod";
import { getNodesQemuConfig, postNodesQemuTemplate } from "../../../generated/clients/nodes-qemu.ts";
import type { Send } from "../../schema/operation.ts";
import { cluster, guest } from "../arguments.ts";
import { change, changeArguments, changeOutput } from "../change.ts";
import { defineTool } from "../contract.ts";
import { isOn } from "../flag.ts";
import { reasonOf } from "../gather.ts";
import { ObstacleError } from "./errors.ts";
import { atGuest, findGuest } from "./resolve.ts";
import { isHaManaged, locked, running, snapshots } from "./vm-obstacles.ts";
import { readVmState } from "./vm-state.ts";

export default defineTool({
  name: "proxmox_vm_convert_to_template",
  title: "Convert a virtual machine to a template",
  description:
    "Turn a stopped virtual machine without snapshots into a template, for good: it can be cloned, and never be started again.",
  toolset: "guests",
  class: "destructive",
  idempotent: true,
  input: z.strictObject({ cluster, vmid: guest, ...changeArguments }),
  output: z.object({
    cluster: z.string(),
    vmid: z.int(),
    name: z.string().optional(),
    node: z.string(),
    template: z.boolean().optional().describe("Whether it is one now, once that was seen"),
    ...changeOutput,
  }),
  async run(context, input) {
    const found = await findGuest(context, input, "qemu", "proxmox_vm_convert_to_template");
    const { cluster: on, guest: row } = found;
    const { head, result } = await atGuest(context, found, async (at) => {
      const state = await readVmState(on.send, at);
      const name = (state.config.name as string | undefined) ?? row.name;
      const head = { cluster: on.name, vmid: at.vmid, ...(name === undefined ? {} : { name }), node: at.node };
      if (isOn(state.config.template)) return { head };
      const obstacles = [...running(state.status), ...locked(state), ...snapshots(state, at)];
      if (obstacles.length > 0) throw new ObstacleError(at.vmid, name, "made a template", obstacles);
      const warnings = ["This cannot be undone; a full clone of the template is the way back to a VM."];
      if (isHaManaged(state.status)) warnings.push("HA manages it, and may try to start it: take it out of HA first.");
      const request = (send: Send) => postNodesQemuTemplate(send, at);
      return { head, result: await change(context, on, request, input, { warnings }) };
    });
    if (!result) {
      return { data: { ...head, template: true, warnings: ["It is a template already; nothing was sent."] } };
    }
    on.cluster.resources.invalidate();
    const { data, failed, done } = result;
    return {
      data: { ...head, ...data, ...(done ? await look(on.send, head) : {}) },
      ...(failed ? { failed } : {}),
    };
  },
});

/** A task that ended well may still have missed its goal (pve-facts 55): one look tells. */
async function look(
  send: Send,
  at: { node: string; vmid: number },
): Promise<{ template?: boolean; warnings?: string[] }> {
  try {
    const { data } = await getNodesQemuConfig(send, { node: at.node, vmid: at.vmid });
    const template = isOn(data.template);
    return template ? { template } : { template, warnings: ["The task ended well, but the VM is no template."] };
  } catch (error) {
    return { warnings: [`The task ended well, but the VM could not be read again: ${reasonOf(error)}.`] };
  }
}
