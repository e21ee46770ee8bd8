// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import * as p from "../../src/schema/parameter.ts";


/** Parameters of GET /nodes/{node}/query-url-metadata. */
export const getNodesQueryUrlMetadata = lazy(() => z.strictObject({"node": p.text({"format":"pve-node"}), "url": p.text({"pattern":"https?:\\/\\/[^\\n]*"}), "verify-certificates": p.boolean().optional()}));
