// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export interface GetNodesVncwebsocketParams {
  node: string;
  port: number;
  vncticket: string;
}

export interface GetNodesVncwebsocketResult {
  [key: string]: unknown;
  port: string;
}
