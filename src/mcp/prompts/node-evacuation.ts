import { cluster, type PromptDefinition, steps } from "./prompt.ts";

export const nodeEvacuation: PromptDefinition = {
  name: "node-evacuation",
  title: "Empty a node",
  description: "Plan, agree on and carry out the move of all guests away from a node, for maintenance.",
  arguments: {
    node: { kind: "node", description: "Node to be emptied", required: true },
    target: { kind: "node", description: "Where the guests shall go; else wherever there is room" },
    reason: { kind: "text", description: "What for, and until when" },
    cluster,
  },
  text: (given) =>
    steps("Empty this node of Proxmox VE. First the plan, then the person's yes, then guest by guest.", given, [
      "proxmox_cluster_status: is the cluster quorate, and still so without this node? If not, stop and say so.",
      "What is on it: proxmox_vm_list and proxmox_lxc_list with this node, templates too (proxmox_vm_template_list). proxmox_task_list with running true: nothing may be under way.",
      "For each guest proxmox_vm_get or proxmox_lxc_get: HA, local disks, hostpci or usb devices, snapshots, lock. Sort them: moves while it runs (VM), moves with a restart (container), cannot move (passed-through device, local ISO or disk without a place at the target).",
      "Room at the targets: proxmox_node_list for memory, proxmox_storage_list for the storages that the disks need. Guests of HA move by HA: see proxmox_api_call GET /cluster/ha/status/current.",
      "The plan: guest, way, target, downtime, order (least important first), and what stays with its reason. Get each move as a dryRun: proxmox_api_call POST /nodes/{node}/qemu/{vmid}/migrate or /lxc/{vmid}/migrate, or proxmox_node_action with migrateall.",
      "Ask: may containers restart, what happens to guests that cannot move, when must the node be free, who needs to know? Move nothing without a yes.",
      "Then one guest at a time: move, job_wait, see that it runs on its target. Stop at the first failure and report.",
      "When the node is empty say so. Rebooting or shutting it down (proxmox_node_action) is a new question, and the person types the node's name.",
    ]),
};
