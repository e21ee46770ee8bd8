// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import { requiring } from "../../src/schema/operation-schema.ts";
import * as p from "../../src/schema/parameter.ts";


/** Parameters of POST /nodes/{node}/spiceshell. */
export const postNodesSpiceshell = lazy(() => requiring(z.strictObject({"cmd": z.enum(["ceph_install","login","upgrade"]).optional(), "cmd-opts": p.text().optional(), "node": p.text({"format":"pve-node"}), "proxy": p.text({"format":"address"}).optional()}), {"cmd-opts":"cmd"}));
