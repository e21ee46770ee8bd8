import type { Client } from "./client.ts";
import { withSession } from "./session.ts";

/** What a model looks for, in the words of an operator, and the tool that it has to find. */
const SEARCHES: readonly (readonly [words: string, tool: string])[] = [
  ["what is running where overview", "proxmox_inventory_overview"],
  ["which guests are running", "proxmox_inventory_overview"],
  ["list virtual machines", "proxmox_vm_list"],
  ["list VMs", "proxmox_vm_list"],
  ["vm config", "proxmox_vm_get"],
  ["virtual machine configuration", "proxmox_vm_get"],
  ["start a VM", "proxmox_vm_action"],
  ["shut down vm", "proxmox_vm_action"],
  ["delete vm", "proxmox_vm_destroy"],
  ["destroy virtual machine", "proxmox_vm_destroy"],
  ["create virtual machine", "proxmox_vm_create"],
  ["change memory of vm", "proxmox_vm_update_config"],
  ["clone a template", "proxmox_vm_clone"],
  ["vm templates", "proxmox_vm_template_list"],
  ["vm won't boot", "proxmox_vm_boot_diagnose"],
  ["run command in guest", "proxmox_vm_guest_exec"],
  ["list LXC containers", "proxmox_lxc_list"],
  ["start container", "proxmox_lxc_action"],
  ["list nodes", "proxmox_node_list"],
  ["node cpu and memory", "proxmox_node_get"],
  ["reboot node", "proxmox_node_action"],
  ["cluster status", "proxmox_cluster_status"],
  ["storage usage", "proxmox_storage_list"],
  ["contents of a storage", "proxmox_storage_get"],
  ["download iso", "proxmox_storage_download_url"],
  ["backup a vm now", "proxmox_backup_start"],
  ["backup jobs schedule", "proxmox_backup_jobs"],
  ["firewall rules", "proxmox_firewall_get"],
  ["network bridges", "proxmox_network_list"],
  ["ceph health", "proxmox_ceph_status"],
  ["recent tasks", "proxmox_task_list"],
  ["wait for a job", "job_wait"],
  ["snapshot vm", "proxmox_api_search"],
  ["migrate vm to another node", "proxmox_api_search"],
  ["restore backup", "proxmox_api_search"],
  ["resize disk", "proxmox_api_search"],
];

/** Has the client search for tools as its model would; the searches that do not find theirs, one line each. */
export function missedSearches(
  client: Client,
  command: readonly string[],
): Promise<{ faults: string[]; searches: number }> {
  return withSession(
    client,
    command,
    {
      script:
        () =>
        ({ results }) => {
          const next = SEARCHES[results.length];
          return next ? { search: next[0] } : { say: "done" };
        },
    },
    async ({ at, model }) => {
      await client.ask(at);
      const results = model.turns.at(-1)?.results ?? [];
      // What the client shows from the beginning needs no search.
      const first = model.turns.find((turn) => turn.tools.length > 0);
      const shown = first?.tools.map(({ name }) => name) ?? [];
      const faults = SEARCHES.flatMap(([words, tool], index) => {
        const found = results[index] ?? "";
        if (shown.includes(client.dialect.nameOf(tool)) || found.includes(`"${client.dialect.nameOf(tool)}"`))
          return [];
        const instead = [...found.matchAll(/"(?:mcp__proxmox__)?((?:proxmox|job)_\w+)"/g)].map(([, name]) => name);
        return [`a search for ${JSON.stringify(words)} finds ${instead.join(", ") || "nothing"}, not ${tool}`];
      });
      return { faults, searches: SEARCHES.length };
    },
  );
}
