// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export type GetClusterNotificationsParams = Record<string, never>;
export type GetClusterNotificationsResult = (Record<string, unknown>)[];
export type GetClusterNotificationsEndpointsParams = Record<string, never>;
export type GetClusterNotificationsEndpointsResult = (Record<string, unknown>)[];
export type GetClusterNotificationsEndpointsGotifyParams = Record<string, never>;

export interface GetClusterNotificationsEndpointsGotifyResultItem {
  [key: string]: unknown;
  comment?: string;
  disable?: boolean;
  name: string;
  origin: "user-created" | "builtin" | "modified-builtin";
  server: string;
}

export type GetClusterNotificationsEndpointsGotifyResult = GetClusterNotificationsEndpointsGotifyResultItem[];

export interface PostClusterNotificationsEndpointsGotifyParams {
  comment?: string;
  disable?: boolean | 0 | 1;
  name: string;
  server: string;
  token: string;
}

export type PostClusterNotificationsEndpointsGotifyResult = null;

export interface GetClusterNotificationsEndpointsGotifyByNameParams {
  name: string;
}

export interface GetClusterNotificationsEndpointsGotifyByNameResult {
  [key: string]: unknown;
  comment?: string;
  digest?: string;
  disable?: boolean;
  name: string;
  server: string;
}

export interface PutClusterNotificationsEndpointsGotifyByNameParams {
  comment?: string;
  delete?: readonly string[];
  digest?: string;
  disable?: boolean | 0 | 1;
  name: string;
  server?: string;
  token?: string;
}

export type PutClusterNotificationsEndpointsGotifyByNameResult = null;

export interface DeleteClusterNotificationsEndpointsGotifyByNameParams {
  name: string;
}

export type DeleteClusterNotificationsEndpointsGotifyByNameResult = null;
export type GetClusterNotificationsEndpointsSendmailParams = Record<string, never>;

export interface GetClusterNotificationsEndpointsSendmailResultItem {
  [key: string]: unknown;
  author?: string;
  comment?: string;
  disable?: boolean;
  "from-address"?: string;
  mailto?: string[];
  "mailto-user"?: string[];
  name: string;
  origin: "user-created" | "builtin" | "modified-builtin";
}

export type GetClusterNotificationsEndpointsSendmailResult = GetClusterNotificationsEndpointsSendmailResultItem[];

export interface PostClusterNotificationsEndpointsSendmailParams {
  author?: string;
  comment?: string;
  disable?: boolean | 0 | 1;
  "from-address"?: string;
  mailto?: readonly string[];
  "mailto-user"?: readonly string[];
  name: string;
}

export type PostClusterNotificationsEndpointsSendmailResult = null;

export interface GetClusterNotificationsEndpointsSendmailByNameParams {
  name: string;
}

export interface GetClusterNotificationsEndpointsSendmailByNameResult {
  [key: string]: unknown;
  author?: string;
  comment?: string;
  digest?: string;
  disable?: boolean;
  "from-address"?: string;
  mailto?: string[];
  "mailto-user"?: string[];
  name: string;
}

export interface PutClusterNotificationsEndpointsSendmailByNameParams {
  author?: string;
  comment?: string;
  delete?: readonly string[];
  digest?: string;
  disable?: boolean | 0 | 1;
  "from-address"?: string;
  mailto?: readonly string[];
  "mailto-user"?: readonly string[];
  name: string;
}

export type PutClusterNotificationsEndpointsSendmailByNameResult = null;

export interface DeleteClusterNotificationsEndpointsSendmailByNameParams {
  name: string;
}

export type DeleteClusterNotificationsEndpointsSendmailByNameResult = null;
export type GetClusterNotificationsEndpointsSmtpParams = Record<string, never>;

export interface GetClusterNotificationsEndpointsSmtpResultItem {
  [key: string]: unknown;
  author?: string;
  comment?: string;
  disable?: boolean;
  "from-address": string;
  mailto?: string[];
  "mailto-user"?: string[];
  mode?: "insecure" | "starttls" | "tls";
  name: string;
  origin: "user-created" | "builtin" | "modified-builtin";
  port?: number;
  server: string;
  username?: string;
}

export type GetClusterNotificationsEndpointsSmtpResult = GetClusterNotificationsEndpointsSmtpResultItem[];

export interface PostClusterNotificationsEndpointsSmtpParams {
  author?: string;
  comment?: string;
  disable?: boolean | 0 | 1;
  "from-address": string;
  mailto?: readonly string[];
  "mailto-user"?: readonly string[];
  mode?: "insecure" | "starttls" | "tls";
  name: string;
  password?: string;
  port?: number;
  server: string;
  username?: string;
}

export type PostClusterNotificationsEndpointsSmtpResult = null;

export interface GetClusterNotificationsEndpointsSmtpByNameParams {
  name: string;
}

export interface GetClusterNotificationsEndpointsSmtpByNameResult {
  [key: string]: unknown;
  author?: string;
  comment?: string;
  digest?: string;
  disable?: boolean;
  "from-address": string;
  mailto?: string[];
  "mailto-user"?: string[];
  mode?: "insecure" | "starttls" | "tls";
  name: string;
  port?: number;
  server: string;
  username?: string;
}

export interface PutClusterNotificationsEndpointsSmtpByNameParams {
  author?: string;
  comment?: string;
  delete?: readonly string[];
  digest?: string;
  disable?: boolean | 0 | 1;
  "from-address"?: string;
  mailto?: readonly string[];
  "mailto-user"?: readonly string[];
  mode?: "insecure" | "starttls" | "tls";
  name: string;
  password?: string;
  port?: number;
  server?: string;
  username?: string;
}

export type PutClusterNotificationsEndpointsSmtpByNameResult = null;

export interface DeleteClusterNotificationsEndpointsSmtpByNameParams {
  name: string;
}

export type DeleteClusterNotificationsEndpointsSmtpByNameResult = null;
export type GetClusterNotificationsEndpointsWebhookParams = Record<string, never>;

export interface GetClusterNotificationsEndpointsWebhookResultItem {
  [key: string]: unknown;
  body?: string;
  comment?: string;
  disable?: boolean;
  header?: string[];
  method: "post" | "put" | "get";
  name: string;
  origin: "user-created" | "builtin" | "modified-builtin";
  secret?: string[];
  url: string;
}

export type GetClusterNotificationsEndpointsWebhookResult = GetClusterNotificationsEndpointsWebhookResultItem[];

export interface PostClusterNotificationsEndpointsWebhookParams {
  body?: string;
  comment?: string;
  disable?: boolean | 0 | 1;
  header?: readonly string[];
  method: "post" | "put" | "get";
  name: string;
  secret?: readonly string[];
  url: string;
}

export type PostClusterNotificationsEndpointsWebhookResult = null;

export interface GetClusterNotificationsEndpointsWebhookByNameParams {
  name: string;
}

export interface GetClusterNotificationsEndpointsWebhookByNameResult {
  [key: string]: unknown;
  body?: string;
  comment?: string;
  digest?: string;
  disable?: boolean;
  header?: string[];
  method: "post" | "put" | "get";
  name: string;
  secret?: string[];
  url: string;
}

export interface PutClusterNotificationsEndpointsWebhookByNameParams {
  body?: string;
  comment?: string;
  delete?: readonly string[];
  digest?: string;
  disable?: boolean | 0 | 1;
  header?: readonly string[];
  method?: "post" | "put" | "get";
  name: string;
  secret?: readonly string[];
  url?: string;
}

export type PutClusterNotificationsEndpointsWebhookByNameResult = null;

export interface DeleteClusterNotificationsEndpointsWebhookByNameParams {
  name: string;
}

export type DeleteClusterNotificationsEndpointsWebhookByNameResult = null;

export interface GetClusterNotificationsMatcherFieldValuesParams {
  [key: string]: unknown;
}

export interface GetClusterNotificationsMatcherFieldValuesResultItem {
  [key: string]: unknown;
  comment?: string;
  field: string;
  value: string;
}

export type GetClusterNotificationsMatcherFieldValuesResult = GetClusterNotificationsMatcherFieldValuesResultItem[];
export type GetClusterNotificationsMatcherFieldsParams = Record<string, never>;

export interface GetClusterNotificationsMatcherFieldsResultItem {
  [key: string]: unknown;
  name: string;
}

export type GetClusterNotificationsMatcherFieldsResult = GetClusterNotificationsMatcherFieldsResultItem[];
export type GetClusterNotificationsMatchersParams = Record<string, never>;

export interface GetClusterNotificationsMatchersResultItem {
  [key: string]: unknown;
  comment?: string;
  disable?: boolean;
  "invert-match"?: boolean;
  "match-calendar"?: string[];
  "match-field"?: string[];
  "match-severity"?: string[];
  mode?: "all" | "any";
  name: string;
  origin: "user-created" | "builtin" | "modified-builtin";
  target?: string[];
}

export type GetClusterNotificationsMatchersResult = GetClusterNotificationsMatchersResultItem[];

export interface PostClusterNotificationsMatchersParams {
  comment?: string;
  disable?: boolean | 0 | 1;
  "invert-match"?: boolean | 0 | 1;
  "match-calendar"?: readonly string[];
  "match-field"?: readonly string[];
  "match-severity"?: readonly string[];
  mode?: "all" | "any";
  name: string;
  target?: readonly string[];
}

export type PostClusterNotificationsMatchersResult = null;

export interface GetClusterNotificationsMatchersByNameParams {
  name: string;
}

export interface GetClusterNotificationsMatchersByNameResult {
  [key: string]: unknown;
  comment?: string;
  digest?: string;
  disable?: boolean;
  "invert-match"?: boolean;
  "match-calendar"?: string[];
  "match-field"?: string[];
  "match-severity"?: string[];
  mode?: "all" | "any";
  name: string;
  target?: string[];
}

export interface PutClusterNotificationsMatchersByNameParams {
  comment?: string;
  delete?: readonly string[];
  digest?: string;
  disable?: boolean | 0 | 1;
  "invert-match"?: boolean | 0 | 1;
  "match-calendar"?: readonly string[];
  "match-field"?: readonly string[];
  "match-severity"?: readonly string[];
  mode?: "all" | "any";
  name: string;
  target?: readonly string[];
}

export type PutClusterNotificationsMatchersByNameResult = null;

export interface DeleteClusterNotificationsMatchersByNameParams {
  name: string;
}

export type DeleteClusterNotificationsMatchersByNameResult = null;
export type GetClusterNotificationsTargetsParams = Record<string, never>;

export interface GetClusterNotificationsTargetsResultItem {
  [key: string]: unknown;
  comment?: string;
  disable?: boolean;
  name: string;
  origin: "user-created" | "builtin" | "modified-builtin";
  type: "sendmail" | "gotify" | "smtp" | "webhook";
}

export type GetClusterNotificationsTargetsResult = GetClusterNotificationsTargetsResultItem[];

export interface PostClusterNotificationsTargetsTestParams {
  name: string;
}

export type PostClusterNotificationsTargetsTestResult = null;
