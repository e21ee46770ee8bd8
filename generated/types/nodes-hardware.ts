// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export interface GetNodesHardwareParams {
  node: string;
}

export interface GetNodesHardwareResultItem {
  [key: string]: unknown;
  type: string;
}

export type GetNodesHardwareResult = GetNodesHardwareResultItem[];

export interface GetNodesHardwarePciParams {
  node: string;
  "pci-class-blacklist"?: string | readonly string[];
  verbose?: boolean | 0 | 1;
}

export interface GetNodesHardwarePciResultItem {
  [key: string]: unknown;
  class: string;
  device: string;
  device_name?: string;
  id: string;
  iommugroup: number;
  mdev?: boolean;
  subsystem_device?: string;
  subsystem_device_name?: string;
  subsystem_vendor?: string;
  subsystem_vendor_name?: string;
  vendor: string;
  vendor_name?: string;
}

export type GetNodesHardwarePciResult = GetNodesHardwarePciResultItem[];

export interface GetNodesHardwarePciByPciIdOrMappingParams {
  node: string;
  "pci-id-or-mapping": string;
}

export interface GetNodesHardwarePciByPciIdOrMappingResultItem {
  [key: string]: unknown;
  method: string;
}

export type GetNodesHardwarePciByPciIdOrMappingResult = GetNodesHardwarePciByPciIdOrMappingResultItem[];

export interface GetNodesHardwarePciMdevParams {
  node: string;
  "pci-id-or-mapping": string;
}

export interface GetNodesHardwarePciMdevResultItem {
  [key: string]: unknown;
  available: number;
  description: string;
  name?: string;
  type: string;
}

export type GetNodesHardwarePciMdevResult = GetNodesHardwarePciMdevResultItem[];

export interface GetNodesHardwareUsbParams {
  node: string;
}

export interface GetNodesHardwareUsbResultItem {
  [key: string]: unknown;
  busnum: number;
  class: number;
  devnum: number;
  level: number;
  manufacturer?: string;
  port: number;
  prodid: string;
  product?: string;
  serial?: string;
  speed: string;
  usbpath?: string;
  vendid: string;
}

export type GetNodesHardwareUsbResult = GetNodesHardwareUsbResultItem[];
