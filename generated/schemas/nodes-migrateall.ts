// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => p.integer({"minimum":1,"maximum":64}).optional());
const s2 = lazy(() => p.text({"format":"pve-node"}));

/** Parameters of POST /nodes/{node}/migrateall. */
export const postNodesMigrateall = lazy(() => z.strictObject({"max-workers": s1(), "maxworkers": s1(), "node": s2(), "target": s2(), "vms": p.list({"format":"pve-vmid-list"}).optional(), "with-local-disks": p.boolean().optional()}));
