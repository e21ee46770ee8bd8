import type { NextCall } from "./cause.ts";
import type { VmFacts } from "./facts.ts";

/** Whom a next call is about; several clusters make it name its own. */
export type About = Pick<VmFacts, "vmid" | "node" | "cluster">;

function call(about: About, tool: string, args: Record<string, unknown>, note?: string): NextCall {
  return {
    tool,
    arguments: { ...(about.cluster === undefined ? {} : { cluster: about.cluster }), ...args },
    ...(note === undefined ? {} : { note }),
  };
}

/** A change of the configuration. */
export function updateConfig(about: About, config: Record<string, unknown>, note?: string): NextCall {
  return call(about, "proxmox_vm_update_config", { vmid: about.vmid, config }, note);
}

/** Takes options out of the configuration. */
export function unsetConfig(about: About, keys: readonly string[]): NextCall {
  return call(about, "proxmox_vm_update_config", { vmid: about.vmid, delete: [...keys] });
}

export function vmAction(about: About, action: string, note?: string): NextCall {
  return call(about, "proxmox_vm_action", { vmid: about.vmid, action }, note);
}

export function startAgain(about: About): NextCall {
  return vmAction(about, "start");
}

export function apiGet(about: About, path: string, note?: string, params?: Record<string, unknown>): NextCall {
  return call(about, "proxmox_api_call", { method: "GET", path, ...(params ? { params } : {}) }, note);
}

export function apiPost(about: About, path: string, note?: string): NextCall {
  return call(about, "proxmox_api_call", { method: "POST", path }, note);
}

export function apiPut(about: About, path: string, params: Record<string, unknown>, note?: string): NextCall {
  return call(about, "proxmox_api_call", { method: "PUT", path, params }, note);
}

export function clusterStatus(about: About, note?: string): NextCall {
  return call(about, "proxmox_cluster_status", {}, note);
}

export function nodeGet(about: About, note?: string): NextCall {
  return call(about, "proxmox_node_get", { node: about.node }, note);
}

export function storageGet(about: About, storage: string, note?: string): NextCall {
  return call(about, "proxmox_storage_get", { storage }, note);
}

export function storageList(about: About, content: string, note?: string): NextCall {
  return call(about, "proxmox_storage_list", { node: about.node, content }, note);
}

export function networkList(about: About, note?: string): NextCall {
  return call(about, "proxmox_network_list", { node: about.node }, note);
}

/** The guests that run on the VM's node. */
export function guestsOnNode(about: About, note?: string): NextCall {
  return call(about, "proxmox_vm_list", { node: about.node, status: "running" }, note);
}

export function vmGet(about: About, vmid: number, note?: string): NextCall {
  return call(about, "proxmox_vm_get", { vmid }, note);
}

export function clone(about: About, note?: string): NextCall {
  return call(about, "proxmox_vm_clone", { vmid: about.vmid }, note);
}

export function pciMapping(about: About, id: string, note?: string): NextCall {
  return call(about, "proxmox_pci_mapping_get", { id }, note);
}

export function taskGet(about: About, upid: string, note?: string): NextCall {
  return call(about, "proxmox_task_get", { upid }, note);
}

export function runningTasks(about: About, note?: string): NextCall {
  return call(about, "proxmox_task_list", { node: about.node, running: true }, note);
}

/** A job names its cluster itself. */
export function jobWait(id: string): NextCall {
  return { tool: "job_wait", arguments: { id } };
}

export function console(about: About, note?: string): NextCall {
  return call(about, "proxmox_console_ticket", { targetKind: "vm", target: about.vmid, kind: "vnc" }, note);
}

export function cloudInitDump(about: About, note?: string): NextCall {
  return call(about, "proxmox_vm_cloud_init_dump", { vmid: about.vmid }, note);
}

export function agentDiagnose(about: About, note?: string): NextCall {
  return call(about, "proxmox_vm_guest_agent_diagnose", { vmid: about.vmid }, note);
}

export function bootDiagnose(about: About, note?: string): NextCall {
  return call(about, "proxmox_vm_boot_diagnose", { vmid: about.vmid }, note);
}
