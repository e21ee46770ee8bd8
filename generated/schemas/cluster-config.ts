// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import { indexed } from "../../src/schema/operation-schema.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => p.text({"maxLength":15,"format":"pve-node"}));
const s2 = lazy(() => p.integer({"minimum":1}).optional());
const s3 = lazy(() => p.integer({"minimum":0}).optional());
const s4 = lazy(() => p.properties({"keys":{"address":{"type":"string","format":"address","defaultKey":true},"priority":{"type":"integer","optional":true,"minimum":0,"maximum":255}}}));
const s5 = lazy(() => p.text({"pattern":"(?:[A-Fa-f0-9]{2}:){31}[A-Fa-f0-9]{2}"}));
const s6 = lazy(() => p.boolean().optional());
const s7 = lazy(() => p.text());
const s8 = lazy(() => p.text({"maxLength":128}));
const s9 = lazy(() => p.integer().optional());
const s10 = lazy(() => p.text({"format":"ip"}).optional());
const s11 = lazy(() => p.text({"format":"pve-node"}));

/** Parameters of GET /cluster/config. */
export const getClusterConfig = lazy(() => z.strictObject({}));

/** Parameters of POST /cluster/config. */
export const postClusterConfig = lazy(() => indexed({"clustername": s1(), "nodeid": s2(), "token-coefficient": s3(), "votes": s2()}, { link: { count: 8, schema: s4 } }));

/** Parameters of GET /cluster/config/apiversion. */
export const getClusterConfigApiversion = lazy(() => z.strictObject({}));

/** Parameters of GET /cluster/config/join. */
export const getClusterConfigJoin = lazy(() => z.strictObject({"node": p.text({"format":"pve-node"}).optional()}));

/** Parameters of POST /cluster/config/join. */
export const postClusterConfigJoin = lazy(() => indexed({"fingerprint": s5(), "force": s6(), "hostname": s7(), "nodeid": s2(), "password": s8(), "votes": s3()}, { link: { count: 8, schema: s4 } }));

/** Parameters of GET /cluster/config/nodes. */
export const getClusterConfigNodes = lazy(() => z.strictObject({}));

/** Parameters of POST /cluster/config/nodes/{node}. */
export const postClusterConfigNodesByNode = lazy(() => indexed({"apiversion": s9(), "force": s6(), "new_node_ip": s10(), "node": s11(), "nodeid": s2(), "votes": s3()}, { link: { count: 8, schema: s4 } }));

/** Parameters of DELETE /cluster/config/nodes/{node}. */
export const deleteClusterConfigNodesByNode = lazy(() => z.strictObject({"node": s11()}));

/** Parameters of GET /cluster/config/qdevice. */
export const getClusterConfigQdevice = lazy(() => z.strictObject({}));

/** Parameters of GET /cluster/config/totem. */
export const getClusterConfigTotem = lazy(() => z.strictObject({}));
