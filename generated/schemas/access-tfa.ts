// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => p.text({"maxLength":64,"format":"pve-userid"}));
const s2 = lazy(() => p.text().optional());
const s3 = lazy(() => p.text({"maxLength":255}).optional());
const s4 = lazy(() => p.text({"minLength":5,"maxLength":64}).optional());
const s5 = lazy(() => p.text());

/** Parameters of GET /access/tfa. */
export const getAccessTfa = lazy(() => z.strictObject({}));

/** Parameters of GET /access/tfa/{userid}. */
export const getAccessTfaByUserid = lazy(() => z.strictObject({"userid": s1()}));

/** Parameters of POST /access/tfa/{userid}. */
export const postAccessTfaByUserid = lazy(() => z.strictObject({"challenge": s2(), "description": s3(), "password": s4(), "totp": s2(), "type": z.enum(["totp","u2f","webauthn","recovery","yubico"]), "userid": s1(), "value": s2()}));

/** Parameters of GET /access/tfa/{userid}/{id}. */
export const getAccessTfaById = lazy(() => z.strictObject({"id": s5(), "userid": s1()}));

/** Parameters of PUT /access/tfa/{userid}/{id}. */
export const putAccessTfaById = lazy(() => z.strictObject({"description": s3(), "enable": p.boolean().optional(), "id": s5(), "password": s4(), "userid": s1()}));

/** Parameters of DELETE /access/tfa/{userid}/{id}. */
export const deleteAccessTfaById = lazy(() => z.strictObject({"id": s5(), "password": s4(), "userid": s1()}));

/** Parameters of POST /access/tfa. */
export const postAccessTfa = lazy(() => z.strictObject({"response": s5()}));
