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
import { type GuestDetail, guestDetail, guestDetailOutput } from "./guest-detail.ts";
import { atGuest, findGuest } from "./resolve.ts";

export default defineTool({
  name: "proxmox_vm_get",
  title: "Show a virtual machine",
  description:
    "Show one virtual machine (VM): status, configuration (config), pending changes, snapshot count, agent option and HA state.",
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
      const agent = (parts.status?.data as { agent?: unknown } | undefined)?.agent;
      return {
        data: {
          ...guestDetail(found, at, parts, missing),
          ...(parts.status ? { agent: agent === true || agent === 1 } : {}),
        },
      };
    });
  },
});
