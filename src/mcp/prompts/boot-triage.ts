import { cluster, type PromptDefinition, steps } from "./prompt.ts";

export const bootTriage: PromptDefinition = {
  name: "boot-triage",
  title: "Find out why a VM does not boot",
  description: "From symptom to cause, with evidence, and the smallest repair that a person may agree to.",
  arguments: {
    guest: { kind: "vm", description: "The virtual machine", required: true },
    task: { kind: "task", description: "UPID of the start that failed" },
    symptom: { kind: "text", description: "What was seen, and since when" },
    cluster,
  },
  text: (given) =>
    steps("This virtual machine does not come up as it should. Find the cause; repair nothing unasked.", given, [
      "proxmox_vm_boot_diagnose: its causes come with evidence and with a next step. If it names one that explains the symptom, go to step 4.",
      "It does not start at all: proxmox_task_list with the vmid and type qmstart, then proxmox_task_get for the log of the last failure. Check in this order: lock, node online, missing volume or ISO, storage, memory of the node, PCI device in use.",
      "It runs but does not answer: proxmox_vm_guest_agent_diagnose, proxmox_vm_agent_info for addresses, proxmox_vm_cloud_init_dump for what it was told, proxmox_firewall_get and proxmox_network_list for its way out.",
      "State the cause in one sentence, the evidence for it, and what speaks against it. Two possible causes: say which reading would decide.",
      "Propose the smallest repair as a dryRun (proxmox_vm_update_config, proxmox_vm_action), and say what it risks. Ask before a stop or reset, before a disk is detached or the boot order changes, before a lock is removed, and before anything is restored.",
      "After a repair that was agreed to: job_wait, then proxmox_vm_boot_diagnose again.",
    ]),
};
