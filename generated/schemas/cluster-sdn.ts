// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => p.text().optional());
const s2 = lazy(() => p.boolean().optional());
const s3 = lazy(() => p.integer({"minimum":0,"maximum":4294967295}).optional());
const s4 = lazy(() => p.text({"minLength":2,"maxLength":64,"pattern":"[a-zA-Z][a-zA-Z0-9_\\-]*[a-zA-Z0-9]"}));
const s5 = lazy(() => p.integer().optional());
const s6 = lazy(() => p.text({"format":"pve-sdn-fabric-id"}).optional());
const s7 = lazy(() => p.list({"format":"pve-iface-list"}).optional());
const s8 = lazy(() => p.text({"minLength":20,"maxLength":50,"pattern":"[a-fA-F0-9]{2}(?:\\.[a-fA-F0-9]{4}){3,9}\\.[a-fA-F0-9]{2}","format":"pve-sdn-isis-net"}).optional());
const s9 = lazy(() => p.text({"format":"pve-node"}).optional());
const s10 = lazy(() => p.list({"format":"ip-list"}).optional());
const s11 = lazy(() => p.list({"maxLength":4096,"format":"pve-configid-list"}).optional());
const s12 = lazy(() => p.text({"maxLength":64}).optional());
const s13 = lazy(() => p.text({"minLength":2,"pattern":"[a-zA-Z][a-zA-Z0-9]*[a-zA-Z0-9]"}));
const s14 = lazy(() => p.text({"pattern":"(?:[A-Fa-f0-9]{2}:){31}[A-Fa-f0-9]{2}"}).optional());
const s15 = lazy(() => p.text());
const s16 = lazy(() => p.text({"format":"pve-node"}));
const s17 = lazy(() => p.text({"typeProperty":"protocol","instanceTypes":["ospf"]}).optional());
const s18 = lazy(() => p.number({"minimum":1,"maximum":600,"typeProperty":"protocol","instanceTypes":["openfabric"]}).optional());
const s19 = lazy(() => p.text({"minLength":2,"maxLength":8,"pattern":"[a-zA-Z0-9][a-zA-Z0-9\\-]{0,6}[a-zA-Z0-9]","format":"pve-sdn-fabric-id"}));
const s20 = lazy(() => p.text({"format":"CIDR"}).optional());
const s21 = lazy(() => z.enum(["openfabric","ospf"]));
const s22 = lazy(() => p.array({"oneOf":[{"type":"array","items":{"type":"string","keys":{"hello_multiplier":{"type":"integer","optional":true,"minimum":2,"maximum":100},"ip":{"type":"string","optional":true,"format":"CIDRv4"},"ip6":{"type":"string","optional":true,"format":"CIDRv6"},"name":{"type":"string","format":"pve-iface"}}},"instanceTypes":["openfabric"]},{"type":"array","items":{"type":"string","keys":{"ip":{"type":"string","optional":true,"format":"CIDRv4"},"name":{"type":"string","format":"pve-iface"}}},"instanceTypes":["ospf"]}]}).optional());
const s23 = lazy(() => p.text({"format":"ipv4"}).optional());
const s24 = lazy(() => p.text({"format":"ipv6"}).optional());
const s25 = lazy(() => p.text({"maxLength":256,"pattern":"(?:[()-_a-z\\u017F\\u212A.\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}\\p{Nd}\\t-\\r \\x85\\xA0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000]{0,256})"}).optional());
const s26 = lazy(() => p.integer({"minimum":1,"maximum":16777215}).optional());
const s27 = lazy(() => p.text({"minLength":2,"maxLength":8,"pattern":"[a-zA-Z][a-zA-Z0-9]*[a-zA-Z0-9]"}));
const s28 = lazy(() => p.list({"format":"pve-configid-list"}).optional());
const s29 = lazy(() => z.enum(["emerg","alert","crit","err","warning","notice","info","debug","nolog"]).optional());
const s30 = lazy(() => p.text({"maxLength":512,"format":"pve-fw-addr-spec"}).optional());
const s31 = lazy(() => p.text({"format":"pve-fw-dport-spec"}).optional());
const s32 = lazy(() => p.integer({"minimum":0}).optional());
const s33 = lazy(() => p.text({"format":"pve-fw-icmp-type-spec"}).optional());
const s34 = lazy(() => p.text({"minLength":2,"maxLength":20,"format":"pve-iface"}).optional());
const s35 = lazy(() => p.text({"maxLength":128}).optional());
const s36 = lazy(() => p.text({"format":"pve-fw-protocol-spec"}).optional());
const s37 = lazy(() => p.text({"format":"pve-fw-sport-spec"}).optional());
const s38 = lazy(() => p.integer({"minimum":0}));
const s39 = lazy(() => p.text({"format":"ip"}));
const s40 = lazy(() => p.text({"format":"mac-addr"}).optional());
const s41 = lazy(() => p.text({"format":"ip"}).optional());
const s42 = lazy(() => p.array({"items":{"type":"string","format":"pve-sdn-dhcp-range"}}).optional());
const s43 = lazy(() => p.text({"format":"dns-name"}).optional());
const s44 = lazy(() => p.text({"format":"pve-sdn-subnet-id"}));
const s45 = lazy(() => z.literal("dnsmasq").optional());
const s46 = lazy(() => p.list({"format":"pve-node-list"}).optional());
const s47 = lazy(() => p.list({"format":"pve-sdn-bgp-rt-list"}).optional());
const s48 = lazy(() => z.enum(["802.1q","802.1ad"]).optional());
const s49 = lazy(() => p.integer({"minimum":1,"maximum":65536}).optional());

/** Parameters of GET /cluster/sdn. */
export const getClusterSdn = lazy(() => z.strictObject({}));

/** Parameters of PUT /cluster/sdn. */
export const putClusterSdn = lazy(() => z.strictObject({"lock-token": s1(), "release-lock": s2()}));

/** Parameters of GET /cluster/sdn/controllers. */
export const getClusterSdnControllers = lazy(() => z.strictObject({"pending": s2(), "running": s2(), "type": z.enum(["bgp","evpn","faucet","isis"]).optional()}));

/** Parameters of POST /cluster/sdn/controllers. */
export const postClusterSdnControllers = lazy(() => z.strictObject({"asn": s3(), "bgp-multipath-as-path-relax": s2(), "controller": s4(), "ebgp": s2(), "ebgp-multihop": s5(), "fabric": s6(), "isis-domain": s1(), "isis-ifaces": s7(), "isis-net": s8(), "lock-token": s1(), "loopback": s1(), "node": s9(), "peers": s10(), "type": p.text({"enum":["bgp","evpn","faucet","isis"],"format":"pve-configid"})}));

/** Parameters of GET /cluster/sdn/controllers/{controller}. */
export const getClusterSdnControllersByController = lazy(() => z.strictObject({"controller": s4(), "pending": s2(), "running": s2()}));

/** Parameters of PUT /cluster/sdn/controllers/{controller}. */
export const putClusterSdnControllersByController = lazy(() => z.strictObject({"asn": s3(), "bgp-multipath-as-path-relax": s2(), "controller": s4(), "delete": s11(), "digest": s12(), "ebgp": s2(), "ebgp-multihop": s5(), "fabric": s6(), "isis-domain": s1(), "isis-ifaces": s7(), "isis-net": s8(), "lock-token": s1(), "loopback": s1(), "node": s9(), "peers": s10()}));

/** Parameters of DELETE /cluster/sdn/controllers/{controller}. */
export const deleteClusterSdnControllersByController = lazy(() => z.strictObject({"controller": s4(), "lock-token": s1()}));

/** Parameters of GET /cluster/sdn/dns. */
export const getClusterSdnDns = lazy(() => z.strictObject({"type": z.literal("powerdns").optional()}));

/** Parameters of POST /cluster/sdn/dns. */
export const postClusterSdnDns = lazy(() => z.strictObject({"dns": s13(), "fingerprint": s14(), "key": s15(), "lock-token": s1(), "reversemaskv6": s5(), "reversev6mask": s5(), "ttl": s5(), "type": p.text({"enum":["powerdns"],"format":"pve-configid"}), "url": s15()}));

/** Parameters of GET /cluster/sdn/dns/{dns}. */
export const getClusterSdnDnsByDns = lazy(() => z.strictObject({"dns": s13()}));

/** Parameters of PUT /cluster/sdn/dns/{dns}. */
export const putClusterSdnDnsByDns = lazy(() => z.strictObject({"delete": s11(), "digest": s12(), "dns": s13(), "fingerprint": s14(), "key": s1(), "lock-token": s1(), "reversemaskv6": s5(), "ttl": s5(), "url": s1()}));

/** Parameters of DELETE /cluster/sdn/dns/{dns}. */
export const deleteClusterSdnDnsByDns = lazy(() => z.strictObject({"dns": s13(), "lock-token": s1()}));

/** Parameters of GET /cluster/sdn/dry-run. */
export const getClusterSdnDryRun = lazy(() => z.strictObject({"node": s16()}));

/** Parameters of GET /cluster/sdn/fabrics. */
export const getClusterSdnFabrics = lazy(() => z.looseObject({}));

/** Parameters of GET /cluster/sdn/fabrics/all. */
export const getClusterSdnFabricsAll = lazy(() => z.looseObject({"pending": s2(), "running": s2()}));

/** Parameters of GET /cluster/sdn/fabrics/fabric. */
export const getClusterSdnFabricsFabric = lazy(() => z.looseObject({"pending": s2(), "running": s2()}));

/** Parameters of POST /cluster/sdn/fabrics/fabric. */
export const postClusterSdnFabricsFabric = lazy(() => z.looseObject({"area": s17(), "csnp_interval": s18(), "digest": s12(), "hello_interval": s18(), "id": s19(), "ip6_prefix": s20(), "ip_prefix": s20(), "lock-token": s1(), "protocol": s21()}));

/** Parameters of GET /cluster/sdn/fabrics/fabric/{id}. */
export const getClusterSdnFabricsFabricById = lazy(() => z.looseObject({"id": s19()}));

/** Parameters of PUT /cluster/sdn/fabrics/fabric/{id}. */
export const putClusterSdnFabricsFabricById = lazy(() => z.looseObject({"area": s17(), "csnp_interval": s18(), "delete": p.array({"oneOf":[{"type":"array","items":{"type":"string","enum":["hello_interval","csnp_interval"]},"instanceTypes":["openfabric"]},{"type":"array","items":{"type":"string","enum":["area"]},"instanceTypes":["ospf"]}]}).optional(), "digest": s12(), "hello_interval": s18(), "id": s19(), "ip6_prefix": s20(), "ip_prefix": s20(), "lock-token": s1(), "protocol": s21()}));

/** Parameters of DELETE /cluster/sdn/fabrics/fabric/{id}. */
export const deleteClusterSdnFabricsFabricById = lazy(() => z.looseObject({"id": s19()}));

/** Parameters of GET /cluster/sdn/fabrics/node. */
export const getClusterSdnFabricsNode = lazy(() => z.looseObject({"pending": s2(), "running": s2()}));

/** Parameters of GET /cluster/sdn/fabrics/node/{fabric_id}. */
export const getClusterSdnFabricsNodeByFabricId = lazy(() => z.looseObject({"fabric_id": s19(), "pending": s2(), "running": s2()}));

/** Parameters of POST /cluster/sdn/fabrics/node/{fabric_id}. */
export const postClusterSdnFabricsNodeByFabricId = lazy(() => z.looseObject({"digest": s12(), "fabric_id": s19(), "interfaces": s22(), "ip": s23(), "ip6": s24(), "lock-token": s1(), "node_id": s16(), "protocol": s21()}));

/** Parameters of GET /cluster/sdn/fabrics/node/{fabric_id}/{node_id}. */
export const getClusterSdnFabricsNodeByNodeId = lazy(() => z.looseObject({"fabric_id": s19(), "node_id": s16()}));

/** Parameters of PUT /cluster/sdn/fabrics/node/{fabric_id}/{node_id}. */
export const putClusterSdnFabricsNodeByNodeId = lazy(() => z.looseObject({"delete": p.array({"items":{"type":"string","enum":["interfaces","ip","ip6"]}}).optional(), "digest": s12(), "fabric_id": s19(), "interfaces": s22(), "ip": s23(), "ip6": s24(), "lock-token": s1(), "node_id": s16(), "protocol": s21()}));

/** Parameters of DELETE /cluster/sdn/fabrics/node/{fabric_id}/{node_id}. */
export const deleteClusterSdnFabricsNodeByNodeId = lazy(() => z.looseObject({"fabric_id": s19(), "node_id": s16()}));

/** Parameters of GET /cluster/sdn/ipams. */
export const getClusterSdnIpams = lazy(() => z.strictObject({"type": z.enum(["netbox","phpipam","pve"]).optional()}));

/** Parameters of POST /cluster/sdn/ipams. */
export const postClusterSdnIpams = lazy(() => z.strictObject({"fingerprint": s14(), "ipam": s13(), "lock-token": s1(), "section": s5(), "token": s1(), "type": p.text({"enum":["netbox","phpipam","pve"],"format":"pve-configid"}), "url": s1()}));

/** Parameters of GET /cluster/sdn/ipams/{ipam}. */
export const getClusterSdnIpamsByIpam = lazy(() => z.strictObject({"ipam": s13()}));

/** Parameters of PUT /cluster/sdn/ipams/{ipam}. */
export const putClusterSdnIpamsByIpam = lazy(() => z.strictObject({"delete": s11(), "digest": s12(), "fingerprint": s14(), "ipam": s13(), "lock-token": s1(), "section": s5(), "token": s1(), "url": s1()}));

/** Parameters of DELETE /cluster/sdn/ipams/{ipam}. */
export const deleteClusterSdnIpamsByIpam = lazy(() => z.strictObject({"ipam": s13(), "lock-token": s1()}));

/** Parameters of GET /cluster/sdn/ipams/{ipam}/status. */
export const getClusterSdnIpamsStatus = lazy(() => z.strictObject({"ipam": s13()}));

/** Parameters of POST /cluster/sdn/lock. */
export const postClusterSdnLock = lazy(() => z.strictObject({"allow-pending": s2()}));

/** Parameters of DELETE /cluster/sdn/lock. */
export const deleteClusterSdnLock = lazy(() => z.strictObject({"force": s2(), "lock-token": s1()}));

/** Parameters of POST /cluster/sdn/rollback. */
export const postClusterSdnRollback = lazy(() => z.strictObject({"lock-token": s1(), "release-lock": s2()}));

/** Parameters of GET /cluster/sdn/vnets. */
export const getClusterSdnVnets = lazy(() => z.strictObject({"pending": s2(), "running": s2()}));

/** Parameters of POST /cluster/sdn/vnets. */
export const postClusterSdnVnets = lazy(() => z.strictObject({"alias": s25(), "isolate-ports": s2(), "lock-token": s1(), "tag": s26(), "type": z.literal("vnet").optional(), "vlanaware": s2(), "vnet": s27(), "zone": s15()}));

/** Parameters of GET /cluster/sdn/vnets/{vnet}. */
export const getClusterSdnVnetsByVnet = lazy(() => z.strictObject({"pending": s2(), "running": s2(), "vnet": s27()}));

/** Parameters of PUT /cluster/sdn/vnets/{vnet}. */
export const putClusterSdnVnetsByVnet = lazy(() => z.strictObject({"alias": s25(), "delete": s11(), "digest": s12(), "isolate-ports": s2(), "lock-token": s1(), "tag": s26(), "vlanaware": s2(), "vnet": s27(), "zone": s1()}));

/** Parameters of DELETE /cluster/sdn/vnets/{vnet}. */
export const deleteClusterSdnVnetsByVnet = lazy(() => z.strictObject({"lock-token": s1(), "vnet": s27()}));

/** Parameters of GET /cluster/sdn/vnets/{vnet}/firewall. */
export const getClusterSdnVnetsFirewall = lazy(() => z.strictObject({"vnet": s27()}));

/** Parameters of GET /cluster/sdn/vnets/{vnet}/firewall/options. */
export const getClusterSdnVnetsFirewallOptions = lazy(() => z.strictObject({"vnet": s27()}));

/** Parameters of PUT /cluster/sdn/vnets/{vnet}/firewall/options. */
export const putClusterSdnVnetsFirewallOptions = lazy(() => z.strictObject({"delete": s28(), "digest": s12(), "enable": s2(), "log_level_forward": s29(), "policy_forward": z.enum(["ACCEPT","DROP"]).optional(), "vnet": s27()}));

/** Parameters of GET /cluster/sdn/vnets/{vnet}/firewall/rules. */
export const getClusterSdnVnetsFirewallRules = lazy(() => z.strictObject({"vnet": s27()}));

/** Parameters of POST /cluster/sdn/vnets/{vnet}/firewall/rules. */
export const postClusterSdnVnetsFirewallRules = lazy(() => z.strictObject({"action": p.text({"minLength":2,"maxLength":20,"pattern":"[A-Za-z][A-Za-z0-9\\-_]+"}), "comment": s1(), "dest": s30(), "digest": s12(), "dport": s31(), "enable": s32(), "icmp-type": s33(), "iface": s34(), "log": s29(), "macro": s35(), "pos": s32(), "proto": s36(), "source": s30(), "sport": s37(), "type": z.enum(["in","out","forward","group"]), "vnet": s27()}));

/** Parameters of GET /cluster/sdn/vnets/{vnet}/firewall/rules/{pos}. */
export const getClusterSdnVnetsFirewallRulesByPos = lazy(() => z.strictObject({"pos": s38(), "vnet": s27()}));

/** Parameters of PUT /cluster/sdn/vnets/{vnet}/firewall/rules/{pos}. */
export const putClusterSdnVnetsFirewallRulesByPos = lazy(() => z.strictObject({"action": p.text({"minLength":2,"maxLength":20,"pattern":"[A-Za-z][A-Za-z0-9\\-_]+"}).optional(), "comment": s1(), "delete": s28(), "dest": s30(), "digest": s12(), "dport": s31(), "enable": s32(), "icmp-type": s33(), "iface": s34(), "log": s29(), "macro": s35(), "moveto": s32(), "pos": s38(), "proto": s36(), "source": s30(), "sport": s37(), "type": z.enum(["in","out","forward","group"]).optional(), "vnet": s27()}));

/** Parameters of DELETE /cluster/sdn/vnets/{vnet}/firewall/rules/{pos}. */
export const deleteClusterSdnVnetsFirewallRulesByPos = lazy(() => z.strictObject({"digest": s12(), "pos": s38(), "vnet": s27()}));

/** Parameters of POST /cluster/sdn/vnets/{vnet}/ips. */
export const postClusterSdnVnetsIps = lazy(() => z.strictObject({"ip": s39(), "mac": s40(), "vnet": s27(), "zone": s27()}));

/** Parameters of PUT /cluster/sdn/vnets/{vnet}/ips. */
export const putClusterSdnVnetsIps = lazy(() => z.strictObject({"ip": s39(), "mac": s40(), "vmid": p.integer({"minimum":100,"maximum":999999999,"format":"pve-vmid"}).optional(), "vnet": s27(), "zone": s27()}));

/** Parameters of DELETE /cluster/sdn/vnets/{vnet}/ips. */
export const deleteClusterSdnVnetsIps = lazy(() => z.strictObject({"ip": s39(), "mac": s40(), "vnet": s27(), "zone": s27()}));

/** Parameters of GET /cluster/sdn/vnets/{vnet}/subnets. */
export const getClusterSdnVnetsSubnets = lazy(() => z.strictObject({"pending": s2(), "running": s2(), "vnet": s27()}));

/** Parameters of POST /cluster/sdn/vnets/{vnet}/subnets. */
export const postClusterSdnVnetsSubnets = lazy(() => z.strictObject({"dhcp-dns-server": s41(), "dhcp-range": s42(), "dnszoneprefix": s43(), "gateway": s41(), "lock-token": s1(), "snat": s2(), "subnet": s44(), "type": z.literal("subnet"), "vnet": s15()}));

/** Parameters of GET /cluster/sdn/vnets/{vnet}/subnets/{subnet}. */
export const getClusterSdnVnetsSubnetsBySubnet = lazy(() => z.strictObject({"pending": s2(), "running": s2(), "subnet": s44(), "vnet": s27()}));

/** Parameters of PUT /cluster/sdn/vnets/{vnet}/subnets/{subnet}. */
export const putClusterSdnVnetsSubnetsBySubnet = lazy(() => z.strictObject({"delete": s11(), "dhcp-dns-server": s41(), "dhcp-range": s42(), "digest": s12(), "dnszoneprefix": s43(), "gateway": s41(), "lock-token": s1(), "snat": s2(), "subnet": s44(), "vnet": s15()}));

/** Parameters of DELETE /cluster/sdn/vnets/{vnet}/subnets/{subnet}. */
export const deleteClusterSdnVnetsSubnetsBySubnet = lazy(() => z.strictObject({"lock-token": s1(), "subnet": s44(), "vnet": s27()}));

/** Parameters of GET /cluster/sdn/zones. */
export const getClusterSdnZones = lazy(() => z.strictObject({"pending": s2(), "running": s2(), "type": z.enum(["evpn","faucet","qinq","simple","vlan","vxlan"]).optional()}));

/** Parameters of POST /cluster/sdn/zones. */
export const postClusterSdnZones = lazy(() => z.strictObject({"advertise-subnets": s2(), "bridge": s1(), "bridge-disable-mac-learning": s2(), "controller": s1(), "dhcp": s45(), "disable-arp-nd-suppression": s2(), "dns": s1(), "dnszone": s43(), "dp-id": s5(), "exitnodes": s46(), "exitnodes-local-routing": s2(), "exitnodes-primary": s9(), "fabric": s6(), "ipam": s1(), "lock-token": s1(), "mac": s40(), "mtu": s5(), "nodes": s46(), "peers": s10(), "reversedns": s1(), "rt-import": s47(), "tag": s32(), "type": p.text({"enum":["evpn","faucet","qinq","simple","vlan","vxlan"],"format":"pve-configid"}), "vlan-protocol": s48(), "vrf-vxlan": s26(), "vxlan-port": s49(), "zone": s27()}));

/** Parameters of GET /cluster/sdn/zones/{zone}. */
export const getClusterSdnZonesByZone = lazy(() => z.strictObject({"pending": s2(), "running": s2(), "zone": s27()}));

/** Parameters of PUT /cluster/sdn/zones/{zone}. */
export const putClusterSdnZonesByZone = lazy(() => z.strictObject({"advertise-subnets": s2(), "bridge": s1(), "bridge-disable-mac-learning": s2(), "controller": s1(), "delete": s11(), "dhcp": s45(), "digest": s12(), "disable-arp-nd-suppression": s2(), "dns": s1(), "dnszone": s43(), "dp-id": s5(), "exitnodes": s46(), "exitnodes-local-routing": s2(), "exitnodes-primary": s9(), "fabric": s6(), "ipam": s1(), "lock-token": s1(), "mac": s40(), "mtu": s5(), "nodes": s46(), "peers": s10(), "reversedns": s1(), "rt-import": s47(), "tag": s32(), "vlan-protocol": s48(), "vrf-vxlan": s26(), "vxlan-port": s49(), "zone": s27()}));

/** Parameters of DELETE /cluster/sdn/zones/{zone}. */
export const deleteClusterSdnZonesByZone = lazy(() => z.strictObject({"lock-token": s1(), "zone": s27()}));
