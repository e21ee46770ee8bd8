// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export interface PostNodesVncshellParams {
  cmd?: "ceph_install" | "login" | "upgrade";
  "cmd-opts"?: string;
  height?: number;
  node: string;
  websocket?: boolean | 0 | 1;
  width?: number;
}

export interface PostNodesVncshellResult {
  [key: string]: unknown;
  cert: string;
  password?: string;
  port: number;
  ticket: string;
  upid: string;
  user: string;
}
