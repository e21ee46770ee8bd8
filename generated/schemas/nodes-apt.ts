// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => p.text({"format":"pve-node"}));
const s2 = lazy(() => p.text({"maxLength":80}).optional());
const s3 = lazy(() => p.boolean().optional());
const s4 = lazy(() => p.text());

/** Parameters of GET /nodes/{node}/apt. */
export const getNodesApt = lazy(() => z.strictObject({"node": s1()}));

/** Parameters of GET /nodes/{node}/apt/changelog. */
export const getNodesAptChangelog = lazy(() => z.strictObject({"name": p.text({"pattern":"(?:[a-z0-9][\\-+.a-z0-9:]+)"}), "node": s1(), "version": p.text().optional()}));

/** Parameters of GET /nodes/{node}/apt/repositories. */
export const getNodesAptRepositories = lazy(() => z.strictObject({"node": s1()}));

/** Parameters of POST /nodes/{node}/apt/repositories. */
export const postNodesAptRepositories = lazy(() => z.strictObject({"digest": s2(), "enabled": s3(), "index": p.integer(), "node": s1(), "path": s4()}));

/** Parameters of PUT /nodes/{node}/apt/repositories. */
export const putNodesAptRepositories = lazy(() => z.strictObject({"digest": s2(), "handle": s4(), "node": s1()}));

/** Parameters of GET /nodes/{node}/apt/update. */
export const getNodesAptUpdate = lazy(() => z.strictObject({"node": s1()}));

/** Parameters of POST /nodes/{node}/apt/update. */
export const postNodesAptUpdate = lazy(() => z.strictObject({"node": s1(), "notify": s3(), "quiet": s3()}));

/** Parameters of GET /nodes/{node}/apt/versions. */
export const getNodesAptVersions = lazy(() => z.strictObject({"node": s1()}));
