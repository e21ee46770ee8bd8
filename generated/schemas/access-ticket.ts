// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import { requiring } from "../../src/schema/operation-schema.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => p.text().optional());

/** Parameters of GET /access/ticket. */
export const getAccessTicket = lazy(() => z.looseObject({}));

/** Parameters of POST /access/ticket. */
export const postAccessTicket = lazy(() => requiring(z.strictObject({"new-format": p.boolean().optional(), "otp": s1(), "password": p.text(), "path": p.text({"maxLength":64}).optional(), "privs": p.list({"maxLength":64,"format":"pve-priv-list"}).optional(), "realm": p.text({"maxLength":32,"format":"pve-realm"}).optional(), "tfa-challenge": s1(), "username": p.text({"maxLength":64})}), {"path":"privs","privs":"path"}));
