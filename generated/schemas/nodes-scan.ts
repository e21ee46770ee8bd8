// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => p.text({"format":"pve-node"}));
const s2 = lazy(() => p.text().optional());
const s3 = lazy(() => p.text({"format":"pve-storage-server"}));
const s4 = lazy(() => p.text());

/** Parameters of GET /nodes/{node}/scan. */
export const getNodesScan = lazy(() => z.strictObject({"node": s1()}));

/** Parameters of GET /nodes/{node}/scan/cifs. */
export const getNodesScanCifs = lazy(() => z.strictObject({"domain": s2(), "node": s1(), "password": s2(), "server": s3(), "username": s2()}));

/** Parameters of GET /nodes/{node}/scan/iscsi. */
export const getNodesScanIscsi = lazy(() => z.strictObject({"node": s1(), "portal": p.text({"format":"pve-storage-portal-dns"})}));

/** Parameters of GET /nodes/{node}/scan/lvm. */
export const getNodesScanLvm = lazy(() => z.strictObject({"node": s1()}));

/** Parameters of GET /nodes/{node}/scan/lvmthin. */
export const getNodesScanLvmthin = lazy(() => z.strictObject({"node": s1(), "vg": p.text({"maxLength":100,"pattern":"[a-zA-Z0-9.+_][a-zA-Z0-9.+_\\-]+"})}));

/** Parameters of GET /nodes/{node}/scan/nfs. */
export const getNodesScanNfs = lazy(() => z.strictObject({"node": s1(), "server": s3()}));

/** Parameters of GET /nodes/{node}/scan/pbs. */
export const getNodesScanPbs = lazy(() => z.strictObject({"fingerprint": p.text({"pattern":"(?:[A-Fa-f0-9]{2}:){31}[A-Fa-f0-9]{2}"}).optional(), "node": s1(), "password": s4(), "port": p.integer({"minimum":1,"maximum":65535}).optional(), "server": s3(), "username": s4()}));

/** Parameters of GET /nodes/{node}/scan/zfs. */
export const getNodesScanZfs = lazy(() => z.strictObject({"node": s1()}));

/** Parameters of GET /nodes/{node}/scan/glusterfs. */
export const getNodesScanGlusterfs = lazy(() => z.strictObject({"node": s1(), "server": s3()}));
