// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export type GetClusterSdnParams = Record<string, never>;

export interface GetClusterSdnResultItem {
  [key: string]: unknown;
  id: string;
}

export type GetClusterSdnResult = GetClusterSdnResultItem[];

export interface PutClusterSdnParams {
  /** Since 9.0. */
  "lock-token"?: string;
  /** Since 9.0. */
  "release-lock"?: boolean | 0 | 1;
}

export type PutClusterSdnResult = string;

export interface GetClusterSdnControllersParams {
  pending?: boolean | 0 | 1;
  running?: boolean | 0 | 1;
  type?: "bgp" | "evpn" | "faucet" | "isis";
}

export interface GetClusterSdnControllersResultItem {
  [key: string]: unknown;
  asn?: number;
  "bgp-multipath-as-relax"?: boolean;
  controller: string;
  digest?: string;
  ebgp?: boolean;
  "ebgp-multihop"?: number;
  "isis-domain"?: string;
  "isis-ifaces"?: string;
  "isis-net"?: string;
  loopback?: string;
  node?: string;
  peers?: string;
  pending?: { asn?: number; "bgp-multipath-as-relax"?: boolean; ebgp?: boolean; "ebgp-multihop"?: number; "isis-domain"?: string; "isis-ifaces"?: string; "isis-net"?: string; loopback?: string; node?: string; peers?: string; [key: string]: unknown };
  state?: "new" | "changed" | "deleted";
  type: "bgp" | "evpn" | "faucet" | "isis";
}

export type GetClusterSdnControllersResult = GetClusterSdnControllersResultItem[];

export interface PostClusterSdnControllersParams {
  asn?: number;
  "bgp-multipath-as-path-relax"?: boolean | 0 | 1;
  controller: string;
  ebgp?: boolean | 0 | 1;
  "ebgp-multihop"?: number;
  /** Since 9.0. */
  fabric?: string;
  /** Since 8.4. */
  "isis-domain"?: string;
  /** Since 8.4. */
  "isis-ifaces"?: string | readonly string[];
  /** Since 8.4. */
  "isis-net"?: string;
  /** Since 9.0. */
  "lock-token"?: string;
  loopback?: string;
  node?: string;
  peers?: string | readonly string[];
  type: "bgp" | "evpn" | "faucet" | "isis";
}

export type PostClusterSdnControllersResult = null;

export interface GetClusterSdnControllersByControllerParams {
  controller: string;
  pending?: boolean | 0 | 1;
  running?: boolean | 0 | 1;
}

export interface GetClusterSdnControllersByControllerResult {
  [key: string]: unknown;
  asn?: number;
  "bgp-multipath-as-relax"?: boolean;
  controller: string;
  digest?: string;
  ebgp?: boolean;
  "ebgp-multihop"?: number;
  "isis-domain"?: string;
  "isis-ifaces"?: string;
  "isis-net"?: string;
  loopback?: string;
  node?: string;
  peers?: string;
  pending?: { asn?: number; "bgp-multipath-as-relax"?: boolean; ebgp?: boolean; "ebgp-multihop"?: number; "isis-domain"?: string; "isis-ifaces"?: string; "isis-net"?: string; loopback?: string; node?: string; peers?: string; [key: string]: unknown };
  state?: "new" | "changed" | "deleted";
  type: "bgp" | "evpn" | "faucet" | "isis";
}

export interface PutClusterSdnControllersByControllerParams {
  asn?: number;
  "bgp-multipath-as-path-relax"?: boolean | 0 | 1;
  controller: string;
  delete?: string | readonly string[];
  digest?: string;
  ebgp?: boolean | 0 | 1;
  "ebgp-multihop"?: number;
  /** Since 9.0. */
  fabric?: string;
  /** Since 8.4. */
  "isis-domain"?: string;
  /** Since 8.4. */
  "isis-ifaces"?: string | readonly string[];
  /** Since 8.4. */
  "isis-net"?: string;
  /** Since 9.0. */
  "lock-token"?: string;
  loopback?: string;
  node?: string;
  peers?: string | readonly string[];
}

export type PutClusterSdnControllersByControllerResult = null;

export interface DeleteClusterSdnControllersByControllerParams {
  controller: string;
  /** Since 9.0. */
  "lock-token"?: string;
}

export type DeleteClusterSdnControllersByControllerResult = null;

export interface GetClusterSdnDnsParams {
  type?: "powerdns";
}

export interface GetClusterSdnDnsResultItem {
  [key: string]: unknown;
  dns: string;
  type: string;
}

export type GetClusterSdnDnsResult = GetClusterSdnDnsResultItem[];

export interface PostClusterSdnDnsParams {
  dns: string;
  /** Since 8.4. */
  fingerprint?: string;
  key: string;
  /** Since 9.0. */
  "lock-token"?: string;
  reversemaskv6?: number;
  reversev6mask?: number;
  ttl?: number;
  type: "powerdns";
  url: string;
}

export type PostClusterSdnDnsResult = null;

export interface GetClusterSdnDnsByDnsParams {
  dns: string;
}

export type GetClusterSdnDnsByDnsResult = Record<string, unknown>;

export interface PutClusterSdnDnsByDnsParams {
  delete?: string | readonly string[];
  digest?: string;
  dns: string;
  /** Since 8.4. */
  fingerprint?: string;
  key?: string;
  /** Since 9.0. */
  "lock-token"?: string;
  reversemaskv6?: number;
  ttl?: number;
  url?: string;
}

export type PutClusterSdnDnsByDnsResult = null;

export interface DeleteClusterSdnDnsByDnsParams {
  dns: string;
  /** Since 9.0. */
  "lock-token"?: string;
}

export type DeleteClusterSdnDnsByDnsResult = null;

export interface GetClusterSdnDryRunParams {
  node: string;
}

export interface GetClusterSdnDryRunResult {
  [key: string]: unknown;
  "frr-diff"?: string;
  "interfaces-diff"?: string;
}

export interface GetClusterSdnFabricsParams {
  [key: string]: unknown;
}

export interface GetClusterSdnFabricsResultItem {
  [key: string]: unknown;
  subdir: string;
}

export type GetClusterSdnFabricsResult = GetClusterSdnFabricsResultItem[];

export interface GetClusterSdnFabricsAllParams {
  [key: string]: unknown;
  pending?: boolean | 0 | 1;
  running?: boolean | 0 | 1;
}

export interface GetClusterSdnFabricsAllResult {
  [key: string]: unknown;
  fabrics: ({ area?: string; csnp_interval?: number; digest?: string; hello_interval?: number; id: string; ip6_prefix?: string; ip_prefix?: string; "lock-token"?: string; protocol: "openfabric" | "ospf"; [key: string]: unknown })[];
  nodes: ({ digest?: string; fabric_id: string; interfaces: string[]; ip?: string; ip6?: string; "lock-token"?: string; node_id: string; protocol: "openfabric" | "ospf"; [key: string]: unknown })[];
}

export interface GetClusterSdnFabricsFabricParams {
  [key: string]: unknown;
  pending?: boolean | 0 | 1;
  running?: boolean | 0 | 1;
}

export interface GetClusterSdnFabricsFabricResultItem {
  [key: string]: unknown;
  area?: string;
  csnp_interval?: number;
  digest?: string;
  hello_interval?: number;
  id: string;
  ip6_prefix?: string;
  ip_prefix?: string;
  "lock-token"?: string;
  protocol: "openfabric" | "ospf";
}

export type GetClusterSdnFabricsFabricResult = GetClusterSdnFabricsFabricResultItem[];

export interface PostClusterSdnFabricsFabricParams {
  [key: string]: unknown;
  area?: string;
  csnp_interval?: number;
  digest?: string;
  hello_interval?: number;
  id: string;
  ip6_prefix?: string;
  ip_prefix?: string;
  "lock-token"?: string;
  protocol: "openfabric" | "ospf";
}

export type PostClusterSdnFabricsFabricResult = null;

export interface GetClusterSdnFabricsFabricByIdParams {
  [key: string]: unknown;
  id: string;
}

export interface GetClusterSdnFabricsFabricByIdResult {
  [key: string]: unknown;
  area?: string;
  csnp_interval?: number;
  digest?: string;
  hello_interval?: number;
  id: string;
  ip6_prefix?: string;
  ip_prefix?: string;
  "lock-token"?: string;
  protocol: "openfabric" | "ospf";
}

export interface PutClusterSdnFabricsFabricByIdParams {
  [key: string]: unknown;
  area?: string;
  csnp_interval?: number;
  delete?: readonly ("hello_interval" | "csnp_interval" | "area")[];
  digest?: string;
  hello_interval?: number;
  id: string;
  ip6_prefix?: string;
  ip_prefix?: string;
  "lock-token"?: string;
  protocol: "openfabric" | "ospf";
}

export type PutClusterSdnFabricsFabricByIdResult = null;

export interface DeleteClusterSdnFabricsFabricByIdParams {
  [key: string]: unknown;
  id: string;
}

export type DeleteClusterSdnFabricsFabricByIdResult = null;

export interface GetClusterSdnFabricsNodeParams {
  [key: string]: unknown;
  pending?: boolean | 0 | 1;
  running?: boolean | 0 | 1;
}

export interface GetClusterSdnFabricsNodeResultItem {
  [key: string]: unknown;
  digest?: string;
  fabric_id: string;
  interfaces: string[];
  ip?: string;
  ip6?: string;
  "lock-token"?: string;
  node_id: string;
  protocol: "openfabric" | "ospf";
}

export type GetClusterSdnFabricsNodeResult = GetClusterSdnFabricsNodeResultItem[];

export interface GetClusterSdnFabricsNodeByFabricIdParams {
  [key: string]: unknown;
  fabric_id: string;
  pending?: boolean | 0 | 1;
  running?: boolean | 0 | 1;
}

export interface GetClusterSdnFabricsNodeByFabricIdResultItem {
  [key: string]: unknown;
  digest?: string;
  fabric_id: string;
  interfaces: string[];
  ip?: string;
  ip6?: string;
  "lock-token"?: string;
  node_id: string;
  protocol: "openfabric" | "ospf";
}

export type GetClusterSdnFabricsNodeByFabricIdResult = GetClusterSdnFabricsNodeByFabricIdResultItem[];

export interface InterfacesKeys {
  hello_multiplier?: number;
  ip?: string;
  ip6?: string;
  name: string;
}

export interface PostClusterSdnFabricsNodeByFabricIdInterfacesKeys {
  ip?: string;
  name: string;
}

export interface PostClusterSdnFabricsNodeByFabricIdParams {
  [key: string]: unknown;
  digest?: string;
  fabric_id: string;
  interfaces?: readonly (string | InterfacesKeys | string | PostClusterSdnFabricsNodeByFabricIdInterfacesKeys)[];
  ip?: string;
  ip6?: string;
  "lock-token"?: string;
  node_id: string;
  protocol: "openfabric" | "ospf";
}

export type PostClusterSdnFabricsNodeByFabricIdResult = null;

export interface GetClusterSdnFabricsNodeByNodeIdParams {
  [key: string]: unknown;
  fabric_id: string;
  node_id: string;
}

export interface GetClusterSdnFabricsNodeByNodeIdResult {
  [key: string]: unknown;
  digest?: string;
  fabric_id: string;
  interfaces: string[];
  ip?: string;
  ip6?: string;
  "lock-token"?: string;
  node_id: string;
  protocol: "openfabric" | "ospf";
}

export interface PutClusterSdnFabricsNodeByNodeIdParams {
  [key: string]: unknown;
  delete?: readonly ("interfaces" | "ip" | "ip6")[];
  digest?: string;
  fabric_id: string;
  interfaces?: readonly (string | InterfacesKeys | string | PostClusterSdnFabricsNodeByFabricIdInterfacesKeys)[];
  ip?: string;
  ip6?: string;
  "lock-token"?: string;
  node_id: string;
  protocol: "openfabric" | "ospf";
}

export type PutClusterSdnFabricsNodeByNodeIdResult = null;

export interface DeleteClusterSdnFabricsNodeByNodeIdParams {
  [key: string]: unknown;
  fabric_id: string;
  node_id: string;
}

export type DeleteClusterSdnFabricsNodeByNodeIdResult = null;

export interface GetClusterSdnIpamsParams {
  type?: "netbox" | "phpipam" | "pve";
}

export interface GetClusterSdnIpamsResultItem {
  [key: string]: unknown;
  ipam: string;
  type: string;
}

export type GetClusterSdnIpamsResult = GetClusterSdnIpamsResultItem[];

export interface PostClusterSdnIpamsParams {
  /** Since 8.4. */
  fingerprint?: string;
  ipam: string;
  /** Since 9.0. */
  "lock-token"?: string;
  section?: number;
  token?: string;
  type: "netbox" | "phpipam" | "pve";
  url?: string;
}

export type PostClusterSdnIpamsResult = null;

export interface GetClusterSdnIpamsByIpamParams {
  ipam: string;
}

export type GetClusterSdnIpamsByIpamResult = Record<string, unknown>;

export interface PutClusterSdnIpamsByIpamParams {
  delete?: string | readonly string[];
  digest?: string;
  /** Since 8.4. */
  fingerprint?: string;
  ipam: string;
  /** Since 9.0. */
  "lock-token"?: string;
  section?: number;
  token?: string;
  url?: string;
}

export type PutClusterSdnIpamsByIpamResult = null;

export interface DeleteClusterSdnIpamsByIpamParams {
  ipam: string;
  /** Since 9.0. */
  "lock-token"?: string;
}

export type DeleteClusterSdnIpamsByIpamResult = null;

export interface GetClusterSdnIpamsStatusParams {
  ipam: string;
}

export type GetClusterSdnIpamsStatusResult = unknown[];

export interface PostClusterSdnLockParams {
  "allow-pending"?: boolean | 0 | 1;
}

export type PostClusterSdnLockResult = string;

export interface DeleteClusterSdnLockParams {
  force?: boolean | 0 | 1;
  "lock-token"?: string;
}

export type DeleteClusterSdnLockResult = null;

export interface PostClusterSdnRollbackParams {
  "lock-token"?: string;
  "release-lock"?: boolean | 0 | 1;
}

export type PostClusterSdnRollbackResult = null;

export interface GetClusterSdnVnetsParams {
  pending?: boolean | 0 | 1;
  running?: boolean | 0 | 1;
}

export interface GetClusterSdnVnetsResultItem {
  [key: string]: unknown;
  alias?: string;
  digest?: string;
  "isolate-ports"?: boolean;
  pending?: { alias?: string; "isolate-ports"?: boolean; tag?: number; vlanaware?: boolean; zone?: string; [key: string]: unknown };
  state?: "new" | "changed" | "deleted";
  tag?: number;
  type: "vnet";
  vlanaware?: boolean;
  vnet: string;
  zone?: string;
}

export type GetClusterSdnVnetsResult = GetClusterSdnVnetsResultItem[];

export interface PostClusterSdnVnetsParams {
  alias?: string;
  /** Since 8.4. */
  "isolate-ports"?: boolean | 0 | 1;
  /** Since 9.0. */
  "lock-token"?: string;
  tag?: number;
  type?: "vnet";
  vlanaware?: boolean | 0 | 1;
  vnet: string;
  zone: string;
}

export type PostClusterSdnVnetsResult = null;

export interface GetClusterSdnVnetsByVnetParams {
  pending?: boolean | 0 | 1;
  running?: boolean | 0 | 1;
  vnet: string;
}

export interface GetClusterSdnVnetsByVnetResult {
  [key: string]: unknown;
  alias?: string;
  digest?: string;
  "isolate-ports"?: boolean;
  pending?: { alias?: string; "isolate-ports"?: boolean; tag?: number; vlanaware?: boolean; zone?: string; [key: string]: unknown };
  state?: "new" | "changed" | "deleted";
  tag?: number;
  type: "vnet";
  vlanaware?: boolean;
  vnet: string;
  zone?: string;
}

export interface PutClusterSdnVnetsByVnetParams {
  alias?: string;
  delete?: string | readonly string[];
  digest?: string;
  /** Since 8.4. */
  "isolate-ports"?: boolean | 0 | 1;
  /** Since 9.0. */
  "lock-token"?: string;
  tag?: number;
  vlanaware?: boolean | 0 | 1;
  vnet: string;
  zone?: string;
}

export type PutClusterSdnVnetsByVnetResult = null;

export interface DeleteClusterSdnVnetsByVnetParams {
  /** Since 9.0. */
  "lock-token"?: string;
  vnet: string;
}

export type DeleteClusterSdnVnetsByVnetResult = null;

export interface GetClusterSdnVnetsFirewallParams {
  vnet: string;
}

export type GetClusterSdnVnetsFirewallResult = (Record<string, unknown>)[];

export interface GetClusterSdnVnetsFirewallOptionsParams {
  vnet: string;
}

export interface GetClusterSdnVnetsFirewallOptionsResult {
  [key: string]: unknown;
  enable?: boolean;
  log_level_forward?: "emerg" | "alert" | "crit" | "err" | "warning" | "notice" | "info" | "debug" | "nolog";
  policy_forward?: "ACCEPT" | "DROP";
}

export interface PutClusterSdnVnetsFirewallOptionsParams {
  delete?: string | readonly string[];
  digest?: string;
  enable?: boolean | 0 | 1;
  log_level_forward?: "emerg" | "alert" | "crit" | "err" | "warning" | "notice" | "info" | "debug" | "nolog";
  policy_forward?: "ACCEPT" | "DROP";
  vnet: string;
}

export type PutClusterSdnVnetsFirewallOptionsResult = null;

export interface GetClusterSdnVnetsFirewallRulesParams {
  vnet: string;
}

export interface GetClusterSdnVnetsFirewallRulesResultItem {
  [key: string]: unknown;
  action: string;
  comment?: string;
  dest?: string;
  dport?: string;
  enable?: number;
  "icmp-type"?: string;
  iface?: string;
  ipversion?: number;
  log?: "emerg" | "alert" | "crit" | "err" | "warning" | "notice" | "info" | "debug" | "nolog";
  macro?: string;
  pos: number;
  proto?: string;
  source?: string;
  sport?: string;
  type: string;
}

export type GetClusterSdnVnetsFirewallRulesResult = GetClusterSdnVnetsFirewallRulesResultItem[];

export interface PostClusterSdnVnetsFirewallRulesParams {
  action: string;
  comment?: string;
  dest?: string;
  digest?: string;
  dport?: string;
  enable?: number;
  "icmp-type"?: string;
  iface?: string;
  log?: "emerg" | "alert" | "crit" | "err" | "warning" | "notice" | "info" | "debug" | "nolog";
  macro?: string;
  pos?: number;
  proto?: string;
  source?: string;
  sport?: string;
  type: "in" | "out" | "forward" | "group";
  vnet: string;
}

export type PostClusterSdnVnetsFirewallRulesResult = null;

export interface GetClusterSdnVnetsFirewallRulesByPosParams {
  pos: number;
  vnet: string;
}

export interface GetClusterSdnVnetsFirewallRulesByPosResult {
  [key: string]: unknown;
  action: string;
  comment?: string;
  dest?: string;
  dport?: string;
  enable?: number;
  "icmp-type"?: string;
  iface?: string;
  ipversion?: number;
  log?: "emerg" | "alert" | "crit" | "err" | "warning" | "notice" | "info" | "debug" | "nolog";
  macro?: string;
  pos: number;
  proto?: string;
  source?: string;
  sport?: string;
  type: string;
}

export interface PutClusterSdnVnetsFirewallRulesByPosParams {
  action?: string;
  comment?: string;
  delete?: string | readonly string[];
  dest?: string;
  digest?: string;
  dport?: string;
  enable?: number;
  "icmp-type"?: string;
  iface?: string;
  log?: "emerg" | "alert" | "crit" | "err" | "warning" | "notice" | "info" | "debug" | "nolog";
  macro?: string;
  moveto?: number;
  pos: number;
  proto?: string;
  source?: string;
  sport?: string;
  type?: "in" | "out" | "forward" | "group";
  vnet: string;
}

export type PutClusterSdnVnetsFirewallRulesByPosResult = null;

export interface DeleteClusterSdnVnetsFirewallRulesByPosParams {
  digest?: string;
  pos: number;
  vnet: string;
}

export type DeleteClusterSdnVnetsFirewallRulesByPosResult = null;

export interface PostClusterSdnVnetsIpsParams {
  ip: string;
  mac?: string;
  vnet: string;
  zone: string;
}

export type PostClusterSdnVnetsIpsResult = null;

export interface PutClusterSdnVnetsIpsParams {
  ip: string;
  mac?: string;
  vmid?: number;
  vnet: string;
  zone: string;
}

export type PutClusterSdnVnetsIpsResult = null;

export interface DeleteClusterSdnVnetsIpsParams {
  ip: string;
  mac?: string;
  vnet: string;
  zone: string;
}

export type DeleteClusterSdnVnetsIpsResult = null;

export interface GetClusterSdnVnetsSubnetsParams {
  pending?: boolean | 0 | 1;
  running?: boolean | 0 | 1;
  vnet: string;
}

export type GetClusterSdnVnetsSubnetsResult = (Record<string, unknown>)[];

export interface DhcpRangeKeys {
  "start-address": string;
  "end-address": string;
}

export interface PostClusterSdnVnetsSubnetsParams {
  /** Since 8.4. */
  "dhcp-dns-server"?: string;
  /** Since 8.4. */
  "dhcp-range"?: readonly (string | DhcpRangeKeys)[];
  dnszoneprefix?: string;
  gateway?: string;
  /** Since 9.0. */
  "lock-token"?: string;
  snat?: boolean | 0 | 1;
  subnet: string;
  type: "subnet";
  vnet: string;
}

export type PostClusterSdnVnetsSubnetsResult = null;

export interface GetClusterSdnVnetsSubnetsBySubnetParams {
  pending?: boolean | 0 | 1;
  running?: boolean | 0 | 1;
  subnet: string;
  vnet: string;
}

export type GetClusterSdnVnetsSubnetsBySubnetResult = Record<string, unknown>;

export interface PutClusterSdnVnetsSubnetsBySubnetParams {
  delete?: string | readonly string[];
  /** Since 8.4. */
  "dhcp-dns-server"?: string;
  /** Since 8.4. */
  "dhcp-range"?: readonly (string | DhcpRangeKeys)[];
  digest?: string;
  dnszoneprefix?: string;
  gateway?: string;
  /** Since 9.0. */
  "lock-token"?: string;
  snat?: boolean | 0 | 1;
  subnet: string;
  vnet: string;
}

export type PutClusterSdnVnetsSubnetsBySubnetResult = null;

export interface DeleteClusterSdnVnetsSubnetsBySubnetParams {
  /** Since 9.0. */
  "lock-token"?: string;
  subnet: string;
  vnet: string;
}

export type DeleteClusterSdnVnetsSubnetsBySubnetResult = null;

export interface GetClusterSdnZonesParams {
  pending?: boolean | 0 | 1;
  running?: boolean | 0 | 1;
  type?: "evpn" | "faucet" | "qinq" | "simple" | "vlan" | "vxlan";
}

export interface GetClusterSdnZonesResultItem {
  [key: string]: unknown;
  "advertise-subnets"?: boolean;
  bridge?: string;
  "bridge-disable-mac-learning"?: boolean;
  controller?: string;
  dhcp?: "dnsmasq";
  digest?: string;
  "disable-arp-nd-suppression"?: boolean;
  dns?: string;
  dnszone?: string;
  exitnodes?: string;
  "exitnodes-local-routing"?: boolean;
  "exitnodes-primary"?: string;
  ipam?: string;
  mac?: string;
  mtu?: number;
  nodes?: string;
  peers?: string;
  pending?: { "advertise-subnets"?: boolean; bridge?: string; "bridge-disable-mac-learning"?: boolean; controller?: string; dhcp?: "dnsmasq"; "disable-arp-nd-suppression"?: boolean; dns?: string; dnszone?: string; exitnodes?: string; "exitnodes-local-routing"?: boolean; "exitnodes-primary"?: string; ipam?: string; mac?: string; mtu?: number; nodes?: string; peers?: string; reversedns?: string; "rt-import"?: string; tag?: number; "vlan-protocol"?: "802.1q" | "802.1ad"; "vrf-vxlan"?: number; "vxlan-port"?: number; [key: string]: unknown };
  reversedns?: string;
  "rt-import"?: string;
  state?: "new" | "changed" | "deleted";
  tag?: number;
  type: "evpn" | "faucet" | "qinq" | "simple" | "vlan" | "vxlan";
  "vlan-protocol"?: "802.1q" | "802.1ad";
  "vrf-vxlan"?: number;
  "vxlan-port"?: number;
  zone: string;
}

export type GetClusterSdnZonesResult = GetClusterSdnZonesResultItem[];

export interface PostClusterSdnZonesParams {
  "advertise-subnets"?: boolean | 0 | 1;
  bridge?: string;
  "bridge-disable-mac-learning"?: boolean | 0 | 1;
  controller?: string;
  /** Since 8.4. */
  dhcp?: "dnsmasq";
  "disable-arp-nd-suppression"?: boolean | 0 | 1;
  dns?: string;
  dnszone?: string;
  "dp-id"?: number;
  exitnodes?: string | readonly string[];
  "exitnodes-local-routing"?: boolean | 0 | 1;
  "exitnodes-primary"?: string;
  /** Since 9.0. */
  fabric?: string;
  ipam?: string;
  /** Since 9.0. */
  "lock-token"?: string;
  mac?: string;
  mtu?: number;
  nodes?: string | readonly string[];
  peers?: string | readonly string[];
  reversedns?: string;
  "rt-import"?: string | readonly string[];
  tag?: number;
  type: "evpn" | "faucet" | "qinq" | "simple" | "vlan" | "vxlan";
  "vlan-protocol"?: "802.1q" | "802.1ad";
  "vrf-vxlan"?: number;
  /** Since 8.0. */
  "vxlan-port"?: number;
  zone: string;
}

export type PostClusterSdnZonesResult = null;

export interface GetClusterSdnZonesByZoneParams {
  pending?: boolean | 0 | 1;
  running?: boolean | 0 | 1;
  zone: string;
}

export interface GetClusterSdnZonesByZoneResult {
  [key: string]: unknown;
  "advertise-subnets"?: boolean;
  bridge?: string;
  "bridge-disable-mac-learning"?: boolean;
  controller?: string;
  dhcp?: "dnsmasq";
  digest?: string;
  "disable-arp-nd-suppression"?: boolean;
  dns?: string;
  dnszone?: string;
  exitnodes?: string;
  "exitnodes-local-routing"?: boolean;
  "exitnodes-primary"?: string;
  ipam?: string;
  mac?: string;
  mtu?: number;
  nodes?: string;
  peers?: string;
  pending?: { "advertise-subnets"?: boolean; bridge?: string; "bridge-disable-mac-learning"?: boolean; controller?: string; dhcp?: "dnsmasq"; "disable-arp-nd-suppression"?: boolean; dns?: string; dnszone?: string; exitnodes?: string; "exitnodes-local-routing"?: boolean; "exitnodes-primary"?: string; ipam?: string; mac?: string; mtu?: number; nodes?: string; peers?: string; reversedns?: string; "rt-import"?: string; tag?: number; "vlan-protocol"?: "802.1q" | "802.1ad"; "vrf-vxlan"?: number; "vxlan-port"?: number; [key: string]: unknown };
  reversedns?: string;
  "rt-import"?: string;
  state?: "new" | "changed" | "deleted";
  tag?: number;
  type: "evpn" | "faucet" | "qinq" | "simple" | "vlan" | "vxlan";
  "vlan-protocol"?: "802.1q" | "802.1ad";
  "vrf-vxlan"?: number;
  "vxlan-port"?: number;
  zone: string;
}

export interface PutClusterSdnZonesByZoneParams {
  "advertise-subnets"?: boolean | 0 | 1;
  bridge?: string;
  "bridge-disable-mac-learning"?: boolean | 0 | 1;
  controller?: string;
  delete?: string | readonly string[];
  /** Since 8.4. */
  dhcp?: "dnsmasq";
  digest?: string;
  "disable-arp-nd-suppression"?: boolean | 0 | 1;
  dns?: string;
  dnszone?: string;
  "dp-id"?: number;
  exitnodes?: string | readonly string[];
  "exitnodes-local-routing"?: boolean | 0 | 1;
  "exitnodes-primary"?: string;
  /** Since 9.0. */
  fabric?: string;
  ipam?: string;
  /** Since 9.0. */
  "lock-token"?: string;
  mac?: string;
  mtu?: number;
  nodes?: string | readonly string[];
  peers?: string | readonly string[];
  reversedns?: string;
  "rt-import"?: string | readonly string[];
  tag?: number;
  "vlan-protocol"?: "802.1q" | "802.1ad";
  "vrf-vxlan"?: number;
  /** Since 8.0. */
  "vxlan-port"?: number;
  zone: string;
}

export type PutClusterSdnZonesByZoneResult = null;

export interface DeleteClusterSdnZonesByZoneParams {
  /** Since 9.0. */
  "lock-token"?: string;
  zone: string;
}

export type DeleteClusterSdnZonesByZoneResult = null;
