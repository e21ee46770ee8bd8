// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export interface GetNodesRrddataParams {
  cf?: "AVERAGE" | "MAX";
  node: string;
  timeframe: "hour" | "day" | "week" | "month" | "year" | "decade";
}

export type GetNodesRrddataResult = (Record<string, unknown>)[];
