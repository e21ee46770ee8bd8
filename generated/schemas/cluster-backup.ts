// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import { requiring } from "../../src/schema/operation-schema.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => p.boolean().optional());
const s2 = lazy(() => p.integer({"minimum":0}).optional());
const s3 = lazy(() => p.text({"maxLength":512}).optional());
const s4 = lazy(() => p.text({"enum":["0","1","gzip","lzo","zstd"]}).optional());
const s5 = lazy(() => p.list({"format":"pve-day-of-week-list"}).optional());
const s6 = lazy(() => p.text().optional());
const s7 = lazy(() => p.list({"format":"pve-vmid-list"}).optional());
const s8 = lazy(() => p.array({"items":{"type":"string"}}).optional());
const s9 = lazy(() => p.properties({"format":"backup-fleecing"}).optional());
const s10 = lazy(() => p.integer({"minimum":0,"maximum":8}).optional());
const s11 = lazy(() => z.enum(["always","failure"]).optional());
const s12 = lazy(() => p.list({"format":"email-or-username-list"}).optional());
const s13 = lazy(() => z.enum(["snapshot","suspend","stop"]).optional());
const s14 = lazy(() => p.text({"format":"pve-node"}).optional());
const s15 = lazy(() => p.text({"maxLength":1024}).optional());
const s16 = lazy(() => z.enum(["auto","legacy-sendmail","notification-system"]).optional());
const s17 = lazy(() => z.enum(["legacy","data","metadata"]).optional());
const s18 = lazy(() => p.properties({"format":"backup-performance"}).optional());
const s19 = lazy(() => p.integer().optional());
const s20 = lazy(() => p.properties({"format":"prune-backups"}).optional());
const s21 = lazy(() => p.text({"maxLength":128,"format":"pve-calendar-event"}).optional());
const s22 = lazy(() => p.text({"pattern":"\\p{Nd}{1,2}:\\p{Nd}{1,2}"}).optional());
const s23 = lazy(() => p.text({"format":"pve-storage-id"}).optional());
const s24 = lazy(() => p.text({"maxLength":50,"pattern":"[^\\t-\\r \\x85\\xA0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000]+"}));

/** Parameters of GET /cluster/backup. */
export const getClusterBackup = lazy(() => z.strictObject({}));

/** Parameters of POST /cluster/backup. */
export const postClusterBackup = lazy(() => requiring(z.strictObject({"all": s1(), "bwlimit": s2(), "comment": s3(), "compress": s4(), "dow": s5(), "dumpdir": s6(), "enabled": s1(), "exclude": s7(), "exclude-path": s8(), "fleecing": s9(), "id": p.text({"format":"pve-configid"}).optional(), "ionice": s10(), "lockwait": s2(), "mailnotification": s11(), "mailto": s12(), "mode": s13(), "node": s14(), "notes-template": s15(), "notification-mode": s16(), "pbs-change-detection-mode": s17(), "performance": s18(), "pigz": s19(), "pool": s6(), "protected": s1(), "prune-backups": s20(), "quiet": s1(), "remove": s1(), "repeat-missed": s1(), "schedule": s21(), "script": s6(), "starttime": s22(), "stdexcludes": s1(), "stop": s1(), "stopwait": s2(), "storage": s23(), "tmpdir": s6(), "vmid": s7(), "zstd": s19()}), {"dow":"starttime","notes-template":"storage","protected":"storage"}));

/** Parameters of GET /cluster/backup/{id}. */
export const getClusterBackupById = lazy(() => z.strictObject({"id": s24()}));

/** Parameters of PUT /cluster/backup/{id}. */
export const putClusterBackupById = lazy(() => requiring(z.strictObject({"all": s1(), "bwlimit": s2(), "comment": s3(), "compress": s4(), "delete": p.list({"format":"pve-configid-list"}).optional(), "dow": s5(), "dumpdir": s6(), "enabled": s1(), "exclude": s7(), "exclude-path": s8(), "fleecing": s9(), "id": s24(), "ionice": s10(), "lockwait": s2(), "mailnotification": s11(), "mailto": s12(), "mode": s13(), "node": s14(), "notes-template": s15(), "notification-mode": s16(), "pbs-change-detection-mode": s17(), "performance": s18(), "pigz": s19(), "pool": s6(), "protected": s1(), "prune-backups": s20(), "quiet": s1(), "remove": s1(), "repeat-missed": s1(), "schedule": s21(), "script": s6(), "starttime": s22(), "stdexcludes": s1(), "stop": s1(), "stopwait": s2(), "storage": s23(), "tmpdir": s6(), "vmid": s7(), "zstd": s19()}), {"dow":"starttime","notes-template":"storage","protected":"storage"}));

/** Parameters of DELETE /cluster/backup/{id}. */
export const deleteClusterBackupById = lazy(() => z.strictObject({"id": s24()}));

/** Parameters of GET /cluster/backup/{id}/included_volumes. */
export const getClusterBackupIncludedVolumes = lazy(() => z.strictObject({"id": s24()}));
