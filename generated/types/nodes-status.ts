// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export interface GetNodesStatusParams {
  node: string;
}

export interface GetNodesStatusResult {
  [key: string]: unknown;
  "boot-info": { mode: "efi" | "legacy-bios"; secureboot?: boolean; [key: string]: unknown };
  cpu: number;
  cpuinfo: { cores: number; cpus: number; model: string; sockets: number; [key: string]: unknown };
  "current-kernel": { machine: string; release: string; sysname: string; version: string; [key: string]: unknown };
  loadavg: string[];
  memory: { available: number; free: number; total: number; used: number; [key: string]: unknown };
  pveversion: string;
  rootfs: { avail: number; free: number; total: number; used: number; [key: string]: unknown };
}

export interface PostNodesStatusParams {
  command: "reboot" | "shutdown";
  node: string;
}

export type PostNodesStatusResult = null;
