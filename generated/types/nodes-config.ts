// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export interface GetNodesConfigParams {
  node: string;
  property?: "acme" | "acmedomain0" | "acmedomain1" | "acmedomain2" | "acmedomain3" | "acmedomain4" | "acmedomain5" | "ballooning-target" | "description" | "location" | "startall-onboot-delay" | "wakeonlan";
}

export interface GetNodesConfigResult {
  [key: `acmedomain${number}`]: string | undefined;
  [key: string]: unknown;
  acme?: string;
  "ballooning-target"?: number;
  description?: string;
  digest?: string;
  location?: string;
  "startall-onboot-delay"?: number;
  wakeonlan?: string;
}

export interface AcmeKeys {
  account?: string;
  domains?: string | readonly string[];
}

export interface AcmedomainKeys {
  alias?: string;
  domain: string;
  plugin?: string;
}

export interface LocationKeys {
  name?: string;
  latitude: number;
  longitude: number;
}

export interface WakeonlanKeys {
  "bind-interface"?: string;
  "broadcast-address"?: string;
  mac: string;
}

export interface PutNodesConfigParams {
  [key: `acmedomain${number}`]: string | AcmedomainKeys | undefined;
  acme?: string | AcmeKeys;
  /** Since 8.4. */
  "ballooning-target"?: number;
  delete?: string | readonly string[];
  description?: string;
  digest?: string;
  /** Since 9.2. */
  location?: string | LocationKeys;
  node: string;
  "startall-onboot-delay"?: number;
  wakeonlan?: string | WakeonlanKeys;
}

export type PutNodesConfigResult = null;
