// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export type GetVersionParams = Record<string, never>;

export interface GetVersionResult {
  [key: string]: unknown;
  console?: "applet" | "vv" | "html5" | "xtermjs";
  release: string;
  repoid: string;
  version: string;
}
