// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import { requiring } from "../../src/schema/operation-schema.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => p.text({"format":"pve-node"}));
const s2 = lazy(() => p.text());
const s3 = lazy(() => p.boolean().optional());
const s4 = lazy(() => p.text({"pattern":"(?:^[^:/\\t-\\r \\x85\\xA0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000]+(?=\\n?$))"}));
const s5 = lazy(() => p.text({"maxLength":128,"format":"CIDR"}).optional());
const s6 = lazy(() => p.integer({"minimum":1,"maximum":7}).optional());
const s7 = lazy(() => p.integer({"minimum":0}).optional());
const s8 = lazy(() => p.text({"maxLength":200,"pattern":"[a-zA-Z0-9](?:[a-zA-Z0-9\\-]*[a-zA-Z0-9])?"}));
const s9 = lazy(() => p.text({"pattern":"[a-zA-Z0-9](?:[a-zA-Z0-9\\-]*[a-zA-Z0-9])?"}));
const s10 = lazy(() => p.text().optional());
const s11 = lazy(() => p.integer());
const s12 = lazy(() => z.enum(["rbd","cephfs","rgw"]).optional());
const s13 = lazy(() => p.properties({"keys":{"device-class":{"type":"string","optional":true},"failure-domain":{"type":"string","optional":true},"k":{"type":"integer","minimum":2},"m":{"type":"integer","minimum":1},"profile":{"type":"string","optional":true}}}).optional());
const s14 = lazy(() => z.enum(["on","off","warn"]).optional());
const s15 = lazy(() => p.integer({"minimum":1,"maximum":32768}).optional());
const s16 = lazy(() => p.integer({"maximum":32768}).optional());
const s17 = lazy(() => p.text({"pattern":"^(?:\\p{Nd}+(?:\\.\\p{Nd}+)?)(?:[KMGT])?(?=\\n?$)"}).optional());
const s18 = lazy(() => p.number().optional());
const s19 = lazy(() => p.text({"pattern":"(?:ceph|mon|mds|osd|mgr)(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9\\-]*[a-zA-Z0-9])?)?"}).optional());

/** Parameters of GET /nodes/{node}/ceph. */
export const getNodesCeph = lazy(() => z.strictObject({"node": s1()}));

/** Parameters of GET /nodes/{node}/ceph/cfg. */
export const getNodesCephCfg = lazy(() => z.strictObject({"node": s1()}));

/** Parameters of GET /nodes/{node}/ceph/cfg/db. */
export const getNodesCephCfgDb = lazy(() => z.strictObject({"node": s1()}));

/** Parameters of GET /nodes/{node}/ceph/cfg/raw. */
export const getNodesCephCfgRaw = lazy(() => z.strictObject({"node": s1()}));

/** Parameters of GET /nodes/{node}/ceph/cfg/value. */
export const getNodesCephCfgValue = lazy(() => z.strictObject({"config-keys": p.text({"maxLength":4096,"pattern":"(?:^(?::?(?:[0-9a-zA-Z\\u017F\\u212A\\-_.]+:[0-9a-zA-Z\\u017F\\u212AA-Za-z\\u017F\\u212A\\-_]+))(?::?[;, ](?:[0-9a-zA-Z\\u017F\\u212A\\-_.]+:[0-9a-zA-Z\\u017F\\u212AA-Za-z\\u017F\\u212A\\-_]+))*(?=\\n?$))"}), "node": s1()}));

/** Parameters of GET /nodes/{node}/ceph/cmd-safety. */
export const getNodesCephCmdSafety = lazy(() => z.strictObject({"action": z.enum(["stop","destroy"]), "id": s2(), "node": s1(), "service": z.enum(["osd","mon","mds"])}));

/** Parameters of GET /nodes/{node}/ceph/crush. */
export const getNodesCephCrush = lazy(() => z.strictObject({"node": s1()}));

/** Parameters of GET /nodes/{node}/ceph/fs. */
export const getNodesCephFs = lazy(() => z.strictObject({"node": s1()}));

/** Parameters of POST /nodes/{node}/ceph/fs/{name}. */
export const postNodesCephFsByName = lazy(() => z.strictObject({"add-storage": s3(), "name": s4(), "node": s1(), "pg_num": p.integer({"minimum":8,"maximum":32768}).optional()}));

/** Parameters of DELETE /nodes/{node}/ceph/fs/{name}. */
export const deleteNodesCephFsByName = lazy(() => z.strictObject({"name": s2(), "node": s1(), "remove-pools": s3(), "remove-storages": s3()}));

/** Parameters of POST /nodes/{node}/ceph/init. */
export const postNodesCephInit = lazy(() => requiring(z.strictObject({"cluster-network": s5(), "disable_cephx": s3(), "min_size": s6(), "network": s5(), "node": s1(), "pg_bits": p.integer({"minimum":6,"maximum":14}).optional(), "size": s6()}), {"cluster-network":"network"}));

/** Parameters of GET /nodes/{node}/ceph/log. */
export const getNodesCephLog = lazy(() => z.strictObject({"limit": s7(), "node": s1(), "start": s7()}));

/** Parameters of GET /nodes/{node}/ceph/mds. */
export const getNodesCephMds = lazy(() => z.strictObject({"node": s1()}));

/** Parameters of POST /nodes/{node}/ceph/mds/{name}. */
export const postNodesCephMdsByName = lazy(() => z.strictObject({"hotstandby": s3(), "name": s8(), "node": s1()}));

/** Parameters of DELETE /nodes/{node}/ceph/mds/{name}. */
export const deleteNodesCephMdsByName = lazy(() => z.strictObject({"name": s9(), "node": s1()}));

/** Parameters of GET /nodes/{node}/ceph/mgr. */
export const getNodesCephMgr = lazy(() => z.strictObject({"node": s1()}));

/** Parameters of POST /nodes/{node}/ceph/mgr/{id}. */
export const postNodesCephMgrById = lazy(() => z.strictObject({"id": s8(), "node": s1()}));

/** Parameters of DELETE /nodes/{node}/ceph/mgr/{id}. */
export const deleteNodesCephMgrById = lazy(() => z.strictObject({"id": s9(), "node": s1()}));

/** Parameters of GET /nodes/{node}/ceph/mon. */
export const getNodesCephMon = lazy(() => z.strictObject({"node": s1()}));

/** Parameters of POST /nodes/{node}/ceph/mon/{monid}. */
export const postNodesCephMonByMonid = lazy(() => z.strictObject({"mon-address": p.list({"format":"ip-list"}).optional(), "monid": s8(), "node": s1()}));

/** Parameters of DELETE /nodes/{node}/ceph/mon/{monid}. */
export const deleteNodesCephMonByMonid = lazy(() => z.strictObject({"monid": s9(), "node": s1()}));

/** Parameters of GET /nodes/{node}/ceph/osd. */
export const getNodesCephOsd = lazy(() => z.strictObject({"node": s1()}));

/** Parameters of POST /nodes/{node}/ceph/osd. */
export const postNodesCephOsd = lazy(() => requiring(z.strictObject({"crush-device-class": s10(), "db_dev": s10(), "db_dev_size": p.number({"minimum":1}).optional(), "dev": s2(), "encrypted": s3(), "node": s1(), "osds-per-device": p.integer({"minimum":1}).optional(), "wal_dev": s10(), "wal_dev_size": p.number({"minimum":0.5}).optional()}), {"db_dev_size":"db_dev","wal_dev_size":"wal_dev"}));

/** Parameters of GET /nodes/{node}/ceph/osd/{osdid}. */
export const getNodesCephOsdByOsdid = lazy(() => z.strictObject({"node": s1(), "osdid": s11()}));

/** Parameters of DELETE /nodes/{node}/ceph/osd/{osdid}. */
export const deleteNodesCephOsdByOsdid = lazy(() => z.strictObject({"cleanup": s3(), "node": s1(), "osdid": s11()}));

/** Parameters of POST /nodes/{node}/ceph/osd/{osdid}/in. */
export const postNodesCephOsdIn = lazy(() => z.strictObject({"node": s1(), "osdid": s11()}));

/** Parameters of GET /nodes/{node}/ceph/osd/{osdid}/lv-info. */
export const getNodesCephOsdLvInfo = lazy(() => z.strictObject({"node": s1(), "osdid": s11(), "type": z.enum(["block","db","wal"]).optional()}));

/** Parameters of GET /nodes/{node}/ceph/osd/{osdid}/metadata. */
export const getNodesCephOsdMetadata = lazy(() => z.strictObject({"node": s1(), "osdid": s11()}));

/** Parameters of POST /nodes/{node}/ceph/osd/{osdid}/out. */
export const postNodesCephOsdOut = lazy(() => z.strictObject({"node": s1(), "osdid": s11()}));

/** Parameters of POST /nodes/{node}/ceph/osd/{osdid}/scrub. */
export const postNodesCephOsdScrub = lazy(() => z.strictObject({"deep": s3(), "node": s1(), "osdid": s11()}));

/** Parameters of GET /nodes/{node}/ceph/pool. */
export const getNodesCephPool = lazy(() => z.strictObject({"node": s1()}));

/** Parameters of POST /nodes/{node}/ceph/pool. */
export const postNodesCephPool = lazy(() => z.strictObject({"add_storages": s3(), "application": s12(), "crush_rule": s10(), "erasure-coding": s13(), "min_size": s6(), "name": s4(), "node": s1(), "pg_autoscale_mode": s14(), "pg_num": s15(), "pg_num_min": s16(), "size": s6(), "target_size": s17(), "target_size_ratio": s18()}));

/** Parameters of GET /nodes/{node}/ceph/pool/{name}. */
export const getNodesCephPoolByName = lazy(() => z.strictObject({"name": s2(), "node": s1()}));

/** Parameters of PUT /nodes/{node}/ceph/pool/{name}. */
export const putNodesCephPoolByName = lazy(() => z.strictObject({"application": s12(), "crush_rule": s10(), "min_size": s6(), "name": s4(), "node": s1(), "pg_autoscale_mode": s14(), "pg_num": s15(), "pg_num_min": s16(), "size": s6(), "target_size": s17(), "target_size_ratio": s18()}));

/** Parameters of DELETE /nodes/{node}/ceph/pool/{name}. */
export const deleteNodesCephPoolByName = lazy(() => z.strictObject({"force": s3(), "name": s2(), "node": s1(), "remove_ecprofile": s3(), "remove_storages": s3()}));

/** Parameters of GET /nodes/{node}/ceph/pool/{name}/status. */
export const getNodesCephPoolStatus = lazy(() => z.strictObject({"name": s2(), "node": s1(), "verbose": s3()}));

/** Parameters of GET /nodes/{node}/ceph/releases. */
export const getNodesCephReleases = lazy(() => z.strictObject({"node": s1()}));

/** Parameters of POST /nodes/{node}/ceph/restart. */
export const postNodesCephRestart = lazy(() => z.strictObject({"node": s1(), "service": s19()}));

/** Parameters of POST /nodes/{node}/ceph/restart-bulk. */
export const postNodesCephRestartBulk = lazy(() => z.strictObject({"dry-run": s3(), "force": s3(), "node": s1(), "only-outdated": s3(), "resume": s3(), "service-type": z.literal("osd"), "set-noout": s3(), "timeout": p.integer({"minimum":30,"maximum":1800}).optional()}));

/** Parameters of GET /nodes/{node}/ceph/rules. */
export const getNodesCephRules = lazy(() => z.strictObject({"node": s1()}));

/** Parameters of POST /nodes/{node}/ceph/start. */
export const postNodesCephStart = lazy(() => z.strictObject({"node": s1(), "service": s19()}));

/** Parameters of GET /nodes/{node}/ceph/status. */
export const getNodesCephStatus = lazy(() => z.strictObject({"node": s1()}));

/** Parameters of POST /nodes/{node}/ceph/stop. */
export const postNodesCephStop = lazy(() => z.strictObject({"node": s1(), "service": s19()}));

/** Parameters of GET /nodes/{node}/ceph/config. */
export const getNodesCephConfig = lazy(() => z.strictObject({"node": s1()}));

/** Parameters of GET /nodes/{node}/ceph/configdb. */
export const getNodesCephConfigdb = lazy(() => z.strictObject({"node": s1()}));

/** Parameters of GET /nodes/{node}/ceph/pools. */
export const getNodesCephPools = lazy(() => z.strictObject({"node": s1()}));

/** Parameters of POST /nodes/{node}/ceph/pools. */
export const postNodesCephPools = lazy(() => z.strictObject({"add_storages": s3(), "application": s12(), "crush_rule": s10(), "erasure-coding": s13(), "min_size": s6(), "name": s2(), "node": s1(), "pg_autoscale_mode": s14(), "pg_num": s15(), "pg_num_min": s16(), "size": s6(), "target_size": s17(), "target_size_ratio": s18()}));

/** Parameters of GET /nodes/{node}/ceph/pools/{name}. */
export const getNodesCephPoolsByName = lazy(() => z.strictObject({"name": s2(), "node": s1(), "verbose": s3()}));

/** Parameters of PUT /nodes/{node}/ceph/pools/{name}. */
export const putNodesCephPoolsByName = lazy(() => z.strictObject({"application": s12(), "crush_rule": s10(), "min_size": s6(), "name": s2(), "node": s1(), "pg_autoscale_mode": s14(), "pg_num": s15(), "pg_num_min": s16(), "size": s6(), "target_size": s17(), "target_size_ratio": s18()}));

/** Parameters of DELETE /nodes/{node}/ceph/pools/{name}. */
export const deleteNodesCephPoolsByName = lazy(() => z.strictObject({"force": s3(), "name": s2(), "node": s1(), "remove_ecprofile": s3(), "remove_storages": s3()}));
