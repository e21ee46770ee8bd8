// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export interface GetClusterResourcesParams {
  type?: "vm" | "storage" | "node" | "sdn";
}

export interface GetClusterResourcesResultItem {
  [key: string]: unknown;
  "cgroup-mode"?: number;
  content?: string;
  cpu?: number;
  disk?: number;
  diskread?: number;
  diskwrite?: number;
  hastate?: string;
  "host-arch"?: "x86_64" | "aarch64";
  id: string;
  level?: string;
  lock?: string;
  maxcpu?: number;
  maxdisk?: number;
  maxmem?: number;
  mem?: number;
  memhost?: number;
  name?: string;
  netin?: number;
  netout?: number;
  network?: string;
  "network-type"?: "fabric" | "zone";
  node?: string;
  plugintype?: string;
  pool?: string;
  protocol?: string;
  sdn?: string;
  shared?: boolean;
  status?: string;
  storage?: string;
  tags?: string;
  template?: boolean;
  type: "node" | "storage" | "pool" | "qemu" | "lxc" | "openvz" | "sdn" | "network";
  uptime?: number;
  vmid?: number;
  "zone-type"?: string;
}

export type GetClusterResourcesResult = GetClusterResourcesResultItem[];
