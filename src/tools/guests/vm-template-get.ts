import * as z from "zod";
import { getNodesQemuConfig, getNodesQemuFeature } from "../../../generated/clients/nodes-qemu.ts";
import { cluster, guest, incomplete } from "../arguments.ts";
import { defineTool } from "../contract.ts";
import { isOn } from "../flag.ts";
import { reasonOf } from "../gather.ts";
import { isDrive } from "../vm/drive.ts";
import { CloneTargets } from "./clone-targets.ts";
import { NotATemplateError } from "./errors.ts";
import { findLinkedClones } from "./linked-clones.ts";
import { atGuest, findGuest } from "./resolve.ts";
import { disksOf } from "./vm-disks.ts";

/** Linked clones that one answer names. */
const CLONES = 100;

export default defineTool({
  name: "proxmox_vm_template_get",
  title: "Show a virtual machine template",
  description:
    "Show one VM template: configuration, disks, linked clones that depend on it, and the nodes and storages it can be cloned to.",
  toolset: "guests",
  class: "read",
  idempotent: true,
  input: z.strictObject({ cluster, vmid: guest }),
  output: z.object({
    cluster: z.string(),
    vmid: z.int(),
    name: z.string().optional(),
    node: z.string(),
    config: z.record(z.string(), z.unknown()).describe("All but the drives"),
    digest: z.string().optional(),
    disks: z.array(z.record(z.string(), z.unknown())),
    linkedClones: z.object({
      total: z.int(),
      shown: z.array(z.object({ vmid: z.int(), name: z.string().optional(), volume: z.string() })),
      note: z.string().optional(),
    }),
    cloneTo: z.object({
      nodes: z.array(z.string()).describe("Directly; for others see note"),
      storages: z
        .array(z.object({ storage: z.string(), shared: z.boolean(), free: z.number().optional() }))
        .describe("For full clones; free in bytes"),
      linked: z.boolean().optional().describe("Linked clones are possible"),
      note: z.string().optional(),
    }),
    incomplete,
  }),
  async run(context, input) {
    const found = await findGuest(context, input, "qemu", "proxmox_vm_template_get");
    const { cluster: on, guest: row } = found;
    const snapshot = await on.cluster.resources.get(on.caller, { signal: context.signal });
    return atGuest(context, found, async (at) => {
      const { data: all } = await getNodesQemuConfig(on.send, at);
      if (!isOn(all.template)) throw new NotATemplateError(at.vmid, all.name ?? row.name);
      const disks = disksOf(all);
      const missing: NonNullable<z.output<typeof incomplete>> = [];
      const [linked, clones] = await Promise.all([
        getNodesQemuFeature(on.send, { ...at, feature: "clone" }).catch((error: unknown) => {
          missing.push({ part: "cloneTo.linked", reason: reasonOf(error) });
          return undefined;
        }),
        findLinkedClones(on.send, at, disks, snapshot),
      ]);
      missing.push(...clones.missing);
      const targets = new CloneTargets(snapshot, at.node, disks);
      const local = targets.localDisks();
      const { digest, ...config } = Object.fromEntries(Object.entries(all).filter(([key]) => !isDrive(key)));
      return {
        data: {
          cluster: on.name,
          vmid: at.vmid,
          ...(all.name === undefined ? {} : { name: all.name }),
          node: at.node,
          config,
          ...(typeof digest === "string" ? { digest } : {}),
          disks: disks.map((disk) => {
            const place = disk.storage === undefined ? undefined : targets.place(disk.storage);
            return { ...disk, ...(place === undefined ? {} : { shared: place.shared }) };
          }),
          linkedClones: {
            total: clones.clones.length,
            shown: clones.clones.slice(0, CLONES),
            ...(clones.untracked.length === 0
              ? {}
              : {
                  note: `LVM-thin keeps no record of linked clones, so none can be named: ${clones.untracked.join(", ")}`,
                }),
          },
          cloneTo: {
            nodes: targets.nodes(),
            storages: targets.storages().map(({ storage, shared, nodes }) => {
              const free = nodes.get(at.node)?.free;
              return { storage, shared, ...(free === undefined ? {} : { free }) };
            }),
            ...(linked === undefined ? {} : { linked: isOn(linked.data.hasFeature) }),
            ...(local.length === 0
              ? {}
              : {
                  note: `Only ${at.node} has ${local.map(({ key }) => key).join(", ")}: for another node, clone there and migrate with local disks`,
                }),
          },
          ...(missing.length > 0 ? { incomplete: missing } : {}),
        },
      };
    });
  },
});
