// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import * as p from "../../src/schema/parameter.ts";


/** Parameters of POST /nodes/{node}/execute. */
export const postNodesExecute = lazy(() => z.strictObject({"commands": p.text({"format":"pve-command-batch"}), "node": p.text({"format":"pve-node"})}));
