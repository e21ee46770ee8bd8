import * as z from "zod";
import {
  getNodesLxcConfig,
  getNodesLxcInterfaces,
  getNodesLxcPending,
  getNodesLxcSnapshot,
  getNodesLxcStatusCurrent,
} from "../../../generated/clients/nodes-lxc.ts";
import { cluster, guest } from "../arguments.ts";
import { defineTool } from "../contract.ts";
import { takeParts } from "../gather.ts";
import { type GuestDetail, guestDetailOutput, haOf, pendingOf, splitConfig, usageOf } from "./guest-detail.ts";
import { atGuest, findGuest } from "./resolve.ts";

type Row = Readonly<Record<string, unknown>>;

export default defineTool({
  name: "proxmox_lxc_get",
  title: "Show a container",
  description:
    "Show one LXC container: status, configuration, pending changes, snapshot count, HA state, and its addresses when it runs.",
  toolset: "guests",
  class: "read",
  idempotent: true,
  input: z.strictObject({ cluster, vmid: guest }),
  output: guestDetailOutput,
  async run(context, input) {
    const found = await findGuest(context, input, "lxc", "proxmox_lxc_get");
    const { send } = found.cluster;
    return atGuest(context, found, async (at) => {
      const missing: NonNullable<GuestDetail["incomplete"]> = [];
      const parts = await takeParts(
        {
          status: getNodesLxcStatusCurrent(send, at),
          config: getNodesLxcConfig(send, at),
          pending: getNodesLxcPending(send, at),
          snapshots: getNodesLxcSnapshot(send, at),
        },
        missing,
      );
      const status = (parts.status?.data ?? {}) as Row;
      const running = status.status === "running";
      // Only a running container has addresses; the operation came with 8.0.
      const interfaces = running
        ? await takeParts({ addresses: getNodesLxcInterfaces(send, at) }, missing).catch((error: unknown) => {
            missing.push({ part: "addresses", reason: error instanceof Error ? error.message : String(error) });
            return undefined;
          })
        : undefined;
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
        ...(parts.status ? { usage: usageOf(status) } : {}),
        ...(parts.config ? splitConfig(parts.config.data as Row) : {}),
        ...(parts.pending ? { pending: pendingOf(parts.pending.data as readonly Row[]) } : {}),
        ...(parts.snapshots
          ? { snapshots: (parts.snapshots.data as readonly Row[]).filter((one) => one.name !== "current").length }
          : {}),
        ...(interfaces?.addresses
          ? { addresses: addressesOf(interfaces.addresses.data as readonly Row[] | null) }
          : {}),
        ...(missing.length > 0 ? { incomplete: missing } : {}),
      };
      return { data };
    });
  },
});

function addressesOf(rows: readonly Row[] | null): Record<string, unknown>[] {
  return (rows ?? [])
    .filter((row) => row.name !== "lo")
    .map(({ name, hwaddr, inet, inet6 }) => ({ name, hwaddr, ...(inet ? { inet } : {}), ...(inet6 ? { inet6 } : {}) }));
}
