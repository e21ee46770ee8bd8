// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";


/** Parameters of GET /access. */
export const getAccess = lazy(() => z.strictObject({}));
