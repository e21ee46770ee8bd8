// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import * as p from "../../src/schema/parameter.ts";


/** Parameters of GET /nodes/{node}/vncwebsocket. */
export const getNodesVncwebsocket = lazy(() => z.strictObject({"node": p.text({"format":"pve-node"}), "port": p.integer({"minimum":5900,"maximum":5999}), "vncticket": p.text({"maxLength":512})}));
