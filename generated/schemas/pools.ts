// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import { requiring } from "../../src/schema/operation-schema.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => z.enum(["qemu","lxc","storage"]).optional());
const s2 = lazy(() => p.text().optional());
const s3 = lazy(() => p.text({"format":"pve-poolid"}));
const s4 = lazy(() => p.boolean().optional());
const s5 = lazy(() => p.list({"format":"pve-storage-id-list"}).optional());
const s6 = lazy(() => p.list({"format":"pve-vmid-list"}).optional());

/** Parameters of GET /pools. */
export const getPools = lazy(() => requiring(z.strictObject({"poolid": p.text({"format":"pve-poolid"}).optional(), "type": s1()}), {"type":"poolid"}));

/** Parameters of POST /pools. */
export const postPools = lazy(() => z.strictObject({"comment": s2(), "poolid": s3()}));

/** Parameters of PUT /pools. */
export const putPools = lazy(() => z.strictObject({"allow-move": s4(), "comment": s2(), "delete": s4(), "poolid": s3(), "storage": s5(), "vms": s6()}));

/** Parameters of DELETE /pools. */
export const deletePools = lazy(() => z.strictObject({"poolid": s3()}));

/** Parameters of GET /pools/{poolid}. */
export const getPoolsByPoolid = lazy(() => z.strictObject({"poolid": s3(), "type": s1()}));

/** Parameters of PUT /pools/{poolid}. */
export const putPoolsByPoolid = lazy(() => z.strictObject({"allow-move": s4(), "comment": s2(), "delete": s4(), "poolid": s3(), "storage": s5(), "vms": s6()}));

/** Parameters of DELETE /pools/{poolid}. */
export const deletePoolsByPoolid = lazy(() => z.strictObject({"poolid": s3()}));
