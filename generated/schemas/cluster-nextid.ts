// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import * as p from "../../src/schema/parameter.ts";


/** Parameters of GET /cluster/nextid. */
export const getClusterNextid = lazy(() => z.strictObject({"vmid": p.integer({"minimum":100,"maximum":999999999,"format":"pve-vmid"}).optional()}));
