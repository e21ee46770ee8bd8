// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/nodes-ceph.ts";

/** Browse a node's Ceph topics: OSDs, monitors, managers, pools and CephFS. */
export function getNodesCeph(send: Send, params: T.GetNodesCephParams, options?: SendOptions): Promise<Answer<T.GetNodesCephResult>> {
  return send("GET /nodes/{node}/ceph", params, options);
}

/** Show the ways to read Ceph configuration on a node. */
export function getNodesCephCfg(send: Send, params: T.GetNodesCephCfgParams, options?: SendOptions): Promise<Answer<T.GetNodesCephCfgResult>> {
  return send("GET /nodes/{node}/ceph/cfg", params, options);
}

/** Read the options kept in Ceph's monitor database (ceph config dump). */
export function getNodesCephCfgDb(send: Send, params: T.GetNodesCephCfgDbParams, options?: SendOptions): Promise<Answer<T.GetNodesCephCfgDbResult>> {
  return send("GET /nodes/{node}/ceph/cfg/db", params, options);
}

/** Read ceph.conf as text through a node. */
export function getNodesCephCfgRaw(send: Send, params: T.GetNodesCephCfgRawParams, options?: SendOptions): Promise<Answer<T.GetNodesCephCfgRawResult>> {
  return send("GET /nodes/{node}/ceph/cfg/raw", params, options);
}

/** Look up chosen Ceph options, whether set by file or monitor database. Since 8.4. */
export function getNodesCephCfgValue(send: Send, params: T.GetNodesCephCfgValueParams, options?: SendOptions): Promise<Answer<T.GetNodesCephCfgValueResult>> {
  return send("GET /nodes/{node}/ceph/cfg/value", params, options);
}

/** Test whether it is safe to stop or destroy a Ceph daemon, or data would be in danger. */
export function getNodesCephCmdSafety(send: Send, params: T.GetNodesCephCmdSafetyParams, options?: SendOptions): Promise<Answer<T.GetNodesCephCmdSafetyResult>> {
  return send("GET /nodes/{node}/ceph/cmd-safety", params, options);
}

/** Read the CRUSH map as text. */
export function getNodesCephCrush(send: Send, params: T.GetNodesCephCrushParams, options?: SendOptions): Promise<Answer<T.GetNodesCephCrushResult>> {
  return send("GET /nodes/{node}/ceph/crush", params, options);
}

/** See the CephFS filesystems with their data and metadata pools. */
export function getNodesCephFs(send: Send, params: T.GetNodesCephFsParams, options?: SendOptions): Promise<Answer<T.GetNodesCephFsResult>> {
  return send("GET /nodes/{node}/ceph/fs", params, options);
}

/** Set up a new CephFS with its pools, optionally as storage. */
export function postNodesCephFsByName(send: Send, params: T.PostNodesCephFsByNameParams, options?: SendOptions): Promise<Answer<T.PostNodesCephFsByNameResult>> {
  return send("POST /nodes/{node}/ceph/fs/{name}", params, options);
}

/** Delete a CephFS, optionally with its pools and storage entries. Since 9.2. */
export function deleteNodesCephFsByName(send: Send, params: T.DeleteNodesCephFsByNameParams, options?: SendOptions): Promise<Answer<T.DeleteNodesCephFsByNameResult>> {
  return send("DELETE /nodes/{node}/ceph/fs/{name}", params, options);
}

/** Initialise Ceph on a node: write first ceph.conf with networks and replica defaults. */
export function postNodesCephInit(send: Send, params: T.PostNodesCephInitParams, options?: SendOptions): Promise<Answer<T.PostNodesCephInitResult>> {
  return send("POST /nodes/{node}/ceph/init", params, options);
}

/** Read the Ceph cluster log on a node. */
export function getNodesCephLog(send: Send, params: T.GetNodesCephLogParams, options?: SendOptions): Promise<Answer<T.GetNodesCephLogResult>> {
  return send("GET /nodes/{node}/ceph/log", params, options);
}

/** See CephFS metadata servers (MDS) and whether they are active or standby. */
export function getNodesCephMds(send: Send, params: T.GetNodesCephMdsParams, options?: SendOptions): Promise<Answer<T.GetNodesCephMdsResult>> {
  return send("GET /nodes/{node}/ceph/mds", params, options);
}

/** Add a CephFS metadata server (MDS) daemon on a node. */
export function postNodesCephMdsByName(send: Send, params: T.PostNodesCephMdsByNameParams, options?: SendOptions): Promise<Answer<T.PostNodesCephMdsByNameResult>> {
  return send("POST /nodes/{node}/ceph/mds/{name}", params, options);
}

/** Remove a CephFS metadata server daemon from a node. */
export function deleteNodesCephMdsByName(send: Send, params: T.DeleteNodesCephMdsByNameParams, options?: SendOptions): Promise<Answer<T.DeleteNodesCephMdsByNameResult>> {
  return send("DELETE /nodes/{node}/ceph/mds/{name}", params, options);
}

/** See Ceph manager daemons (MGR) and which one is active. */
export function getNodesCephMgr(send: Send, params: T.GetNodesCephMgrParams, options?: SendOptions): Promise<Answer<T.GetNodesCephMgrResult>> {
  return send("GET /nodes/{node}/ceph/mgr", params, options);
}

/** Add a Ceph manager daemon (MGR) on a node. */
export function postNodesCephMgrById(send: Send, params: T.PostNodesCephMgrByIdParams, options?: SendOptions): Promise<Answer<T.PostNodesCephMgrByIdResult>> {
  return send("POST /nodes/{node}/ceph/mgr/{id}", params, options);
}

/** Remove a Ceph manager daemon (MGR) from a node. */
export function deleteNodesCephMgrById(send: Send, params: T.DeleteNodesCephMgrByIdParams, options?: SendOptions): Promise<Answer<T.DeleteNodesCephMgrByIdResult>> {
  return send("DELETE /nodes/{node}/ceph/mgr/{id}", params, options);
}

/** See Ceph monitors (MON), their addresses and quorum state. */
export function getNodesCephMon(send: Send, params: T.GetNodesCephMonParams, options?: SendOptions): Promise<Answer<T.GetNodesCephMonResult>> {
  return send("GET /nodes/{node}/ceph/mon", params, options);
}

/** Add a further Ceph monitor (MON) on a node. */
export function postNodesCephMonByMonid(send: Send, params: T.PostNodesCephMonByMonidParams, options?: SendOptions): Promise<Answer<T.PostNodesCephMonByMonidResult>> {
  return send("POST /nodes/{node}/ceph/mon/{monid}", params, options);
}

/** Remove a node's Ceph monitor (MON), unless it is the only one. */
export function deleteNodesCephMonByMonid(send: Send, params: T.DeleteNodesCephMonByMonidParams, options?: SendOptions): Promise<Answer<T.DeleteNodesCephMonByMonidResult>> {
  return send("DELETE /nodes/{node}/ceph/mon/{monid}", params, options);
}

/** See Ceph OSDs by host and CRUSH tree, with up/in state and usage. */
export function getNodesCephOsd(send: Send, params: T.GetNodesCephOsdParams, options?: SendOptions): Promise<Answer<T.GetNodesCephOsdResult>> {
  return send("GET /nodes/{node}/ceph/osd", params, options);
}

/** Turn an empty disk into one or more Ceph OSDs. */
export function postNodesCephOsd(send: Send, params: T.PostNodesCephOsdParams, options?: SendOptions): Promise<Answer<T.PostNodesCephOsdResult>> {
  return send("POST /nodes/{node}/ceph/osd", params, options);
}

/** List what can be read from or done to one Ceph OSD. */
export function getNodesCephOsdByOsdid(send: Send, params: T.GetNodesCephOsdByOsdidParams, options?: SendOptions): Promise<Answer<T.GetNodesCephOsdByOsdidResult>> {
  return send("GET /nodes/{node}/ceph/osd/{osdid}", params, options);
}

/** Remove a Ceph OSD from a node, optionally wiping its disk. */
export function deleteNodesCephOsdByOsdid(send: Send, params: T.DeleteNodesCephOsdByOsdidParams, options?: SendOptions): Promise<Answer<T.DeleteNodesCephOsdByOsdidResult>> {
  return send("DELETE /nodes/{node}/ceph/osd/{osdid}", params, options);
}

/** Bring an OSD back in so Ceph places data on it again. */
export function postNodesCephOsdIn(send: Send, params: T.PostNodesCephOsdInParams, options?: SendOptions): Promise<Answer<T.PostNodesCephOsdInResult>> {
  return send("POST /nodes/{node}/ceph/osd/{osdid}/in", params, options);
}

/** See the logical volume that holds a Ceph OSD's block, DB or WAL. */
export function getNodesCephOsdLvInfo(send: Send, params: T.GetNodesCephOsdLvInfoParams, options?: SendOptions): Promise<Answer<T.GetNodesCephOsdLvInfoResult>> {
  return send("GET /nodes/{node}/ceph/osd/{osdid}/lv-info", params, options);
}

/** Inspect a Ceph OSD: devices, addresses, memory use and version. */
export function getNodesCephOsdMetadata(send: Send, params: T.GetNodesCephOsdMetadataParams, options?: SendOptions): Promise<Answer<T.GetNodesCephOsdMetadataResult>> {
  return send("GET /nodes/{node}/ceph/osd/{osdid}/metadata", params, options);
}

/** Mark an OSD out so Ceph drains its data to others. */
export function postNodesCephOsdOut(send: Send, params: T.PostNodesCephOsdOutParams, options?: SendOptions): Promise<Answer<T.PostNodesCephOsdOutResult>> {
  return send("POST /nodes/{node}/ceph/osd/{osdid}/out", params, options);
}

/** Start a scrub or deep scrub of a Ceph OSD's data. */
export function postNodesCephOsdScrub(send: Send, params: T.PostNodesCephOsdScrubParams, options?: SendOptions): Promise<Answer<T.PostNodesCephOsdScrubResult>> {
  return send("POST /nodes/{node}/ceph/osd/{osdid}/scrub", params, options);
}

/** See all Ceph pools with replica size, PGs and usage. */
export function getNodesCephPool(send: Send, params: T.GetNodesCephPoolParams, options?: SendOptions): Promise<Answer<T.GetNodesCephPoolResult>> {
  return send("GET /nodes/{node}/ceph/pool", params, options);
}

/** Create a replicated or erasure-coded Ceph pool, optionally as storage. */
export function postNodesCephPool(send: Send, params: T.PostNodesCephPoolParams, options?: SendOptions): Promise<Answer<T.PostNodesCephPoolResult>> {
  return send("POST /nodes/{node}/ceph/pool", params, options);
}

/** List what can be read about one Ceph pool. */
export function getNodesCephPoolByName(send: Send, params: T.GetNodesCephPoolByNameParams, options?: SendOptions): Promise<Answer<T.GetNodesCephPoolByNameResult>> {
  return send("GET /nodes/{node}/ceph/pool/{name}", params, options);
}

/** Change replica size, PG count, CRUSH rule or autoscaling of a Ceph pool. */
export function putNodesCephPoolByName(send: Send, params: T.PutNodesCephPoolByNameParams, options?: SendOptions): Promise<Answer<T.PutNodesCephPoolByNameResult>> {
  return send("PUT /nodes/{node}/ceph/pool/{name}", params, options);
}

/** Delete a Ceph pool and all data in it. */
export function deleteNodesCephPoolByName(send: Send, params: T.DeleteNodesCephPoolByNameParams, options?: SendOptions): Promise<Answer<T.DeleteNodesCephPoolByNameResult>> {
  return send("DELETE /nodes/{node}/ceph/pool/{name}", params, options);
}

/** Inspect one Ceph pool's live settings, usage and autoscaler advice. */
export function getNodesCephPoolStatus(send: Send, params: T.GetNodesCephPoolStatusParams, options?: SendOptions): Promise<Answer<T.GetNodesCephPoolStatusResult>> {
  return send("GET /nodes/{node}/ceph/pool/{name}/status", params, options);
}

/** Find which Ceph releases exist and which a node could install. Since 9.2. */
export function getNodesCephReleases(send: Send, params: T.GetNodesCephReleasesParams, options?: SendOptions): Promise<Answer<T.GetNodesCephReleasesResult>> {
  return send("GET /nodes/{node}/ceph/releases", params, options);
}

/** Bounce Ceph daemons on a node: all, one kind or a single one. */
export function postNodesCephRestart(send: Send, params: T.PostNodesCephRestartParams, options?: SendOptions): Promise<Answer<T.PostNodesCephRestartResult>> {
  return send("POST /nodes/{node}/ceph/restart", params, options);
}

/** Restart a node's Ceph OSDs one by one, waiting for health between. Since 9.2. */
export function postNodesCephRestartBulk(send: Send, params: T.PostNodesCephRestartBulkParams, options?: SendOptions): Promise<Answer<T.PostNodesCephRestartBulkResult>> {
  return send("POST /nodes/{node}/ceph/restart-bulk", params, options);
}

/** Find the CRUSH rule names a Ceph pool can use. */
export function getNodesCephRules(send: Send, params: T.GetNodesCephRulesParams, options?: SendOptions): Promise<Answer<T.GetNodesCephRulesResult>> {
  return send("GET /nodes/{node}/ceph/rules", params, options);
}

/** Bring up Ceph daemons on a node: all, one kind or a single OSD. */
export function postNodesCephStart(send: Send, params: T.PostNodesCephStartParams, options?: SendOptions): Promise<Answer<T.PostNodesCephStartResult>> {
  return send("POST /nodes/{node}/ceph/start", params, options);
}

/** Check overall Ceph health, monitors, OSDs and PGs as seen through a node. */
export function getNodesCephStatus(send: Send, params: T.GetNodesCephStatusParams, options?: SendOptions): Promise<Answer<T.GetNodesCephStatusResult>> {
  return send("GET /nodes/{node}/ceph/status", params, options);
}

/** Halt Ceph daemons on a node: all, one kind or a single OSD. */
export function postNodesCephStop(send: Send, params: T.PostNodesCephStopParams, options?: SendOptions): Promise<Answer<T.PostNodesCephStopResult>> {
  return send("POST /nodes/{node}/ceph/stop", params, options);
}
