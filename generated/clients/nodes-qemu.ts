// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/nodes-qemu.ts";

/** List the VMs on a node with their state and load. */
export function getNodesQemu(send: Send, params: T.GetNodesQemuParams, options?: SendOptions): Promise<Answer<T.GetNodesQemuResult>> {
  return send("GET /nodes/{node}/qemu", params, options);
}

/** Create a new VM, or restore one from a backup archive. */
export function postNodesQemu(send: Send, params: T.PostNodesQemuParams, options?: SendOptions): Promise<Answer<T.PostNodesQemuResult>> {
  return send("POST /nodes/{node}/qemu", params, options);
}

/** Browse everything a single VM offers: config, status, snapshots, agent. */
export function getNodesQemuByVmid(send: Send, params: T.GetNodesQemuByVmidParams, options?: SendOptions): Promise<Answer<T.GetNodesQemuByVmidResult>> {
  return send("GET /nodes/{node}/qemu/{vmid}", params, options);
}

/** Delete (destroy) a VM with its disks, firewall rules and permissions. */
export function deleteNodesQemuByVmid(send: Send, params: T.DeleteNodesQemuByVmidParams, options?: SendOptions): Promise<Answer<T.DeleteNodesQemuByVmidResult>> {
  return send("DELETE /nodes/{node}/qemu/{vmid}", params, options);
}

/** List the commands a VM's guest agent can be sent. */
export function getNodesQemuAgent(send: Send, params: T.GetNodesQemuAgentParams, options?: SendOptions): Promise<Answer<T.GetNodesQemuAgentResult>> {
  return send("GET /nodes/{node}/qemu/{vmid}/agent", params, options);
}

/** Send a parameterless command of your choice to a VM's guest agent. */
export function postNodesQemuAgent(send: Send, params: T.PostNodesQemuAgentParams, options?: SendOptions): Promise<Answer<T.PostNodesQemuAgentResult>> {
  return send("POST /nodes/{node}/qemu/{vmid}/agent", params, options);
}

/** Run a command or script inside a VM via QEMU guest agent. */
export function postNodesQemuAgentExec(send: Send, params: T.PostNodesQemuAgentExecParams, options?: SendOptions): Promise<Answer<T.PostNodesQemuAgentExecResult>> {
  return send("POST /nodes/{node}/qemu/{vmid}/agent/exec", params, options);
}

/** Fetch output and exit code of a command run inside a VM. */
export function getNodesQemuAgentExecStatus(send: Send, params: T.GetNodesQemuAgentExecStatusParams, options?: SendOptions): Promise<Answer<T.GetNodesQemuAgentExecStatusResult>> {
  return send("GET /nodes/{node}/qemu/{vmid}/agent/exec-status", params, options);
}

/** Read a file from inside a VM without SSH. */
export function getNodesQemuAgentFileRead(send: Send, params: T.GetNodesQemuAgentFileReadParams, options?: SendOptions): Promise<Answer<T.GetNodesQemuAgentFileReadResult>> {
  return send("GET /nodes/{node}/qemu/{vmid}/agent/file-read", params, options);
}

/** Write or overwrite a file inside a VM without SSH. */
export function postNodesQemuAgentFileWrite(send: Send, params: T.PostNodesQemuAgentFileWriteParams, options?: SendOptions): Promise<Answer<T.PostNodesQemuAgentFileWriteResult>> {
  return send("POST /nodes/{node}/qemu/{vmid}/agent/file-write", params, options);
}

/** Freeze the filesystems inside a VM for a consistent copy. */
export function postNodesQemuAgentFsfreezeFreeze(send: Send, params: T.PostNodesQemuAgentFsfreezeFreezeParams, options?: SendOptions): Promise<Answer<T.PostNodesQemuAgentFsfreezeFreezeResult>> {
  return send("POST /nodes/{node}/qemu/{vmid}/agent/fsfreeze-freeze", params, options);
}

/** Check whether the filesystems inside a VM are frozen. */
export function postNodesQemuAgentFsfreezeStatus(send: Send, params: T.PostNodesQemuAgentFsfreezeStatusParams, options?: SendOptions): Promise<Answer<T.PostNodesQemuAgentFsfreezeStatusResult>> {
  return send("POST /nodes/{node}/qemu/{vmid}/agent/fsfreeze-status", params, options);
}

/** Unfreeze (thaw) the filesystems inside a VM. */
export function postNodesQemuAgentFsfreezeThaw(send: Send, params: T.PostNodesQemuAgentFsfreezeThawParams, options?: SendOptions): Promise<Answer<T.PostNodesQemuAgentFsfreezeThawResult>> {
  return send("POST /nodes/{node}/qemu/{vmid}/agent/fsfreeze-thaw", params, options);
}

/** Trim (discard) unused blocks inside a VM to reclaim thin storage. */
export function postNodesQemuAgentFstrim(send: Send, params: T.PostNodesQemuAgentFstrimParams, options?: SendOptions): Promise<Answer<T.PostNodesQemuAgentFstrimResult>> {
  return send("POST /nodes/{node}/qemu/{vmid}/agent/fstrim", params, options);
}

/** See mounted filesystems and their free space inside a VM. */
export function getNodesQemuAgentGetFsinfo(send: Send, params: T.GetNodesQemuAgentGetFsinfoParams, options?: SendOptions): Promise<Answer<T.GetNodesQemuAgentGetFsinfoResult>> {
  return send("GET /nodes/{node}/qemu/{vmid}/agent/get-fsinfo", params, options);
}

/** Ask a VM's guest OS for its hostname. */
export function getNodesQemuAgentGetHostName(send: Send, params: T.GetNodesQemuAgentGetHostNameParams, options?: SendOptions): Promise<Answer<T.GetNodesQemuAgentGetHostNameResult>> {
  return send("GET /nodes/{node}/qemu/{vmid}/agent/get-host-name", params, options);
}

/** Find the size of hot-pluggable memory blocks inside a VM. */
export function getNodesQemuAgentGetMemoryBlockInfo(send: Send, params: T.GetNodesQemuAgentGetMemoryBlockInfoParams, options?: SendOptions): Promise<Answer<T.GetNodesQemuAgentGetMemoryBlockInfoResult>> {
  return send("GET /nodes/{node}/qemu/{vmid}/agent/get-memory-block-info", params, options);
}

/** See which memory blocks are online inside a VM. */
export function getNodesQemuAgentGetMemoryBlocks(send: Send, params: T.GetNodesQemuAgentGetMemoryBlocksParams, options?: SendOptions): Promise<Answer<T.GetNodesQemuAgentGetMemoryBlocksResult>> {
  return send("GET /nodes/{node}/qemu/{vmid}/agent/get-memory-blocks", params, options);
}

/** Find which operating system and kernel run inside a VM. */
export function getNodesQemuAgentGetOsinfo(send: Send, params: T.GetNodesQemuAgentGetOsinfoParams, options?: SendOptions): Promise<Answer<T.GetNodesQemuAgentGetOsinfoResult>> {
  return send("GET /nodes/{node}/qemu/{vmid}/agent/get-osinfo", params, options);
}

/** Read the clock of the guest OS inside a VM. */
export function getNodesQemuAgentGetTime(send: Send, params: T.GetNodesQemuAgentGetTimeParams, options?: SendOptions): Promise<Answer<T.GetNodesQemuAgentGetTimeResult>> {
  return send("GET /nodes/{node}/qemu/{vmid}/agent/get-time", params, options);
}

/** Find the time zone set inside a VM. */
export function getNodesQemuAgentGetTimezone(send: Send, params: T.GetNodesQemuAgentGetTimezoneParams, options?: SendOptions): Promise<Answer<T.GetNodesQemuAgentGetTimezoneResult>> {
  return send("GET /nodes/{node}/qemu/{vmid}/agent/get-timezone", params, options);
}

/** See who is logged in inside a VM. */
export function getNodesQemuAgentGetUsers(send: Send, params: T.GetNodesQemuAgentGetUsersParams, options?: SendOptions): Promise<Answer<T.GetNodesQemuAgentGetUsersResult>> {
  return send("GET /nodes/{node}/qemu/{vmid}/agent/get-users", params, options);
}

/** See which virtual CPUs are online inside a VM. */
export function getNodesQemuAgentGetVcpus(send: Send, params: T.GetNodesQemuAgentGetVcpusParams, options?: SendOptions): Promise<Answer<T.GetNodesQemuAgentGetVcpusResult>> {
  return send("GET /nodes/{node}/qemu/{vmid}/agent/get-vcpus", params, options);
}

/** Find the guest agent's version and supported commands in a VM. */
export function getNodesQemuAgentInfo(send: Send, params: T.GetNodesQemuAgentInfoParams, options?: SendOptions): Promise<Answer<T.GetNodesQemuAgentInfoResult>> {
  return send("GET /nodes/{node}/qemu/{vmid}/agent/info", params, options);
}

/** Find a VM's IP addresses and MACs, as its guest OS reports them. */
export function getNodesQemuAgentNetworkGetInterfaces(send: Send, params: T.GetNodesQemuAgentNetworkGetInterfacesParams, options?: SendOptions): Promise<Answer<T.GetNodesQemuAgentNetworkGetInterfacesResult>> {
  return send("GET /nodes/{node}/qemu/{vmid}/agent/network-get-interfaces", params, options);
}

/** Test whether the guest agent in a VM is running and answers. */
export function postNodesQemuAgentPing(send: Send, params: T.PostNodesQemuAgentPingParams, options?: SendOptions): Promise<Answer<T.PostNodesQemuAgentPingResult>> {
  return send("POST /nodes/{node}/qemu/{vmid}/agent/ping", params, options);
}

/** Reset an account's password inside a VM. */
export function postNodesQemuAgentSetUserPassword(send: Send, params: T.PostNodesQemuAgentSetUserPasswordParams, options?: SendOptions): Promise<Answer<T.PostNodesQemuAgentSetUserPasswordResult>> {
  return send("POST /nodes/{node}/qemu/{vmid}/agent/set-user-password", params, options);
}

/** Shut down a VM's guest OS from inside through the guest agent. */
export function postNodesQemuAgentShutdown(send: Send, params: T.PostNodesQemuAgentShutdownParams, options?: SendOptions): Promise<Answer<T.PostNodesQemuAgentShutdownResult>> {
  return send("POST /nodes/{node}/qemu/{vmid}/agent/shutdown", params, options);
}

/** Hibernate a VM's guest OS from inside (suspend to disk). */
export function postNodesQemuAgentSuspendDisk(send: Send, params: T.PostNodesQemuAgentSuspendDiskParams, options?: SendOptions): Promise<Answer<T.PostNodesQemuAgentSuspendDiskResult>> {
  return send("POST /nodes/{node}/qemu/{vmid}/agent/suspend-disk", params, options);
}

/** Hybrid-suspend a VM's guest OS from inside (RAM and disk). */
export function postNodesQemuAgentSuspendHybrid(send: Send, params: T.PostNodesQemuAgentSuspendHybridParams, options?: SendOptions): Promise<Answer<T.PostNodesQemuAgentSuspendHybridResult>> {
  return send("POST /nodes/{node}/qemu/{vmid}/agent/suspend-hybrid", params, options);
}

/** Put a VM's guest OS to sleep from inside (suspend to RAM). */
export function postNodesQemuAgentSuspendRam(send: Send, params: T.PostNodesQemuAgentSuspendRamParams, options?: SendOptions): Promise<Answer<T.PostNodesQemuAgentSuspendRamResult>> {
  return send("POST /nodes/{node}/qemu/{vmid}/agent/suspend-ram", params, options);
}

/** Clone a VM or template, as full copy or linked clone. */
export function postNodesQemuClone(send: Send, params: T.PostNodesQemuCloneParams, options?: SendOptions): Promise<Answer<T.PostNodesQemuCloneResult>> {
  return send("POST /nodes/{node}/qemu/{vmid}/clone", params, options);
}

/** See cloud-init values of a VM, live and awaiting regeneration. */
export function getNodesQemuCloudinit(send: Send, params: T.GetNodesQemuCloudinitParams, options?: SendOptions): Promise<Answer<T.GetNodesQemuCloudinitResult>> {
  return send("GET /nodes/{node}/qemu/{vmid}/cloudinit", params, options);
}

/** Rebuild (regenerate) a VM's cloud-init drive so changed values take effect. */
export function putNodesQemuCloudinit(send: Send, params: T.PutNodesQemuCloudinitParams, options?: SendOptions): Promise<Answer<T.PutNodesQemuCloudinitResult>> {
  return send("PUT /nodes/{node}/qemu/{vmid}/cloudinit", params, options);
}

/** Preview the user, network or meta data cloud-init gives a VM. */
export function getNodesQemuCloudinitDump(send: Send, params: T.GetNodesQemuCloudinitDumpParams, options?: SendOptions): Promise<Answer<T.GetNodesQemuCloudinitDumpResult>> {
  return send("GET /nodes/{node}/qemu/{vmid}/cloudinit/dump", params, options);
}

/** See a VM's settings: disks, network cards, CPU, memory and tags. */
export function getNodesQemuConfig(send: Send, params: T.GetNodesQemuConfigParams, options?: SendOptions): Promise<Answer<T.GetNodesQemuConfigResult>> {
  return send("GET /nodes/{node}/qemu/{vmid}/config", params, options);
}

/** Change VM settings in a background task: disks, network, CPU, memory, tags. */
export function postNodesQemuConfig(send: Send, params: T.PostNodesQemuConfigParams, options?: SendOptions): Promise<Answer<T.PostNodesQemuConfigResult>> {
  return send("POST /nodes/{node}/qemu/{vmid}/config", params, options);
}

/** Change VM settings and wait: name, cores, memory, NICs, tags, boot order. */
export function putNodesQemuConfig(send: Send, params: T.PutNodesQemuConfigParams, options?: SendOptions): Promise<Answer<T.PutNodesQemuConfigResult>> {
  return send("PUT /nodes/{node}/qemu/{vmid}/config", params, options);
}

/** Start or stop the helper that carries connection tracking during VM migration. Since 9.0. */
export function postNodesQemuDbusVmstate(send: Send, params: T.PostNodesQemuDbusVmstateParams, options?: SendOptions): Promise<Answer<T.PostNodesQemuDbusVmstateResult>> {
  return send("POST /nodes/{node}/qemu/{vmid}/dbus-vmstate", params, options);
}

/** Test whether a VM can be snapshotted, cloned or copied. */
export function getNodesQemuFeature(send: Send, params: T.GetNodesQemuFeatureParams, options?: SendOptions): Promise<Answer<T.GetNodesQemuFeatureResult>> {
  return send("GET /nodes/{node}/qemu/{vmid}/feature", params, options);
}

/** Browse a VM's firewall: rules, aliases, IP sets, options and log. */
export function getNodesQemuFirewall(send: Send, params: T.GetNodesQemuFirewallParams, options?: SendOptions): Promise<Answer<T.GetNodesQemuFirewallResult>> {
  return send("GET /nodes/{node}/qemu/{vmid}/firewall", params, options);
}

/** See the named addresses a VM's firewall rules can use. */
export function getNodesQemuFirewallAliases(send: Send, params: T.GetNodesQemuFirewallAliasesParams, options?: SendOptions): Promise<Answer<T.GetNodesQemuFirewallAliasesResult>> {
  return send("GET /nodes/{node}/qemu/{vmid}/firewall/aliases", params, options);
}

/** Name an address or network for use in a VM's firewall. */
export function postNodesQemuFirewallAliases(send: Send, params: T.PostNodesQemuFirewallAliasesParams, options?: SendOptions): Promise<Answer<T.PostNodesQemuFirewallAliasesResult>> {
  return send("POST /nodes/{node}/qemu/{vmid}/firewall/aliases", params, options);
}

/** Look up which address an alias in a VM's firewall stands for. */
export function getNodesQemuFirewallAliasesByName(send: Send, params: T.GetNodesQemuFirewallAliasesByNameParams, options?: SendOptions): Promise<Answer<T.GetNodesQemuFirewallAliasesByNameResult>> {
  return send("GET /nodes/{node}/qemu/{vmid}/firewall/aliases/{name}", params, options);
}

/** Rename an alias in a VM's firewall or change its address. */
export function putNodesQemuFirewallAliasesByName(send: Send, params: T.PutNodesQemuFirewallAliasesByNameParams, options?: SendOptions): Promise<Answer<T.PutNodesQemuFirewallAliasesByNameResult>> {
  return send("PUT /nodes/{node}/qemu/{vmid}/firewall/aliases/{name}", params, options);
}

/** Drop a named address from a VM's firewall. */
export function deleteNodesQemuFirewallAliasesByName(send: Send, params: T.DeleteNodesQemuFirewallAliasesByNameParams, options?: SendOptions): Promise<Answer<T.DeleteNodesQemuFirewallAliasesByNameResult>> {
  return send("DELETE /nodes/{node}/qemu/{vmid}/firewall/aliases/{name}", params, options);
}

/** See the IP sets (address groups) of a VM's firewall. */
export function getNodesQemuFirewallIpset(send: Send, params: T.GetNodesQemuFirewallIpsetParams, options?: SendOptions): Promise<Answer<T.GetNodesQemuFirewallIpsetResult>> {
  return send("GET /nodes/{node}/qemu/{vmid}/firewall/ipset", params, options);
}

/** Add or rename an IP set in a VM's firewall. */
export function postNodesQemuFirewallIpset(send: Send, params: T.PostNodesQemuFirewallIpsetParams, options?: SendOptions): Promise<Answer<T.PostNodesQemuFirewallIpsetResult>> {
  return send("POST /nodes/{node}/qemu/{vmid}/firewall/ipset", params, options);
}

/** See the members of an IP set in a VM's firewall. */
export function getNodesQemuFirewallIpsetByName(send: Send, params: T.GetNodesQemuFirewallIpsetByNameParams, options?: SendOptions): Promise<Answer<T.GetNodesQemuFirewallIpsetByNameResult>> {
  return send("GET /nodes/{node}/qemu/{vmid}/firewall/ipset/{name}", params, options);
}

/** Put an address or CIDR into an IP set of a VM's firewall. */
export function postNodesQemuFirewallIpsetByName(send: Send, params: T.PostNodesQemuFirewallIpsetByNameParams, options?: SendOptions): Promise<Answer<T.PostNodesQemuFirewallIpsetByNameResult>> {
  return send("POST /nodes/{node}/qemu/{vmid}/firewall/ipset/{name}", params, options);
}

/** Remove an IP set from a VM's firewall. */
export function deleteNodesQemuFirewallIpsetByName(send: Send, params: T.DeleteNodesQemuFirewallIpsetByNameParams, options?: SendOptions): Promise<Answer<T.DeleteNodesQemuFirewallIpsetByNameResult>> {
  return send("DELETE /nodes/{node}/qemu/{vmid}/firewall/ipset/{name}", params, options);
}

/** Look up one entry of an IP set in a VM's firewall. */
export function getNodesQemuFirewallIpsetByCidr(send: Send, params: T.GetNodesQemuFirewallIpsetByCidrParams, options?: SendOptions): Promise<Answer<T.GetNodesQemuFirewallIpsetByCidrResult>> {
  return send("GET /nodes/{node}/qemu/{vmid}/firewall/ipset/{name}/{cidr}", params, options);
}

/** Change comment or exclusion of an entry in a VM firewall IP set. */
export function putNodesQemuFirewallIpsetByCidr(send: Send, params: T.PutNodesQemuFirewallIpsetByCidrParams, options?: SendOptions): Promise<Answer<T.PutNodesQemuFirewallIpsetByCidrResult>> {
  return send("PUT /nodes/{node}/qemu/{vmid}/firewall/ipset/{name}/{cidr}", params, options);
}

/** Take an address or CIDR out of an IP set of a VM's firewall. */
export function deleteNodesQemuFirewallIpsetByCidr(send: Send, params: T.DeleteNodesQemuFirewallIpsetByCidrParams, options?: SendOptions): Promise<Answer<T.DeleteNodesQemuFirewallIpsetByCidrResult>> {
  return send("DELETE /nodes/{node}/qemu/{vmid}/firewall/ipset/{name}/{cidr}", params, options);
}

/** See packets a VM's firewall dropped or accepted, from its log. */
export function getNodesQemuFirewallLog(send: Send, params: T.GetNodesQemuFirewallLogParams, options?: SendOptions): Promise<Answer<T.GetNodesQemuFirewallLogResult>> {
  return send("GET /nodes/{node}/qemu/{vmid}/firewall/log", params, options);
}

/** Check whether a VM's firewall is on, with its policies and filters. */
export function getNodesQemuFirewallOptions(send: Send, params: T.GetNodesQemuFirewallOptionsParams, options?: SendOptions): Promise<Answer<T.GetNodesQemuFirewallOptionsResult>> {
  return send("GET /nodes/{node}/qemu/{vmid}/firewall/options", params, options);
}

/** Turn a VM's firewall on or off; set policies, MAC and IP filters. */
export function putNodesQemuFirewallOptions(send: Send, params: T.PutNodesQemuFirewallOptionsParams, options?: SendOptions): Promise<Answer<T.PutNodesQemuFirewallOptionsResult>> {
  return send("PUT /nodes/{node}/qemu/{vmid}/firewall/options", params, options);
}

/** Find aliases and IP sets a VM's firewall rules may name. */
export function getNodesQemuFirewallRefs(send: Send, params: T.GetNodesQemuFirewallRefsParams, options?: SendOptions): Promise<Answer<T.GetNodesQemuFirewallRefsResult>> {
  return send("GET /nodes/{node}/qemu/{vmid}/firewall/refs", params, options);
}

/** See the firewall rules of a VM, in order. */
export function getNodesQemuFirewallRules(send: Send, params: T.GetNodesQemuFirewallRulesParams, options?: SendOptions): Promise<Answer<T.GetNodesQemuFirewallRulesResult>> {
  return send("GET /nodes/{node}/qemu/{vmid}/firewall/rules", params, options);
}

/** Open or block a port for a VM with a new firewall rule. */
export function postNodesQemuFirewallRules(send: Send, params: T.PostNodesQemuFirewallRulesParams, options?: SendOptions): Promise<Answer<T.PostNodesQemuFirewallRulesResult>> {
  return send("POST /nodes/{node}/qemu/{vmid}/firewall/rules", params, options);
}

/** Look up one of a VM's firewall rules by its position. */
export function getNodesQemuFirewallRulesByPos(send: Send, params: T.GetNodesQemuFirewallRulesByPosParams, options?: SendOptions): Promise<Answer<T.GetNodesQemuFirewallRulesByPosResult>> {
  return send("GET /nodes/{node}/qemu/{vmid}/firewall/rules/{pos}", params, options);
}

/** Edit, reorder, enable or disable one of a VM's firewall rules. */
export function putNodesQemuFirewallRulesByPos(send: Send, params: T.PutNodesQemuFirewallRulesByPosParams, options?: SendOptions): Promise<Answer<T.PutNodesQemuFirewallRulesByPosResult>> {
  return send("PUT /nodes/{node}/qemu/{vmid}/firewall/rules/{pos}", params, options);
}

/** Drop one of a VM's firewall rules by its position. */
export function deleteNodesQemuFirewallRulesByPos(send: Send, params: T.DeleteNodesQemuFirewallRulesByPosParams, options?: SendOptions): Promise<Answer<T.DeleteNodesQemuFirewallRulesByPosResult>> {
  return send("DELETE /nodes/{node}/qemu/{vmid}/firewall/rules/{pos}", params, options);
}

/** Check whether a VM can migrate: allowed nodes, local disks, blocking devices. */
export function getNodesQemuMigrate(send: Send, params: T.GetNodesQemuMigrateParams, options?: SendOptions): Promise<Answer<T.GetNodesQemuMigrateResult>> {
  return send("GET /nodes/{node}/qemu/{vmid}/migrate", params, options);
}

/** Live-migrate or offline-migrate a VM to another node in this cluster. */
export function postNodesQemuMigrate(send: Send, params: T.PostNodesQemuMigrateParams, options?: SendOptions): Promise<Answer<T.PostNodesQemuMigrateResult>> {
  return send("POST /nodes/{node}/qemu/{vmid}/migrate", params, options);
}

/** Run a QEMU monitor (HMP) command against a running VM. */
export function postNodesQemuMonitor(send: Send, params: T.PostNodesQemuMonitorParams, options?: SendOptions): Promise<Answer<T.PostNodesQemuMonitorResult>> {
  return send("POST /nodes/{node}/qemu/{vmid}/monitor", params, options);
}

/** Move a VM disk to other storage, or hand it to another VM. */
export function postNodesQemuMoveDisk(send: Send, params: T.PostNodesQemuMoveDiskParams, options?: SendOptions): Promise<Answer<T.PostNodesQemuMoveDiskResult>> {
  return send("POST /nodes/{node}/qemu/{vmid}/move_disk", params, options);
}

/** Set up the receiving end for a VM's cross-cluster migration (internal). */
export function postNodesQemuMtunnel(send: Send, params: T.PostNodesQemuMtunnelParams, options?: SendOptions): Promise<Answer<T.PostNodesQemuMtunnelResult>> {
  return send("POST /nodes/{node}/qemu/{vmid}/mtunnel", params, options);
}

/** Carry a VM's cross-cluster migration stream over WebSocket (internal). */
export function getNodesQemuMtunnelwebsocket(send: Send, params: T.GetNodesQemuMtunnelwebsocketParams, options?: SendOptions): Promise<Answer<T.GetNodesQemuMtunnelwebsocketResult>> {
  return send("GET /nodes/{node}/qemu/{vmid}/mtunnelwebsocket", params, options);
}

/** See which VM settings wait for a reboot, beside the active ones. */
export function getNodesQemuPending(send: Send, params: T.GetNodesQemuPendingParams, options?: SendOptions): Promise<Answer<T.GetNodesQemuPendingResult>> {
  return send("GET /nodes/{node}/qemu/{vmid}/pending", params, options);
}

/** Migrate a VM into a different cluster (cross-cluster, experimental). */
export function postNodesQemuRemoteMigrate(send: Send, params: T.PostNodesQemuRemoteMigrateParams, options?: SendOptions): Promise<Answer<T.PostNodesQemuRemoteMigrateResult>> {
  return send("POST /nodes/{node}/qemu/{vmid}/remote_migrate", params, options);
}

/** Grow (resize, enlarge) a VM disk. */
export function putNodesQemuResize(send: Send, params: T.PutNodesQemuResizeParams, options?: SendOptions): Promise<Answer<T.PutNodesQemuResizeResult>> {
  return send("PUT /nodes/{node}/qemu/{vmid}/resize", params, options);
}

/** Draw a VM's usage history as a PNG graph. */
export function getNodesQemuRrd(send: Send, params: T.GetNodesQemuRrdParams, options?: SendOptions): Promise<Answer<T.GetNodesQemuRrdResult>> {
  return send("GET /nodes/{node}/qemu/{vmid}/rrd", params, options);
}

/** Get a VM's past usage of CPU, memory, disk and network as numbers. */
export function getNodesQemuRrddata(send: Send, params: T.GetNodesQemuRrddataParams, options?: SendOptions): Promise<Answer<T.GetNodesQemuRrddataResult>> {
  return send("GET /nodes/{node}/qemu/{vmid}/rrddata", params, options);
}

/** Press keys on a VM's keyboard, such as Ctrl-Alt-Delete. */
export function putNodesQemuSendkey(send: Send, params: T.PutNodesQemuSendkeyParams, options?: SendOptions): Promise<Answer<T.PutNodesQemuSendkeyResult>> {
  return send("PUT /nodes/{node}/qemu/{vmid}/sendkey", params, options);
}

/** List a VM's snapshots and how they descend from each other. */
export function getNodesQemuSnapshot(send: Send, params: T.GetNodesQemuSnapshotParams, options?: SendOptions): Promise<Answer<T.GetNodesQemuSnapshotResult>> {
  return send("GET /nodes/{node}/qemu/{vmid}/snapshot", params, options);
}

/** Take a snapshot of a VM, optionally with its RAM. */
export function postNodesQemuSnapshot(send: Send, params: T.PostNodesQemuSnapshotParams, options?: SendOptions): Promise<Answer<T.PostNodesQemuSnapshotResult>> {
  return send("POST /nodes/{node}/qemu/{vmid}/snapshot", params, options);
}

/** Show the actions and views of one VM snapshot. */
export function getNodesQemuSnapshotBySnapname(send: Send, params: T.GetNodesQemuSnapshotBySnapnameParams, options?: SendOptions): Promise<Answer<T.GetNodesQemuSnapshotBySnapnameResult>> {
  return send("GET /nodes/{node}/qemu/{vmid}/snapshot/{snapname}", params, options);
}

/** Delete (remove) a VM's snapshot, keeping its present state. */
export function deleteNodesQemuSnapshotBySnapname(send: Send, params: T.DeleteNodesQemuSnapshotBySnapnameParams, options?: SendOptions): Promise<Answer<T.DeleteNodesQemuSnapshotBySnapnameResult>> {
  return send("DELETE /nodes/{node}/qemu/{vmid}/snapshot/{snapname}", params, options);
}

/** See the settings a VM had when a snapshot was taken. */
export function getNodesQemuSnapshotConfig(send: Send, params: T.GetNodesQemuSnapshotConfigParams, options?: SendOptions): Promise<Answer<T.GetNodesQemuSnapshotConfigResult>> {
  return send("GET /nodes/{node}/qemu/{vmid}/snapshot/{snapname}/config", params, options);
}

/** Edit the description of a VM's snapshot. */
export function putNodesQemuSnapshotConfig(send: Send, params: T.PutNodesQemuSnapshotConfigParams, options?: SendOptions): Promise<Answer<T.PutNodesQemuSnapshotConfigResult>> {
  return send("PUT /nodes/{node}/qemu/{vmid}/snapshot/{snapname}/config", params, options);
}

/** Revert a VM to an earlier snapshot, losing later changes. */
export function postNodesQemuSnapshotRollback(send: Send, params: T.PostNodesQemuSnapshotRollbackParams, options?: SendOptions): Promise<Answer<T.PostNodesQemuSnapshotRollbackResult>> {
  return send("POST /nodes/{node}/qemu/{vmid}/snapshot/{snapname}/rollback", params, options);
}

/** Get a SPICE connection file for a VM's remote desktop (virt-viewer). */
export function postNodesQemuSpiceproxy(send: Send, params: T.PostNodesQemuSpiceproxyParams, options?: SendOptions): Promise<Answer<T.PostNodesQemuSpiceproxyResult>> {
  return send("POST /nodes/{node}/qemu/{vmid}/spiceproxy", params, options);
}

/** Show the power actions and state views of a VM. */
export function getNodesQemuStatus(send: Send, params: T.GetNodesQemuStatusParams, options?: SendOptions): Promise<Answer<T.GetNodesQemuStatusResult>> {
  return send("GET /nodes/{node}/qemu/{vmid}/status", params, options);
}

/** Check whether a VM is running, with uptime, load, lock and HA state. */
export function getNodesQemuStatusCurrent(send: Send, params: T.GetNodesQemuStatusCurrentParams, options?: SendOptions): Promise<Answer<T.GetNodesQemuStatusCurrentResult>> {
  return send("GET /nodes/{node}/qemu/{vmid}/status/current", params, options);
}

/** Restart a VM cleanly so that pending settings take hold. */
export function postNodesQemuStatusReboot(send: Send, params: T.PostNodesQemuStatusRebootParams, options?: SendOptions): Promise<Answer<T.PostNodesQemuStatusRebootResult>> {
  return send("POST /nodes/{node}/qemu/{vmid}/status/reboot", params, options);
}

/** Hard-reset a VM, like pressing its reset button. */
export function postNodesQemuStatusReset(send: Send, params: T.PostNodesQemuStatusResetParams, options?: SendOptions): Promise<Answer<T.PostNodesQemuStatusResetResult>> {
  return send("POST /nodes/{node}/qemu/{vmid}/status/reset", params, options);
}

/** Unpause or wake a suspended VM. */
export function postNodesQemuStatusResume(send: Send, params: T.PostNodesQemuStatusResumeParams, options?: SendOptions): Promise<Answer<T.PostNodesQemuStatusResumeResult>> {
  return send("POST /nodes/{node}/qemu/{vmid}/status/resume", params, options);
}

/** Shut a VM down cleanly (ACPI), with optional power-off after a timeout. */
export function postNodesQemuStatusShutdown(send: Send, params: T.PostNodesQemuStatusShutdownParams, options?: SendOptions): Promise<Answer<T.PostNodesQemuStatusShutdownResult>> {
  return send("POST /nodes/{node}/qemu/{vmid}/status/shutdown", params, options);
}

/** Start (power on, boot) a VM. */
export function postNodesQemuStatusStart(send: Send, params: T.PostNodesQemuStatusStartParams, options?: SendOptions): Promise<Answer<T.PostNodesQemuStatusStartResult>> {
  return send("POST /nodes/{node}/qemu/{vmid}/status/start", params, options);
}

/** Stop a VM at once (hard power-off, kill), risking unsaved data. */
export function postNodesQemuStatusStop(send: Send, params: T.PostNodesQemuStatusStopParams, options?: SendOptions): Promise<Answer<T.PostNodesQemuStatusStopResult>> {
  return send("POST /nodes/{node}/qemu/{vmid}/status/stop", params, options);
}

/** Pause a VM in memory, or hibernate it to disk. */
export function postNodesQemuStatusSuspend(send: Send, params: T.PostNodesQemuStatusSuspendParams, options?: SendOptions): Promise<Answer<T.PostNodesQemuStatusSuspendResult>> {
  return send("POST /nodes/{node}/qemu/{vmid}/status/suspend", params, options);
}

/** Turn a VM, or one of its disks, into a template for good. */
export function postNodesQemuTemplate(send: Send, params: T.PostNodesQemuTemplateParams, options?: SendOptions): Promise<Answer<T.PostNodesQemuTemplateResult>> {
  return send("POST /nodes/{node}/qemu/{vmid}/template", params, options);
}

/** Open a text terminal on a VM's serial console (xterm.js). */
export function postNodesQemuTermproxy(send: Send, params: T.PostNodesQemuTermproxyParams, options?: SendOptions): Promise<Answer<T.PostNodesQemuTermproxyResult>> {
  return send("POST /nodes/{node}/qemu/{vmid}/termproxy", params, options);
}

/** Detach disks from a VM, or destroy them with force. */
export function putNodesQemuUnlink(send: Send, params: T.PutNodesQemuUnlinkParams, options?: SendOptions): Promise<Answer<T.PutNodesQemuUnlinkResult>> {
  return send("PUT /nodes/{node}/qemu/{vmid}/unlink", params, options);
}

/** Get a ticket and port for a VM's VNC console (noVNC). */
export function postNodesQemuVncproxy(send: Send, params: T.PostNodesQemuVncproxyParams, options?: SendOptions): Promise<Answer<T.PostNodesQemuVncproxyResult>> {
  return send("POST /nodes/{node}/qemu/{vmid}/vncproxy", params, options);
}

/** Connect to a VM's console over WebSocket with a ticket. */
export function getNodesQemuVncwebsocket(send: Send, params: T.GetNodesQemuVncwebsocketParams, options?: SendOptions): Promise<Answer<T.GetNodesQemuVncwebsocketResult>> {
  return send("GET /nodes/{node}/qemu/{vmid}/vncwebsocket", params, options);
}
