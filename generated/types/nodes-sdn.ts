// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export interface GetNodesSdnParams {
  node: string;
}

export type GetNodesSdnResult = (Record<string, unknown>)[];

export interface GetNodesSdnFabricsByFabricParams {
  fabric: string;
  node: string;
}

export interface GetNodesSdnFabricsByFabricResultItem {
  [key: string]: unknown;
  subdir: string;
}

export type GetNodesSdnFabricsByFabricResult = GetNodesSdnFabricsByFabricResultItem[];

export interface GetNodesSdnFabricsInterfacesParams {
  fabric: string;
  node: string;
}

export interface GetNodesSdnFabricsInterfacesResultItem {
  [key: string]: unknown;
  name: string;
  state: string;
  type: string;
}

export type GetNodesSdnFabricsInterfacesResult = GetNodesSdnFabricsInterfacesResultItem[];

export interface GetNodesSdnFabricsNeighborsParams {
  fabric: string;
  node: string;
}

export interface GetNodesSdnFabricsNeighborsResultItem {
  [key: string]: unknown;
  neighbor: string;
  status: string;
  uptime: string;
}

export type GetNodesSdnFabricsNeighborsResult = GetNodesSdnFabricsNeighborsResultItem[];

export interface GetNodesSdnFabricsRoutesParams {
  fabric: string;
  node: string;
}

export interface GetNodesSdnFabricsRoutesResultItem {
  [key: string]: unknown;
  route: string;
  via: string[];
}

export type GetNodesSdnFabricsRoutesResult = GetNodesSdnFabricsRoutesResultItem[];

export interface GetNodesSdnVnetsByVnetParams {
  node: string;
  vnet: string;
}

export interface GetNodesSdnVnetsByVnetResultItem {
  [key: string]: unknown;
  subdir: string;
}

export type GetNodesSdnVnetsByVnetResult = GetNodesSdnVnetsByVnetResultItem[];

export interface GetNodesSdnVnetsMacVrfParams {
  node: string;
  vnet: string;
}

export interface GetNodesSdnVnetsMacVrfResultItem {
  [key: string]: unknown;
  ip: string;
  mac: string;
  nexthop: string;
}

export type GetNodesSdnVnetsMacVrfResult = GetNodesSdnVnetsMacVrfResultItem[];

export interface GetNodesSdnZonesParams {
  node: string;
}

export interface GetNodesSdnZonesResultItem {
  [key: string]: unknown;
  status: "available" | "pending" | "error";
  zone: string;
}

export type GetNodesSdnZonesResult = GetNodesSdnZonesResultItem[];

export interface GetNodesSdnZonesByZoneParams {
  node: string;
  zone: string;
}

export interface GetNodesSdnZonesByZoneResultItem {
  [key: string]: unknown;
  subdir: string;
}

export type GetNodesSdnZonesByZoneResult = GetNodesSdnZonesByZoneResultItem[];

export interface GetNodesSdnZonesBridgesParams {
  node: string;
  zone: string;
}

export interface GetNodesSdnZonesBridgesResultItem {
  [key: string]: unknown;
  name: string;
  ports: ({ index?: string; name: string; primary_vlan?: number; vlans?: string[]; vmid?: number; [key: string]: unknown })[];
  vlan_filtering: string;
}

export type GetNodesSdnZonesBridgesResult = GetNodesSdnZonesBridgesResultItem[];

export interface GetNodesSdnZonesContentParams {
  node: string;
  zone: string;
}

export interface GetNodesSdnZonesContentResultItem {
  [key: string]: unknown;
  status?: string;
  statusmsg?: string;
  vnet: string;
}

export type GetNodesSdnZonesContentResult = GetNodesSdnZonesContentResultItem[];

export interface GetNodesSdnZonesIpVrfParams {
  node: string;
  zone: string;
}

export interface GetNodesSdnZonesIpVrfResultItem {
  [key: string]: unknown;
  ip: string;
  metric: number;
  nexthops: string[];
  protocol: string;
}

export type GetNodesSdnZonesIpVrfResult = GetNodesSdnZonesIpVrfResultItem[];
