// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => p.text({"format":"pve-node"}));
const s2 = lazy(() => p.text({"minLength":2,"maxLength":8,"pattern":"[a-zA-Z0-9][a-zA-Z0-9\\-]{0,6}[a-zA-Z0-9]","format":"pve-sdn-fabric-id"}));
const s3 = lazy(() => p.text({"minLength":2,"maxLength":8,"pattern":"[a-zA-Z][a-zA-Z0-9]*[a-zA-Z0-9]"}));
const s4 = lazy(() => p.text());

/** Parameters of GET /nodes/{node}/sdn. */
export const getNodesSdn = lazy(() => z.strictObject({"node": s1()}));

/** Parameters of GET /nodes/{node}/sdn/fabrics/{fabric}. */
export const getNodesSdnFabricsByFabric = lazy(() => z.strictObject({"fabric": s2(), "node": s1()}));

/** Parameters of GET /nodes/{node}/sdn/fabrics/{fabric}/interfaces. */
export const getNodesSdnFabricsInterfaces = lazy(() => z.strictObject({"fabric": s2(), "node": s1()}));

/** Parameters of GET /nodes/{node}/sdn/fabrics/{fabric}/neighbors. */
export const getNodesSdnFabricsNeighbors = lazy(() => z.strictObject({"fabric": s2(), "node": s1()}));

/** Parameters of GET /nodes/{node}/sdn/fabrics/{fabric}/routes. */
export const getNodesSdnFabricsRoutes = lazy(() => z.strictObject({"fabric": s2(), "node": s1()}));

/** Parameters of GET /nodes/{node}/sdn/vnets/{vnet}. */
export const getNodesSdnVnetsByVnet = lazy(() => z.strictObject({"node": s1(), "vnet": s3()}));

/** Parameters of GET /nodes/{node}/sdn/vnets/{vnet}/mac-vrf. */
export const getNodesSdnVnetsMacVrf = lazy(() => z.strictObject({"node": s1(), "vnet": s3()}));

/** Parameters of GET /nodes/{node}/sdn/zones. */
export const getNodesSdnZones = lazy(() => z.strictObject({"node": s1()}));

/** Parameters of GET /nodes/{node}/sdn/zones/{zone}. */
export const getNodesSdnZonesByZone = lazy(() => z.strictObject({"node": s1(), "zone": s3()}));

/** Parameters of GET /nodes/{node}/sdn/zones/{zone}/bridges. */
export const getNodesSdnZonesBridges = lazy(() => z.strictObject({"node": s1(), "zone": s4()}));

/** Parameters of GET /nodes/{node}/sdn/zones/{zone}/content. */
export const getNodesSdnZonesContent = lazy(() => z.strictObject({"node": s1(), "zone": s3()}));

/** Parameters of GET /nodes/{node}/sdn/zones/{zone}/ip-vrf. */
export const getNodesSdnZonesIpVrf = lazy(() => z.strictObject({"node": s1(), "zone": s4()}));
