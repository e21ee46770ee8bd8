// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import * as p from "../../src/schema/parameter.ts";


/** Parameters of POST /nodes/{node}/suspendall. */
export const postNodesSuspendall = lazy(() => z.strictObject({"max-workers": p.integer({"minimum":1,"maximum":64}).optional(), "node": p.text({"format":"pve-node"}), "vms": p.list({"format":"pve-vmid-list"}).optional()}));
