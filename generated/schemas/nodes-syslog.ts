// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => p.integer({"minimum":0}).optional());
const s2 = lazy(() => p.text({"pattern":"^\\p{Nd}{4}-\\p{Nd}{2}-\\p{Nd}{2}(?: \\p{Nd}{2}:\\p{Nd}{2}(?::\\p{Nd}{2})?)?(?=\\n?$)"}).optional());

/** Parameters of GET /nodes/{node}/syslog. */
export const getNodesSyslog = lazy(() => z.strictObject({"limit": s1(), "node": p.text({"format":"pve-node"}), "service": p.text({"maxLength":128}).optional(), "since": s2(), "start": s1(), "until": s2()}));
