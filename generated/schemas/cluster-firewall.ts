// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => p.text({"format":"IPorCIDR"}));
const s2 = lazy(() => p.text().optional());
const s3 = lazy(() => p.text({"minLength":2,"maxLength":64,"pattern":"[A-Za-z][A-Za-z0-9\\-_]+"}));
const s4 = lazy(() => p.text({"maxLength":64}).optional());
const s5 = lazy(() => p.text({"minLength":2,"maxLength":64,"pattern":"[A-Za-z][A-Za-z0-9\\-_]+"}).optional());
const s6 = lazy(() => p.text({"minLength":2,"maxLength":18,"pattern":"[A-Za-z][A-Za-z0-9\\-_]+"}));
const s7 = lazy(() => p.text({"minLength":2,"maxLength":20,"pattern":"[A-Za-z][A-Za-z0-9\\-_]+"}));
const s8 = lazy(() => p.text({"maxLength":512,"format":"pve-fw-addr-spec"}).optional());
const s9 = lazy(() => p.text({"format":"pve-fw-dport-spec"}).optional());
const s10 = lazy(() => p.integer({"minimum":0}).optional());
const s11 = lazy(() => p.text({"format":"pve-fw-icmp-type-spec"}).optional());
const s12 = lazy(() => p.text({"minLength":2,"maxLength":20,"format":"pve-iface"}).optional());
const s13 = lazy(() => z.enum(["emerg","alert","crit","err","warning","notice","info","debug","nolog"]).optional());
const s14 = lazy(() => p.text({"maxLength":128}).optional());
const s15 = lazy(() => p.text({"format":"pve-fw-protocol-spec"}).optional());
const s16 = lazy(() => p.text({"format":"pve-fw-sport-spec"}).optional());
const s17 = lazy(() => z.enum(["in","out","forward","group"]));
const s18 = lazy(() => p.integer({"minimum":0}));
const s19 = lazy(() => p.text({"minLength":2,"maxLength":20,"pattern":"[A-Za-z][A-Za-z0-9\\-_]+"}).optional());
const s20 = lazy(() => p.list({"format":"pve-configid-list"}).optional());
const s21 = lazy(() => z.enum(["in","out","forward","group"]).optional());
const s22 = lazy(() => p.text({"format":"IPorCIDRorAlias"}));
const s23 = lazy(() => p.boolean().optional());
const s24 = lazy(() => z.enum(["ACCEPT","REJECT","DROP"]).optional());

/** Parameters of GET /cluster/firewall. */
export const getClusterFirewall = lazy(() => z.looseObject({}));

/** Parameters of GET /cluster/firewall/aliases. */
export const getClusterFirewallAliases = lazy(() => z.strictObject({}));

/** Parameters of POST /cluster/firewall/aliases. */
export const postClusterFirewallAliases = lazy(() => z.strictObject({"cidr": s1(), "comment": s2(), "name": s3()}));

/** Parameters of GET /cluster/firewall/aliases/{name}. */
export const getClusterFirewallAliasesByName = lazy(() => z.strictObject({"name": s3()}));

/** Parameters of PUT /cluster/firewall/aliases/{name}. */
export const putClusterFirewallAliasesByName = lazy(() => z.strictObject({"cidr": s1(), "comment": s2(), "digest": s4(), "name": s3(), "rename": s5()}));

/** Parameters of DELETE /cluster/firewall/aliases/{name}. */
export const deleteClusterFirewallAliasesByName = lazy(() => z.strictObject({"digest": s4(), "name": s3()}));

/** Parameters of GET /cluster/firewall/groups. */
export const getClusterFirewallGroups = lazy(() => z.strictObject({}));

/** Parameters of POST /cluster/firewall/groups. */
export const postClusterFirewallGroups = lazy(() => z.strictObject({"comment": s2(), "digest": s4(), "group": s6(), "rename": p.text({"minLength":2,"maxLength":18,"pattern":"[A-Za-z][A-Za-z0-9\\-_]+"}).optional()}));

/** Parameters of GET /cluster/firewall/groups/{group}. */
export const getClusterFirewallGroupsByGroup = lazy(() => z.strictObject({"group": s6()}));

/** Parameters of POST /cluster/firewall/groups/{group}. */
export const postClusterFirewallGroupsByGroup = lazy(() => z.strictObject({"action": s7(), "comment": s2(), "dest": s8(), "digest": s4(), "dport": s9(), "enable": s10(), "group": s6(), "icmp-type": s11(), "iface": s12(), "log": s13(), "macro": s14(), "pos": s10(), "proto": s15(), "source": s8(), "sport": s16(), "type": s17()}));

/** Parameters of DELETE /cluster/firewall/groups/{group}. */
export const deleteClusterFirewallGroupsByGroup = lazy(() => z.strictObject({"group": s6()}));

/** Parameters of GET /cluster/firewall/groups/{group}/{pos}. */
export const getClusterFirewallGroupsByPos = lazy(() => z.strictObject({"group": s6(), "pos": s18()}));

/** Parameters of PUT /cluster/firewall/groups/{group}/{pos}. */
export const putClusterFirewallGroupsByPos = lazy(() => z.strictObject({"action": s19(), "comment": s2(), "delete": s20(), "dest": s8(), "digest": s4(), "dport": s9(), "enable": s10(), "group": s6(), "icmp-type": s11(), "iface": s12(), "log": s13(), "macro": s14(), "moveto": s10(), "pos": s18(), "proto": s15(), "source": s8(), "sport": s16(), "type": s21()}));

/** Parameters of DELETE /cluster/firewall/groups/{group}/{pos}. */
export const deleteClusterFirewallGroupsByPos = lazy(() => z.strictObject({"digest": s4(), "group": s6(), "pos": s18()}));

/** Parameters of GET /cluster/firewall/ipset. */
export const getClusterFirewallIpset = lazy(() => z.strictObject({}));

/** Parameters of POST /cluster/firewall/ipset. */
export const postClusterFirewallIpset = lazy(() => z.strictObject({"comment": s2(), "digest": s4(), "name": s3(), "rename": s5()}));

/** Parameters of GET /cluster/firewall/ipset/{name}. */
export const getClusterFirewallIpsetByName = lazy(() => z.strictObject({"name": s3()}));

/** Parameters of POST /cluster/firewall/ipset/{name}. */
export const postClusterFirewallIpsetByName = lazy(() => z.strictObject({"cidr": s22(), "comment": s2(), "name": s3(), "nomatch": s23()}));

/** Parameters of DELETE /cluster/firewall/ipset/{name}. */
export const deleteClusterFirewallIpsetByName = lazy(() => z.strictObject({"force": s23(), "name": s3()}));

/** Parameters of GET /cluster/firewall/ipset/{name}/{cidr}. */
export const getClusterFirewallIpsetByCidr = lazy(() => z.strictObject({"cidr": s22(), "name": s3()}));

/** Parameters of PUT /cluster/firewall/ipset/{name}/{cidr}. */
export const putClusterFirewallIpsetByCidr = lazy(() => z.strictObject({"cidr": s22(), "comment": s2(), "digest": s4(), "name": s3(), "nomatch": s23()}));

/** Parameters of DELETE /cluster/firewall/ipset/{name}/{cidr}. */
export const deleteClusterFirewallIpsetByCidr = lazy(() => z.strictObject({"cidr": s22(), "digest": s4(), "name": s3()}));

/** Parameters of GET /cluster/firewall/macros. */
export const getClusterFirewallMacros = lazy(() => z.looseObject({}));

/** Parameters of GET /cluster/firewall/options. */
export const getClusterFirewallOptions = lazy(() => z.looseObject({}));

/** Parameters of PUT /cluster/firewall/options. */
export const putClusterFirewallOptions = lazy(() => z.strictObject({"delete": s20(), "digest": s4(), "ebtables": s23(), "enable": s10(), "log_ratelimit": p.properties({"keys":{"burst":{"type":"integer","optional":true,"minimum":0},"enable":{"type":"boolean","defaultKey":true},"rate":{"type":"string","optional":true,"pattern":"[1-9][0-9]*\\/(?:second|minute|hour|day)"}}}).optional(), "policy_forward": z.enum(["ACCEPT","DROP"]).optional(), "policy_in": s24(), "policy_out": s24()}));

/** Parameters of GET /cluster/firewall/refs. */
export const getClusterFirewallRefs = lazy(() => z.strictObject({"type": z.enum(["alias","ipset"]).optional()}));

/** Parameters of GET /cluster/firewall/rules. */
export const getClusterFirewallRules = lazy(() => z.strictObject({}));

/** Parameters of POST /cluster/firewall/rules. */
export const postClusterFirewallRules = lazy(() => z.strictObject({"action": s7(), "comment": s2(), "dest": s8(), "digest": s4(), "dport": s9(), "enable": s10(), "icmp-type": s11(), "iface": s12(), "log": s13(), "macro": s14(), "pos": s10(), "proto": s15(), "source": s8(), "sport": s16(), "type": s17()}));

/** Parameters of GET /cluster/firewall/rules/{pos}. */
export const getClusterFirewallRulesByPos = lazy(() => z.strictObject({"pos": s18()}));

/** Parameters of PUT /cluster/firewall/rules/{pos}. */
export const putClusterFirewallRulesByPos = lazy(() => z.strictObject({"action": s19(), "comment": s2(), "delete": s20(), "dest": s8(), "digest": s4(), "dport": s9(), "enable": s10(), "icmp-type": s11(), "iface": s12(), "log": s13(), "macro": s14(), "moveto": s10(), "pos": s18(), "proto": s15(), "source": s8(), "sport": s16(), "type": s21()}));

/** Parameters of DELETE /cluster/firewall/rules/{pos}. */
export const deleteClusterFirewallRulesByPos = lazy(() => z.strictObject({"digest": s4(), "pos": s18()}));
