// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import { indexed } from "../../src/schema/operation-schema.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => p.properties({"keys":{"address":{"type":"string","format":"address","defaultKey":true},"priority":{"type":"integer","optional":true,"minimum":0,"maximum":255}}}));
const s2 = lazy(() => p.integer({"minimum":1}).optional());
const s3 = lazy(() => p.integer({"minimum":0}).optional());
const s4 = lazy(() => p.boolean().optional());
const s5 = lazy(() => p.text({"format":"pve-node"}));

/** Parameters of GET /cluster/config. */
export const getClusterConfig = lazy(() => z.strictObject({}));

/** Parameters of POST /cluster/config. */
export const postClusterConfig = lazy(() => indexed({"clustername": p.text({"maxLength":15,"format":"pve-node"}), "nodeid": s2(), "token-coefficient": s3(), "votes": s2()}, { link: { count: 8, schema: s1 } }));

/** Parameters of GET /cluster/config/apiversion. */
export const getClusterConfigApiversion = lazy(() => z.strictObject({}));

/** Parameters of GET /cluster/config/join. */
export const getClusterConfigJoin = lazy(() => z.strictObject({"node": p.text({"format":"pve-node"}).optional()}));

/** Parameters of POST /cluster/config/join. */
export const postClusterConfigJoin = lazy(() => indexed({"fingerprint": p.text({"pattern":"(?:[A-Fa-f0-9]{2}:){31}[A-Fa-f0-9]{2}"}), "force": s4(), "hostname": p.text(), "nodeid": s2(), "password": p.text({"maxLength":128}), "votes": s3()}, { link: { count: 8, schema: s1 } }));

/** Parameters of GET /cluster/config/nodes. */
export const getClusterConfigNodes = lazy(() => z.strictObject({}));

/** Parameters of POST /cluster/config/nodes/{node}. */
export const postClusterConfigNodesByNode = lazy(() => indexed({"apiversion": p.integer().optional(), "force": s4(), "new_node_ip": p.text({"format":"ip"}).optional(), "node": s5(), "nodeid": s2(), "votes": s3()}, { link: { count: 8, schema: s1 } }));

/** Parameters of DELETE /cluster/config/nodes/{node}. */
export const deleteClusterConfigNodesByNode = lazy(() => z.strictObject({"node": s5()}));

/** Parameters of GET /cluster/config/qdevice. */
export const getClusterConfigQdevice = lazy(() => z.strictObject({}));

/** Parameters of GET /cluster/config/totem. */
export const getClusterConfigTotem = lazy(() => z.strictObject({}));
