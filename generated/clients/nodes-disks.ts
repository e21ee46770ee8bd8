// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/nodes-disks.ts";

/** Browse local disk topics of a node: LVM, ZFS, directories and SMART. */
export function getNodesDisks(send: Send, params: T.GetNodesDisksParams, options?: SendOptions): Promise<Answer<T.GetNodesDisksResult>> {
  return send("GET /nodes/{node}/disks", params, options);
}

/** See disks a node mounts as directory storage. */
export function getNodesDisksDirectory(send: Send, params: T.GetNodesDisksDirectoryParams, options?: SendOptions): Promise<Answer<T.GetNodesDisksDirectoryResult>> {
  return send("GET /nodes/{node}/disks/directory", params, options);
}

/** Format an empty disk with ext4 or XFS and mount it as directory. */
export function postNodesDisksDirectory(send: Send, params: T.PostNodesDisksDirectoryParams, options?: SendOptions): Promise<Answer<T.PostNodesDisksDirectoryResult>> {
  return send("POST /nodes/{node}/disks/directory", params, options);
}

/** Unmount a disk used as directory storage and forget its mount. */
export function deleteNodesDisksDirectoryByName(send: Send, params: T.DeleteNodesDisksDirectoryByNameParams, options?: SendOptions): Promise<Answer<T.DeleteNodesDisksDirectoryByNameResult>> {
  return send("DELETE /nodes/{node}/disks/directory/{name}", params, options);
}

/** Write a fresh GPT partition table to an empty disk. */
export function postNodesDisksInitgpt(send: Send, params: T.PostNodesDisksInitgptParams, options?: SendOptions): Promise<Answer<T.PostNodesDisksInitgptResult>> {
  return send("POST /nodes/{node}/disks/initgpt", params, options);
}

/** List a node's physical disks: size, model, use, wearout and health. */
export function getNodesDisksList(send: Send, params: T.GetNodesDisksListParams, options?: SendOptions): Promise<Answer<T.GetNodesDisksListResult>> {
  return send("GET /nodes/{node}/disks/list", params, options);
}

/** See a node's LVM volume groups with the disks under them. */
export function getNodesDisksLvm(send: Send, params: T.GetNodesDisksLvmParams, options?: SendOptions): Promise<Answer<T.GetNodesDisksLvmResult>> {
  return send("GET /nodes/{node}/disks/lvm", params, options);
}

/** Create a volume group on an empty disk, optionally as storage. */
export function postNodesDisksLvm(send: Send, params: T.PostNodesDisksLvmParams, options?: SendOptions): Promise<Answer<T.PostNodesDisksLvmResult>> {
  return send("POST /nodes/{node}/disks/lvm", params, options);
}

/** Destroy a volume group on a node, optionally wiping its disks. */
export function deleteNodesDisksLvmByName(send: Send, params: T.DeleteNodesDisksLvmByNameParams, options?: SendOptions): Promise<Answer<T.DeleteNodesDisksLvmByNameResult>> {
  return send("DELETE /nodes/{node}/disks/lvm/{name}", params, options);
}

/** See a node's LVM thin pools with data and metadata use. */
export function getNodesDisksLvmthin(send: Send, params: T.GetNodesDisksLvmthinParams, options?: SendOptions): Promise<Answer<T.GetNodesDisksLvmthinResult>> {
  return send("GET /nodes/{node}/disks/lvmthin", params, options);
}

/** Create a thin pool on an empty disk, optionally as storage. */
export function postNodesDisksLvmthin(send: Send, params: T.PostNodesDisksLvmthinParams, options?: SendOptions): Promise<Answer<T.PostNodesDisksLvmthinResult>> {
  return send("POST /nodes/{node}/disks/lvmthin", params, options);
}

/** Destroy a thin pool on a node, optionally wiping its disks. */
export function deleteNodesDisksLvmthinByName(send: Send, params: T.DeleteNodesDisksLvmthinByNameParams, options?: SendOptions): Promise<Answer<T.DeleteNodesDisksLvmthinByNameResult>> {
  return send("DELETE /nodes/{node}/disks/lvmthin/{name}", params, options);
}

/** Check a physical disk's SMART health and attributes. */
export function getNodesDisksSmart(send: Send, params: T.GetNodesDisksSmartParams, options?: SendOptions): Promise<Answer<T.GetNodesDisksSmartResult>> {
  return send("GET /nodes/{node}/disks/smart", params, options);
}

/** Erase all signatures and partitions so a disk can be reused. */
export function putNodesDisksWipedisk(send: Send, params: T.PutNodesDisksWipediskParams, options?: SendOptions): Promise<Answer<T.PutNodesDisksWipediskResult>> {
  return send("PUT /nodes/{node}/disks/wipedisk", params, options);
}

/** See a node's ZFS pools with size, health and fragmentation. */
export function getNodesDisksZfs(send: Send, params: T.GetNodesDisksZfsParams, options?: SendOptions): Promise<Answer<T.GetNodesDisksZfsResult>> {
  return send("GET /nodes/{node}/disks/zfs", params, options);
}

/** Build a zpool (ZFS mirror, RAIDZ, dRAID) from a node's empty disks. */
export function postNodesDisksZfs(send: Send, params: T.PostNodesDisksZfsParams, options?: SendOptions): Promise<Answer<T.PostNodesDisksZfsResult>> {
  return send("POST /nodes/{node}/disks/zfs", params, options);
}

/** Inspect a ZFS pool: vdev tree, errors and scrub state. */
export function getNodesDisksZfsByName(send: Send, params: T.GetNodesDisksZfsByNameParams, options?: SendOptions): Promise<Answer<T.GetNodesDisksZfsByNameResult>> {
  return send("GET /nodes/{node}/disks/zfs/{name}", params, options);
}

/** Destroy a zpool with all its data, optionally wiping disks. */
export function deleteNodesDisksZfsByName(send: Send, params: T.DeleteNodesDisksZfsByNameParams, options?: SendOptions): Promise<Answer<T.DeleteNodesDisksZfsByNameResult>> {
  return send("DELETE /nodes/{node}/disks/zfs/{name}", params, options);
}
