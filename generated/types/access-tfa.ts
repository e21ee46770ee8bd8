// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export type GetAccessTfaParams = Record<string, never>;

export interface GetAccessTfaResultItem {
  [key: string]: unknown;
  entries: ({ created: number; description: string; enable?: boolean; id: string; type: "totp" | "u2f" | "webauthn" | "recovery" | "yubico"; [key: string]: unknown })[];
  "tfa-locked-until"?: number;
  "totp-locked"?: boolean;
  userid: string;
}

export type GetAccessTfaResult = GetAccessTfaResultItem[];

export interface GetAccessTfaByUseridParams {
  userid: string;
}

export interface GetAccessTfaByUseridResultItem {
  [key: string]: unknown;
  created: number;
  description: string;
  enable?: boolean;
  id: string;
  type: "totp" | "u2f" | "webauthn" | "recovery" | "yubico";
}

export type GetAccessTfaByUseridResult = GetAccessTfaByUseridResultItem[];

export interface PostAccessTfaByUseridParams {
  challenge?: string;
  description?: string;
  password?: string;
  totp?: string;
  type: "totp" | "u2f" | "webauthn" | "recovery" | "yubico";
  userid: string;
  value?: string;
}

export interface PostAccessTfaByUseridResult {
  [key: string]: unknown;
  challenge?: string;
  id: string;
  recovery?: string[];
}

export interface GetAccessTfaByIdParams {
  id: string;
  userid: string;
}

export interface GetAccessTfaByIdResult {
  [key: string]: unknown;
  created: number;
  description: string;
  enable?: boolean;
  id: string;
  type: "totp" | "u2f" | "webauthn" | "recovery" | "yubico";
}

export interface PutAccessTfaByIdParams {
  description?: string;
  enable?: boolean | 0 | 1;
  id: string;
  password?: string;
  userid: string;
}

export type PutAccessTfaByIdResult = null;

export interface DeleteAccessTfaByIdParams {
  id: string;
  password?: string;
  userid: string;
}

export type DeleteAccessTfaByIdResult = null;
