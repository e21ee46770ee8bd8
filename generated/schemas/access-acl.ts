// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => p.boolean().optional());

/** Parameters of GET /access/acl. */
export const getAccessAcl = lazy(() => z.strictObject({}));

/** Parameters of PUT /access/acl. */
export const putAccessAcl = lazy(() => z.strictObject({"delete": s1(), "groups": p.list({"format":"pve-groupid-list"}).optional(), "path": p.text(), "propagate": s1(), "roles": p.list({"format":"pve-roleid-list"}), "tokens": p.list({"format":"pve-tokenid-list"}).optional(), "users": p.list({"format":"pve-userid-list"}).optional()}));
