// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => p.text({"format":"pve-node"}));

/** Parameters of GET /nodes/{node}/status. */
export const getNodesStatus = lazy(() => z.strictObject({"node": s1()}));

/** Parameters of POST /nodes/{node}/status. */
export const postNodesStatus = lazy(() => z.strictObject({"command": z.enum(["reboot","shutdown"]), "node": s1()}));
