import {
  getClusterFirewallAliases,
  getClusterFirewallGroups,
  getClusterFirewallGroupsByGroup,
  getClusterFirewallIpset,
  getClusterFirewallIpsetByName,
  getClusterFirewallOptions,
  getClusterFirewallRefs,
  getClusterFirewallRules,
} from "../../../generated/clients/cluster-firewall.ts";
import {
  getNodesFirewallLog,
  getNodesFirewallOptions,
  getNodesFirewallRules,
} from "../../../generated/clients/nodes-firewall.ts";
import {
  getNodesLxcConfig,
  getNodesLxcFirewallAliases,
  getNodesLxcFirewallIpset,
  getNodesLxcFirewallIpsetByName,
  getNodesLxcFirewallLog,
  getNodesLxcFirewallOptions,
  getNodesLxcFirewallRefs,
  getNodesLxcFirewallRules,
} from "../../../generated/clients/nodes-lxc.ts";
import {
  getNodesQemuConfig,
  getNodesQemuFirewallAliases,
  getNodesQemuFirewallIpset,
  getNodesQemuFirewallIpsetByName,
  getNodesQemuFirewallLog,
  getNodesQemuFirewallOptions,
  getNodesQemuFirewallRefs,
  getNodesQemuFirewallRules,
} from "../../../generated/clients/nodes-qemu.ts";
import type { Answer, Send } from "../../schema/operation.ts";

export const FIREWALL_SCOPES = ["cluster", "node", "vm", "lxc"] as const;

export type FirewallScope = (typeof FIREWALL_SCOPES)[number];

export const FIREWALL_SECTIONS = ["rules", "options", "aliases", "ipsets", "groups", "refs", "log"] as const;

export type FirewallSection = (typeof FIREWALL_SECTIONS)[number];

/** The sections that each scope has. */
export const SECTIONS_OF: Readonly<Record<FirewallScope, readonly FirewallSection[]>> = {
  cluster: ["rules", "options", "aliases", "ipsets", "groups", "refs"],
  node: ["rules", "options", "log"],
  vm: ["rules", "options", "aliases", "ipsets", "refs", "log"],
  lxc: ["rules", "options", "aliases", "ipsets", "refs", "log"],
};

type Read = () => Promise<Answer>;

/** What can be read of the firewall at one place; what it does not have is absent. */
export interface FirewallPlace {
  options: Read;
  rules: Read;
  aliases?: Read;
  ipsets?: Read;
  ipset?: (name: string) => Promise<Answer>;
  groups?: Read;
  group?: (name: string) => Promise<Answer>;
  refs?: Read;
  log?: (page: { start: number; limit: number }) => Promise<Answer>;
  /** A guest's configuration as it is in force, for its network cards. */
  config?: Read;
}

export function clusterFirewall(send: Send): FirewallPlace {
  return {
    options: () => getClusterFirewallOptions(send),
    rules: () => getClusterFirewallRules(send),
    aliases: () => getClusterFirewallAliases(send),
    ipsets: () => getClusterFirewallIpset(send),
    ipset: (name) => getClusterFirewallIpsetByName(send, { name }),
    groups: () => getClusterFirewallGroups(send),
    group: (group) => getClusterFirewallGroupsByGroup(send, { group }),
    refs: () => getClusterFirewallRefs(send),
  };
}

export function nodeFirewall(send: Send, at: { node: string }): FirewallPlace {
  return {
    options: () => getNodesFirewallOptions(send, at),
    rules: () => getNodesFirewallRules(send, at),
    log: (page) => getNodesFirewallLog(send, { ...at, ...page }),
  };
}

export function vmFirewall(send: Send, at: { node: string; vmid: number }): FirewallPlace {
  return {
    options: () => getNodesQemuFirewallOptions(send, at),
    rules: () => getNodesQemuFirewallRules(send, at),
    aliases: () => getNodesQemuFirewallAliases(send, at),
    ipsets: () => getNodesQemuFirewallIpset(send, at),
    ipset: (name) => getNodesQemuFirewallIpsetByName(send, { ...at, name }),
    refs: () => getNodesQemuFirewallRefs(send, at),
    log: (page) => getNodesQemuFirewallLog(send, { ...at, ...page }),
    config: () => getNodesQemuConfig(send, { ...at, current: true }),
  };
}

export function lxcFirewall(send: Send, at: { node: string; vmid: number }): FirewallPlace {
  return {
    options: () => getNodesLxcFirewallOptions(send, at),
    rules: () => getNodesLxcFirewallRules(send, at),
    aliases: () => getNodesLxcFirewallAliases(send, at),
    ipsets: () => getNodesLxcFirewallIpset(send, at),
    ipset: (name) => getNodesLxcFirewallIpsetByName(send, { ...at, name }),
    refs: () => getNodesLxcFirewallRefs(send, at),
    log: (page) => getNodesLxcFirewallLog(send, { ...at, ...page }),
    config: () => getNodesLxcConfig(send, { ...at, current: true }),
  };
}
