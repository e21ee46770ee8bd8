// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import { requiring } from "../../src/schema/operation-schema.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => p.boolean().optional());
const s2 = lazy(() => p.integer({"minimum":0}).optional());
const s3 = lazy(() => p.text().optional());
const s4 = lazy(() => p.list({"format":"pve-vmid-list"}).optional());
const s5 = lazy(() => p.text({"format":"pve-node"}));
const s6 = lazy(() => p.integer().optional());
const s7 = lazy(() => p.text({"format":"pve-storage-id"}).optional());

/** Parameters of POST /nodes/{node}/vzdump. */
export const postNodesVzdump = lazy(() => requiring(z.strictObject({"all": s1(), "bwlimit": s2(), "compress": p.text({"enum":["0","1","gzip","lzo","zstd"]}).optional(), "dumpdir": s3(), "exclude": s4(), "exclude-path": p.array({"items":{"type":"string"}}).optional(), "fleecing": p.properties({"format":"backup-fleecing"}).optional(), "ionice": p.integer({"minimum":0,"maximum":8}).optional(), "job-id": p.text({"maxLength":50,"pattern":"[^\\t-\\r \\x85\\xA0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000]+"}).optional(), "lockwait": s2(), "mailnotification": z.enum(["always","failure"]).optional(), "mailto": p.list({"format":"email-or-username-list"}).optional(), "mode": z.enum(["snapshot","suspend","stop"]).optional(), "node": s5(), "notes-template": p.text({"maxLength":1024}).optional(), "notification-mode": z.enum(["auto","legacy-sendmail","notification-system"]).optional(), "pbs-change-detection-mode": z.enum(["legacy","data","metadata"]).optional(), "performance": p.properties({"format":"backup-performance"}).optional(), "pigz": s6(), "pool": s3(), "protected": s1(), "prune-backups": p.properties({"format":"prune-backups"}).optional(), "quiet": s1(), "remove": s1(), "script": s3(), "stdexcludes": s1(), "stdout": s1(), "stop": s1(), "stopwait": s2(), "storage": s7(), "tmpdir": s3(), "vmid": s4(), "zstd": s6()}), {"notes-template":"storage","protected":"storage"}));

/** Parameters of GET /nodes/{node}/vzdump/defaults. */
export const getNodesVzdumpDefaults = lazy(() => z.strictObject({"node": s5(), "storage": s7()}));

/** Parameters of GET /nodes/{node}/vzdump/extractconfig. */
export const getNodesVzdumpExtractconfig = lazy(() => z.strictObject({"node": s5(), "volume": p.text()}));
