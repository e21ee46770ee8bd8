// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import * as p from "../../src/schema/parameter.ts";


/** Parameters of GET /nodes. */
export const getNodes = lazy(() => z.strictObject({}));

/** Parameters of GET /nodes/{node}. */
export const getNodesByNode = lazy(() => z.strictObject({"node": p.text({"format":"pve-node"})}));
