// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/nodes-sdn.ts";

/** Browse live SDN state on a node: zones, VNets and fabrics. */
export function getNodesSdn(send: Send, params: T.GetNodesSdnParams, options?: SendOptions): Promise<Answer<T.GetNodesSdnResult>> {
  return send("GET /nodes/{node}/sdn", params, options);
}

/** Browse a node's live view of an SDN fabric: routes, neighbours, interfaces. Since 9.1. */
export function getNodesSdnFabricsByFabric(send: Send, params: T.GetNodesSdnFabricsByFabricParams, options?: SendOptions): Promise<Answer<T.GetNodesSdnFabricsByFabricResult>> {
  return send("GET /nodes/{node}/sdn/fabrics/{fabric}", params, options);
}

/** See a node's interfaces taking part in an SDN fabric. Since 9.1. */
export function getNodesSdnFabricsInterfaces(send: Send, params: T.GetNodesSdnFabricsInterfacesParams, options?: SendOptions): Promise<Answer<T.GetNodesSdnFabricsInterfacesResult>> {
  return send("GET /nodes/{node}/sdn/fabrics/{fabric}/interfaces", params, options);
}

/** See routing neighbours a node has in an SDN fabric. Since 9.1. */
export function getNodesSdnFabricsNeighbors(send: Send, params: T.GetNodesSdnFabricsNeighborsParams, options?: SendOptions): Promise<Answer<T.GetNodesSdnFabricsNeighborsResult>> {
  return send("GET /nodes/{node}/sdn/fabrics/{fabric}/neighbors", params, options);
}

/** See routes a node learned through an SDN fabric. Since 9.1. */
export function getNodesSdnFabricsRoutes(send: Send, params: T.GetNodesSdnFabricsRoutesParams, options?: SendOptions): Promise<Answer<T.GetNodesSdnFabricsRoutesResult>> {
  return send("GET /nodes/{node}/sdn/fabrics/{fabric}/routes", params, options);
}

/** List which live SDN VNet details a node can report. Since 9.1. */
export function getNodesSdnVnetsByVnet(send: Send, params: T.GetNodesSdnVnetsByVnetParams, options?: SendOptions): Promise<Answer<T.GetNodesSdnVnetsByVnetResult>> {
  return send("GET /nodes/{node}/sdn/vnets/{vnet}", params, options);
}

/** See MAC addresses an EVPN VNet has learned on a node. Since 9.1. */
export function getNodesSdnVnetsMacVrf(send: Send, params: T.GetNodesSdnVnetsMacVrfParams, options?: SendOptions): Promise<Answer<T.GetNodesSdnVnetsMacVrfResult>> {
  return send("GET /nodes/{node}/sdn/vnets/{vnet}/mac-vrf", params, options);
}

/** Check the status of SDN zones on a node: up, pending or failing. */
export function getNodesSdnZones(send: Send, params: T.GetNodesSdnZonesParams, options?: SendOptions): Promise<Answer<T.GetNodesSdnZonesResult>> {
  return send("GET /nodes/{node}/sdn/zones", params, options);
}

/** Browse a node's live view of an SDN zone: VNets, bridges, routes. */
export function getNodesSdnZonesByZone(send: Send, params: T.GetNodesSdnZonesByZoneParams, options?: SendOptions): Promise<Answer<T.GetNodesSdnZonesByZoneResult>> {
  return send("GET /nodes/{node}/sdn/zones/{zone}", params, options);
}

/** See bridges of an SDN zone on a node with attached guest ports. Since 9.1. */
export function getNodesSdnZonesBridges(send: Send, params: T.GetNodesSdnZonesBridgesParams, options?: SendOptions): Promise<Answer<T.GetNodesSdnZonesBridgesResult>> {
  return send("GET /nodes/{node}/sdn/zones/{zone}/bridges", params, options);
}

/** See VNets of an SDN zone and their state on a node. */
export function getNodesSdnZonesContent(send: Send, params: T.GetNodesSdnZonesContentParams, options?: SendOptions): Promise<Answer<T.GetNodesSdnZonesContentResult>> {
  return send("GET /nodes/{node}/sdn/zones/{zone}/content", params, options);
}

/** See the routes a node holds in an EVPN zone's IP VRF. Since 9.1. */
export function getNodesSdnZonesIpVrf(send: Send, params: T.GetNodesSdnZonesIpVrfParams, options?: SendOptions): Promise<Answer<T.GetNodesSdnZonesIpVrfResult>> {
  return send("GET /nodes/{node}/sdn/zones/{zone}/ip-vrf", params, options);
}
