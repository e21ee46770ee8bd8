import { cluster, type PromptDefinition, steps } from "./prompt.ts";

export const capacityCheck: PromptDefinition = {
  name: "capacity-check",
  title: "Check the capacity",
  description: "Where memory, processors and storage get tight, and whether one node may fail; reads only.",
  arguments: {
    threshold: { kind: "percent", description: "Usage that counts as tight, in percent (default 80)" },
    wish: { kind: "text", description: "What shall be added, e.g. three VMs with 8 GiB each" },
    cluster,
  },
  text: ({ threshold = "80", ...given }) =>
    steps("Check the capacity of this Proxmox VE installation. Read only.", { ...given, threshold }, [
      "proxmox_inventory_overview for the totals and problems, proxmox_node_list for each node's memory and processors, proxmox_storage_list for room; a shared storage counts once.",
      `Name what is above ${threshold} %. Thin storages count by what was promised, too: compare the sizes of the guests' disks (proxmox_vm_list, fields vmid, node, status, maxmem, maxdisk) with what is there.`,
      "Memory that running guests may take (maxmem) against each node's memory: over 100 % is a finding, balloon or not.",
      "If the largest node fails, do the others hold its running guests? Leave out guests that cannot move: local disks, passed-through devices.",
      "The trend: proxmox_api_call GET /nodes/{node}/rrddata with timeframe=month; at this pace, when is it full?",
      "If something shall be added: where does it fit, and what is left then?",
      "Report a table (what, used, of, percent, full when), the one thing to do first, and what could not be read. Change nothing; ask before any guest is moved.",
    ]),
};
