// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import { requiring } from "../../src/schema/operation-schema.ts";
import * as p from "../../src/schema/parameter.ts";


/** Parameters of POST /nodes/{node}/vncshell. */
export const postNodesVncshell = lazy(() => requiring(z.strictObject({"cmd": z.enum(["ceph_install","login","upgrade"]).optional(), "cmd-opts": p.text().optional(), "height": p.integer({"minimum":16,"maximum":2160}).optional(), "node": p.text({"format":"pve-node"}), "websocket": p.boolean().optional(), "width": p.integer({"minimum":16,"maximum":4096}).optional()}), {"cmd-opts":"cmd"}));
