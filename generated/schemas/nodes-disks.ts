// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => p.text({"format":"pve-node"}));
const s2 = lazy(() => p.boolean().optional());
const s3 = lazy(() => p.text());
const s4 = lazy(() => p.text({"format":"pve-storage-id"}));
const s5 = lazy(() => p.text({"pattern":"^\\/dev\\/[a-zA-Z0-9/]+(?=\\n?$)"}));

/** Parameters of GET /nodes/{node}/disks. */
export const getNodesDisks = lazy(() => z.strictObject({"node": s1()}));

/** Parameters of GET /nodes/{node}/disks/directory. */
export const getNodesDisksDirectory = lazy(() => z.strictObject({"node": s1()}));

/** Parameters of POST /nodes/{node}/disks/directory. */
export const postNodesDisksDirectory = lazy(() => z.strictObject({"add_storage": s2(), "device": s3(), "filesystem": z.enum(["ext4","xfs"]).optional(), "name": s4(), "node": s1()}));

/** Parameters of DELETE /nodes/{node}/disks/directory/{name}. */
export const deleteNodesDisksDirectoryByName = lazy(() => z.strictObject({"cleanup-config": s2(), "cleanup-disks": s2(), "name": s4(), "node": s1()}));

/** Parameters of POST /nodes/{node}/disks/initgpt. */
export const postNodesDisksInitgpt = lazy(() => z.strictObject({"disk": s5(), "node": s1(), "uuid": p.text({"maxLength":36,"pattern":"[a-fA-F0-9\\-]+"}).optional()}));

/** Parameters of GET /nodes/{node}/disks/list. */
export const getNodesDisksList = lazy(() => z.strictObject({"include-partitions": s2(), "node": s1(), "skipsmart": s2(), "type": z.enum(["unused","journal_disks"]).optional()}));

/** Parameters of GET /nodes/{node}/disks/lvm. */
export const getNodesDisksLvm = lazy(() => z.strictObject({"node": s1()}));

/** Parameters of POST /nodes/{node}/disks/lvm. */
export const postNodesDisksLvm = lazy(() => z.strictObject({"add_storage": s2(), "device": s3(), "name": s4(), "node": s1()}));

/** Parameters of DELETE /nodes/{node}/disks/lvm/{name}. */
export const deleteNodesDisksLvmByName = lazy(() => z.strictObject({"cleanup-config": s2(), "cleanup-disks": s2(), "name": s4(), "node": s1()}));

/** Parameters of GET /nodes/{node}/disks/lvmthin. */
export const getNodesDisksLvmthin = lazy(() => z.strictObject({"node": s1()}));

/** Parameters of POST /nodes/{node}/disks/lvmthin. */
export const postNodesDisksLvmthin = lazy(() => z.strictObject({"add_storage": s2(), "device": s3(), "name": s4(), "node": s1()}));

/** Parameters of DELETE /nodes/{node}/disks/lvmthin/{name}. */
export const deleteNodesDisksLvmthinByName = lazy(() => z.strictObject({"cleanup-config": s2(), "cleanup-disks": s2(), "name": s4(), "node": s1(), "volume-group": s4()}));

/** Parameters of GET /nodes/{node}/disks/smart. */
export const getNodesDisksSmart = lazy(() => z.strictObject({"disk": s5(), "healthonly": s2(), "node": s1()}));

/** Parameters of PUT /nodes/{node}/disks/wipedisk. */
export const putNodesDisksWipedisk = lazy(() => z.strictObject({"disk": s5(), "node": s1()}));

/** Parameters of GET /nodes/{node}/disks/zfs. */
export const getNodesDisksZfs = lazy(() => z.strictObject({"node": s1()}));

/** Parameters of POST /nodes/{node}/disks/zfs. */
export const postNodesDisksZfs = lazy(() => z.strictObject({"add_storage": s2(), "ashift": p.integer({"minimum":9,"maximum":16}).optional(), "compression": z.enum(["on","off","gzip","lz4","lzjb","zle","zstd"]).optional(), "devices": p.list({"format":"string-list"}), "draid-config": p.properties({"keys":{"data":{"type":"integer","minimum":1},"spares":{"type":"integer","minimum":0}}}).optional(), "name": s4(), "node": s1(), "raidlevel": z.enum(["single","mirror","raid10","raidz","raidz2","raidz3","draid","draid2","draid3"])}));

/** Parameters of GET /nodes/{node}/disks/zfs/{name}. */
export const getNodesDisksZfsByName = lazy(() => z.strictObject({"name": s4(), "node": s1()}));

/** Parameters of DELETE /nodes/{node}/disks/zfs/{name}. */
export const deleteNodesDisksZfsByName = lazy(() => z.strictObject({"cleanup-config": s2(), "cleanup-disks": s2(), "name": s4(), "node": s1()}));
