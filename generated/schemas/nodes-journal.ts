// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => p.text().optional());
const s2 = lazy(() => p.boolean().optional());
const s3 = lazy(() => p.integer({"minimum":0}).optional());

/** Parameters of GET /nodes/{node}/journal. */
export const getNodesJournal = lazy(() => z.strictObject({"endcursor": s1(), "identifiers": s2(), "kernel": s2(), "lastentries": s3(), "node": p.text({"format":"pve-node"}), "priority": p.text({"pattern":"^(?:[0-7](?:\\.\\.[0-7])?)?(?=\\n?$)"}).optional(), "service": p.text({"maxLength":128,"pattern":"^[A-Za-z0-9_.@:*?!\\[\\]/\\-]+(?=\\n?$)"}).optional(), "since": s3(), "startcursor": s1(), "structured": s2(), "unit": p.text({"maxLength":256,"pattern":"^[A-Za-z0-9_.@:\\-]+(?=\\n?$)"}).optional(), "units": s2(), "until": s3()}));
