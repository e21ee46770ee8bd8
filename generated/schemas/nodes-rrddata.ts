// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import * as p from "../../src/schema/parameter.ts";


/** Parameters of GET /nodes/{node}/rrddata. */
export const getNodesRrddata = lazy(() => z.strictObject({"cf": z.enum(["AVERAGE","MAX"]).optional(), "node": p.text({"format":"pve-node"}), "timeframe": z.enum(["hour","day","week","month","year","decade"])}));
