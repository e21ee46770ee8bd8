import * as z from "zod";
import { type Columns, listArguments, listOutput } from "../columnar.ts";
import { defineTool } from "../contract.ts";
import { column, type GuestRow, guestFilters, listFittingGuests } from "./guest-list.ts";

const COLUMNS = {
  cluster: { value: (row: GuestRow) => row.cluster, extra: true as const },
  vmid: column((guest) => guest.vmid),
  name: column((guest) => guest.name),
  node: column((guest) => guest.node),
  maxcpu: column((guest) => guest.maxcpu),
  maxmem: column((guest) => guest.maxmem),
  maxdisk: column((guest) => guest.maxdisk),
  tags: column((guest) => guest.tags),
  pool: column((guest) => guest.pool, true),
  lock: column((guest) => guest.lock, true),
} satisfies Columns<GuestRow>;

export default defineTool({
  name: "proxmox_vm_template_list",
  title: "List virtual machine templates",
  description: "List VM (virtual machine) templates, which VMs can be cloned from. Sizes in bytes.",
  toolset: "guests",
  class: "read",
  idempotent: true,
  input: z.strictObject({ ...guestFilters, ...listArguments(COLUMNS) }),
  output: z.object(listOutput),
  run: async (context, input) => ({
    data: await listFittingGuests(context, COLUMNS, "qemu", { ...input, template: true }),
  }),
});
