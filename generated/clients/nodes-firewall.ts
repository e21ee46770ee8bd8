// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/nodes-firewall.ts";

/** List what a node's own firewall holds: rules, options and log. */
export function getNodesFirewall(send: Send, params: T.GetNodesFirewallParams, options?: SendOptions): Promise<Answer<T.GetNodesFirewallResult>> {
  return send("GET /nodes/{node}/firewall", params, options);
}

/** Read a node's host firewall log for dropped traffic. */
export function getNodesFirewallLog(send: Send, params: T.GetNodesFirewallLogParams, options?: SendOptions): Promise<Answer<T.GetNodesFirewallLogResult>> {
  return send("GET /nodes/{node}/firewall/log", params, options);
}

/** Check whether a node's own firewall is on, with its logging and limits. */
export function getNodesFirewallOptions(send: Send, params: T.GetNodesFirewallOptionsParams, options?: SendOptions): Promise<Answer<T.GetNodesFirewallOptionsResult>> {
  return send("GET /nodes/{node}/firewall/options", params, options);
}

/** Turn a node's own firewall on or off; set logging and conntrack limits. */
export function putNodesFirewallOptions(send: Send, params: T.PutNodesFirewallOptionsParams, options?: SendOptions): Promise<Answer<T.PutNodesFirewallOptionsResult>> {
  return send("PUT /nodes/{node}/firewall/options", params, options);
}

/** See the firewall rules that guard a node itself. */
export function getNodesFirewallRules(send: Send, params: T.GetNodesFirewallRulesParams, options?: SendOptions): Promise<Answer<T.GetNodesFirewallRulesResult>> {
  return send("GET /nodes/{node}/firewall/rules", params, options);
}

/** Open or block a port on a node with a new host firewall rule. */
export function postNodesFirewallRules(send: Send, params: T.PostNodesFirewallRulesParams, options?: SendOptions): Promise<Answer<T.PostNodesFirewallRulesResult>> {
  return send("POST /nodes/{node}/firewall/rules", params, options);
}

/** Inspect a single host firewall rule of a node. */
export function getNodesFirewallRulesByPos(send: Send, params: T.GetNodesFirewallRulesByPosParams, options?: SendOptions): Promise<Answer<T.GetNodesFirewallRulesByPosResult>> {
  return send("GET /nodes/{node}/firewall/rules/{pos}", params, options);
}

/** Modify a node's host firewall rule in place: ports, sources, order, state. */
export function putNodesFirewallRulesByPos(send: Send, params: T.PutNodesFirewallRulesByPosParams, options?: SendOptions): Promise<Answer<T.PutNodesFirewallRulesByPosResult>> {
  return send("PUT /nodes/{node}/firewall/rules/{pos}", params, options);
}

/** Remove a host firewall rule from a node, given its number. */
export function deleteNodesFirewallRulesByPos(send: Send, params: T.DeleteNodesFirewallRulesByPosParams, options?: SendOptions): Promise<Answer<T.DeleteNodesFirewallRulesByPosResult>> {
  return send("DELETE /nodes/{node}/firewall/rules/{pos}", params, options);
}
