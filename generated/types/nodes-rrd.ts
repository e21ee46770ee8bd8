// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export interface GetNodesRrdParams {
  cf?: "AVERAGE" | "MAX";
  ds: string | readonly string[];
  node: string;
  timeframe: "hour" | "day" | "week" | "month" | "year" | "decade";
}

export interface GetNodesRrdResult {
  [key: string]: unknown;
  filename: string;
}
