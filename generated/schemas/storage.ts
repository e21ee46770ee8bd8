// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => p.text().optional());
const s2 = lazy(() => p.text({"format":"pve-storage-zfs-blocksize"}).optional());
const s3 = lazy(() => p.properties({"keys":{"clone":{"type":"number","optional":true,"minimum":0},"default":{"type":"number","optional":true,"minimum":0},"migration":{"type":"number","optional":true,"minimum":0},"move":{"type":"number","optional":true,"minimum":0},"restore":{"type":"number","optional":true,"minimum":0}}}).optional());
const s4 = lazy(() => p.list({"format":"pve-storage-content-list"}).optional());
const s5 = lazy(() => p.list({"format":"pve-dir-override-list"}).optional());
const s6 = lazy(() => p.boolean().optional());
const s7 = lazy(() => p.text({"maxLength":256}).optional());
const s8 = lazy(() => p.text({"format":"pve-storage-path"}).optional());
const s9 = lazy(() => p.text({"pattern":"(?:[A-Fa-f0-9]{2}:){31}[A-Fa-f0-9]{2}"}).optional());
const s10 = lazy(() => z.enum(["raw","qcow2","subvol","vmdk"]).optional());
const s11 = lazy(() => p.text({"format":"pve-configid"}).optional());
const s12 = lazy(() => p.integer({"minimum":-1}).optional());
const s13 = lazy(() => p.list({"format":"pve-storage-portal-dns-list"}).optional());
const s14 = lazy(() => p.list({"format":"pve-node-list"}).optional());
const s15 = lazy(() => p.text({"format":"pve-storage-options"}).optional());
const s16 = lazy(() => p.integer({"minimum":1,"maximum":65535}).optional());
const s17 = lazy(() => z.enum(["off","metadata","falloc","full"]).optional());
const s18 = lazy(() => p.properties({"format":"prune-backups"}).optional());
const s19 = lazy(() => p.integer({"enum":[1,2,4,8,16,32]}).optional());
const s20 = lazy(() => p.text({"format":"pve-storage-server"}).optional());
const s21 = lazy(() => p.text({"enum":["default","2.0","2.1","3","3.0","3.11"]}).optional());
const s22 = lazy(() => p.text({"format":"pve-storage-id"}));
const s23 = lazy(() => p.text({"format":"pve-storage-vgname"}).optional());

/** Parameters of GET /storage. */
export const getStorage = lazy(() => z.strictObject({"type": z.enum(["btrfs","cephfs","cifs","dir","esxi","iscsi","iscsidirect","lvm","lvmthin","nfs","pbs","rbd","zfs","zfspool"]).optional()}));

/** Parameters of POST /storage. */
export const postStorage = lazy(() => z.strictObject({"authsupported": s1(), "base": p.text({"format":"pve-volume-id"}).optional(), "blocksize": s2(), "bwlimit": s3(), "comstar_hg": s1(), "comstar_tg": s1(), "content": s4(), "content-dirs": s5(), "create-base-path": s6(), "create-subdirs": s6(), "data-pool": s1(), "datastore": s1(), "disable": s6(), "domain": s7(), "encryption-key": s1(), "export": s8(), "fingerprint": s9(), "format": s10(), "fs-name": s11(), "fuse": s6(), "is_mountpoint": s1(), "iscsiprovider": s1(), "keyring": s1(), "krbd": s6(), "lio_tpg": s1(), "master-pubkey": s1(), "max-protected-backups": s12(), "mkdir": s6(), "monhost": s13(), "mountpoint": s8(), "namespace": s1(), "nocow": s6(), "nodes": s14(), "nowritecache": s6(), "options": s15(), "password": s7(), "path": s8(), "pool": s1(), "port": s16(), "portal": p.text({"format":"pve-storage-portal-dns"}).optional(), "preallocation": s17(), "prune-backups": s18(), "saferemove": s6(), "saferemove-stepsize": s19(), "saferemove_throughput": s1(), "server": s20(), "share": s1(), "shared": s6(), "skip-cert-verification": s6(), "smbversion": s21(), "snapshot-as-volume-chain": s6(), "sparse": s6(), "storage": s22(), "subdir": s8(), "tagged_only": s6(), "target": s1(), "thinpool": s23(), "type": z.enum(["btrfs","cephfs","cifs","dir","esxi","iscsi","iscsidirect","lvm","lvmthin","nfs","pbs","rbd","zfs","zfspool"]), "username": s1(), "vgname": s23(), "zfs-base-path": s8()}));

/** Parameters of GET /storage/{storage}. */
export const getStorageByStorage = lazy(() => z.strictObject({"storage": s22()}));

/** Parameters of PUT /storage/{storage}. */
export const putStorageByStorage = lazy(() => z.strictObject({"blocksize": s2(), "bwlimit": s3(), "comstar_hg": s1(), "comstar_tg": s1(), "content": s4(), "content-dirs": s5(), "create-base-path": s6(), "create-subdirs": s6(), "data-pool": s1(), "delete": p.list({"maxLength":4096,"format":"pve-configid-list"}).optional(), "digest": p.text({"maxLength":64}).optional(), "disable": s6(), "domain": s7(), "encryption-key": s1(), "fingerprint": s9(), "format": s10(), "fs-name": s11(), "fuse": s6(), "is_mountpoint": s1(), "keyring": s1(), "krbd": s6(), "lio_tpg": s1(), "master-pubkey": s1(), "max-protected-backups": s12(), "mkdir": s6(), "monhost": s13(), "mountpoint": s8(), "namespace": s1(), "nocow": s6(), "nodes": s14(), "nowritecache": s6(), "options": s15(), "password": s7(), "pool": s1(), "port": s16(), "preallocation": s17(), "prune-backups": s18(), "saferemove": s6(), "saferemove-stepsize": s19(), "saferemove_throughput": s1(), "server": s20(), "shared": s6(), "skip-cert-verification": s6(), "smbversion": s21(), "snapshot-as-volume-chain": s6(), "sparse": s6(), "storage": s22(), "subdir": s8(), "tagged_only": s6(), "username": s1(), "zfs-base-path": s8()}));

/** Parameters of DELETE /storage/{storage}. */
export const deleteStorageByStorage = lazy(() => z.strictObject({"storage": s22()}));
