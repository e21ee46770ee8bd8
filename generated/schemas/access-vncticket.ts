// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => p.text({"maxLength":64}));

/** Parameters of POST /access/vncticket. */
export const postAccessVncticket = lazy(() => z.strictObject({"authid": s1(), "path": s1(), "port": p.integer().optional(), "privs": p.list({"maxLength":64,"format":"pve-priv-list"}), "vncticket": p.text()}));
