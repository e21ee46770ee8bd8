// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import { requiring } from "../../src/schema/operation-schema.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => p.boolean().optional());
const s2 = lazy(() => p.text({"format":"pve-node"}));
const s3 = lazy(() => p.text({"format":"pve-node"}).optional());
const s4 = lazy(() => p.text({"format":"pve-storage-id"}));
const s5 = lazy(() => p.integer({"minimum":100,"maximum":999999999,"format":"pve-vmid"}).optional());
const s6 = lazy(() => p.text());
const s7 = lazy(() => p.text().optional());
const s8 = lazy(() => z.enum(["md5","sha1","sha224","sha256","sha384","sha512"]).optional());
const s9 = lazy(() => p.text({"enum":["iso","vztmpl","import"],"format":"pve-storage-content"}));
const s10 = lazy(() => p.text({"maxLength":255}));
const s11 = lazy(() => p.properties({"format":"prune-backups"}).optional());
const s12 = lazy(() => z.enum(["qemu","lxc"]).optional());
const s13 = lazy(() => z.enum(["AVERAGE","MAX"]).optional());
const s14 = lazy(() => z.enum(["hour","day","week","month","year"]));

/** Parameters of GET /nodes/{node}/storage. */
export const getNodesStorage = lazy(() => z.strictObject({"content": p.list({"format":"pve-storage-content-list"}).optional(), "enabled": s1(), "format": s1(), "node": s2(), "storage": p.text({"format":"pve-storage-id"}).optional(), "target": s3()}));

/** Parameters of GET /nodes/{node}/storage/{storage}. */
export const getNodesStorageByStorage = lazy(() => z.strictObject({"node": s2(), "storage": s4()}));

/** Parameters of GET /nodes/{node}/storage/{storage}/content. */
export const getNodesStorageContent = lazy(() => z.strictObject({"content": p.text({"format":"pve-storage-content"}).optional(), "node": s2(), "storage": s4(), "vmid": s5()}));

/** Parameters of POST /nodes/{node}/storage/{storage}/content. */
export const postNodesStorageContent = lazy(() => requiring(z.strictObject({"filename": s6(), "format": z.enum(["raw","qcow2","subvol","vmdk"]).optional(), "node": s2(), "size": p.text({"pattern":"\\p{Nd}+[MG]?"}), "storage": s4(), "vmid": p.integer({"minimum":100,"maximum":999999999,"format":"pve-vmid"})}), {"format":"size"}));

/** Parameters of GET /nodes/{node}/storage/{storage}/content/{volume}. */
export const getNodesStorageContentByVolume = lazy(() => z.strictObject({"node": s2(), "storage": s4(), "volume": s6()}));

/** Parameters of POST /nodes/{node}/storage/{storage}/content/{volume}. */
export const postNodesStorageContentByVolume = lazy(() => z.strictObject({"node": s2(), "storage": s4(), "target": s6(), "target_node": s3(), "volume": s6()}));

/** Parameters of PUT /nodes/{node}/storage/{storage}/content/{volume}. */
export const putNodesStorageContentByVolume = lazy(() => z.strictObject({"node": s2(), "notes": s7(), "protected": s1(), "storage": s4(), "volume": s6()}));

/** Parameters of DELETE /nodes/{node}/storage/{storage}/content/{volume}. */
export const deleteNodesStorageContentByVolume = lazy(() => z.strictObject({"delay": p.integer({"minimum":1,"maximum":30}).optional(), "node": s2(), "storage": s4(), "volume": s6()}));

/** Parameters of POST /nodes/{node}/storage/{storage}/download-url. */
export const postNodesStorageDownloadUrl = lazy(() => requiring(z.strictObject({"checksum": s7(), "checksum-algorithm": s8(), "compression": s7(), "content": s9(), "filename": s10(), "node": s2(), "storage": s4(), "url": p.text({"pattern":"https?:\\/\\/[^\\n]*"}), "verify-certificates": s1()}), {"checksum":"checksum-algorithm","checksum-algorithm":"checksum"}));

/** Parameters of GET /nodes/{node}/storage/{storage}/file-restore/download. */
export const getNodesStorageFileRestoreDownload = lazy(() => z.strictObject({"filepath": s6(), "node": s2(), "storage": s4(), "tar": s1(), "volume": s6()}));

/** Parameters of GET /nodes/{node}/storage/{storage}/file-restore/list. */
export const getNodesStorageFileRestoreList = lazy(() => z.strictObject({"filepath": s6(), "node": s2(), "storage": s4(), "volume": s6()}));

/** Parameters of GET /nodes/{node}/storage/{storage}/identity. */
export const getNodesStorageIdentity = lazy(() => z.strictObject({"node": s2(), "storage": s4()}));

/** Parameters of GET /nodes/{node}/storage/{storage}/import-metadata. */
export const getNodesStorageImportMetadata = lazy(() => z.strictObject({"node": s2(), "storage": s4(), "volume": s6()}));

/** Parameters of POST /nodes/{node}/storage/{storage}/oci-registry-pull. */
export const postNodesStorageOciRegistryPull = lazy(() => z.strictObject({"filename": p.text({"minLength":1,"maxLength":255}).optional(), "node": s2(), "reference": p.text({"pattern":"^(?:[a-zA-Z\\p{Nd}]+(?:-+[a-zA-Z\\p{Nd}]+)*(?:\\.[a-zA-Z\\p{Nd}]+(?:-+[a-zA-Z\\p{Nd}]+)*)*(?::\\p{Nd}+)?\\/)?[a-z\\p{Nd}]+(?:(?:[._]|__|-+)[a-z\\p{Nd}]+)*(?:\\/[a-z\\p{Nd}]+(?:(?:[._]|__|-+)[a-z\\p{Nd}]+)*)*:[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}][\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}.\\-]{0,127}(?=\\n?$)"}), "storage": s4()}));

/** Parameters of GET /nodes/{node}/storage/{storage}/prunebackups. */
export const getNodesStoragePrunebackups = lazy(() => z.strictObject({"node": s2(), "prune-backups": s11(), "storage": s4(), "type": s12(), "vmid": s5()}));

/** Parameters of DELETE /nodes/{node}/storage/{storage}/prunebackups. */
export const deleteNodesStoragePrunebackups = lazy(() => z.strictObject({"node": s2(), "prune-backups": s11(), "storage": s4(), "type": s12(), "vmid": s5()}));

/** Parameters of GET /nodes/{node}/storage/{storage}/rrd. */
export const getNodesStorageRrd = lazy(() => z.strictObject({"cf": s13(), "ds": p.list({"format":"pve-configid-list"}), "node": s2(), "storage": s4(), "timeframe": s14()}));

/** Parameters of GET /nodes/{node}/storage/{storage}/rrddata. */
export const getNodesStorageRrddata = lazy(() => z.strictObject({"cf": s13(), "node": s2(), "storage": s4(), "timeframe": s14()}));

/** Parameters of GET /nodes/{node}/storage/{storage}/status. */
export const getNodesStorageStatus = lazy(() => z.strictObject({"node": s2(), "storage": s4()}));

/** Parameters of POST /nodes/{node}/storage/{storage}/upload. */
export const postNodesStorageUpload = lazy(() => requiring(z.strictObject({"checksum": s7(), "checksum-algorithm": s8(), "content": s9(), "filename": s10(), "node": s2(), "storage": s4(), "tmpfilename": p.text({"pattern":"\\/var\\/tmp\\/pveupload-[0-9a-f]+"}).optional()}), {"checksum":"checksum-algorithm","checksum-algorithm":"checksum"}));
