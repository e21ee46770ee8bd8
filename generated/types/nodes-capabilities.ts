// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export interface GetNodesCapabilitiesParams {
  node: string;
}

export type GetNodesCapabilitiesResult = (Record<string, unknown>)[];

export interface GetNodesCapabilitiesQemuParams {
  node: string;
}

export type GetNodesCapabilitiesQemuResult = (Record<string, unknown>)[];

export interface GetNodesCapabilitiesQemuCpuParams {
  /** Since 9.1. */
  arch?: "x86_64" | "aarch64";
  node: string;
}

export interface GetNodesCapabilitiesQemuCpuResultItem {
  [key: string]: unknown;
  abstract?: boolean;
  custom: boolean;
  name: string;
  vendor: string;
}

export type GetNodesCapabilitiesQemuCpuResult = GetNodesCapabilitiesQemuCpuResultItem[];

export interface GetNodesCapabilitiesQemuCpuFlagsParams {
  /** Since 9.2. */
  accel?: "kvm" | "tcg";
  arch?: "x86_64" | "aarch64";
  node: string;
}

export interface GetNodesCapabilitiesQemuCpuFlagsResultItem {
  [key: string]: unknown;
  description?: string;
  name: string;
  "supported-on"?: string[];
}

export type GetNodesCapabilitiesQemuCpuFlagsResult = GetNodesCapabilitiesQemuCpuFlagsResultItem[];

export interface GetNodesCapabilitiesQemuMachinesParams {
  /** Since 9.1. */
  arch?: "x86_64" | "aarch64";
  node: string;
}

export interface GetNodesCapabilitiesQemuMachinesResultItem {
  [key: string]: unknown;
  changes?: string;
  id: string;
  type: "q35" | "i440fx";
  version: string;
}

export type GetNodesCapabilitiesQemuMachinesResult = GetNodesCapabilitiesQemuMachinesResultItem[];

export interface GetNodesCapabilitiesQemuMigrationParams {
  node: string;
}

export interface GetNodesCapabilitiesQemuMigrationResult {
  [key: string]: unknown;
  "has-dbus-vmstate": boolean;
}
