// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => p.text().optional());
const s2 = lazy(() => p.text({"format":"pve-groupid"}));

/** Parameters of GET /access/groups. */
export const getAccessGroups = lazy(() => z.strictObject({}));

/** Parameters of POST /access/groups. */
export const postAccessGroups = lazy(() => z.strictObject({"comment": s1(), "groupid": s2()}));

/** Parameters of GET /access/groups/{groupid}. */
export const getAccessGroupsByGroupid = lazy(() => z.strictObject({"groupid": s2()}));

/** Parameters of PUT /access/groups/{groupid}. */
export const putAccessGroupsByGroupid = lazy(() => z.strictObject({"comment": s1(), "groupid": s2()}));

/** Parameters of DELETE /access/groups/{groupid}. */
export const deleteAccessGroupsByGroupid = lazy(() => z.strictObject({"groupid": s2()}));
