// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export interface GetAccessUsersParams {
  enabled?: boolean | 0 | 1;
  full?: boolean | 0 | 1;
}

export interface GetAccessUsersResultItem {
  [key: string]: unknown;
  comment?: string;
  email?: string;
  enable?: boolean;
  expire?: number;
  firstname?: string;
  groups?: string;
  keys?: string;
  lastname?: string;
  "realm-type"?: string;
  "tfa-locked-until"?: number;
  tokens?: ({ comment?: string; expire?: number; privsep?: boolean; tokenid: string; [key: string]: unknown })[];
  "totp-locked"?: boolean;
  userid: string;
}

export type GetAccessUsersResult = GetAccessUsersResultItem[];

export interface PostAccessUsersParams {
  comment?: string;
  email?: string;
  enable?: boolean | 0 | 1;
  expire?: number;
  firstname?: string;
  groups?: string | readonly string[];
  keys?: string;
  lastname?: string;
  password?: string;
  userid: string;
}

export type PostAccessUsersResult = null;

export interface GetAccessUsersByUseridParams {
  userid: string;
}

export interface GetAccessUsersByUseridResult {
  [key: string]: unknown;
  comment?: string;
  email?: string;
  enable?: boolean;
  expire?: number;
  firstname?: string;
  groups?: string[];
  keys?: string;
  lastname?: string;
  tokens?: Record<string, { comment?: string; expire?: number; privsep?: boolean; [key: string]: unknown }>;
}

export interface PutAccessUsersByUseridParams {
  append?: boolean | 0 | 1;
  comment?: string;
  email?: string;
  enable?: boolean | 0 | 1;
  expire?: number;
  firstname?: string;
  groups?: string | readonly string[];
  keys?: string;
  lastname?: string;
  userid: string;
}

export type PutAccessUsersByUseridResult = null;

export interface DeleteAccessUsersByUseridParams {
  userid: string;
}

export type DeleteAccessUsersByUseridResult = null;

export interface GetAccessUsersTfaParams {
  multiple?: boolean | 0 | 1;
  userid: string;
}

export interface GetAccessUsersTfaResult {
  [key: string]: unknown;
  realm?: "oath" | "yubico";
  types?: ("totp" | "u2f" | "yubico" | "webauthn" | "recovedry")[];
  user?: "oath" | "u2f";
}

export interface GetAccessUsersTokenParams {
  userid: string;
}

export interface GetAccessUsersTokenResultItem {
  [key: string]: unknown;
  comment?: string;
  expire?: number;
  privsep?: boolean;
  tokenid: string;
}

export type GetAccessUsersTokenResult = GetAccessUsersTokenResultItem[];

export interface GetAccessUsersTokenByTokenidParams {
  tokenid: string;
  userid: string;
}

export interface GetAccessUsersTokenByTokenidResult {
  [key: string]: unknown;
  comment?: string;
  expire?: number;
  privsep?: boolean;
}

export interface PostAccessUsersTokenByTokenidParams {
  comment?: string;
  expire?: number;
  privsep?: boolean | 0 | 1;
  tokenid: string;
  userid: string;
}

export interface PostAccessUsersTokenByTokenidResult {
  [key: string]: unknown;
  "full-tokenid": string;
  info: { comment?: string; expire?: number; privsep?: boolean; [key: string]: unknown };
  value: string;
}

export interface PutAccessUsersTokenByTokenidParams {
  comment?: string;
  /** Since 9.1. */
  delete?: string | readonly string[];
  expire?: number;
  privsep?: boolean | 0 | 1;
  /** Since 9.2. */
  regenerate?: boolean | 0 | 1;
  tokenid: string;
  userid: string;
}

export interface PutAccessUsersTokenByTokenidResult {
  [key: string]: unknown;
  comment?: string;
  expire?: number;
  "full-tokenid"?: string;
  privsep?: boolean;
  value?: string;
}

export interface DeleteAccessUsersTokenByTokenidParams {
  tokenid: string;
  userid: string;
}

export type DeleteAccessUsersTokenByTokenidResult = null;

export interface PutAccessUsersUnlockTfaParams {
  userid: string;
}

export type PutAccessUsersUnlockTfaResult = boolean;
