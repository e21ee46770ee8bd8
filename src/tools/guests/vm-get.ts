import * as z from "zod";
import {
  getNodesQemuConfig,
  getNodesQemuPending,
  getNodesQemuSnapshot,
  getNodesQemuStatusCurrent,
} from "../../../generated/clients/nodes-qemu.ts";
import { cluster, guest } from "../arguments.ts";
import { defineTool } from "../contract.ts";
import { takeParts } from "../gather.ts";
import { type GuestDetail, guestDetailOutput, haOf, pendingOf, splitConfig, usageOf } from "./guest-detail.ts";
import { atGuest, findGuest } from "./resolve.ts";

type Row = Readonly<Record<string, unknown>>;

export default defineTool({
  name: "proxmox_vm_get",
  title: "Show a virtual machine",
  description:
    "Show one virtual machine: status, configuration, pending changes, snapshot count, agent option and HA state.",
  toolset: "guests",
  class: "read",
  idempotent: true,
  input: z.strictObject({ cluster, vmid: guest }),
  output: guestDetailOutput,
  async run(context, input) {
    const found = await findGuest(context, input, "qemu", "proxmox_vm_get");
    const { send } = found.cluster;
    return atGuest(context, found, async (at) => {
      const missing: NonNullable<GuestDetail["incomplete"]> = [];
      const parts = await takeParts(
        {
          status: getNodesQemuStatusCurrent(send, at),
          config: getNodesQemuConfig(send, at),
          pending: getNodesQemuPending(send, at),
          snapshots: getNodesQemuSnapshot(send, at),
        },
        missing,
      );
      const status = (parts.status?.data ?? {}) as Row;
      const ha = haOf(status);
      const name = (status.name ?? found.guest.name) as string | undefined;
      const data: GuestDetail = {
        cluster: found.cluster.name,
        vmid: at.vmid,
        ...(name === undefined ? {} : { name }),
        node: at.node,
        status: String(status.status ?? found.guest.status ?? "unknown"),
        ...(typeof status.lock === "string" ? { lock: status.lock } : {}),
        ...(ha ? { ha } : {}),
        ...(parts.status ? { agent: status.agent === true || status.agent === 1, usage: usageOf(status) } : {}),
        ...(parts.config ? splitConfig(parts.config.data as Row) : {}),
        ...(parts.pending ? { pending: pendingOf(parts.pending.data as readonly Row[]) } : {}),
        // The list always holds the pseudo entry `current` (pve-facts 93).
        ...(parts.snapshots
          ? { snapshots: (parts.snapshots.data as readonly Row[]).filter((one) => one.name !== "current").length }
          : {}),
        ...(missing.length > 0 ? { incomplete: missing } : {}),
      };
      return { data };
    });
  },
});
