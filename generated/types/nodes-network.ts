// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export interface GetNodesNetworkParams {
  node: string;
  type?: "bridge" | "bond" | "eth" | "alias" | "vlan" | "fabric" | "OVSBridge" | "OVSBond" | "OVSPort" | "OVSIntPort" | "vnet" | "any_bridge" | "any_local_bridge" | "include_sdn";
}

export interface GetNodesNetworkResultItem {
  [key: string]: unknown;
  active?: boolean;
  address?: string;
  address6?: string;
  autostart?: boolean;
  "bond-primary"?: string;
  bond_mode?: "balance-rr" | "active-backup" | "balance-xor" | "broadcast" | "802.3ad" | "balance-tlb" | "balance-alb" | "balance-slb" | "lacp-balance-slb" | "lacp-balance-tcp";
  bond_xmit_hash_policy?: "layer2" | "layer2+3" | "layer3+4";
  "bridge-access"?: number;
  "bridge-arp-nd-suppress"?: boolean;
  "bridge-learning"?: boolean;
  "bridge-multicast-flood"?: boolean;
  "bridge-unicast-flood"?: boolean;
  bridge_ports?: string;
  bridge_vids?: string;
  bridge_vlan_aware?: boolean;
  cidr?: string;
  cidr6?: string;
  comments?: string;
  comments6?: string;
  exists?: boolean;
  families?: ("inet" | "inet6")[];
  gateway?: string;
  gateway6?: string;
  iface: string;
  "link-type"?: string;
  method?: "loopback" | "dhcp" | "manual" | "static" | "auto";
  method6?: "loopback" | "dhcp" | "manual" | "static" | "auto";
  mtu?: number;
  netmask?: string;
  netmask6?: number;
  options?: string[];
  options6?: string[];
  ovs_bonds?: string;
  ovs_bridge?: string;
  ovs_options?: string;
  ovs_ports?: string;
  ovs_tag?: number;
  priority?: number;
  slaves?: string;
  type: "bridge" | "bond" | "eth" | "alias" | "vlan" | "fabric" | "OVSBridge" | "OVSBond" | "OVSPort" | "OVSIntPort" | "vnet" | "unknown";
  "uplink-id"?: string;
  "vlan-id"?: number;
  "vlan-protocol"?: "802.1ad" | "802.1q";
  "vlan-raw-device"?: string;
  "vxlan-id"?: number;
  "vxlan-local-tunnelip"?: string;
  "vxlan-physdev"?: string;
  "vxlan-svcnodeip"?: string;
}

export type GetNodesNetworkResult = GetNodesNetworkResultItem[];

export interface PostNodesNetworkParams {
  address?: string;
  address6?: string;
  autostart?: boolean | 0 | 1;
  "bond-primary"?: string;
  bond_mode?: "balance-rr" | "active-backup" | "balance-xor" | "broadcast" | "802.3ad" | "balance-tlb" | "balance-alb" | "balance-slb" | "lacp-balance-slb" | "lacp-balance-tcp";
  bond_xmit_hash_policy?: "layer2" | "layer2+3" | "layer3+4";
  bridge_ports?: string | readonly string[];
  /** Since 8.4. */
  bridge_vids?: string | readonly string[];
  bridge_vlan_aware?: boolean | 0 | 1;
  cidr?: string;
  cidr6?: string;
  comments?: string;
  comments6?: string;
  gateway?: string;
  gateway6?: string;
  iface: string;
  mtu?: number;
  netmask?: string;
  netmask6?: number;
  node: string;
  ovs_bonds?: string | readonly string[];
  ovs_bridge?: string;
  ovs_options?: string;
  ovs_ports?: string | readonly string[];
  ovs_tag?: number;
  slaves?: string | readonly string[];
  type: "bridge" | "bond" | "eth" | "alias" | "vlan" | "fabric" | "OVSBridge" | "OVSBond" | "OVSPort" | "OVSIntPort" | "vnet" | "unknown";
  "vlan-id"?: number;
  "vlan-raw-device"?: string;
}

export type PostNodesNetworkResult = null;

export interface PutNodesNetworkParams {
  node: string;
  /** Since 9.0. */
  "regenerate-frr"?: boolean | 0 | 1;
}

export type PutNodesNetworkResult = string;

export interface DeleteNodesNetworkParams {
  node: string;
}

export type DeleteNodesNetworkResult = null;

export interface GetNodesNetworkByIfaceParams {
  iface: string;
  node: string;
}

export interface GetNodesNetworkByIfaceResult {
  [key: string]: unknown;
  method: string;
  type: string;
}

export interface PutNodesNetworkByIfaceParams {
  address?: string;
  address6?: string;
  autostart?: boolean | 0 | 1;
  "bond-primary"?: string;
  bond_mode?: "balance-rr" | "active-backup" | "balance-xor" | "broadcast" | "802.3ad" | "balance-tlb" | "balance-alb" | "balance-slb" | "lacp-balance-slb" | "lacp-balance-tcp";
  bond_xmit_hash_policy?: "layer2" | "layer2+3" | "layer3+4";
  bridge_ports?: string | readonly string[];
  /** Since 8.4. */
  bridge_vids?: string | readonly string[];
  bridge_vlan_aware?: boolean | 0 | 1;
  cidr?: string;
  cidr6?: string;
  comments?: string;
  comments6?: string;
  delete?: string | readonly string[];
  gateway?: string;
  gateway6?: string;
  iface: string;
  mtu?: number;
  netmask?: string;
  netmask6?: number;
  node: string;
  ovs_bonds?: string | readonly string[];
  ovs_bridge?: string;
  ovs_options?: string;
  ovs_ports?: string | readonly string[];
  ovs_tag?: number;
  slaves?: string | readonly string[];
  type: "bridge" | "bond" | "eth" | "alias" | "vlan" | "fabric" | "OVSBridge" | "OVSBond" | "OVSPort" | "OVSIntPort" | "vnet" | "unknown";
  "vlan-id"?: number;
  "vlan-raw-device"?: string;
}

export type PutNodesNetworkByIfaceResult = null;

export interface DeleteNodesNetworkByIfaceParams {
  iface: string;
  node: string;
}

export type DeleteNodesNetworkByIfaceResult = null;
