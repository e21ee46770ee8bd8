// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export type GetClusterAcmeParams = Record<string, never>;
export type GetClusterAcmeResult = (Record<string, unknown>)[];
export type GetClusterAcmeAccountParams = Record<string, never>;
export type GetClusterAcmeAccountResult = (Record<string, unknown>)[];

export interface PostClusterAcmeAccountParams {
  contact: string | readonly string[];
  directory?: string;
  /** Since 8.4. */
  "eab-hmac-key"?: string;
  /** Since 8.4. */
  "eab-kid"?: string;
  name?: string;
  tos_url?: string;
}

export type PostClusterAcmeAccountResult = string;

export interface GetClusterAcmeAccountByNameParams {
  name: string;
}

export interface GetClusterAcmeAccountByNameResult {
  [key: string]: unknown;
  account?: Record<string, unknown>;
  directory?: string;
  location?: string;
  tos?: string;
}

export interface PutClusterAcmeAccountByNameParams {
  contact?: string | readonly string[];
  name: string;
}

export type PutClusterAcmeAccountByNameResult = string;

export interface DeleteClusterAcmeAccountByNameParams {
  name: string;
}

export type DeleteClusterAcmeAccountByNameResult = string;
export type GetClusterAcmeChallengeSchemaParams = Record<string, never>;

export interface GetClusterAcmeChallengeSchemaResultItem {
  [key: string]: unknown;
  id: string;
  name: string;
  schema: Record<string, unknown>;
  type: string;
}

export type GetClusterAcmeChallengeSchemaResult = GetClusterAcmeChallengeSchemaResultItem[];
export type GetClusterAcmeDirectoriesParams = Record<string, never>;

export interface GetClusterAcmeDirectoriesResultItem {
  [key: string]: unknown;
  name: string;
  url: string;
}

export type GetClusterAcmeDirectoriesResult = GetClusterAcmeDirectoriesResultItem[];

export interface GetClusterAcmeMetaParams {
  directory?: string;
}

export interface GetClusterAcmeMetaResult {
  [key: string]: unknown;
  caaIdentities?: string[];
  externalAccountRequired?: boolean;
  termsOfService?: string;
  website?: string;
}

export interface GetClusterAcmePluginsParams {
  type?: "dns" | "standalone";
}

export interface GetClusterAcmePluginsResultItem {
  [key: string]: unknown;
  api?: "1984hosting" | "acmedns" | "acmeproxy" | "active24" | "ad" | "ali" | "anx" | "arvan" | "autodns" | "aws" | "azure" | "cf" | "clouddns" | "cloudns" | "cn" | "conoha" | "constellix" | "cx" | "cyon" | "da" | "ddnss" | "desec" | "df" | "dgon" | "dnsimple" | "do" | "doapi" | "domeneshop" | "dp" | "dpi" | "dreamhost" | "duckdns" | "durabledns" | "dyn" | "dynu" | "dynv6" | "easydns" | "edgedns" | "euserv" | "exoscale" | "freedns" | "gandi_livedns" | "gcloud" | "gd" | "gdnsdk" | "he" | "hetzner" | "hexonet" | "hostingde" | "huaweicloud" | "infoblox" | "infomaniak" | "internetbs" | "inwx" | "ionos" | "ispconfig" | "jd" | "joker" | "kappernet" | "kas" | "kinghost" | "knot" | "leaseweb" | "lexicon" | "linode" | "linode_v4" | "loopia" | "lua" | "maradns" | "me" | "miab" | "misaka" | "myapi" | "mydevil" | "mydnsjp" | "namecheap" | "namecom" | "namesilo" | "nederhost" | "neodigit" | "netcup" | "netlify" | "nic" | "njalla" | "nm" | "nsd" | "nsone" | "nsupdate" | "nw" | "one" | "online" | "openprovider" | "openstack" | "opnsense" | "ovh" | "pdns" | "pleskxml" | "pointhq" | "rackcorp" | "rackspace" | "rcode0" | "regru" | "scaleway" | "schlundtech" | "selectel" | "servercow" | "simply" | "tele3" | "transip" | "ultra" | "unoeuro" | "variomedia" | "vscale" | "vultr" | "world4you" | "yandex" | "zilore" | "zone" | "zonomi";
  data?: string;
  digest?: string;
  disable?: boolean;
  nodes?: string;
  plugin: string;
  type: "dns" | "standalone";
  "validation-delay"?: number;
}

export type GetClusterAcmePluginsResult = GetClusterAcmePluginsResultItem[];

export interface PostClusterAcmePluginsParams {
  api?: "1984hosting" | "acmedns" | "acmeproxy" | "active24" | "ad" | "ali" | "anx" | "arvan" | "autodns" | "aws" | "azure" | "cf" | "clouddns" | "cloudns" | "cn" | "conoha" | "constellix" | "cx" | "cyon" | "da" | "ddnss" | "desec" | "df" | "dgon" | "dnsimple" | "do" | "doapi" | "domeneshop" | "dp" | "dpi" | "dreamhost" | "duckdns" | "durabledns" | "dyn" | "dynu" | "dynv6" | "easydns" | "edgedns" | "euserv" | "exoscale" | "freedns" | "gandi_livedns" | "gcloud" | "gd" | "gdnsdk" | "he" | "hetzner" | "hexonet" | "hostingde" | "huaweicloud" | "infoblox" | "infomaniak" | "internetbs" | "inwx" | "ionos" | "ispconfig" | "jd" | "joker" | "kappernet" | "kas" | "kinghost" | "knot" | "leaseweb" | "lexicon" | "linode" | "linode_v4" | "loopia" | "lua" | "maradns" | "me" | "miab" | "misaka" | "myapi" | "mydevil" | "mydnsjp" | "namecheap" | "namecom" | "namesilo" | "nederhost" | "neodigit" | "netcup" | "netlify" | "nic" | "njalla" | "nm" | "nsd" | "nsone" | "nsupdate" | "nw" | "one" | "online" | "openprovider" | "openstack" | "opnsense" | "ovh" | "pdns" | "pleskxml" | "pointhq" | "rackcorp" | "rackspace" | "rcode0" | "regru" | "scaleway" | "schlundtech" | "selectel" | "servercow" | "simply" | "tele3" | "transip" | "ultra" | "unoeuro" | "variomedia" | "vscale" | "vultr" | "world4you" | "yandex" | "zilore" | "zone" | "zonomi";
  data?: string;
  disable?: boolean | 0 | 1;
  id: string;
  nodes?: string | readonly string[];
  type: "dns" | "standalone";
  "validation-delay"?: number;
}

export type PostClusterAcmePluginsResult = null;

export interface GetClusterAcmePluginsByIdParams {
  id: string;
}

export interface GetClusterAcmePluginsByIdResult {
  [key: string]: unknown;
  api?: "1984hosting" | "acmedns" | "acmeproxy" | "active24" | "ad" | "ali" | "anx" | "arvan" | "autodns" | "aws" | "azure" | "cf" | "clouddns" | "cloudns" | "cn" | "conoha" | "constellix" | "cx" | "cyon" | "da" | "ddnss" | "desec" | "df" | "dgon" | "dnsimple" | "do" | "doapi" | "domeneshop" | "dp" | "dpi" | "dreamhost" | "duckdns" | "durabledns" | "dyn" | "dynu" | "dynv6" | "easydns" | "edgedns" | "euserv" | "exoscale" | "freedns" | "gandi_livedns" | "gcloud" | "gd" | "gdnsdk" | "he" | "hetzner" | "hexonet" | "hostingde" | "huaweicloud" | "infoblox" | "infomaniak" | "internetbs" | "inwx" | "ionos" | "ispconfig" | "jd" | "joker" | "kappernet" | "kas" | "kinghost" | "knot" | "leaseweb" | "lexicon" | "linode" | "linode_v4" | "loopia" | "lua" | "maradns" | "me" | "miab" | "misaka" | "myapi" | "mydevil" | "mydnsjp" | "namecheap" | "namecom" | "namesilo" | "nederhost" | "neodigit" | "netcup" | "netlify" | "nic" | "njalla" | "nm" | "nsd" | "nsone" | "nsupdate" | "nw" | "one" | "online" | "openprovider" | "openstack" | "opnsense" | "ovh" | "pdns" | "pleskxml" | "pointhq" | "rackcorp" | "rackspace" | "rcode0" | "regru" | "scaleway" | "schlundtech" | "selectel" | "servercow" | "simply" | "tele3" | "transip" | "ultra" | "unoeuro" | "variomedia" | "vscale" | "vultr" | "world4you" | "yandex" | "zilore" | "zone" | "zonomi";
  data?: string;
  digest?: string;
  disable?: boolean;
  nodes?: string;
  plugin: string;
  type: "dns" | "standalone";
  "validation-delay"?: number;
}

export interface PutClusterAcmePluginsByIdParams {
  api?: "1984hosting" | "acmedns" | "acmeproxy" | "active24" | "ad" | "ali" | "anx" | "arvan" | "autodns" | "aws" | "azure" | "cf" | "clouddns" | "cloudns" | "cn" | "conoha" | "constellix" | "cx" | "cyon" | "da" | "ddnss" | "desec" | "df" | "dgon" | "dnsimple" | "do" | "doapi" | "domeneshop" | "dp" | "dpi" | "dreamhost" | "duckdns" | "durabledns" | "dyn" | "dynu" | "dynv6" | "easydns" | "edgedns" | "euserv" | "exoscale" | "freedns" | "gandi_livedns" | "gcloud" | "gd" | "gdnsdk" | "he" | "hetzner" | "hexonet" | "hostingde" | "huaweicloud" | "infoblox" | "infomaniak" | "internetbs" | "inwx" | "ionos" | "ispconfig" | "jd" | "joker" | "kappernet" | "kas" | "kinghost" | "knot" | "leaseweb" | "lexicon" | "linode" | "linode_v4" | "loopia" | "lua" | "maradns" | "me" | "miab" | "misaka" | "myapi" | "mydevil" | "mydnsjp" | "namecheap" | "namecom" | "namesilo" | "nederhost" | "neodigit" | "netcup" | "netlify" | "nic" | "njalla" | "nm" | "nsd" | "nsone" | "nsupdate" | "nw" | "one" | "online" | "openprovider" | "openstack" | "opnsense" | "ovh" | "pdns" | "pleskxml" | "pointhq" | "rackcorp" | "rackspace" | "rcode0" | "regru" | "scaleway" | "schlundtech" | "selectel" | "servercow" | "simply" | "tele3" | "transip" | "ultra" | "unoeuro" | "variomedia" | "vscale" | "vultr" | "world4you" | "yandex" | "zilore" | "zone" | "zonomi";
  data?: string;
  delete?: string | readonly string[];
  digest?: string;
  disable?: boolean | 0 | 1;
  id: string;
  nodes?: string | readonly string[];
  "validation-delay"?: number;
}

export type PutClusterAcmePluginsByIdResult = null;

export interface DeleteClusterAcmePluginsByIdParams {
  id: string;
}

export type DeleteClusterAcmePluginsByIdResult = null;

export interface GetClusterAcmeTosParams {
  directory?: string;
}

export type GetClusterAcmeTosResult = string;
