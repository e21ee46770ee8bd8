import * as z from "zod";
import type { PostNodesQemuParams } from "../../../generated/types/nodes-qemu.ts";
import { cluster, type Listed, node } from "../arguments.ts";
import { changeArguments, changeOutput } from "../change.ts";
import { defineTool, type ToolAnswer } from "../contract.ts";
import { isOn } from "../flag.ts";
import { newVmid, withNewVmid } from "../guests/new-vmid.ts";
import { resolveNode } from "../inventory/resolve-node.ts";
import { storagePlaces } from "../storage/places.ts";
import { off, options } from "./arguments.ts";
import { createVm } from "./create-vm.ts";
import { newVmParams } from "./new-vm.ts";
import { bridgeFor, cpuFor, diskStorage } from "./new-vm-place.ts";
import { startOutcome } from "./start-outcome.ts";

const output = z.object({
  cluster: z.string(),
  vmid: z.int(),
  name: z.string().optional(),
  node: z.string(),
  status: z.string().optional().describe("Seen after a start"),
  ...changeOutput,
});

export default defineTool({
  name: "proxmox_vm_create",
  title: "Create a virtual machine",
  description:
    "Create a virtual machine: empty, with an installer ISO, or of a cloud image with cloud-init. Picks a free VMID and verifies the start.",
  toolset: "guests",
  class: "mutate",
  idempotent: false,
  input: z.strictObject({
    cluster,
    node: node.optional(),
    vmid: newVmid,
    name: z.string().optional(),
    cores: z.int().optional(),
    memory: z.int().optional().describe("MiB"),
    disk: z
      .number()
      .positive()
      .optional()
      .meta({ listed: { type: "number", description: "GiB" } } satisfies Listed),
    storage: z.string().optional(),
    importFrom: z.string().optional().describe("Disk image (volume id), grown to disk"),
    iso: z.string().optional().describe("Volume id"),
    bridge: z.string().optional().describe("Or none"),
    vlan: z.int().optional(),
    ostype: z.string().optional(),
    ciuser: z.string().optional(),
    sshkeys: z.array(z.string()).optional(),
    ipconfig0: z.string().optional().describe("e.g. ip=dhcp"),
    tags: z.array(z.string()).optional(),
    pool: z.string().optional(),
    start: off(),
    config: options("Any other option by its API name"),
    ...changeArguments,
  }),
  output,
  async run(
    context,
    { cluster: name, node: wanted, vmid: asked, storage, ...input },
  ): Promise<ToolAnswer<z.input<typeof output>>> {
    const { cluster: one, node } = await resolveNode(context, {
      ...(name === undefined ? {} : { cluster: name }),
      ...(wanted === undefined ? {} : { node: wanted }),
    });
    const snapshot = await one.cluster.resources.get(one.caller, { signal: context.signal });
    const places = storagePlaces(snapshot);
    const { params, slot, warnings } = await newVmParams(input, {
      storage: () => diskStorage(one, places, node, storage).storage,
      bridge: () => bridgeFor(one, node, input.bridge),
      cpu: () => cpuFor(one, node),
    });
    const namesakes = snapshot.guestsByName.get(String(params.name ?? "")) ?? [];
    if (namesakes.length > 0)
      warnings.push(`${params.name} is also the name of ${namesakes.map(({ vmid }) => vmid).join(", ")}.`);
    const grown = input.importFrom !== undefined && input.disk !== undefined && slot !== undefined;
    const began = Date.now();
    const { at, change } = await withNewVmid(
      context,
      one,
      asked,
      async (vmid) => ({
        at: { node, vmid },
        change: await createVm(context, one, { ...params, node, vmid } as PostNodesQemuParams, {
          ...input,
          warnings,
          ...(grown ? { grow: { disk: slot, size: `${input.disk}G` } } : {}),
        }),
      }),
      ({ change: { data } }) => data.job?.exitstatus,
    );
    const head = {
      cluster: one.name,
      vmid: at.vmid,
      ...(params.name === undefined ? {} : { name: String(params.name) }),
      node,
    };
    const { data, failed, done, created } = change;
    if (!done || !isOn(params.start)) return { data: { ...head, ...data }, ...(failed ? { failed } : {}) };
    const left = Math.max(0, input.waitSeconds * 1000 - (Date.now() - began));
    const start = await startOutcome(context, one, at, created, left);
    const all = [...(data.warnings ?? []), ...(start.warning === undefined ? [] : [start.warning])];
    return {
      data: {
        ...head,
        ...(start.status === undefined ? {} : { status: start.status }),
        ...data,
        ...(start.job ? { job: start.job } : {}),
        ...(all.length > 0 ? { warnings: all } : {}),
      },
      ...(start.failed ? { failed: start.failed } : {}),
    };
  },
});
