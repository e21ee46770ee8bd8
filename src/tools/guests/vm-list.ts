import * as z from "zod";
import { listOutput } from "../columnar.ts";
import { defineTool } from "../contract.ts";
import { guestListInput, listGuests } from "./guest-list.ts";

export default defineTool({
  name: "proxmox_vm_list",
  title: "List virtual machines",
  description:
    "List virtual machines (VMs) with node, status, CPU and memory. Sizes in bytes, cpu as a fraction of maxcpu.",
  toolset: "guests",
  class: "read",
  idempotent: true,
  input: guestListInput,
  output: z.object(listOutput),
  run: async (context, input) => ({ data: await listGuests(context, "qemu", input) }),
});
