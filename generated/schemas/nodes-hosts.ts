// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => p.text({"format":"pve-node"}));

/** Parameters of GET /nodes/{node}/hosts. */
export const getNodesHosts = lazy(() => z.strictObject({"node": s1()}));

/** Parameters of POST /nodes/{node}/hosts. */
export const postNodesHosts = lazy(() => z.strictObject({"data": p.text(), "digest": p.text({"maxLength":64}).optional(), "node": s1()}));
