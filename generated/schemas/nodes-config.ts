// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import { indexed } from "../../src/schema/operation-schema.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => p.text({"format":"pve-node"}));
const s2 = lazy(() => p.properties({"keys":{"alias":{"type":"string","optional":true,"format":"pve-acme-alias"},"domain":{"type":"string","format":"pve-acme-domain","defaultKey":true},"plugin":{"type":"string","optional":true,"format":"pve-configid"}}}));

/** Parameters of GET /nodes/{node}/config. */
export const getNodesConfig = lazy(() => z.strictObject({"node": s1(), "property": z.enum(["acme","acmedomain0","acmedomain1","acmedomain2","acmedomain3","acmedomain4","acmedomain5","ballooning-target","description","location","startall-onboot-delay","wakeonlan"]).optional()}));

/** Parameters of PUT /nodes/{node}/config. */
export const putNodesConfig = lazy(() => indexed({"acme": p.properties({"keys":{"account":{"type":"string","optional":true,"format":"pve-configid"},"domains":{"type":"string","optional":true,"format":"pve-acme-domain-list"}}}).optional(), "ballooning-target": p.integer({"minimum":0,"maximum":100}).optional(), "delete": p.list({"format":"pve-configid-list"}).optional(), "description": p.text({"maxLength":65536}).optional(), "digest": p.text({"maxLength":40}).optional(), "location": p.properties({"format":"pve-node-location"}).optional(), "node": s1(), "startall-onboot-delay": p.integer({"minimum":0,"maximum":300}).optional(), "wakeonlan": p.properties({"keys":{"bind-interface":{"type":"string","optional":true,"format":"pve-iface"},"broadcast-address":{"type":"string","optional":true,"format":"ipv4"},"mac":{"type":"string","format":"mac-addr","defaultKey":true}}}).optional()}, { acmedomain: { count: 6, schema: s2 } }));
