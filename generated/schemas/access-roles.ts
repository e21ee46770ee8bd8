// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import { requiring } from "../../src/schema/operation-schema.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => p.list({"format":"pve-priv-list"}).optional());
const s2 = lazy(() => p.text({"format":"pve-roleid"}));

/** Parameters of GET /access/roles. */
export const getAccessRoles = lazy(() => z.strictObject({}));

/** Parameters of POST /access/roles. */
export const postAccessRoles = lazy(() => z.strictObject({"privs": s1(), "roleid": s2()}));

/** Parameters of GET /access/roles/{roleid}. */
export const getAccessRolesByRoleid = lazy(() => z.strictObject({"roleid": s2()}));

/** Parameters of PUT /access/roles/{roleid}. */
export const putAccessRolesByRoleid = lazy(() => requiring(z.strictObject({"append": p.boolean().optional(), "privs": s1(), "roleid": s2()}), {"append":"privs"}));

/** Parameters of DELETE /access/roles/{roleid}. */
export const deleteAccessRolesByRoleid = lazy(() => z.strictObject({"roleid": s2()}));
