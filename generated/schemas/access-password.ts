// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import * as p from "../../src/schema/parameter.ts";


/** Parameters of PUT /access/password. */
export const putAccessPassword = lazy(() => z.strictObject({"confirmation-password": p.text({"minLength":5,"maxLength":64}).optional(), "password": p.text({"minLength":8,"maxLength":64}), "userid": p.text({"maxLength":64,"format":"pve-userid"})}));
