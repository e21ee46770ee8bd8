import { createHash } from "node:crypto";

export type RealmType = "pam" | "pve" | "ldap" | "ad" | "openid";

/** A realm's settings, `type` among them, as they are given out. */
export type RealmConfig = Record<string, string | number> & { type: RealmType };

/** What a directory server answers, where a test has put one behind a realm. */
export interface Directory {
  users: string[];
  groups: Record<string, string[]>;
}

type Demand = "required" | "optional" | "fixed";

const COMMON = "comment default tfa";
const DIRECTORY =
  "server2 port secure sslversion verify capath cert certkey filter sync_attributes user_classes group_dn " +
  "group_name_attr group_filter group_classes sync-defaults-options mode case-sensitive bind_dn password";
const OPENID =
  "client-key autocreate prompt scopes acr-values audiences groups-claim groups-autocreate groups-overwrite query-userinfo";

function demands(required: string, optional: string, fixed = ""): ReadonlyMap<string, Demand> {
  const pairs = (names: string, demand: Demand): [string, Demand][] =>
    names
      .split(" ")
      .filter(Boolean)
      .map((name) => [name, demand]);
  return new Map([...pairs(required, "required"), ...pairs(optional, "optional"), ...pairs(fixed, "fixed")]);
}

/** The settings that each type has. */
const SETTINGS: Readonly<Record<RealmType, ReadonlyMap<string, Demand>>> = {
  pam: demands("", COMMON),
  pve: demands("", COMMON),
  ldap: demands("server1 base_dn user_attr", `${COMMON} ${DIRECTORY}`),
  ad: demands("server1 domain", `${COMMON} ${DIRECTORY} base_dn user_attr`),
  openid: demands("issuer-url client-id", `comment default ${OPENID}`, "username-claim"),
};

/** Defaults of realms that cannot be away. */
const BUILT_IN: Readonly<Record<string, RealmConfig>> = {
  pam: { type: "pam", comment: "Linux PAM standard authentication" },
  pve: { type: "pve", comment: "Proxmox VE authentication server" },
};

/** The login realms. */
export class Realms {
  readonly #realms = new Map<string, RealmConfig>();
  /** Directory servers that can be reached, by realm. */
  readonly directories = new Map<string, Directory>();

  constructor() {
    this.#force();
  }

  get(realm: string): RealmConfig | undefined {
    return this.#realms.get(realm);
  }

  entries(): [string, RealmConfig][] {
    return [...this.#realms];
  }

  /** SHA-1 over all realms, as one file holds them. */
  digest(): string {
    const text = [...this.#realms].map(([realm, { type, ...rest }]) =>
      [`${type}: ${realm}`, ...Object.entries(rest).map(([key, value]) => `\t${key} ${value}`), ""].join("\n"),
    );
    return createHash("sha1").update(text.join("\n")).digest("hex");
  }

  /** Checks settings against a realm's type and stores them; throws the server's words as plain text. */
  store(realm: string, type: RealmType, settings: Readonly<Record<string, string | number>>, base?: RealmConfig): void {
    const known = SETTINGS[type];
    for (const key of Object.keys(settings)) {
      const demand = known.get(key);
      if (demand === undefined) throw new Error(`unexpected property '${key}'`);
      if (base && demand === "fixed") throw new Error(`can't change value of fixed parameter '${key}'`);
    }
    const next: RealmConfig = { ...base, ...settings, type };
    for (const [key, demand] of known)
      if (demand === "required" && next[key] === undefined)
        throw new Error(`${base ? `section '${realm}' - ` : ""}missing value for required option '${key}'`);
    if (Number(settings.default ?? 0) === 1) for (const other of this.#realms.values()) delete other.default;
    this.#realms.set(realm, next);
  }

  remove(realm: string): void {
    this.#realms.delete(realm);
    this.#force();
  }

  #force(): void {
    for (const [realm, config] of Object.entries(BUILT_IN))
      if (!this.#realms.has(realm)) this.#realms.set(realm, { ...config });
  }
}
