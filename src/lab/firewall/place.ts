import { die } from "../refusal.ts";
import { type Call, checkOf, int, text } from "../routes/route.ts";
import type { FirewallConfig, SecurityGroup } from "../state/firewall.ts";
import type { Rule, RuleScope, Surroundings } from "./rule.ts";
import { sdnSets } from "./sdn-sets.ts";

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

/** Zone of a virtual network that runs. */
function zoneOf(call: Call, vnet: string): string {
  const running = call.state.datacenter.sdn.runningOf("vnets")[vnet];
  if (!running) throw die("invalid vnet specified at /usr/share/perl5/PVE/API2/Firewall/Helpers.pm line 54.");
  return String(running.zone);
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

/** What the names in a place's rules refer to; what is written may only name what the caller may see. */
export function surroundings(call: Call, place: Place, writing: boolean): Surroundings {
  const { state } = call;
  const { cluster } = state.firewall;
  const sdn = sdnSets(state, writing ? call : undefined);
  const shared = place.scope === "cluster" || place.scope === "group";
  return { scope: place.scope, cluster, sdn, ...(shared ? {} : { local: place.config(call) }) };
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
