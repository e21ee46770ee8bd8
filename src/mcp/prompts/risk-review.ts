import { cluster, type PromptDefinition, steps } from "./prompt.ts";

export const riskReview: PromptDefinition = {
  name: "risk-review",
  title: "Review a risk",
  description: "Look for what could go wrong with a change that somebody proposes; reads only.",
  arguments: {
    change: { kind: "text", description: "The proposed change, or the plan of it", required: true },
    guest: { kind: "guest", description: "Guest that it touches" },
    snapshot: { kind: "snapshot", description: "Snapshot of the guest that it goes back to, or removes" },
    operation: { kind: "operation", description: "API operation that it comes down to" },
    cluster,
  },
  text: (given) =>
    steps("Review this change for Proxmox VE as a second pair of eyes. Read only; carry nothing out.", given, [
      "Name every request that it means, and read proxmox://schema/{operation} for its class and privileges; dryRun true on the tool, or on proxmox_api_call, gives plan, diff and consequences without sending anything.",
      "What it touches: proxmox_vm_get or proxmox_lxc_get (running, protected, locked, HA, snapshots, pending changes), proxmox_cluster_status (quorum), proxmox_storage_list (room, shared or local), proxmox_task_list with running true.",
      "What depends on it: the same storage, bridge, template or PCI device (proxmox_vm_list, proxmox_network_list, proxmox_vm_template_get, proxmox_pci_mapping_list).",
      "The way back: proxmox_backup_jobs, and the age of the newest backup. A snapshot on the same storage is no backup.",
      "Report, worst first: what can be lost, how likely, how it would be noticed, how it would be undone, and what cannot be undone at all. Say what you could not see (incomplete, missing privileges).",
      "End with one verdict: go, go after the listed preparations, or do not; and the questions that only a person can answer.",
    ]),
};
