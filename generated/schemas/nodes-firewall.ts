// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => p.text({"format":"pve-node"}));
const s2 = lazy(() => p.integer({"minimum":0}).optional());
const s3 = lazy(() => p.list({"format":"pve-configid-list"}).optional());
const s4 = lazy(() => p.text({"maxLength":64}).optional());
const s5 = lazy(() => p.boolean().optional());
const s6 = lazy(() => z.enum(["emerg","alert","crit","err","warning","notice","info","debug","nolog"]).optional());
const s7 = lazy(() => p.integer().optional());
const s8 = lazy(() => p.text().optional());
const s9 = lazy(() => p.text({"maxLength":512,"format":"pve-fw-addr-spec"}).optional());
const s10 = lazy(() => p.text({"format":"pve-fw-dport-spec"}).optional());
const s11 = lazy(() => p.text({"format":"pve-fw-icmp-type-spec"}).optional());
const s12 = lazy(() => p.text({"minLength":2,"maxLength":20,"format":"pve-iface"}).optional());
const s13 = lazy(() => p.text({"maxLength":128}).optional());
const s14 = lazy(() => p.text({"format":"pve-fw-protocol-spec"}).optional());
const s15 = lazy(() => p.text({"format":"pve-fw-sport-spec"}).optional());
const s16 = lazy(() => p.integer({"minimum":0}));

/** Parameters of GET /nodes/{node}/firewall. */
export const getNodesFirewall = lazy(() => z.strictObject({"node": s1()}));

/** Parameters of GET /nodes/{node}/firewall/log. */
export const getNodesFirewallLog = lazy(() => z.strictObject({"limit": s2(), "node": s1(), "since": s2(), "start": s2(), "until": s2()}));

/** Parameters of GET /nodes/{node}/firewall/options. */
export const getNodesFirewallOptions = lazy(() => z.strictObject({"node": s1()}));

/** Parameters of PUT /nodes/{node}/firewall/options. */
export const putNodesFirewallOptions = lazy(() => z.strictObject({"delete": s3(), "digest": s4(), "enable": s5(), "log_level_forward": s6(), "log_level_in": s6(), "log_level_out": s6(), "log_nf_conntrack": s5(), "ndp": s5(), "nf_conntrack_allow_invalid": s5(), "nf_conntrack_helpers": p.text({"format":"pve-fw-conntrack-helper"}).optional(), "nf_conntrack_max": p.integer({"minimum":32768}).optional(), "nf_conntrack_tcp_timeout_established": p.integer({"minimum":7875}).optional(), "nf_conntrack_tcp_timeout_syn_recv": p.integer({"minimum":30,"maximum":60}).optional(), "nftables": s5(), "node": s1(), "nosmurfs": s5(), "protection_synflood": s5(), "protection_synflood_burst": s7(), "protection_synflood_rate": s7(), "smurf_log_level": s6(), "tcp_flags_log_level": s6(), "tcpflags": s5()}));

/** Parameters of GET /nodes/{node}/firewall/rules. */
export const getNodesFirewallRules = lazy(() => z.strictObject({"node": s1()}));

/** Parameters of POST /nodes/{node}/firewall/rules. */
export const postNodesFirewallRules = lazy(() => z.strictObject({"action": p.text({"minLength":2,"maxLength":20,"pattern":"[A-Za-z][A-Za-z0-9\\-_]+"}), "comment": s8(), "dest": s9(), "digest": s4(), "dport": s10(), "enable": s2(), "icmp-type": s11(), "iface": s12(), "log": s6(), "macro": s13(), "node": s1(), "pos": s2(), "proto": s14(), "source": s9(), "sport": s15(), "type": z.enum(["in","out","forward","group"])}));

/** Parameters of GET /nodes/{node}/firewall/rules/{pos}. */
export const getNodesFirewallRulesByPos = lazy(() => z.strictObject({"node": s1(), "pos": s16()}));

/** Parameters of PUT /nodes/{node}/firewall/rules/{pos}. */
export const putNodesFirewallRulesByPos = lazy(() => z.strictObject({"action": p.text({"minLength":2,"maxLength":20,"pattern":"[A-Za-z][A-Za-z0-9\\-_]+"}).optional(), "comment": s8(), "delete": s3(), "dest": s9(), "digest": s4(), "dport": s10(), "enable": s2(), "icmp-type": s11(), "iface": s12(), "log": s6(), "macro": s13(), "moveto": s2(), "node": s1(), "pos": s16(), "proto": s14(), "source": s9(), "sport": s15(), "type": z.enum(["in","out","forward","group"]).optional()}));

/** Parameters of DELETE /nodes/{node}/firewall/rules/{pos}. */
export const deleteNodesFirewallRulesByPos = lazy(() => z.strictObject({"digest": s4(), "node": s1(), "pos": s16()}));
