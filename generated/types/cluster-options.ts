// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export type GetClusterOptionsParams = Record<string, never>;

export interface GetClusterOptionsResult {
  [key: string]: unknown;
  "allowed-tags": string[];
  bwlimit?: string;
  "consent-text"?: string;
  console?: "applet" | "vv" | "html5" | "xtermjs";
  crs?: string;
  description?: string;
  email_from?: string;
  fencing?: "watchdog" | "hardware" | "both";
  ha?: string;
  http_proxy?: string;
  keyboard?: "de" | "de-ch" | "da" | "en-gb" | "en-us" | "es" | "fi" | "fr" | "fr-be" | "fr-ca" | "fr-ch" | "hu" | "is" | "it" | "ja" | "lt" | "mk" | "nl" | "no" | "pl" | "pt" | "pt-br" | "sv" | "sl" | "tr";
  language?: "ar" | "ca" | "da" | "de" | "en" | "es" | "eu" | "fa" | "fr" | "hr" | "he" | "it" | "ja" | "ka" | "kr" | "nb" | "nl" | "nn" | "pl" | "pt_BR" | "ru" | "sl" | "sv" | "tr" | "ukr" | "zh_CN" | "zh_TW";
  location?: string;
  mac_prefix?: string;
  max_workers?: number;
  migration?: string;
  /** @deprecated */
  migration_unsecure?: boolean;
  "next-id"?: string;
  notify?: string;
  "registered-tags"?: string;
  replication?: string;
  "tag-style"?: string;
  u2f?: string;
  "user-tag-access"?: string;
  webauthn?: string;
}

export interface BwlimitKeys {
  clone?: number;
  default?: number;
  migration?: number;
  move?: number;
  restore?: number;
}

export interface CrsKeys {
  ha?: "basic" | "static" | "dynamic";
  /** Since 9.1. */
  "ha-auto-rebalance"?: boolean | 0 | 1;
  /** Since 9.1. */
  "ha-auto-rebalance-hold-duration"?: number;
  /** Since 9.1. */
  "ha-auto-rebalance-margin"?: number;
  /** Since 9.1. */
  "ha-auto-rebalance-method"?: "bruteforce" | "topsis";
  /** Since 9.1. */
  "ha-auto-rebalance-threshold"?: number;
  "ha-rebalance-on-start"?: boolean | 0 | 1;
}

export interface HaKeys {
  shutdown_policy: "freeze" | "failover" | "conditional" | "migrate";
}

export interface LocationKeys {
  name?: string;
  latitude: number;
  longitude: number;
}

export interface MigrationKeys {
  network?: string;
  type: "secure" | "insecure";
}

export interface NextIdKeys {
  lower?: number;
  upper?: number;
}

export interface NotifyKeys {
  /** Since 8.4. */
  fencing?: "always" | "never";
  /** @deprecated */
  "package-updates"?: "auto" | "always" | "never";
  /** Since 8.4. */
  replication?: "always" | "never";
  /** Since 8.4. */
  "target-fencing"?: string;
  /** Since 8.4. */
  "target-package-updates"?: string;
  /** Since 8.4. */
  "target-replication"?: string;
}

export interface TagStyleKeys {
  "case-sensitive"?: boolean | 0 | 1;
  "color-map"?: string;
  ordering?: "config" | "alphabetical";
  shape?: "full" | "circle" | "dense" | "none";
}

export interface U2fKeys {
  appid?: string;
  origin?: string;
}

export interface UserTagAccessKeys {
  "user-allow"?: "none" | "list" | "existing" | "free";
  "user-allow-list"?: string;
}

export interface WebauthnKeys {
  "allow-subdomains"?: boolean | 0 | 1;
  id?: string;
  origin?: string;
  rp?: string;
}

export interface PutClusterOptionsParams {
  bwlimit?: string | BwlimitKeys;
  /** Since 8.4. */
  "consent-text"?: string;
  console?: "applet" | "vv" | "html5" | "xtermjs";
  crs?: string | CrsKeys;
  delete?: string | readonly string[];
  description?: string;
  email_from?: string;
  fencing?: "watchdog" | "hardware" | "both";
  ha?: string | HaKeys;
  http_proxy?: string;
  keyboard?: "de" | "de-ch" | "da" | "en-gb" | "en-us" | "es" | "fi" | "fr" | "fr-be" | "fr-ca" | "fr-ch" | "hu" | "is" | "it" | "ja" | "lt" | "mk" | "nl" | "no" | "pl" | "pt" | "pt-br" | "sv" | "sl" | "tr";
  language?: "ar" | "ca" | "da" | "de" | "en" | "es" | "eu" | "fa" | "fr" | "hr" | "he" | "it" | "ja" | "ka" | "kr" | "nb" | "nl" | "nn" | "pl" | "pt_BR" | "ru" | "sl" | "sv" | "tr" | "ukr" | "zh_CN" | "zh_TW";
  /** Since 9.2. */
  location?: string | LocationKeys;
  mac_prefix?: string;
  max_workers?: number;
  migration?: string | MigrationKeys;
  /** @deprecated */
  migration_unsecure?: boolean | 0 | 1;
  "next-id"?: string | NextIdKeys;
  notify?: string | NotifyKeys;
  "registered-tags"?: string;
  /** Since 9.0. */
  replication?: string | MigrationKeys;
  "tag-style"?: string | TagStyleKeys;
  u2f?: string | U2fKeys;
  "user-tag-access"?: string | UserTagAccessKeys;
  webauthn?: string | WebauthnKeys;
}

export type PutClusterOptionsResult = null;
