// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import * as p from "../../src/schema/parameter.ts";


/** Parameters of GET /nodes/{node}/query-oci-repo-tags. */
export const getNodesQueryOciRepoTags = lazy(() => z.strictObject({"node": p.text({"format":"pve-node"}), "reference": p.text({"pattern":"^(?:[a-zA-Z\\p{Nd}]+(?:-+[a-zA-Z\\p{Nd}]+)*(?:\\.[a-zA-Z\\p{Nd}]+(?:-+[a-zA-Z\\p{Nd}]+)*)*(?::\\p{Nd}+)?\\/)?[a-z\\p{Nd}]+(?:(?:[._]|__|-+)[a-z\\p{Nd}]+)*(?:\\/[a-z\\p{Nd}]+(?:(?:[._]|__|-+)[a-z\\p{Nd}]+)*)*(?=\\n?$)"})}));
