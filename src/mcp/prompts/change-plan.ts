import { cluster, type PromptDefinition, steps } from "./prompt.ts";

export const changePlan: PromptDefinition = {
  name: "change-plan",
  title: "Plan a change",
  description: "Turn a wish into an exact plan that a person can agree to; nothing is changed on the way.",
  arguments: {
    goal: { kind: "text", description: "What shall be different afterwards", required: true },
    guest: { kind: "guest", description: "Guest that it is about" },
    node: { kind: "node", description: "Node that it is about" },
    template: { kind: "template", description: "Template that something new is made from" },
    cluster,
  },
  text: (given) =>
    steps("Plan this change on Proxmox VE. Change nothing before the person agrees.", given, [
      "proxmox_capabilities: is this class of call allowed here, does the token hold the privileges, what is off?",
      "Read how things are: proxmox_vm_get or proxmox_lxc_get (status, lock, pending changes, HA, snapshots), proxmox_node_get for a node; proxmox_task_list with running true for work that is under way there. A lock or a running task means: wait, or ask.",
      "Find the way back before the way forward: proxmox_backup_jobs tells whether the guest is saved; note every value that will be replaced.",
      "Call the narrowest tool that does it with dryRun true. Where no tool fits: read proxmox://schema/{operation}, then proxmox_api_call with dryRun true.",
      "Show the person: the requests in order, each value from and to, what waits for a restart, the consequences, missing privileges, how it is undone, and how success will be checked.",
      "Ask: is it exactly this, is there a good backup, when may it interrupt the service? Without a clear yes stop here.",
      "After the yes carry out that plan and no other; where it needs confirmation the person types the name, you never do. job_wait until each job has ended, read the object again, and compare it with the goal. At the first failure stop and report; do not repair on your own.",
    ]),
};
