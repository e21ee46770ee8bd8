// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => p.text({"format":"pve-node"}));

/** Parameters of GET /nodes/{node}/subscription. */
export const getNodesSubscription = lazy(() => z.strictObject({"node": s1()}));

/** Parameters of POST /nodes/{node}/subscription. */
export const postNodesSubscription = lazy(() => z.strictObject({"force": p.boolean().optional(), "node": s1()}));

/** Parameters of PUT /nodes/{node}/subscription. */
export const putNodesSubscription = lazy(() => z.strictObject({"key": p.text({"maxLength":32,"pattern":"[\\t-\\r \\x85\\xA0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000]*pve(?:[1248])(?:[cbsp])-(?:arm-)?[0-9a-f]{10}[\\t-\\r \\x85\\xA0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000]*"}), "node": s1()}));

/** Parameters of DELETE /nodes/{node}/subscription. */
export const deleteNodesSubscription = lazy(() => z.strictObject({"node": s1()}));
