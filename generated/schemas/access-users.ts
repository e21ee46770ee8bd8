// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import { requiring } from "../../src/schema/operation-schema.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => p.boolean().optional());
const s2 = lazy(() => p.text({"maxLength":2048}).optional());
const s3 = lazy(() => p.text({"maxLength":254,"format":"email-opt"}).optional());
const s4 = lazy(() => p.integer({"minimum":0}).optional());
const s5 = lazy(() => p.text({"maxLength":1024}).optional());
const s6 = lazy(() => p.list({"format":"pve-groupid-list"}).optional());
const s7 = lazy(() => p.text({"pattern":"[0-9a-zA-Z!=]{0,4096}"}).optional());
const s8 = lazy(() => p.text({"maxLength":64,"format":"pve-userid"}));
const s9 = lazy(() => p.text({"pattern":"(?:[A-Za-z][A-Za-z0-9.\\-_]+)"}));
const s10 = lazy(() => p.text().optional());

/** Parameters of GET /access/users. */
export const getAccessUsers = lazy(() => z.strictObject({"enabled": s1(), "full": s1()}));

/** Parameters of POST /access/users. */
export const postAccessUsers = lazy(() => z.strictObject({"comment": s2(), "email": s3(), "enable": s1(), "expire": s4(), "firstname": s5(), "groups": s6(), "keys": s7(), "lastname": s5(), "password": p.text({"minLength":8,"maxLength":64}).optional(), "userid": s8()}));

/** Parameters of GET /access/users/{userid}. */
export const getAccessUsersByUserid = lazy(() => z.strictObject({"userid": s8()}));

/** Parameters of PUT /access/users/{userid}. */
export const putAccessUsersByUserid = lazy(() => requiring(z.strictObject({"append": s1(), "comment": s2(), "email": s3(), "enable": s1(), "expire": s4(), "firstname": s5(), "groups": s6(), "keys": s7(), "lastname": s5(), "userid": s8()}), {"append":"groups"}));

/** Parameters of DELETE /access/users/{userid}. */
export const deleteAccessUsersByUserid = lazy(() => z.strictObject({"userid": s8()}));

/** Parameters of GET /access/users/{userid}/tfa. */
export const getAccessUsersTfa = lazy(() => z.strictObject({"multiple": s1(), "userid": s8()}));

/** Parameters of GET /access/users/{userid}/token. */
export const getAccessUsersToken = lazy(() => z.strictObject({"userid": s8()}));

/** Parameters of GET /access/users/{userid}/token/{tokenid}. */
export const getAccessUsersTokenByTokenid = lazy(() => z.strictObject({"tokenid": s9(), "userid": s8()}));

/** Parameters of POST /access/users/{userid}/token/{tokenid}. */
export const postAccessUsersTokenByTokenid = lazy(() => z.strictObject({"comment": s10(), "expire": s4(), "privsep": s1(), "tokenid": s9(), "userid": s8()}));

/** Parameters of PUT /access/users/{userid}/token/{tokenid}. */
export const putAccessUsersTokenByTokenid = lazy(() => z.strictObject({"comment": s10(), "delete": p.list({"format":"pve-configid-list"}).optional(), "expire": s4(), "privsep": s1(), "regenerate": s1(), "tokenid": s9(), "userid": s8()}));

/** Parameters of DELETE /access/users/{userid}/token/{tokenid}. */
export const deleteAccessUsersTokenByTokenid = lazy(() => z.strictObject({"tokenid": s9(), "userid": s8()}));

/** Parameters of PUT /access/users/{userid}/unlock-tfa. */
export const putAccessUsersUnlockTfa = lazy(() => z.strictObject({"userid": s8()}));
