import { die } from "../refusal.ts";
import { type Call, checkOf, int, text } from "../routes/route.ts";
import type { FirewallConfig, SecurityGroup } from "../state/firewall.ts";
import type { Rule, RuleScope, Surroundings } from "./rule.ts";

/** One of the places where a firewall is configured. */
export interface Place {
  scope: RuleScope;
  /** Path of its operations. */
  path: string;
  /** Everything but options and logs is answered by the node that was asked. */
  local?: true;
  config: (call: Call) => FirewallConfig;
  /** Privileges that the operation itself asks for. */
  enter?: (call: Call, write: boolean) => void;
}

/** Zone of a virtual network that exists. */
function zoneOf(call: Call, vnet: string): string {
  const { sdn } = call.state as { sdn?: { zoneOfVnet?: (vnet: string) => string | undefined } };
  const zone = sdn?.zoneOfVnet?.(vnet);
  if (zone === undefined) throw die("invalid vnet specified at /usr/share/perl5/PVE/API2/Firewall/Helpers.pm line 54.");
  return zone;
}

export const CLUSTER: Place = {
  scope: "cluster",
  path: "/cluster/firewall",
  config: ({ state }) => state.firewall.cluster,
};
export const NODE: Place = {
  scope: "host",
  path: "/nodes/{node}/firewall",
  config: (call) => call.state.firewall.node(text(call, "node") ?? ""),
};
export const VM: Place = {
  scope: "vm",
  path: "/nodes/{node}/qemu/{vmid}/firewall",
  local: true,
  config: (call) => call.state.firewall.guest(int(call, "vmid") ?? 0),
};
export const CONTAINER: Place = {
  scope: "ct",
  path: "/nodes/{node}/lxc/{vmid}/firewall",
  local: true,
  config: (call) => call.state.firewall.guest(int(call, "vmid") ?? 0),
};
export const VNET: Place = {
  scope: "vnet",
  path: "/cluster/sdn/vnets/{vnet}/firewall",
  config: (call) => call.state.firewall.vnet(text(call, "vnet") ?? ""),
  enter: (call, write) => {
    const vnet = text(call, "vnet") ?? "";
    checkOf(call).any(
      `/sdn/zones/${zoneOf(call, vnet)}/${vnet}`,
      write ? ["SDN.Allocate"] : ["SDN.Audit", "SDN.Allocate"],
    );
  },
};

/** What the names in a place's rules refer to. */
export function surroundings(call: Call, place: Place): Surroundings {
  const { cluster } = call.state.firewall;
  if (place.scope === "cluster" || place.scope === "group") return { scope: place.scope, cluster };
  return { scope: place.scope, cluster, local: place.config(call) };
}

/** The security group that a call names. */
export function theGroup(call: Call): SecurityGroup {
  const name = text(call, "group") ?? "";
  const group = call.state.firewall.cluster.groups.get(name);
  if (!group) throw die(`no such security group '${name}'`);
  return group;
}

/** A list of rules, to be read and replaced. */
export interface RuleList {
  path: string;
  place: Place;
  read: (call: Call) => Rule[];
  write: (call: Call, rules: Rule[]) => void;
}
