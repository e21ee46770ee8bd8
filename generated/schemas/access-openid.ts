// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => p.text({"maxLength":255}));

/** Parameters of GET /access/openid. */
export const getAccessOpenid = lazy(() => z.strictObject({}));

/** Parameters of POST /access/openid/auth-url. */
export const postAccessOpenidAuthUrl = lazy(() => z.strictObject({"realm": p.text({"maxLength":32,"format":"pve-realm"}), "redirect-url": s1()}));

/** Parameters of POST /access/openid/login. */
export const postAccessOpenidLogin = lazy(() => z.strictObject({"code": p.text({"maxLength":4096}), "redirect-url": s1(), "state": p.text({"maxLength":1024})}));
