// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/nodes-lxc.ts";

/** List containers (CT, LXC) on a node with state and memory use. */
export function getNodesLxc(send: Send, params: T.GetNodesLxcParams, options?: SendOptions): Promise<Answer<T.GetNodesLxcResult>> {
  return send("GET /nodes/{node}/lxc", params, options);
}

/** Create a new container from a template, or restore one from backup. */
export function postNodesLxc(send: Send, params: T.PostNodesLxcParams, options?: SendOptions): Promise<Answer<T.PostNodesLxcResult>> {
  return send("POST /nodes/{node}/lxc", params, options);
}

/** Browse what can be asked of, or done to, one container. */
export function getNodesLxcByVmid(send: Send, params: T.GetNodesLxcByVmidParams, options?: SendOptions): Promise<Answer<T.GetNodesLxcByVmidResult>> {
  return send("GET /nodes/{node}/lxc/{vmid}", params, options);
}

/** Destroy a container for good, deleting its volumes. */
export function deleteNodesLxcByVmid(send: Send, params: T.DeleteNodesLxcByVmidParams, options?: SendOptions): Promise<Answer<T.DeleteNodesLxcByVmidResult>> {
  return send("DELETE /nodes/{node}/lxc/{vmid}", params, options);
}

/** Duplicate a container or template, fully or as linked clone. */
export function postNodesLxcClone(send: Send, params: T.PostNodesLxcCloneParams, options?: SendOptions): Promise<Answer<T.PostNodesLxcCloneResult>> {
  return send("POST /nodes/{node}/lxc/{vmid}/clone", params, options);
}

/** See a container's settings: root disk, mount points, network, cores and memory. */
export function getNodesLxcConfig(send: Send, params: T.GetNodesLxcConfigParams, options?: SendOptions): Promise<Answer<T.GetNodesLxcConfigResult>> {
  return send("GET /nodes/{node}/lxc/{vmid}/config", params, options);
}

/** Change container settings: memory, cores, hostname, network, mount points, tags. */
export function putNodesLxcConfig(send: Send, params: T.PutNodesLxcConfigParams, options?: SendOptions): Promise<Answer<T.PutNodesLxcConfigResult>> {
  return send("PUT /nodes/{node}/lxc/{vmid}/config", params, options);
}

/** Find out if snapshot, clone or copy works for a container. */
export function getNodesLxcFeature(send: Send, params: T.GetNodesLxcFeatureParams, options?: SendOptions): Promise<Answer<T.GetNodesLxcFeatureResult>> {
  return send("GET /nodes/{node}/lxc/{vmid}/feature", params, options);
}

/** List the sections below a container's firewall. */
export function getNodesLxcFirewall(send: Send, params: T.GetNodesLxcFirewallParams, options?: SendOptions): Promise<Answer<T.GetNodesLxcFirewallResult>> {
  return send("GET /nodes/{node}/lxc/{vmid}/firewall", params, options);
}

/** Find the address nicknames (aliases) defined for a container's firewall. */
export function getNodesLxcFirewallAliases(send: Send, params: T.GetNodesLxcFirewallAliasesParams, options?: SendOptions): Promise<Answer<T.GetNodesLxcFirewallAliasesResult>> {
  return send("GET /nodes/{node}/lxc/{vmid}/firewall/aliases", params, options);
}

/** Add a firewall alias (named address or CIDR) to a container. */
export function postNodesLxcFirewallAliases(send: Send, params: T.PostNodesLxcFirewallAliasesParams, options?: SendOptions): Promise<Answer<T.PostNodesLxcFirewallAliasesResult>> {
  return send("POST /nodes/{node}/lxc/{vmid}/firewall/aliases", params, options);
}

/** Resolve a container firewall alias to its address. */
export function getNodesLxcFirewallAliasesByName(send: Send, params: T.GetNodesLxcFirewallAliasesByNameParams, options?: SendOptions): Promise<Answer<T.GetNodesLxcFirewallAliasesByNameResult>> {
  return send("GET /nodes/{node}/lxc/{vmid}/firewall/aliases/{name}", params, options);
}

/** Repoint or rename a firewall alias on a container. */
export function putNodesLxcFirewallAliasesByName(send: Send, params: T.PutNodesLxcFirewallAliasesByNameParams, options?: SendOptions): Promise<Answer<T.PutNodesLxcFirewallAliasesByNameResult>> {
  return send("PUT /nodes/{node}/lxc/{vmid}/firewall/aliases/{name}", params, options);
}

/** Delete a container firewall alias for an address or network. */
export function deleteNodesLxcFirewallAliasesByName(send: Send, params: T.DeleteNodesLxcFirewallAliasesByNameParams, options?: SendOptions): Promise<Answer<T.DeleteNodesLxcFirewallAliasesByNameResult>> {
  return send("DELETE /nodes/{node}/lxc/{vmid}/firewall/aliases/{name}", params, options);
}

/** Find which IP sets a container's firewall defines. */
export function getNodesLxcFirewallIpset(send: Send, params: T.GetNodesLxcFirewallIpsetParams, options?: SendOptions): Promise<Answer<T.GetNodesLxcFirewallIpsetResult>> {
  return send("GET /nodes/{node}/lxc/{vmid}/firewall/ipset", params, options);
}

/** Define an address group (IP set) for a container, or rename one. */
export function postNodesLxcFirewallIpset(send: Send, params: T.PostNodesLxcFirewallIpsetParams, options?: SendOptions): Promise<Answer<T.PostNodesLxcFirewallIpsetResult>> {
  return send("POST /nodes/{node}/lxc/{vmid}/firewall/ipset", params, options);
}

/** Show which addresses belong to an IP set of a container. */
export function getNodesLxcFirewallIpsetByName(send: Send, params: T.GetNodesLxcFirewallIpsetByNameParams, options?: SendOptions): Promise<Answer<T.GetNodesLxcFirewallIpsetByNameResult>> {
  return send("GET /nodes/{node}/lxc/{vmid}/firewall/ipset/{name}", params, options);
}

/** Extend a container's IP set by one address or network. */
export function postNodesLxcFirewallIpsetByName(send: Send, params: T.PostNodesLxcFirewallIpsetByNameParams, options?: SendOptions): Promise<Answer<T.PostNodesLxcFirewallIpsetByNameResult>> {
  return send("POST /nodes/{node}/lxc/{vmid}/firewall/ipset/{name}", params, options);
}

/** Delete an address group (IP set) defined for a container. */
export function deleteNodesLxcFirewallIpsetByName(send: Send, params: T.DeleteNodesLxcFirewallIpsetByNameParams, options?: SendOptions): Promise<Answer<T.DeleteNodesLxcFirewallIpsetByNameResult>> {
  return send("DELETE /nodes/{node}/lxc/{vmid}/firewall/ipset/{name}", params, options);
}

/** Inspect a single address within a container firewall IP set. */
export function getNodesLxcFirewallIpsetByCidr(send: Send, params: T.GetNodesLxcFirewallIpsetByCidrParams, options?: SendOptions): Promise<Answer<T.GetNodesLxcFirewallIpsetByCidrResult>> {
  return send("GET /nodes/{node}/lxc/{vmid}/firewall/ipset/{name}/{cidr}", params, options);
}

/** Annotate an address in a container firewall IP set, or exclude it. */
export function putNodesLxcFirewallIpsetByCidr(send: Send, params: T.PutNodesLxcFirewallIpsetByCidrParams, options?: SendOptions): Promise<Answer<T.PutNodesLxcFirewallIpsetByCidrResult>> {
  return send("PUT /nodes/{node}/lxc/{vmid}/firewall/ipset/{name}/{cidr}", params, options);
}

/** Remove one address from a container firewall IP set. */
export function deleteNodesLxcFirewallIpsetByCidr(send: Send, params: T.DeleteNodesLxcFirewallIpsetByCidrParams, options?: SendOptions): Promise<Answer<T.DeleteNodesLxcFirewallIpsetByCidrResult>> {
  return send("DELETE /nodes/{node}/lxc/{vmid}/firewall/ipset/{name}/{cidr}", params, options);
}

/** Find out what traffic the firewall blocked for a container. */
export function getNodesLxcFirewallLog(send: Send, params: T.GetNodesLxcFirewallLogParams, options?: SendOptions): Promise<Answer<T.GetNodesLxcFirewallLogResult>> {
  return send("GET /nodes/{node}/lxc/{vmid}/firewall/log", params, options);
}

/** Look up a container's firewall switches: enabled, default policies, filters, logging. */
export function getNodesLxcFirewallOptions(send: Send, params: T.GetNodesLxcFirewallOptionsParams, options?: SendOptions): Promise<Answer<T.GetNodesLxcFirewallOptionsResult>> {
  return send("GET /nodes/{node}/lxc/{vmid}/firewall/options", params, options);
}

/** Enable or disable firewalling for a container and choose policies and filters. */
export function putNodesLxcFirewallOptions(send: Send, params: T.PutNodesLxcFirewallOptionsParams, options?: SendOptions): Promise<Answer<T.PutNodesLxcFirewallOptionsResult>> {
  return send("PUT /nodes/{node}/lxc/{vmid}/firewall/options", params, options);
}

/** Discover names (aliases, IP sets) usable as source or destination for a container. */
export function getNodesLxcFirewallRefs(send: Send, params: T.GetNodesLxcFirewallRefsParams, options?: SendOptions): Promise<Answer<T.GetNodesLxcFirewallRefsResult>> {
  return send("GET /nodes/{node}/lxc/{vmid}/firewall/refs", params, options);
}

/** Review which traffic a container's firewall rules allow or block. */
export function getNodesLxcFirewallRules(send: Send, params: T.GetNodesLxcFirewallRulesParams, options?: SendOptions): Promise<Answer<T.GetNodesLxcFirewallRulesResult>> {
  return send("GET /nodes/{node}/lxc/{vmid}/firewall/rules", params, options);
}

/** Allow, drop or reject traffic of a container by adding a rule. */
export function postNodesLxcFirewallRules(send: Send, params: T.PostNodesLxcFirewallRulesParams, options?: SendOptions): Promise<Answer<T.PostNodesLxcFirewallRulesResult>> {
  return send("POST /nodes/{node}/lxc/{vmid}/firewall/rules", params, options);
}

/** Inspect a single container firewall rule, addressed by position. */
export function getNodesLxcFirewallRulesByPos(send: Send, params: T.GetNodesLxcFirewallRulesByPosParams, options?: SendOptions): Promise<Answer<T.GetNodesLxcFirewallRulesByPosResult>> {
  return send("GET /nodes/{node}/lxc/{vmid}/firewall/rules/{pos}", params, options);
}

/** Modify a container's firewall rule: ports, sources, action, order, on or off. */
export function putNodesLxcFirewallRulesByPos(send: Send, params: T.PutNodesLxcFirewallRulesByPosParams, options?: SendOptions): Promise<Answer<T.PutNodesLxcFirewallRulesByPosResult>> {
  return send("PUT /nodes/{node}/lxc/{vmid}/firewall/rules/{pos}", params, options);
}

/** Delete the firewall rule at a given position on a container. */
export function deleteNodesLxcFirewallRulesByPos(send: Send, params: T.DeleteNodesLxcFirewallRulesByPosParams, options?: SendOptions): Promise<Answer<T.DeleteNodesLxcFirewallRulesByPosResult>> {
  return send("DELETE /nodes/{node}/lxc/{vmid}/firewall/rules/{pos}", params, options);
}

/** Find a running container's IP and MAC addresses. Since 8.4. */
export function getNodesLxcInterfaces(send: Send, params: T.GetNodesLxcInterfacesParams, options?: SendOptions): Promise<Answer<T.GetNodesLxcInterfacesResult>> {
  return send("GET /nodes/{node}/lxc/{vmid}/interfaces", params, options);
}

/** Check whether a container can migrate: allowed nodes and what blocks it. Since 9.0. */
export function getNodesLxcMigrate(send: Send, params: T.GetNodesLxcMigrateParams, options?: SendOptions): Promise<Answer<T.GetNodesLxcMigrateResult>> {
  return send("GET /nodes/{node}/lxc/{vmid}/migrate", params, options);
}

/** Move a container to another cluster node, restarting it if it runs. */
export function postNodesLxcMigrate(send: Send, params: T.PostNodesLxcMigrateParams, options?: SendOptions): Promise<Answer<T.PostNodesLxcMigrateResult>> {
  return send("POST /nodes/{node}/lxc/{vmid}/migrate", params, options);
}

/** Move a container volume to other storage, or hand it to another container. */
export function postNodesLxcMoveVolume(send: Send, params: T.PostNodesLxcMoveVolumeParams, options?: SendOptions): Promise<Answer<T.PostNodesLxcMoveVolumeResult>> {
  return send("POST /nodes/{node}/lxc/{vmid}/move_volume", params, options);
}

/** Prepare this side to receive a container from another cluster (internal). */
export function postNodesLxcMtunnel(send: Send, params: T.PostNodesLxcMtunnelParams, options?: SendOptions): Promise<Answer<T.PostNodesLxcMtunnelResult>> {
  return send("POST /nodes/{node}/lxc/{vmid}/mtunnel", params, options);
}

/** Stream a container into another cluster during migration (internal WebSocket). */
export function getNodesLxcMtunnelwebsocket(send: Send, params: T.GetNodesLxcMtunnelwebsocketParams, options?: SendOptions): Promise<Answer<T.GetNodesLxcMtunnelwebsocketResult>> {
  return send("GET /nodes/{node}/lxc/{vmid}/mtunnelwebsocket", params, options);
}

/** Compare a container's active settings with edits not yet in force. */
export function getNodesLxcPending(send: Send, params: T.GetNodesLxcPendingParams, options?: SendOptions): Promise<Answer<T.GetNodesLxcPendingResult>> {
  return send("GET /nodes/{node}/lxc/{vmid}/pending", params, options);
}

/** Move a container into a different cluster (cross-cluster, experimental). */
export function postNodesLxcRemoteMigrate(send: Send, params: T.PostNodesLxcRemoteMigrateParams, options?: SendOptions): Promise<Answer<T.PostNodesLxcRemoteMigrateResult>> {
  return send("POST /nodes/{node}/lxc/{vmid}/remote_migrate", params, options);
}

/** Enlarge a container's root disk or mount point volume. */
export function putNodesLxcResize(send: Send, params: T.PutNodesLxcResizeParams, options?: SendOptions): Promise<Answer<T.PutNodesLxcResizeResult>> {
  return send("PUT /nodes/{node}/lxc/{vmid}/resize", params, options);
}

/** Plot a container metric over time as an image. */
export function getNodesLxcRrd(send: Send, params: T.GetNodesLxcRrdParams, options?: SendOptions): Promise<Answer<T.GetNodesLxcRrdResult>> {
  return send("GET /nodes/{node}/lxc/{vmid}/rrd", params, options);
}

/** Get a container's past usage of CPU, memory, disk and network as numbers. */
export function getNodesLxcRrddata(send: Send, params: T.GetNodesLxcRrddataParams, options?: SendOptions): Promise<Answer<T.GetNodesLxcRrddataResult>> {
  return send("GET /nodes/{node}/lxc/{vmid}/rrddata", params, options);
}

/** See which snapshots a container has. */
export function getNodesLxcSnapshot(send: Send, params: T.GetNodesLxcSnapshotParams, options?: SendOptions): Promise<Answer<T.GetNodesLxcSnapshotResult>> {
  return send("GET /nodes/{node}/lxc/{vmid}/snapshot", params, options);
}

/** Take a snapshot of a container before risky changes. */
export function postNodesLxcSnapshot(send: Send, params: T.PostNodesLxcSnapshotParams, options?: SendOptions): Promise<Answer<T.PostNodesLxcSnapshotResult>> {
  return send("POST /nodes/{node}/lxc/{vmid}/snapshot", params, options);
}

/** List what can be done with one container snapshot. */
export function getNodesLxcSnapshotBySnapname(send: Send, params: T.GetNodesLxcSnapshotBySnapnameParams, options?: SendOptions): Promise<Answer<T.GetNodesLxcSnapshotBySnapnameResult>> {
  return send("GET /nodes/{node}/lxc/{vmid}/snapshot/{snapname}", params, options);
}

/** Drop a container's snapshot without touching its current data. */
export function deleteNodesLxcSnapshotBySnapname(send: Send, params: T.DeleteNodesLxcSnapshotBySnapnameParams, options?: SendOptions): Promise<Answer<T.DeleteNodesLxcSnapshotBySnapnameResult>> {
  return send("DELETE /nodes/{node}/lxc/{vmid}/snapshot/{snapname}", params, options);
}

/** Look inside a container snapshot for the settings it saved. */
export function getNodesLxcSnapshotConfig(send: Send, params: T.GetNodesLxcSnapshotConfigParams, options?: SendOptions): Promise<Answer<T.GetNodesLxcSnapshotConfigResult>> {
  return send("GET /nodes/{node}/lxc/{vmid}/snapshot/{snapname}/config", params, options);
}

/** Annotate a container snapshot with a new description. */
export function putNodesLxcSnapshotConfig(send: Send, params: T.PutNodesLxcSnapshotConfigParams, options?: SendOptions): Promise<Answer<T.PutNodesLxcSnapshotConfigResult>> {
  return send("PUT /nodes/{node}/lxc/{vmid}/snapshot/{snapname}/config", params, options);
}

/** Roll a container back to how it was at a snapshot. */
export function postNodesLxcSnapshotRollback(send: Send, params: T.PostNodesLxcSnapshotRollbackParams, options?: SendOptions): Promise<Answer<T.PostNodesLxcSnapshotRollbackResult>> {
  return send("POST /nodes/{node}/lxc/{vmid}/snapshot/{snapname}/rollback", params, options);
}

/** Get a SPICE connection file for a container's console (virt-viewer). */
export function postNodesLxcSpiceproxy(send: Send, params: T.PostNodesLxcSpiceproxyParams, options?: SendOptions): Promise<Answer<T.PostNodesLxcSpiceproxyResult>> {
  return send("POST /nodes/{node}/lxc/{vmid}/spiceproxy", params, options);
}

/** List a container's power actions, such as start and reboot. */
export function getNodesLxcStatus(send: Send, params: T.GetNodesLxcStatusParams, options?: SendOptions): Promise<Answer<T.GetNodesLxcStatusResult>> {
  return send("GET /nodes/{node}/lxc/{vmid}/status", params, options);
}

/** Check whether a container is running, with uptime, memory and disk use. */
export function getNodesLxcStatusCurrent(send: Send, params: T.GetNodesLxcStatusCurrentParams, options?: SendOptions): Promise<Answer<T.GetNodesLxcStatusCurrentResult>> {
  return send("GET /nodes/{node}/lxc/{vmid}/status/current", params, options);
}

/** Reboot a container gracefully, putting waiting changes into force. */
export function postNodesLxcStatusReboot(send: Send, params: T.PostNodesLxcStatusRebootParams, options?: SendOptions): Promise<Answer<T.PostNodesLxcStatusRebootResult>> {
  return send("POST /nodes/{node}/lxc/{vmid}/status/reboot", params, options);
}

/** Wake a suspended container up again. */
export function postNodesLxcStatusResume(send: Send, params: T.PostNodesLxcStatusResumeParams, options?: SendOptions): Promise<Answer<T.PostNodesLxcStatusResumeResult>> {
  return send("POST /nodes/{node}/lxc/{vmid}/status/resume", params, options);
}

/** Shut a container down cleanly, killing it after a timeout if wanted. */
export function postNodesLxcStatusShutdown(send: Send, params: T.PostNodesLxcStatusShutdownParams, options?: SendOptions): Promise<Answer<T.PostNodesLxcStatusShutdownResult>> {
  return send("POST /nodes/{node}/lxc/{vmid}/status/shutdown", params, options);
}

/** Boot up a stopped container (start, power on). */
export function postNodesLxcStatusStart(send: Send, params: T.PostNodesLxcStatusStartParams, options?: SendOptions): Promise<Answer<T.PostNodesLxcStatusStartResult>> {
  return send("POST /nodes/{node}/lxc/{vmid}/status/start", params, options);
}

/** Kill a container at once (hard stop), without letting it shut down. */
export function postNodesLxcStatusStop(send: Send, params: T.PostNodesLxcStatusStopParams, options?: SendOptions): Promise<Answer<T.PostNodesLxcStatusStopResult>> {
  return send("POST /nodes/{node}/lxc/{vmid}/status/stop", params, options);
}

/** Suspend a running container by checkpointing its processes (experimental). */
export function postNodesLxcStatusSuspend(send: Send, params: T.PostNodesLxcStatusSuspendParams, options?: SendOptions): Promise<Answer<T.PostNodesLxcStatusSuspendResult>> {
  return send("POST /nodes/{node}/lxc/{vmid}/status/suspend", params, options);
}

/** Turn a container into a template for good. */
export function postNodesLxcTemplate(send: Send, params: T.PostNodesLxcTemplateParams, options?: SendOptions): Promise<Answer<T.PostNodesLxcTemplateResult>> {
  return send("POST /nodes/{node}/lxc/{vmid}/template", params, options);
}

/** Open a text terminal on a container's console (xterm.js). */
export function postNodesLxcTermproxy(send: Send, params: T.PostNodesLxcTermproxyParams, options?: SendOptions): Promise<Answer<T.PostNodesLxcTermproxyResult>> {
  return send("POST /nodes/{node}/lxc/{vmid}/termproxy", params, options);
}

/** Prepare a graphical console of a container for noVNC. */
export function postNodesLxcVncproxy(send: Send, params: T.PostNodesLxcVncproxyParams, options?: SendOptions): Promise<Answer<T.PostNodesLxcVncproxyResult>> {
  return send("POST /nodes/{node}/lxc/{vmid}/vncproxy", params, options);
}

/** Attach to an opened container console through a WebSocket. */
export function getNodesLxcVncwebsocket(send: Send, params: T.GetNodesLxcVncwebsocketParams, options?: SendOptions): Promise<Answer<T.GetNodesLxcVncwebsocketResult>> {
  return send("GET /nodes/{node}/lxc/{vmid}/vncwebsocket", params, options);
}
