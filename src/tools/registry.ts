import type * as z from "zod";
import type { ToolDefinition } from "./contract.ts";

// Each module is a tool of its own types; the registry forgets them, and the input schema restores them at the call.
// biome-ignore lint/suspicious/noExplicitAny: see above
export type ToolModule = () => Promise<{ default: ToolDefinition<z.ZodObject<any>, z.ZodObject<any>> }>;

/** Every tool by name, in the order in which it is listed; a module loads at its tool's first call. */
export const TOOL_MODULES = {
  proxmox_inventory_overview: () => import("./inventory/overview.ts"),
  proxmox_cluster_status: () => import("./inventory/cluster-status.ts"),
  proxmox_node_list: () => import("./inventory/node-list.ts"),
  proxmox_node_get: () => import("./inventory/node-get.ts"),
  proxmox_pci_mapping_list: () => import("./cluster/pci-mapping-list.ts"),
  proxmox_pci_mapping_get: () => import("./cluster/pci-mapping-get.ts"),
  proxmox_node_action: () => import("./nodes/node-action.ts"),
  proxmox_network_list: () => import("./network/network-list.ts"),
  proxmox_sdn_list: () => import("./network/sdn-list.ts"),
  proxmox_pci_mapping_create: () => import("./cluster/pci-mapping-create.ts"),
  proxmox_pci_mapping_update: () => import("./cluster/pci-mapping-update.ts"),
  proxmox_pci_mapping_delete: () => import("./cluster/pci-mapping-delete.ts"),
  proxmox_firewall_get: () => import("./network/firewall-get.ts"),
  proxmox_user_list: () => import("./access/user-list.ts"),
  proxmox_ceph_status: () => import("./cluster/ceph-status.ts"),
  proxmox_vm_list: () => import("./guests/vm-list.ts"),
  proxmox_vm_get: () => import("./guests/vm-get.ts"),
  proxmox_vm_template_list: () => import("./guests/vm-template-list.ts"),
  proxmox_vm_template_get: () => import("./guests/vm-template-get.ts"),
  proxmox_vm_action: () => import("./guests/vm-action.ts"),
  proxmox_vm_agent_ping: () => import("./agent/agent-ping.ts"),
  proxmox_vm_agent_info: () => import("./agent/agent-info.ts"),
  proxmox_vm_convert_to_template: () => import("./guests/vm-convert-to-template.ts"),
  proxmox_vm_destroy: () => import("./guests/vm-destroy.ts"),
  proxmox_vm_update_config: () => import("./vm/vm-update-config.ts"),
  proxmox_vm_cloud_init_dump: () => import("./diagnose/vm-cloud-init-dump.ts"),
  proxmox_vm_boot_diagnose: () => import("./diagnose/vm-boot-diagnose.ts"),
  proxmox_vm_guest_agent_diagnose: () => import("./diagnose/vm-guest-agent-diagnose.ts"),
  proxmox_vm_guest_exec: () => import("./agent/guest-exec.ts"),
  proxmox_vm_pci_attach: () => import("./vm/vm-pci-attach.ts"),
  proxmox_vm_pci_detach: () => import("./vm/vm-pci-detach.ts"),
  proxmox_lxc_list: () => import("./guests/lxc-list.ts"),
  proxmox_lxc_get: () => import("./guests/lxc-get.ts"),
  proxmox_lxc_action: () => import("./guests/lxc-action.ts"),
  proxmox_storage_list: () => import("./storage/storage-list.ts"),
  proxmox_storage_get: () => import("./storage/storage-get.ts"),
  proxmox_storage_download_url: () => import("./storage/download-url.ts"),
  proxmox_cloud_init_snippet_list: () => import("./storage/snippet-list.ts"),
  proxmox_backup_start: () => import("./backup/backup-start.ts"),
  proxmox_backup_jobs: () => import("./backup/backup-jobs.ts"),
  proxmox_task_list: () => import("./tasks/task-list.ts"),
  proxmox_task_get: () => import("./tasks/task-get.ts"),
  proxmox_capabilities: () => import("./inventory/capabilities.ts"),
  proxmox_shell_run: () => import("./hosts/shell-run.ts"),
  proxmox_file_read: () => import("./hosts/file-read.ts"),
  proxmox_file_write: () => import("./hosts/file-write.ts"),
  proxmox_api_call: () => import("./api/api-call.ts"),
  job_list: () => import("./jobs/job-list.ts"),
  job_get: () => import("./jobs/job-get.ts"),
  job_wait: () => import("./jobs/job-wait.ts"),
  job_cancel: () => import("./jobs/job-cancel.ts"),
  job_logs: () => import("./jobs/job-logs.ts"),
} satisfies Record<string, ToolModule>;

export type ToolName = keyof typeof TOOL_MODULES;
