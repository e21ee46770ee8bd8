// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/cluster-firewall.ts";

/** Browse datacenter firewall topics: rules, security groups, IP sets, aliases, options. */
export function getClusterFirewall(send: Send, params: T.GetClusterFirewallParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterFirewallResult>> {
  return send("GET /cluster/firewall", params, options);
}

/** See the named addresses and networks of the datacenter firewall. */
export function getClusterFirewallAliases(send: Send, params: T.GetClusterFirewallAliasesParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterFirewallAliasesResult>> {
  return send("GET /cluster/firewall/aliases", params, options);
}

/** Give an address or network a name in the datacenter firewall. */
export function postClusterFirewallAliases(send: Send, params: T.PostClusterFirewallAliasesParams, options?: SendOptions): Promise<Answer<T.PostClusterFirewallAliasesResult>> {
  return send("POST /cluster/firewall/aliases", params, options);
}

/** Look up which address a datacenter firewall alias stands for. */
export function getClusterFirewallAliasesByName(send: Send, params: T.GetClusterFirewallAliasesByNameParams, options?: SendOptions): Promise<Answer<T.GetClusterFirewallAliasesByNameResult>> {
  return send("GET /cluster/firewall/aliases/{name}", params, options);
}

/** Rename a datacenter firewall alias or point it to another address. */
export function putClusterFirewallAliasesByName(send: Send, params: T.PutClusterFirewallAliasesByNameParams, options?: SendOptions): Promise<Answer<T.PutClusterFirewallAliasesByNameResult>> {
  return send("PUT /cluster/firewall/aliases/{name}", params, options);
}

/** Delete a datacenter firewall alias nobody needs any more. */
export function deleteClusterFirewallAliasesByName(send: Send, params: T.DeleteClusterFirewallAliasesByNameParams, options?: SendOptions): Promise<Answer<T.DeleteClusterFirewallAliasesByNameResult>> {
  return send("DELETE /cluster/firewall/aliases/{name}", params, options);
}

/** See the firewall security groups available to every guest and node. */
export function getClusterFirewallGroups(send: Send, params: T.GetClusterFirewallGroupsParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterFirewallGroupsResult>> {
  return send("GET /cluster/firewall/groups", params, options);
}

/** Add or rename a reusable firewall security group. */
export function postClusterFirewallGroups(send: Send, params: T.PostClusterFirewallGroupsParams, options?: SendOptions): Promise<Answer<T.PostClusterFirewallGroupsResult>> {
  return send("POST /cluster/firewall/groups", params, options);
}

/** See the firewall rules inside a security group. */
export function getClusterFirewallGroupsByGroup(send: Send, params: T.GetClusterFirewallGroupsByGroupParams, options?: SendOptions): Promise<Answer<T.GetClusterFirewallGroupsByGroupResult>> {
  return send("GET /cluster/firewall/groups/{group}", params, options);
}

/** Add a firewall rule to a security group. */
export function postClusterFirewallGroupsByGroup(send: Send, params: T.PostClusterFirewallGroupsByGroupParams, options?: SendOptions): Promise<Answer<T.PostClusterFirewallGroupsByGroupResult>> {
  return send("POST /cluster/firewall/groups/{group}", params, options);
}

/** Remove an empty firewall security group from the datacenter. */
export function deleteClusterFirewallGroupsByGroup(send: Send, params: T.DeleteClusterFirewallGroupsByGroupParams, options?: SendOptions): Promise<Answer<T.DeleteClusterFirewallGroupsByGroupResult>> {
  return send("DELETE /cluster/firewall/groups/{group}", params, options);
}

/** Look up one rule of a security group by its position. */
export function getClusterFirewallGroupsByPos(send: Send, params: T.GetClusterFirewallGroupsByPosParams, options?: SendOptions): Promise<Answer<T.GetClusterFirewallGroupsByPosResult>> {
  return send("GET /cluster/firewall/groups/{group}/{pos}", params, options);
}

/** Edit, move, enable or disable one rule of a security group. */
export function putClusterFirewallGroupsByPos(send: Send, params: T.PutClusterFirewallGroupsByPosParams, options?: SendOptions): Promise<Answer<T.PutClusterFirewallGroupsByPosResult>> {
  return send("PUT /cluster/firewall/groups/{group}/{pos}", params, options);
}

/** Drop one rule from a security group by its position. */
export function deleteClusterFirewallGroupsByPos(send: Send, params: T.DeleteClusterFirewallGroupsByPosParams, options?: SendOptions): Promise<Answer<T.DeleteClusterFirewallGroupsByPosResult>> {
  return send("DELETE /cluster/firewall/groups/{group}/{pos}", params, options);
}

/** See the IP sets (address groups) defined for the datacenter firewall. */
export function getClusterFirewallIpset(send: Send, params: T.GetClusterFirewallIpsetParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterFirewallIpsetResult>> {
  return send("GET /cluster/firewall/ipset", params, options);
}

/** Add or rename an IP set for use across the datacenter firewall. */
export function postClusterFirewallIpset(send: Send, params: T.PostClusterFirewallIpsetParams, options?: SendOptions): Promise<Answer<T.PostClusterFirewallIpsetResult>> {
  return send("POST /cluster/firewall/ipset", params, options);
}

/** See the addresses and networks in a datacenter firewall IP set. */
export function getClusterFirewallIpsetByName(send: Send, params: T.GetClusterFirewallIpsetByNameParams, options?: SendOptions): Promise<Answer<T.GetClusterFirewallIpsetByNameResult>> {
  return send("GET /cluster/firewall/ipset/{name}", params, options);
}

/** Put an address or CIDR into a datacenter firewall IP set, e.g. a blocklist. */
export function postClusterFirewallIpsetByName(send: Send, params: T.PostClusterFirewallIpsetByNameParams, options?: SendOptions): Promise<Answer<T.PostClusterFirewallIpsetByNameResult>> {
  return send("POST /cluster/firewall/ipset/{name}", params, options);
}

/** Remove an IP set from the datacenter firewall, by force if still filled. */
export function deleteClusterFirewallIpsetByName(send: Send, params: T.DeleteClusterFirewallIpsetByNameParams, options?: SendOptions): Promise<Answer<T.DeleteClusterFirewallIpsetByNameResult>> {
  return send("DELETE /cluster/firewall/ipset/{name}", params, options);
}

/** Look up one address entry of a datacenter firewall IP set. */
export function getClusterFirewallIpsetByCidr(send: Send, params: T.GetClusterFirewallIpsetByCidrParams, options?: SendOptions): Promise<Answer<T.GetClusterFirewallIpsetByCidrResult>> {
  return send("GET /cluster/firewall/ipset/{name}/{cidr}", params, options);
}

/** Exclude (nomatch) or annotate an address within a datacenter firewall IP set. */
export function putClusterFirewallIpsetByCidr(send: Send, params: T.PutClusterFirewallIpsetByCidrParams, options?: SendOptions): Promise<Answer<T.PutClusterFirewallIpsetByCidrResult>> {
  return send("PUT /cluster/firewall/ipset/{name}/{cidr}", params, options);
}

/** Take an address or CIDR out of a datacenter firewall IP set. */
export function deleteClusterFirewallIpsetByCidr(send: Send, params: T.DeleteClusterFirewallIpsetByCidrParams, options?: SendOptions): Promise<Answer<T.DeleteClusterFirewallIpsetByCidrResult>> {
  return send("DELETE /cluster/firewall/ipset/{name}/{cidr}", params, options);
}

/** Find the predefined firewall macros, such as SSH, HTTPS or Ping. */
export function getClusterFirewallMacros(send: Send, params: T.GetClusterFirewallMacrosParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterFirewallMacrosResult>> {
  return send("GET /cluster/firewall/macros", params, options);
}

/** Check whether the datacenter firewall is on and its default policies. */
export function getClusterFirewallOptions(send: Send, params: T.GetClusterFirewallOptionsParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterFirewallOptionsResult>> {
  return send("GET /cluster/firewall/options", params, options);
}

/** Turn the datacenter firewall on or off and set its default policies. */
export function putClusterFirewallOptions(send: Send, params: T.PutClusterFirewallOptionsParams = {}, options?: SendOptions): Promise<Answer<T.PutClusterFirewallOptionsResult>> {
  return send("PUT /cluster/firewall/options", params, options);
}

/** Find aliases and IP sets a datacenter firewall rule may name. */
export function getClusterFirewallRefs(send: Send, params: T.GetClusterFirewallRefsParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterFirewallRefsResult>> {
  return send("GET /cluster/firewall/refs", params, options);
}

/** See the firewall rules that apply to the whole datacenter. */
export function getClusterFirewallRules(send: Send, params: T.GetClusterFirewallRulesParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterFirewallRulesResult>> {
  return send("GET /cluster/firewall/rules", params, options);
}

/** Add a datacenter-wide firewall rule, allowing or blocking traffic. */
export function postClusterFirewallRules(send: Send, params: T.PostClusterFirewallRulesParams, options?: SendOptions): Promise<Answer<T.PostClusterFirewallRulesResult>> {
  return send("POST /cluster/firewall/rules", params, options);
}

/** Look up one datacenter-wide firewall rule by its position. */
export function getClusterFirewallRulesByPos(send: Send, params: T.GetClusterFirewallRulesByPosParams, options?: SendOptions): Promise<Answer<T.GetClusterFirewallRulesByPosResult>> {
  return send("GET /cluster/firewall/rules/{pos}", params, options);
}

/** Edit, move, enable or disable a datacenter-wide firewall rule. */
export function putClusterFirewallRulesByPos(send: Send, params: T.PutClusterFirewallRulesByPosParams, options?: SendOptions): Promise<Answer<T.PutClusterFirewallRulesByPosResult>> {
  return send("PUT /cluster/firewall/rules/{pos}", params, options);
}

/** Drop one datacenter-wide firewall rule by its position. */
export function deleteClusterFirewallRulesByPos(send: Send, params: T.DeleteClusterFirewallRulesByPosParams, options?: SendOptions): Promise<Answer<T.DeleteClusterFirewallRulesByPosResult>> {
  return send("DELETE /cluster/firewall/rules/{pos}", params, options);
}
