/** Providers whose plugin wants nothing that is described, by id. */
const PLAIN =
  "1984hosting acmeproxy anx arvan autodns azure clouddns cloudns cn conoha constellix cx cyon da ddnss desec df " +
  "dnsimple do doapi domeneshop dp dpi dreamhost duckdns durabledns dyn dynu dynv6 easydns edgedns euserv exoscale " +
  "freedns gandi_livedns gcloud gdnsdk he hetzner hexonet hostingde huaweicloud infoblox infomaniak internetbs " +
  "ionos ispconfig jd joker kas kinghost knot leaseweb lexicon linode linode_v4 loopia lua maradns me miab misaka " +
  "myapi mydevil mydnsjp namecheap namecom namesilo nederhost neodigit netcup netlify nic njalla nm nsd nsone " +
  "nsupdate nw one online openprovider openstack opnsense pleskxml pointhq rackcorp rackspace rcode0 regru scaleway " +
  "schlundtech selectel servercow simply tele3 transip ultra unoeuro variomedia vscale vultr world4you yandex " +
  "zilore zone zonomi";

/** Providers with a name of their own and the values that they want. */
const DESCRIBED: readonly [id: string, name: string, fields: string][] = [
  ["acmedns", "acme-dns", "ACMEDNS_PASSWORD ACMEDNS_SUBDOMAIN ACMEDNS_UPDATE_URL ACMEDNS_USERNAME"],
  ["active24", "Active24", "ACTIVE24_Token"],
  ["ad", "Alwaysdata", "AD_API_KEY"],
  ["ali", "Alibaba Cloud DNS", "Ali_API Ali_Key Ali_Secret"],
  ["aws", "Amazon Route53 (AWS)", "AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY"],
  ["cf", "Cloudflare Managed DNS", "CF_Account_ID CF_Email CF_Key CF_Token CF_Zone_ID"],
  ["dgon", "DigitalOcean DNS", "DO_API_KEY"],
  ["gd", "GoDaddy", "GD_Key GD_Secret"],
  ["inwx", "INWX", "INWX_Password INWX_User"],
  ["kappernet", "kapper.net", "KAPPERNETDNS_Key KAPPERNETDNS_Secret"],
  ["ovh", "OVH", "OVH_AK OVH_AS OVH_CK OVH_END_POINT"],
  ["pdns", "PowerDNS server", "PDNS_ServerId PDNS_Token PDNS_Ttl PDNS_Url"],
];

/** Values that may be left out, or have a shorter name, by field. */
const PARTICULARS: Readonly<Record<string, Omit<ChallengeField, "type" | "description">>> = {
  Ali_API: { optional: 1, default: "https://alidns.aliyuncs.com/" },
  AWS_ACCESS_KEY_ID: { name: "ACCESS_KEY_ID" },
  AWS_SECRET_ACCESS_KEY: { name: "SECRET_ACCESS_KEY" },
  OVH_CK: { optional: 1 },
  OVH_END_POINT: { optional: 1, default: "ovh-eu" },
};

/** One value that a plugin takes. */
interface ChallengeField {
  type: "string";
  description: string;
  optional?: 1;
  default?: string;
  name?: string;
}

/** One kind of DNS challenge, with the values that its plugin takes. */
export interface ChallengeSchema {
  id: string;
  name: string;
  type: "dns";
  schema: { name?: string; fields?: Record<string, ChallengeField> };
}

/** Every DNS provider that challenges can be answered through, sorted by id. */
export function challengeSchemas(): ChallengeSchema[] {
  const plain = PLAIN.split(" ").map((id): ChallengeSchema => ({ id, name: id, type: "dns", schema: {} }));
  const described = DESCRIBED.map(([id, name, fields]): ChallengeSchema => {
    const entries = fields
      .split(" ")
      .map(
        (field) =>
          [field, { type: "string" as const, description: `Value of ${field}`, ...PARTICULARS[field] }] as const,
      );
    return { id, name, type: "dns", schema: { name, fields: Object.fromEntries(entries) } };
  });
  return [...plain, ...described].sort((one, other) => (one.id < other.id ? -1 : 1));
}
