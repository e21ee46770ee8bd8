// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export type GetAccessDomainsParams = Record<string, never>;

export interface GetAccessDomainsResultItem {
  [key: string]: unknown;
  comment?: string;
  realm: string;
  tfa?: "yubico" | "oath";
  type: string;
}

export type GetAccessDomainsResult = GetAccessDomainsResultItem[];

export interface SyncDefaultsOptionsKeys {
  scope?: "users" | "groups" | "both";
  "remove-vanished"?: string;
  full?: boolean | 0 | 1;
  purge?: boolean | 0 | 1;
  "enable-new"?: boolean | 0 | 1;
}

export interface TfaKeys {
  type: "yubico" | "oath";
  id?: string;
  key?: string;
  url?: string;
  digits?: number;
  step?: number;
}

export interface PostAccessDomainsParams {
  "acr-values"?: string;
  /** Since 9.2. */
  audiences?: string;
  autocreate?: boolean | 0 | 1;
  base_dn?: string;
  bind_dn?: string;
  capath?: string;
  "case-sensitive"?: boolean | 0 | 1;
  cert?: string;
  certkey?: string;
  /** Since 8.4. */
  "check-connection"?: boolean | 0 | 1;
  "client-id"?: string;
  "client-key"?: string;
  comment?: string;
  default?: boolean | 0 | 1;
  domain?: string;
  filter?: string;
  group_classes?: string | readonly string[];
  group_dn?: string;
  group_filter?: string;
  group_name_attr?: string;
  /** Since 8.4. */
  "groups-autocreate"?: boolean | 0 | 1;
  /** Since 8.4. */
  "groups-claim"?: string;
  /** Since 8.4. */
  "groups-overwrite"?: boolean | 0 | 1;
  "issuer-url"?: string;
  mode?: "ldap" | "ldaps" | "ldap+starttls";
  password?: string;
  port?: number;
  prompt?: string;
  /** Since 8.4. */
  "query-userinfo"?: boolean | 0 | 1;
  realm: string;
  scopes?: string;
  /** @deprecated */
  secure?: boolean | 0 | 1;
  server1?: string;
  server2?: string;
  sslversion?: "tlsv1" | "tlsv1_1" | "tlsv1_2" | "tlsv1_3";
  "sync-defaults-options"?: string | SyncDefaultsOptionsKeys;
  sync_attributes?: string;
  tfa?: string | TfaKeys;
  type: "ad" | "ldap" | "openid" | "pam" | "pve";
  user_attr?: string;
  user_classes?: string | readonly string[];
  "username-claim"?: string;
  verify?: boolean | 0 | 1;
}

export type PostAccessDomainsResult = null;

export interface GetAccessDomainsByRealmParams {
  realm: string;
}

export type GetAccessDomainsByRealmResult = unknown;

export interface PutAccessDomainsByRealmParams {
  "acr-values"?: string;
  /** Since 9.2. */
  audiences?: string;
  autocreate?: boolean | 0 | 1;
  base_dn?: string;
  bind_dn?: string;
  capath?: string;
  "case-sensitive"?: boolean | 0 | 1;
  cert?: string;
  certkey?: string;
  /** Since 8.4. */
  "check-connection"?: boolean | 0 | 1;
  "client-id"?: string;
  "client-key"?: string;
  comment?: string;
  default?: boolean | 0 | 1;
  delete?: string | readonly string[];
  digest?: string;
  domain?: string;
  filter?: string;
  group_classes?: string | readonly string[];
  group_dn?: string;
  group_filter?: string;
  group_name_attr?: string;
  /** Since 8.4. */
  "groups-autocreate"?: boolean | 0 | 1;
  /** Since 8.4. */
  "groups-claim"?: string;
  /** Since 8.4. */
  "groups-overwrite"?: boolean | 0 | 1;
  "issuer-url"?: string;
  mode?: "ldap" | "ldaps" | "ldap+starttls";
  password?: string;
  port?: number;
  prompt?: string;
  /** Since 8.4. */
  "query-userinfo"?: boolean | 0 | 1;
  realm: string;
  scopes?: string;
  /** @deprecated */
  secure?: boolean | 0 | 1;
  server1?: string;
  server2?: string;
  sslversion?: "tlsv1" | "tlsv1_1" | "tlsv1_2" | "tlsv1_3";
  "sync-defaults-options"?: string | SyncDefaultsOptionsKeys;
  sync_attributes?: string;
  tfa?: string | TfaKeys;
  user_attr?: string;
  user_classes?: string | readonly string[];
  verify?: boolean | 0 | 1;
}

export type PutAccessDomainsByRealmResult = null;

export interface DeleteAccessDomainsByRealmParams {
  realm: string;
}

export type DeleteAccessDomainsByRealmResult = null;

export interface PostAccessDomainsSyncParams {
  "dry-run"?: boolean | 0 | 1;
  "enable-new"?: boolean | 0 | 1;
  /** @deprecated */
  full?: boolean | 0 | 1;
  /** @deprecated */
  purge?: boolean | 0 | 1;
  realm: string;
  "remove-vanished"?: string;
  scope?: "users" | "groups" | "both";
}

export type PostAccessDomainsSyncResult = string;
