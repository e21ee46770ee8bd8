import * as z from "zod";
import { listOutput } from "../columnar.ts";
import { defineTool } from "../contract.ts";
import { guestListInput, listGuests } from "./guest-list.ts";

export default defineTool({
  name: "proxmox_lxc_list",
  title: "List containers",
  description:
    "List LXC containers with node, status, CPU and memory. Filters by node, status, tag, pool and name glob; sizes in bytes, cpu as a fraction of maxcpu.",
  toolset: "guests",
  class: "read",
  idempotent: true,
  input: guestListInput,
  output: z.object(listOutput),
  run: async (context, input) => ({ data: await listGuests(context, "lxc", input) }),
});
