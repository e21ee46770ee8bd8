// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/nodes-scan.ts";

/** Show which storage kinds a node can probe for. */
export function getNodesScan(send: Send, params: T.GetNodesScanParams, options?: SendOptions): Promise<Answer<T.GetNodesScanResult>> {
  return send("GET /nodes/{node}/scan", params, options);
}

/** Find the shares an SMB/CIFS server offers to a node. */
export function getNodesScanCifs(send: Send, params: T.GetNodesScanCifsParams, options?: SendOptions): Promise<Answer<T.GetNodesScanCifsResult>> {
  return send("GET /nodes/{node}/scan/cifs", params, options);
}

/** Find the iSCSI targets behind a portal, as seen by a node. */
export function getNodesScanIscsi(send: Send, params: T.GetNodesScanIscsiParams, options?: SendOptions): Promise<Answer<T.GetNodesScanIscsiResult>> {
  return send("GET /nodes/{node}/scan/iscsi", params, options);
}

/** Find volume groups on a node usable as LVM storage. */
export function getNodesScanLvm(send: Send, params: T.GetNodesScanLvmParams, options?: SendOptions): Promise<Answer<T.GetNodesScanLvmResult>> {
  return send("GET /nodes/{node}/scan/lvm", params, options);
}

/** Find thin pools in a volume group usable as LVM-thin storage. */
export function getNodesScanLvmthin(send: Send, params: T.GetNodesScanLvmthinParams, options?: SendOptions): Promise<Answer<T.GetNodesScanLvmthinResult>> {
  return send("GET /nodes/{node}/scan/lvmthin", params, options);
}

/** Find the exports an NFS server offers to a node. */
export function getNodesScanNfs(send: Send, params: T.GetNodesScanNfsParams, options?: SendOptions): Promise<Answer<T.GetNodesScanNfsResult>> {
  return send("GET /nodes/{node}/scan/nfs", params, options);
}

/** Find the datastores a Proxmox Backup Server (PBS) offers. */
export function getNodesScanPbs(send: Send, params: T.GetNodesScanPbsParams, options?: SendOptions): Promise<Answer<T.GetNodesScanPbsResult>> {
  return send("GET /nodes/{node}/scan/pbs", params, options);
}

/** Find ZFS pools and datasets on a node usable as storage. */
export function getNodesScanZfs(send: Send, params: T.GetNodesScanZfsParams, options?: SendOptions): Promise<Answer<T.GetNodesScanZfsResult>> {
  return send("GET /nodes/{node}/scan/zfs", params, options);
}
