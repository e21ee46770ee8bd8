// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export interface PostNodesSpiceshellParams {
  cmd?: "ceph_install" | "login" | "upgrade";
  "cmd-opts"?: string;
  node: string;
  proxy?: string;
}

export interface PostNodesSpiceshellResult {
  [key: string]: unknown;
  host: string;
  password: string;
  proxy: string;
  "tls-port": number;
  type: string;
}
