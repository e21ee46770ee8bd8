// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export interface PostNodesTermproxyParams {
  cmd?: "ceph_install" | "login" | "upgrade";
  "cmd-opts"?: string;
  node: string;
}

export interface PostNodesTermproxyResult {
  [key: string]: unknown;
  port: number;
  ticket: string;
  upid: string;
  user: string;
}
