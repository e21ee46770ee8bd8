import { afterAll, beforeAll, expect, test } from "vitest";
import { costOf } from "../../codegen/surface-cost.ts";
import tools from "../../generated/tools.json" with { type: "json" };
import type { Lab } from "../../src/lab/index.ts";
import { openLabSession, type Session } from "../support/session.ts";

const GPU = "0000:81:00.0";
const ISO = "https://example.net/a.iso";
const dryRun = true;
const REPLACED = { method: "PUT", path: "/nodes/pve1/qemu/102/config", params: { description: "x" } };

let session: Session & { lab: Lab };
beforeAll(async () => {
  session = await openLabSession({ seed: "medium", taskMs: 5 }, { PROXMOX_MCP_SCRIPTS: "read" });
  const mapping = await session.call("proxmox_pci_mapping_create", { id: "gpu", devices: { pve1: GPU } });
  expect(mapping.error).toBeUndefined();
  const attached = await session.call("proxmox_vm_pci_attach", { vmid: "legacy-app", device: { mapping: "gpu" } });
  expect(attached.error).toBeUndefined();
});
afterAll(() => session?.close());

/**
 * What each tool costs: tokens (o200k) in the list, and requests to Proxmox of the call beside it on a cluster of three
 * nodes, when nothing is known but the versions. A figure that grows is paid by everybody: raise it knowingly.
 * Without requests are those whose number depends on what they are given, or that need a host with SSH.
 */
const COSTS: Readonly<Record<string, [tokens: number, requests?: number, call?: Record<string, unknown>]>> = {
  proxmox_inventory_overview: [64, 3],
  proxmox_cluster_status: [59, 4],
  proxmox_node_list: [118, 1],
  proxmox_node_get: [67, 2, { node: "pve1" }],
  proxmox_pci_mapping_list: [119, 1],
  proxmox_pci_mapping_get: [68, 3, { id: "gpu" }],
  proxmox_node_action: [237, 2, { node: "pve1", action: "stopall", dryRun }],
  proxmox_network_list: [153, 4],
  proxmox_sdn_list: [120, 4],
  proxmox_pci_mapping_create: [169, 3, { id: "nic", devices: { pve1: GPU }, dryRun }],
  proxmox_pci_mapping_update: [181, 3, { id: "gpu", config: { description: "mine" }, dryRun }],
  proxmox_pci_mapping_delete: [99, 4, { id: "gpu", dryRun }],
  proxmox_firewall_get: [193, 2, { scope: "cluster" }],
  proxmox_user_list: [167, 4],
  proxmox_ceph_status: [65, 5],
  proxmox_vm_list: [176, 1],
  proxmox_vm_get: [81, 5, { vmid: "web01" }],
  proxmox_vm_template_list: [126, 1],
  proxmox_vm_template_get: [85, 3, { vmid: "debian-13-template" }],
  proxmox_vm_action: [179, 5, { vmid: "web01", action: "stop", dryRun }],
  proxmox_vm_agent_ping: [113, 2, { vmid: "web01" }],
  proxmox_vm_agent_info: [91, 9, { vmid: "web01" }],
  proxmox_vm_clone: [206, 6, { vmid: "debian-13-template", name: "copy", dryRun }],
  proxmox_vm_convert_to_template: [118, 8, { vmid: "build01", dryRun }],
  proxmox_vm_destroy: [146, 17, { vmid: "build01", dryRun }],
  proxmox_vm_create: [313, 6, { name: "fresh", node: "pve1", storage: "local-lvm", dryRun }],
  proxmox_vm_update_config: [224, 4, { vmid: "web01", config: { cores: 2 }, dryRun }],
  proxmox_vm_cloud_init_dump: [98, 2, { vmid: "web01" }],
  proxmox_vm_boot_diagnose: [91, 8, { vmid: "web01" }],
  proxmox_vm_guest_agent_diagnose: [89, 6, { vmid: "web01" }],
  proxmox_vm_guest_exec: [211, 2, { vmid: "web01", command: ["uname"], dryRun }],
  proxmox_vm_pci_attach: [183, 6, { vmid: "build01", device: { mapping: "gpu" }, dryRun }],
  proxmox_vm_pci_detach: [155, 4, { vmid: "legacy-app", device: "gpu", dryRun }],
  proxmox_lxc_list: [187, 1],
  proxmox_lxc_get: [83, 7, { vmid: "dns01" }],
  proxmox_lxc_action: [179, 5, { vmid: "dns01", action: "stop", dryRun }],
  proxmox_storage_list: [131, 2],
  proxmox_storage_get: [69, 2, { storage: "local" }],
  proxmox_storage_download_url: [229, 4, { url: ISO, content: "iso", storage: "local", node: "pve1", dryRun }],
  proxmox_cloud_init_snippet_list: [117, 4],
  proxmox_cloud_init_snippet_get: [67],
  proxmox_cloud_init_snippet_put: [124],
  proxmox_cloud_init_snippet_delete: [123],
  proxmox_backup_start: [181, 2, { vmids: ["web01"], storage: "nfs", dryRun }],
  proxmox_backup_jobs: [98, 4],
  proxmox_task_list: [197, 1],
  proxmox_task_get: [125],
  proxmox_capabilities: [83, 3],
  proxmox_console_ticket: [165],
  proxmox_cli_run: [224],
  proxmox_node_terminal_run: [129],
  proxmox_shell_run: [235],
  proxmox_file_read: [223],
  proxmox_file_write: [232],
  proxmox_bootstrap_node_access: [134],
  proxmox_api_call: [266, 1, { method: "GET", path: "/version" }],
  proxmox_api_search: [89, 0, { query: "clone" }],
  proxmox_api_describe: [94, 0, { call: "GET /version" }],
  proxmox_api_read: [143, 1, { path: "/version" }],
  proxmox_api_write: [158, 9, { method: "DELETE", path: "/nodes/pve1/qemu/102", dryRun }],
  proxmox_script_run: [155, 1, { script: "return (await pve.getVersion()).version;" }],
  job_list: [105, 1],
  job_get: [69],
  job_wait: [83],
  job_cancel: [109],
  job_logs: [98],
};

test("no tool costs more tokens than it is known to", () => {
  const { rows } = costOf(tools);
  expect(Object.fromEntries(rows.map(({ name, tokens }) => [name, tokens]))).toEqual(
    Object.fromEntries(Object.entries(COSTS).map(([name, [tokens]]) => [name, tokens])),
  );
});

test("no call sends more requests than it is known to", async () => {
  const sent: Record<string, number> = {};
  const known: Record<string, number> = {};
  for (const [name, [, requests, call]] of Object.entries(COSTS)) {
    if (requests === undefined) continue;
    // Nothing of the resources is known after a change.
    expect((await session.call("proxmox_api_write", REPLACED)).error).toBeUndefined();
    const before = session.lab.requests.at(-1)!.seq;
    const { error } = await session.call(name, call ?? {});
    expect([name, error]).toEqual([name, undefined]);
    sent[name] = session.lab.requests.filter(({ seq }) => seq > before).length;
    known[name] = requests;
  }
  expect(sent).toEqual(known);
});
