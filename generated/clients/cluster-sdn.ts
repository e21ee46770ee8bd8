// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/cluster-sdn.ts";

/** Browse software-defined network topics: zones, VNets, controllers, IPAM, DNS and fabrics. */
export function getClusterSdn(send: Send, params: T.GetClusterSdnParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterSdnResult>> {
  return send("GET /cluster/sdn", params, options);
}

/** Apply pending SDN changes and reload networking on all nodes. */
export function putClusterSdn(send: Send, params: T.PutClusterSdnParams = {}, options?: SendOptions): Promise<Answer<T.PutClusterSdnResult>> {
  return send("PUT /cluster/sdn", params, options);
}

/** See the SDN routing controllers (EVPN, BGP, IS-IS). */
export function getClusterSdnControllers(send: Send, params: T.GetClusterSdnControllersParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterSdnControllersResult>> {
  return send("GET /cluster/sdn/controllers", params, options);
}

/** Add an EVPN, BGP or IS-IS routing controller to SDN. */
export function postClusterSdnControllers(send: Send, params: T.PostClusterSdnControllersParams, options?: SendOptions): Promise<Answer<T.PostClusterSdnControllersResult>> {
  return send("POST /cluster/sdn/controllers", params, options);
}

/** Look up ASN, peers and type of an SDN routing controller. */
export function getClusterSdnControllersByController(send: Send, params: T.GetClusterSdnControllersByControllerParams, options?: SendOptions): Promise<Answer<T.GetClusterSdnControllersByControllerResult>> {
  return send("GET /cluster/sdn/controllers/{controller}", params, options);
}

/** Change ASN, peers or loopback of an SDN routing controller. */
export function putClusterSdnControllersByController(send: Send, params: T.PutClusterSdnControllersByControllerParams, options?: SendOptions): Promise<Answer<T.PutClusterSdnControllersByControllerResult>> {
  return send("PUT /cluster/sdn/controllers/{controller}", params, options);
}

/** Remove an EVPN, BGP or IS-IS routing controller from SDN. */
export function deleteClusterSdnControllersByController(send: Send, params: T.DeleteClusterSdnControllersByControllerParams, options?: SendOptions): Promise<Answer<T.DeleteClusterSdnControllersByControllerResult>> {
  return send("DELETE /cluster/sdn/controllers/{controller}", params, options);
}

/** See the DNS servers SDN registers guest names with. */
export function getClusterSdnDns(send: Send, params: T.GetClusterSdnDnsParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterSdnDnsResult>> {
  return send("GET /cluster/sdn/dns", params, options);
}

/** Connect SDN to a PowerDNS server for automatic guest names. */
export function postClusterSdnDns(send: Send, params: T.PostClusterSdnDnsParams, options?: SendOptions): Promise<Answer<T.PostClusterSdnDnsResult>> {
  return send("POST /cluster/sdn/dns", params, options);
}

/** Look up URL, TTL and type of an SDN DNS server. */
export function getClusterSdnDnsByDns(send: Send, params: T.GetClusterSdnDnsByDnsParams, options?: SendOptions): Promise<Answer<T.GetClusterSdnDnsByDnsResult>> {
  return send("GET /cluster/sdn/dns/{dns}", params, options);
}

/** Change URL, key or TTL of an SDN DNS server. */
export function putClusterSdnDnsByDns(send: Send, params: T.PutClusterSdnDnsByDnsParams, options?: SendOptions): Promise<Answer<T.PutClusterSdnDnsByDnsResult>> {
  return send("PUT /cluster/sdn/dns/{dns}", params, options);
}

/** Disconnect a DNS server from SDN. */
export function deleteClusterSdnDnsByDns(send: Send, params: T.DeleteClusterSdnDnsByDnsParams, options?: SendOptions): Promise<Answer<T.DeleteClusterSdnDnsByDnsResult>> {
  return send("DELETE /cluster/sdn/dns/{dns}", params, options);
}

/** Preview what applying pending SDN edits would change on a node. Since 9.1. */
export function getClusterSdnDryRun(send: Send, params: T.GetClusterSdnDryRunParams, options?: SendOptions): Promise<Answer<T.GetClusterSdnDryRunResult>> {
  return send("GET /cluster/sdn/dry-run", params, options);
}

/** Browse SDN routing fabric topics: fabrics, their nodes, or both. Since 9.0. */
export function getClusterSdnFabrics(send: Send, params: T.GetClusterSdnFabricsParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterSdnFabricsResult>> {
  return send("GET /cluster/sdn/fabrics", params, options);
}

/** See SDN fabrics together with their member nodes in one answer. Since 9.0. */
export function getClusterSdnFabricsAll(send: Send, params: T.GetClusterSdnFabricsAllParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterSdnFabricsAllResult>> {
  return send("GET /cluster/sdn/fabrics/all", params, options);
}

/** See the SDN routing fabrics (OpenFabric, OSPF). Since 9.0. */
export function getClusterSdnFabricsFabric(send: Send, params: T.GetClusterSdnFabricsFabricParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterSdnFabricsFabricResult>> {
  return send("GET /cluster/sdn/fabrics/fabric", params, options);
}

/** Build a new SDN routing underlay with OpenFabric or OSPF. Since 9.0. */
export function postClusterSdnFabricsFabric(send: Send, params: T.PostClusterSdnFabricsFabricParams, options?: SendOptions): Promise<Answer<T.PostClusterSdnFabricsFabricResult>> {
  return send("POST /cluster/sdn/fabrics/fabric", params, options);
}

/** Look up protocol, prefixes and timers of one SDN fabric. Since 9.0. */
export function getClusterSdnFabricsFabricById(send: Send, params: T.GetClusterSdnFabricsFabricByIdParams, options?: SendOptions): Promise<Answer<T.GetClusterSdnFabricsFabricByIdResult>> {
  return send("GET /cluster/sdn/fabrics/fabric/{id}", params, options);
}

/** Change prefixes, area or timers of an SDN fabric. Since 9.0. */
export function putClusterSdnFabricsFabricById(send: Send, params: T.PutClusterSdnFabricsFabricByIdParams, options?: SendOptions): Promise<Answer<T.PutClusterSdnFabricsFabricByIdResult>> {
  return send("PUT /cluster/sdn/fabrics/fabric/{id}", params, options);
}

/** Remove an SDN routing fabric. Since 9.0. */
export function deleteClusterSdnFabricsFabricById(send: Send, params: T.DeleteClusterSdnFabricsFabricByIdParams, options?: SendOptions): Promise<Answer<T.DeleteClusterSdnFabricsFabricByIdResult>> {
  return send("DELETE /cluster/sdn/fabrics/fabric/{id}", params, options);
}

/** See member nodes of all SDN fabrics at once. Since 9.0. */
export function getClusterSdnFabricsNode(send: Send, params: T.GetClusterSdnFabricsNodeParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterSdnFabricsNodeResult>> {
  return send("GET /cluster/sdn/fabrics/node", params, options);
}

/** See member nodes of one SDN fabric. Since 9.0. */
export function getClusterSdnFabricsNodeByFabricId(send: Send, params: T.GetClusterSdnFabricsNodeByFabricIdParams, options?: SendOptions): Promise<Answer<T.GetClusterSdnFabricsNodeByFabricIdResult>> {
  return send("GET /cluster/sdn/fabrics/node/{fabric_id}", params, options);
}

/** Enrol a node with its interfaces and router address in an SDN fabric. Since 9.0. */
export function postClusterSdnFabricsNodeByFabricId(send: Send, params: T.PostClusterSdnFabricsNodeByFabricIdParams, options?: SendOptions): Promise<Answer<T.PostClusterSdnFabricsNodeByFabricIdResult>> {
  return send("POST /cluster/sdn/fabrics/node/{fabric_id}", params, options);
}

/** Look up a member node's interfaces and addresses in an SDN fabric. Since 9.0. */
export function getClusterSdnFabricsNodeByNodeId(send: Send, params: T.GetClusterSdnFabricsNodeByNodeIdParams, options?: SendOptions): Promise<Answer<T.GetClusterSdnFabricsNodeByNodeIdResult>> {
  return send("GET /cluster/sdn/fabrics/node/{fabric_id}/{node_id}", params, options);
}

/** Change a member node's interfaces or addresses in an SDN fabric. Since 9.0. */
export function putClusterSdnFabricsNodeByNodeId(send: Send, params: T.PutClusterSdnFabricsNodeByNodeIdParams, options?: SendOptions): Promise<Answer<T.PutClusterSdnFabricsNodeByNodeIdResult>> {
  return send("PUT /cluster/sdn/fabrics/node/{fabric_id}/{node_id}", params, options);
}

/** Take a member node out of an SDN fabric. Since 9.0. */
export function deleteClusterSdnFabricsNodeByNodeId(send: Send, params: T.DeleteClusterSdnFabricsNodeByNodeIdParams, options?: SendOptions): Promise<Answer<T.DeleteClusterSdnFabricsNodeByNodeIdResult>> {
  return send("DELETE /cluster/sdn/fabrics/node/{fabric_id}/{node_id}", params, options);
}

/** See the IP address managers SDN can use (built-in, NetBox, phpIPAM). */
export function getClusterSdnIpams(send: Send, params: T.GetClusterSdnIpamsParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterSdnIpamsResult>> {
  return send("GET /cluster/sdn/ipams", params, options);
}

/** Connect SDN to an IP address manager such as NetBox or phpIPAM. */
export function postClusterSdnIpams(send: Send, params: T.PostClusterSdnIpamsParams, options?: SendOptions): Promise<Answer<T.PostClusterSdnIpamsResult>> {
  return send("POST /cluster/sdn/ipams", params, options);
}

/** Look up URL and type of one SDN IP address manager. */
export function getClusterSdnIpamsByIpam(send: Send, params: T.GetClusterSdnIpamsByIpamParams, options?: SendOptions): Promise<Answer<T.GetClusterSdnIpamsByIpamResult>> {
  return send("GET /cluster/sdn/ipams/{ipam}", params, options);
}

/** Change URL, token or section of an SDN IP address manager. */
export function putClusterSdnIpamsByIpam(send: Send, params: T.PutClusterSdnIpamsByIpamParams, options?: SendOptions): Promise<Answer<T.PutClusterSdnIpamsByIpamResult>> {
  return send("PUT /cluster/sdn/ipams/{ipam}", params, options);
}

/** Disconnect an IP address manager from SDN. */
export function deleteClusterSdnIpamsByIpam(send: Send, params: T.DeleteClusterSdnIpamsByIpamParams, options?: SendOptions): Promise<Answer<T.DeleteClusterSdnIpamsByIpamResult>> {
  return send("DELETE /cluster/sdn/ipams/{ipam}", params, options);
}

/** See which addresses the built-in IPAM has handed to guests. Since 8.4. */
export function getClusterSdnIpamsStatus(send: Send, params: T.GetClusterSdnIpamsStatusParams, options?: SendOptions): Promise<Answer<T.GetClusterSdnIpamsStatusResult>> {
  return send("GET /cluster/sdn/ipams/{ipam}/status", params, options);
}

/** Take the SDN edit lock so nobody else changes the network meanwhile. Since 9.0. */
export function postClusterSdnLock(send: Send, params: T.PostClusterSdnLockParams = {}, options?: SendOptions): Promise<Answer<T.PostClusterSdnLockResult>> {
  return send("POST /cluster/sdn/lock", params, options);
}

/** Let go of the SDN edit lock, by force if its owner is gone. Since 9.0. */
export function deleteClusterSdnLock(send: Send, params: T.DeleteClusterSdnLockParams = {}, options?: SendOptions): Promise<Answer<T.DeleteClusterSdnLockResult>> {
  return send("DELETE /cluster/sdn/lock", params, options);
}

/** Throw away SDN edits that were not applied yet. Since 9.0. */
export function postClusterSdnRollback(send: Send, params: T.PostClusterSdnRollbackParams = {}, options?: SendOptions): Promise<Answer<T.PostClusterSdnRollbackResult>> {
  return send("POST /cluster/sdn/rollback", params, options);
}

/** See the SDN virtual networks, with running or pending state. */
export function getClusterSdnVnets(send: Send, params: T.GetClusterSdnVnetsParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterSdnVnetsResult>> {
  return send("GET /cluster/sdn/vnets", params, options);
}

/** Create an SDN virtual network (VNet) in a zone, with VLAN or VXLAN tag. */
export function postClusterSdnVnets(send: Send, params: T.PostClusterSdnVnetsParams, options?: SendOptions): Promise<Answer<T.PostClusterSdnVnetsResult>> {
  return send("POST /cluster/sdn/vnets", params, options);
}

/** Look up zone, tag and alias of an SDN virtual network. */
export function getClusterSdnVnetsByVnet(send: Send, params: T.GetClusterSdnVnetsByVnetParams, options?: SendOptions): Promise<Answer<T.GetClusterSdnVnetsByVnetResult>> {
  return send("GET /cluster/sdn/vnets/{vnet}", params, options);
}

/** Change tag, zone, alias or port isolation of an SDN virtual network. */
export function putClusterSdnVnetsByVnet(send: Send, params: T.PutClusterSdnVnetsByVnetParams, options?: SendOptions): Promise<Answer<T.PutClusterSdnVnetsByVnetResult>> {
  return send("PUT /cluster/sdn/vnets/{vnet}", params, options);
}

/** Remove an SDN virtual network (VNet), pending apply. */
export function deleteClusterSdnVnetsByVnet(send: Send, params: T.DeleteClusterSdnVnetsByVnetParams, options?: SendOptions): Promise<Answer<T.DeleteClusterSdnVnetsByVnetResult>> {
  return send("DELETE /cluster/sdn/vnets/{vnet}", params, options);
}

/** Browse an SDN VNet's firewall: its rules and options. Since 8.4. */
export function getClusterSdnVnetsFirewall(send: Send, params: T.GetClusterSdnVnetsFirewallParams, options?: SendOptions): Promise<Answer<T.GetClusterSdnVnetsFirewallResult>> {
  return send("GET /cluster/sdn/vnets/{vnet}/firewall", params, options);
}

/** Check whether an SDN VNet's firewall is on and its forward policy. Since 8.4. */
export function getClusterSdnVnetsFirewallOptions(send: Send, params: T.GetClusterSdnVnetsFirewallOptionsParams, options?: SendOptions): Promise<Answer<T.GetClusterSdnVnetsFirewallOptionsResult>> {
  return send("GET /cluster/sdn/vnets/{vnet}/firewall/options", params, options);
}

/** Turn an SDN VNet's firewall on or off and set its forward policy. Since 8.4. */
export function putClusterSdnVnetsFirewallOptions(send: Send, params: T.PutClusterSdnVnetsFirewallOptionsParams, options?: SendOptions): Promise<Answer<T.PutClusterSdnVnetsFirewallOptionsResult>> {
  return send("PUT /cluster/sdn/vnets/{vnet}/firewall/options", params, options);
}

/** See the forwarding firewall rules of an SDN VNet. Since 8.4. */
export function getClusterSdnVnetsFirewallRules(send: Send, params: T.GetClusterSdnVnetsFirewallRulesParams, options?: SendOptions): Promise<Answer<T.GetClusterSdnVnetsFirewallRulesResult>> {
  return send("GET /cluster/sdn/vnets/{vnet}/firewall/rules", params, options);
}

/** Add a forwarding firewall rule to an SDN VNet. Since 8.4. */
export function postClusterSdnVnetsFirewallRules(send: Send, params: T.PostClusterSdnVnetsFirewallRulesParams, options?: SendOptions): Promise<Answer<T.PostClusterSdnVnetsFirewallRulesResult>> {
  return send("POST /cluster/sdn/vnets/{vnet}/firewall/rules", params, options);
}

/** Inspect a single forwarding rule of an SDN VNet. Since 8.4. */
export function getClusterSdnVnetsFirewallRulesByPos(send: Send, params: T.GetClusterSdnVnetsFirewallRulesByPosParams, options?: SendOptions): Promise<Answer<T.GetClusterSdnVnetsFirewallRulesByPosResult>> {
  return send("GET /cluster/sdn/vnets/{vnet}/firewall/rules/{pos}", params, options);
}

/** Modify a forwarding rule of an SDN VNet: match, action, order, state. Since 8.4. */
export function putClusterSdnVnetsFirewallRulesByPos(send: Send, params: T.PutClusterSdnVnetsFirewallRulesByPosParams, options?: SendOptions): Promise<Answer<T.PutClusterSdnVnetsFirewallRulesByPosResult>> {
  return send("PUT /cluster/sdn/vnets/{vnet}/firewall/rules/{pos}", params, options);
}

/** Drop one firewall rule of an SDN VNet by its position. Since 8.4. */
export function deleteClusterSdnVnetsFirewallRulesByPos(send: Send, params: T.DeleteClusterSdnVnetsFirewallRulesByPosParams, options?: SendOptions): Promise<Answer<T.DeleteClusterSdnVnetsFirewallRulesByPosResult>> {
  return send("DELETE /cluster/sdn/vnets/{vnet}/firewall/rules/{pos}", params, options);
}

/** Reserve a fixed address for a MAC in an SDN VNet's IPAM. Since 8.4. */
export function postClusterSdnVnetsIps(send: Send, params: T.PostClusterSdnVnetsIpsParams, options?: SendOptions): Promise<Answer<T.PostClusterSdnVnetsIpsResult>> {
  return send("POST /cluster/sdn/vnets/{vnet}/ips", params, options);
}

/** Change which address IPAM hands a guest on an SDN VNet. Since 8.4. */
export function putClusterSdnVnetsIps(send: Send, params: T.PutClusterSdnVnetsIpsParams, options?: SendOptions): Promise<Answer<T.PutClusterSdnVnetsIpsResult>> {
  return send("PUT /cluster/sdn/vnets/{vnet}/ips", params, options);
}

/** Free an address that IPAM holds for a guest on an SDN VNet. Since 8.4. */
export function deleteClusterSdnVnetsIps(send: Send, params: T.DeleteClusterSdnVnetsIpsParams, options?: SendOptions): Promise<Answer<T.DeleteClusterSdnVnetsIpsResult>> {
  return send("DELETE /cluster/sdn/vnets/{vnet}/ips", params, options);
}

/** See the IP subnets of an SDN VNet. */
export function getClusterSdnVnetsSubnets(send: Send, params: T.GetClusterSdnVnetsSubnetsParams, options?: SendOptions): Promise<Answer<T.GetClusterSdnVnetsSubnetsResult>> {
  return send("GET /cluster/sdn/vnets/{vnet}/subnets", params, options);
}

/** Add an IP subnet with gateway, SNAT or DHCP range to an SDN VNet. */
export function postClusterSdnVnetsSubnets(send: Send, params: T.PostClusterSdnVnetsSubnetsParams, options?: SendOptions): Promise<Answer<T.PostClusterSdnVnetsSubnetsResult>> {
  return send("POST /cluster/sdn/vnets/{vnet}/subnets", params, options);
}

/** Look up gateway, SNAT and DHCP ranges of an SDN subnet. */
export function getClusterSdnVnetsSubnetsBySubnet(send: Send, params: T.GetClusterSdnVnetsSubnetsBySubnetParams, options?: SendOptions): Promise<Answer<T.GetClusterSdnVnetsSubnetsBySubnetResult>> {
  return send("GET /cluster/sdn/vnets/{vnet}/subnets/{subnet}", params, options);
}

/** Change gateway, SNAT, DNS prefix or DHCP ranges of an SDN subnet. */
export function putClusterSdnVnetsSubnetsBySubnet(send: Send, params: T.PutClusterSdnVnetsSubnetsBySubnetParams, options?: SendOptions): Promise<Answer<T.PutClusterSdnVnetsSubnetsBySubnetResult>> {
  return send("PUT /cluster/sdn/vnets/{vnet}/subnets/{subnet}", params, options);
}

/** Remove an IP subnet from an SDN VNet. */
export function deleteClusterSdnVnetsSubnetsBySubnet(send: Send, params: T.DeleteClusterSdnVnetsSubnetsBySubnetParams, options?: SendOptions): Promise<Answer<T.DeleteClusterSdnVnetsSubnetsBySubnetResult>> {
  return send("DELETE /cluster/sdn/vnets/{vnet}/subnets/{subnet}", params, options);
}

/** See the SDN zones (simple, VLAN, QinQ, VXLAN, EVPN). */
export function getClusterSdnZones(send: Send, params: T.GetClusterSdnZonesParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterSdnZonesResult>> {
  return send("GET /cluster/sdn/zones", params, options);
}

/** Create an SDN zone of type simple, VLAN, QinQ, VXLAN or EVPN. */
export function postClusterSdnZones(send: Send, params: T.PostClusterSdnZonesParams, options?: SendOptions): Promise<Answer<T.PostClusterSdnZonesResult>> {
  return send("POST /cluster/sdn/zones", params, options);
}

/** Look up type, bridge, MTU and nodes of an SDN zone. */
export function getClusterSdnZonesByZone(send: Send, params: T.GetClusterSdnZonesByZoneParams, options?: SendOptions): Promise<Answer<T.GetClusterSdnZonesByZoneResult>> {
  return send("GET /cluster/sdn/zones/{zone}", params, options);
}

/** Change bridge, MTU, peers, IPAM or nodes of an SDN zone. */
export function putClusterSdnZonesByZone(send: Send, params: T.PutClusterSdnZonesByZoneParams, options?: SendOptions): Promise<Answer<T.PutClusterSdnZonesByZoneResult>> {
  return send("PUT /cluster/sdn/zones/{zone}", params, options);
}

/** Remove an SDN zone that holds no VNets any more. */
export function deleteClusterSdnZonesByZone(send: Send, params: T.DeleteClusterSdnZonesByZoneParams, options?: SendOptions): Promise<Answer<T.DeleteClusterSdnZonesByZoneResult>> {
  return send("DELETE /cluster/sdn/zones/{zone}", params, options);
}
