// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => p.text({"format":"pve-node"}));
const s2 = lazy(() => p.text({"format":"ip"}).optional());

/** Parameters of GET /nodes/{node}/dns. */
export const getNodesDns = lazy(() => z.strictObject({"node": s1()}));

/** Parameters of PUT /nodes/{node}/dns. */
export const putNodesDns = lazy(() => z.strictObject({"dns1": s2(), "dns2": s2(), "dns3": s2(), "node": s1(), "search": p.text()}));
