import { dropHostPrefix, ipVersion } from "../firewall/address.ts";
import { storedComment } from "../firewall/comment.ts";
import type { Rule } from "../firewall/rule.ts";

export interface Alias {
  name: string;
  cidr: string;
  ipversion: 4 | 6;
  comment?: string;
}

/** An entry of a set: a network, an address or the name of an alias. */
export interface IpsetEntry {
  cidr: string;
  nomatch?: 1;
  comment?: string;
}

export interface Ipset {
  entries: IpsetEntry[];
  comment?: string;
}

export interface SecurityGroup {
  rules: Rule[];
  comment?: string;
}

/** One firewall file: of the cluster, a node, a guest or a virtual network. Files know names in lower case only. */
export class FirewallConfig {
  options: Record<string, string | number> = {};
  rules: Rule[] = [];
  /** By name in lower case. */
  readonly aliases = new Map<string, Alias>();
  readonly ipsets = new Map<string, Ipset>();
  /** The cluster's alone. */
  readonly groups = new Map<string, SecurityGroup>();

  setAlias(name: string, cidr: string, comment: unknown): void {
    const kept = storedComment(comment);
    this.aliases.set(name.toLowerCase(), {
      name,
      cidr: dropHostPrefix(cidr),
      ipversion: ipVersion(cidr),
      ...(kept === undefined ? {} : { comment: kept }),
    });
  }

  copy(): FirewallConfig {
    const copy = new FirewallConfig();
    copy.options = { ...this.options };
    copy.rules = structuredClone(this.rules);
    for (const [name, alias] of this.aliases) copy.aliases.set(name, { ...alias });
    for (const [name, set] of this.ipsets) copy.ipsets.set(name, structuredClone(set));
    return copy;
  }
}

/** What every firewall of the cluster is configured to do. */
export class FirewallState {
  readonly cluster = new FirewallConfig();
  readonly nodes = new Map<string, FirewallConfig>();
  /** By id; a file may be there before its guest is, and goes with it. */
  readonly guests = new Map<number, FirewallConfig>();
  readonly vnets = new Map<string, FirewallConfig>();
  /** Lines that the firewall logged, by node; a guest's start with its id. */
  readonly logs = new Map<string, string[]>();

  node(name: string): FirewallConfig {
    return ensure(this.nodes, name);
  }

  guest(vmid: number): FirewallConfig {
    return ensure(this.guests, vmid);
  }

  vnet(name: string): FirewallConfig {
    return ensure(this.vnets, name);
  }

  /** Gives a new guest the firewall of the one it was cloned from. */
  cloneGuest(vmid: number, newid: number): void {
    const source = this.guests.get(vmid);
    if (source) this.guests.set(newid, source.copy());
    else this.guests.delete(newid);
  }
}

function ensure<K>(configs: Map<K, FirewallConfig>, key: K): FirewallConfig {
  let config = configs.get(key);
  if (!config) {
    config = new FirewallConfig();
    configs.set(key, config);
  }
  return config;
}
