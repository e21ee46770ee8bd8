import * as z from "zod";
import {
  getNodesLxcConfig,
  getNodesLxcInterfaces,
  getNodesLxcPending,
  getNodesLxcSnapshot,
  getNodesLxcStatusCurrent,
} from "../../../generated/clients/nodes-lxc.ts";
import type { Send } from "../../schema/operation.ts";
import { cluster, guest } from "../arguments.ts";
import { defineTool } from "../contract.ts";
import { reasonOf, takeParts } from "../gather.ts";
import { type GuestDetail, guestDetail, guestDetailOutput } from "./guest-detail.ts";
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
      const running = (parts.status?.data as Row | undefined)?.status === "running";
      const addresses = running ? await addressesOf(send, at, missing) : undefined;
      return { data: { ...guestDetail(found, at, parts, missing), ...(addresses ? { addresses } : {}) } };
    });
  },
});

/** Addresses of a running container; the operation came with 8.0, and its failure leaves the rest of the answer whole. */
async function addressesOf(
  send: Send,
  at: { node: string; vmid: number },
  missing: NonNullable<GuestDetail["incomplete"]>,
): Promise<Record<string, unknown>[] | undefined> {
  try {
    const { data } = await getNodesLxcInterfaces(send, at);
    return ((data ?? []) as readonly Row[])
      .filter((row) => row.name !== "lo")
      .map(({ name, hwaddr, inet, inet6 }) => ({
        name,
        hwaddr,
        ...(inet ? { inet } : {}),
        ...(inet6 ? { inet6 } : {}),
      }));
  } catch (error) {
    missing.push({ part: "addresses", reason: reasonOf(error) });
    return undefined;
  }
}
