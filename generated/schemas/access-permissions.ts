// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import * as p from "../../src/schema/parameter.ts";


/** Parameters of GET /access/permissions. */
export const getAccessPermissions = lazy(() => z.strictObject({"path": p.text().optional(), "userid": p.text({"pattern":"(?:^(?:[^\\t-\\r \\x85\\xA0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000:/]+)@(?:[A-Za-z][A-Za-z0-9.\\-_]+)(?:!(?:[A-Za-z][A-Za-z0-9.\\-_]+))?(?=\\n?$))"}).optional()}));
