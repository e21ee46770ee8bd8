// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import { indexed, requiring } from "../../src/schema/operation-schema.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => p.text({"format":"pve-node"}));
const s2 = lazy(() => p.properties({"keys":{"deny-write":{"type":"boolean","optional":true},"gid":{"type":"integer","optional":true,"minimum":0},"mode":{"type":"string","optional":true,"pattern":"0[0-7]{3}"},"path":{"type":"string","optional":true,"format":"pve-lxc-dev-string","defaultKey":true},"uid":{"type":"integer","optional":true,"minimum":0}}}));
const s3 = lazy(() => p.properties({"keys":{"acl":{"type":"boolean","optional":true},"backup":{"type":"boolean","optional":true},"idmap":{"type":"string","optional":true,"pattern":"passthrough|[ug]:\\p{Nd}+:\\p{Nd}+:\\p{Nd}+(?:;[ug]:\\p{Nd}+:\\p{Nd}+:\\p{Nd}+)*"},"keepattrs":{"type":"boolean","optional":true},"mountoptions":{"type":"string","optional":true,"pattern":"(?:(?:(?:discard|lazytime|noatime|nodev|noexec|nosuid))(?:;(?:(?:discard|lazytime|noatime|nodev|noexec|nosuid)))*)"},"mp":{"type":"string","format":"pve-lxc-mp-string"},"quota":{"type":"boolean","optional":true},"replicate":{"type":"boolean","optional":true},"ro":{"type":"boolean","optional":true},"shared":{"type":"boolean","optional":true},"size":{"type":"string","optional":true,"format":"disk-size"},"volume":{"type":"string","format":"pve-lxc-mp-string","defaultKey":true}}}));
const s4 = lazy(() => p.properties({"keys":{"bridge":{"type":"string","optional":true,"pattern":"[\\-_.\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}\\p{Nd}]+"},"firewall":{"type":"boolean","optional":true},"gw":{"type":"string","optional":true,"format":"ipv4"},"gw6":{"type":"string","optional":true,"format":"ipv6"},"host-managed":{"type":"boolean","optional":true},"hwaddr":{"type":"string","optional":true,"format":"mac-addr"},"ip":{"type":"string","optional":true,"format":"pve-ipv4-config"},"ip6":{"type":"string","optional":true,"format":"pve-ipv6-config"},"link_down":{"type":"boolean","optional":true},"mtu":{"type":"integer","optional":true,"minimum":64,"maximum":65535},"name":{"type":"string","pattern":"[\\-_.\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}\\p{Nd}]+"},"rate":{"type":"number","optional":true},"tag":{"type":"integer","optional":true,"minimum":1,"maximum":4094},"trunks":{"type":"string","optional":true,"pattern":"(?:\\p{Nd}+(?:;\\p{Nd}+)*)"},"type":{"type":"string","optional":true,"enum":["veth"]}}}));
const s5 = lazy(() => p.properties({"keys":{"volume":{"type":"string","format":"pve-volume-id","defaultKey":true}}}));
const s6 = lazy(() => z.enum(["amd64","i386","arm64","armhf","riscv32","riscv64"]).optional());
const s7 = lazy(() => p.number({"minimum":0}).optional());
const s8 = lazy(() => z.enum(["shell","console","tty"]).optional());
const s9 = lazy(() => p.boolean().optional());
const s10 = lazy(() => p.integer({"minimum":1,"maximum":8192}).optional());
const s11 = lazy(() => p.number({"minimum":0,"maximum":8192}).optional());
const s12 = lazy(() => p.integer({"minimum":0,"maximum":500000}).optional());
const s13 = lazy(() => p.text({"maxLength":8192}).optional());
const s14 = lazy(() => p.text({"pattern":"(?:[^\\x00-\\x08\\x10-\\x1F\\x7F]+)"}).optional());
const s15 = lazy(() => p.text({"pattern":"(?:(?:[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}]+=[^\\x00-\\x08\\x10-\\x1F\\x7F]*)(?:\\x00[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}]+=[^\\x00-\\x08\\x10-\\x1F\\x7F]*)*)"}).optional());
const s16 = lazy(() => p.properties({"keys":{"force_rw_sys":{"type":"boolean","optional":true},"fuse":{"type":"boolean","optional":true},"keyctl":{"type":"boolean","optional":true},"mknod":{"type":"boolean","optional":true},"mount":{"type":"string","optional":true,"pattern":"(?:[a-zA-Z0-9_; ]+)"},"nesting":{"type":"boolean","optional":true}}}).optional());
const s17 = lazy(() => p.text({"format":"pve-volume-id"}).optional());
const s18 = lazy(() => p.text({"maxLength":255,"format":"dns-name"}).optional());
const s19 = lazy(() => z.enum(["backup","create","destroyed","disk","fstrim","migrate","mounted","rollback","snapshot","snapshot-delete"]).optional());
const s20 = lazy(() => p.integer({"minimum":16}).optional());
const s21 = lazy(() => p.list({"format":"lxc-ip-with-ll-iface-list"}).optional());
const s22 = lazy(() => z.enum(["debian","devuan","ubuntu","centos","fedora","opensuse","archlinux","alpine","gentoo","nixos","unmanaged"]).optional());
const s23 = lazy(() => p.text({"format":"pve-poolid"}).optional());
const s24 = lazy(() => p.properties({"keys":{"acl":{"type":"boolean","optional":true},"idmap":{"type":"string","optional":true,"pattern":"passthrough|[ug]:\\p{Nd}+:\\p{Nd}+:\\p{Nd}+(?:;[ug]:\\p{Nd}+:\\p{Nd}+:\\p{Nd}+)*"},"mountoptions":{"type":"string","optional":true,"pattern":"(?:(?:(?:discard|lazytime|noatime|nodev|noexec|nosuid))(?:;(?:(?:discard|lazytime|noatime|nodev|noexec|nosuid)))*)"},"quota":{"type":"boolean","optional":true},"replicate":{"type":"boolean","optional":true},"ro":{"type":"boolean","optional":true},"shared":{"type":"boolean","optional":true},"size":{"type":"string","optional":true,"format":"disk-size"},"volume":{"type":"string","format":"pve-lxc-mp-string","defaultKey":true}}}).optional());
const s25 = lazy(() => p.list({"format":"dns-name-list"}).optional());
const s26 = lazy(() => p.text().optional());
const s27 = lazy(() => p.text({"format":"pve-startup-order"}).optional());
const s28 = lazy(() => p.text({"format":"pve-storage-id"}).optional());
const s29 = lazy(() => p.integer({"minimum":0}).optional());
const s30 = lazy(() => p.list({"format":"pve-tag-list"}).optional());
const s31 = lazy(() => p.text({"format":"pve-ct-timezone"}).optional());
const s32 = lazy(() => p.integer({"minimum":0,"maximum":6}).optional());
const s33 = lazy(() => p.integer({"minimum":100,"maximum":999999999,"format":"pve-vmid"}));
const s34 = lazy(() => p.text({"maxLength":40,"format":"pve-configid"}).optional());
const s35 = lazy(() => p.text({"format":"pve-node"}).optional());
const s36 = lazy(() => p.list({"format":"pve-configid-list"}).optional());
const s37 = lazy(() => p.text({"maxLength":40}).optional());
const s38 = lazy(() => p.text({"format":"IPorCIDR"}));
const s39 = lazy(() => p.text({"minLength":2,"maxLength":64,"pattern":"[A-Za-z][A-Za-z0-9\\-_]+"}));
const s40 = lazy(() => p.text({"maxLength":64}).optional());
const s41 = lazy(() => p.text({"minLength":2,"maxLength":64,"pattern":"[A-Za-z][A-Za-z0-9\\-_]+"}).optional());
const s42 = lazy(() => p.text({"format":"IPorCIDRorAlias"}));
const s43 = lazy(() => z.enum(["emerg","alert","crit","err","warning","notice","info","debug","nolog"]).optional());
const s44 = lazy(() => z.enum(["ACCEPT","REJECT","DROP"]).optional());
const s45 = lazy(() => p.text({"maxLength":512,"format":"pve-fw-addr-spec"}).optional());
const s46 = lazy(() => p.text({"format":"pve-fw-dport-spec"}).optional());
const s47 = lazy(() => p.text({"format":"pve-fw-icmp-type-spec"}).optional());
const s48 = lazy(() => p.text({"minLength":2,"maxLength":20,"format":"pve-iface"}).optional());
const s49 = lazy(() => p.text({"maxLength":128}).optional());
const s50 = lazy(() => p.text({"format":"pve-fw-protocol-spec"}).optional());
const s51 = lazy(() => p.text({"format":"pve-fw-sport-spec"}).optional());
const s52 = lazy(() => p.integer({"minimum":0}));
const s53 = lazy(() => p.integer().optional());
const s54 = lazy(() => p.integer({"minimum":100,"maximum":999999999,"format":"pve-vmid"}).optional());
const s55 = lazy(() => p.text());
const s56 = lazy(() => z.enum(["AVERAGE","MAX"]).optional());
const s57 = lazy(() => z.enum(["hour","day","week","month","year"]));
const s58 = lazy(() => p.text({"maxLength":40,"format":"pve-configid"}));

/** Parameters of GET /nodes/{node}/lxc. */
export const getNodesLxc = lazy(() => z.strictObject({"node": s1()}));

/** Parameters of POST /nodes/{node}/lxc. */
export const postNodesLxc = lazy(() => requiring(indexed({"arch": s6(), "bwlimit": s7(), "cmode": s8(), "console": s9(), "cores": s10(), "cpulimit": s11(), "cpuunits": s12(), "debug": s9(), "description": s13(), "entrypoint": s14(), "env": s15(), "features": s16(), "force": s9(), "ha-managed": s9(), "hookscript": s17(), "hostname": s18(), "ignore-unpack-errors": s9(), "lock": s19(), "memory": s20(), "nameserver": s21(), "node": s1(), "onboot": s9(), "ostemplate": p.text({"maxLength":255}), "ostype": s22(), "password": p.text({"minLength":5}).optional(), "pool": s23(), "protection": s9(), "restore": s9(), "rootfs": s24(), "searchdomain": s25(), "ssh-public-keys": s26(), "start": s9(), "startup": s27(), "storage": s28(), "swap": s29(), "tags": s30(), "template": s9(), "timezone": s31(), "tty": s32(), "unique": s9(), "unprivileged": s9(), "vmid": s33()}, { dev: { count: 256, schema: s2 }, mp: { count: 256, schema: s3 }, net: { count: 32, schema: s4 }, unused: { count: 256, schema: s5 } }), {"unique":"restore"}));

/** Parameters of GET /nodes/{node}/lxc/{vmid}. */
export const getNodesLxcByVmid = lazy(() => z.strictObject({"node": s1(), "vmid": s33()}));

/** Parameters of DELETE /nodes/{node}/lxc/{vmid}. */
export const deleteNodesLxcByVmid = lazy(() => z.strictObject({"destroy-unreferenced-disks": s9(), "force": s9(), "node": s1(), "purge": s9(), "vmid": s33()}));

/** Parameters of POST /nodes/{node}/lxc/{vmid}/clone. */
export const postNodesLxcClone = lazy(() => z.strictObject({"bwlimit": s7(), "description": s26(), "full": s9(), "hostname": p.text({"format":"dns-name"}).optional(), "newid": s33(), "node": s1(), "pool": s23(), "snapname": s34(), "storage": s28(), "target": s35(), "vmid": s33()}));

/** Parameters of GET /nodes/{node}/lxc/{vmid}/config. */
export const getNodesLxcConfig = lazy(() => z.strictObject({"current": s9(), "node": s1(), "snapshot": s34(), "vmid": s33()}));

/** Parameters of PUT /nodes/{node}/lxc/{vmid}/config. */
export const putNodesLxcConfig = lazy(() => indexed({"arch": s6(), "cmode": s8(), "console": s9(), "cores": s10(), "cpulimit": s11(), "cpuunits": s12(), "debug": s9(), "delete": s36(), "description": s13(), "digest": s37(), "entrypoint": s14(), "env": s15(), "features": s16(), "hookscript": s17(), "hostname": s18(), "lock": s19(), "memory": s20(), "nameserver": s21(), "node": s1(), "onboot": s9(), "ostype": s22(), "protection": s9(), "revert": s36(), "rootfs": s24(), "searchdomain": s25(), "startup": s27(), "swap": s29(), "tags": s30(), "template": s9(), "timezone": s31(), "tty": s32(), "unprivileged": s9(), "vmid": s33()}, { dev: { count: 256, schema: s2 }, mp: { count: 256, schema: s3 }, net: { count: 32, schema: s4 }, unused: { count: 256, schema: s5 } }));

/** Parameters of GET /nodes/{node}/lxc/{vmid}/feature. */
export const getNodesLxcFeature = lazy(() => z.strictObject({"feature": z.enum(["snapshot","clone","copy"]), "node": s1(), "snapname": s34(), "vmid": s33()}));

/** Parameters of GET /nodes/{node}/lxc/{vmid}/firewall. */
export const getNodesLxcFirewall = lazy(() => z.strictObject({"node": s1(), "vmid": s33()}));

/** Parameters of GET /nodes/{node}/lxc/{vmid}/firewall/aliases. */
export const getNodesLxcFirewallAliases = lazy(() => z.strictObject({"node": s1(), "vmid": s33()}));

/** Parameters of POST /nodes/{node}/lxc/{vmid}/firewall/aliases. */
export const postNodesLxcFirewallAliases = lazy(() => z.strictObject({"cidr": s38(), "comment": s26(), "name": s39(), "node": s1(), "vmid": s33()}));

/** Parameters of GET /nodes/{node}/lxc/{vmid}/firewall/aliases/{name}. */
export const getNodesLxcFirewallAliasesByName = lazy(() => z.strictObject({"name": s39(), "node": s1(), "vmid": s33()}));

/** Parameters of PUT /nodes/{node}/lxc/{vmid}/firewall/aliases/{name}. */
export const putNodesLxcFirewallAliasesByName = lazy(() => z.strictObject({"cidr": s38(), "comment": s26(), "digest": s40(), "name": s39(), "node": s1(), "rename": s41(), "vmid": s33()}));

/** Parameters of DELETE /nodes/{node}/lxc/{vmid}/firewall/aliases/{name}. */
export const deleteNodesLxcFirewallAliasesByName = lazy(() => z.strictObject({"digest": s40(), "name": s39(), "node": s1(), "vmid": s33()}));

/** Parameters of GET /nodes/{node}/lxc/{vmid}/firewall/ipset. */
export const getNodesLxcFirewallIpset = lazy(() => z.strictObject({"node": s1(), "vmid": s33()}));

/** Parameters of POST /nodes/{node}/lxc/{vmid}/firewall/ipset. */
export const postNodesLxcFirewallIpset = lazy(() => z.strictObject({"comment": s26(), "digest": s40(), "name": s39(), "node": s1(), "rename": s41(), "vmid": s33()}));

/** Parameters of GET /nodes/{node}/lxc/{vmid}/firewall/ipset/{name}. */
export const getNodesLxcFirewallIpsetByName = lazy(() => z.strictObject({"name": s39(), "node": s1(), "vmid": s33()}));

/** Parameters of POST /nodes/{node}/lxc/{vmid}/firewall/ipset/{name}. */
export const postNodesLxcFirewallIpsetByName = lazy(() => z.strictObject({"cidr": s42(), "comment": s26(), "name": s39(), "node": s1(), "nomatch": s9(), "vmid": s33()}));

/** Parameters of DELETE /nodes/{node}/lxc/{vmid}/firewall/ipset/{name}. */
export const deleteNodesLxcFirewallIpsetByName = lazy(() => z.strictObject({"force": s9(), "name": s39(), "node": s1(), "vmid": s33()}));

/** Parameters of GET /nodes/{node}/lxc/{vmid}/firewall/ipset/{name}/{cidr}. */
export const getNodesLxcFirewallIpsetByCidr = lazy(() => z.strictObject({"cidr": s42(), "name": s39(), "node": s1(), "vmid": s33()}));

/** Parameters of PUT /nodes/{node}/lxc/{vmid}/firewall/ipset/{name}/{cidr}. */
export const putNodesLxcFirewallIpsetByCidr = lazy(() => z.strictObject({"cidr": s42(), "comment": s26(), "digest": s40(), "name": s39(), "node": s1(), "nomatch": s9(), "vmid": s33()}));

/** Parameters of DELETE /nodes/{node}/lxc/{vmid}/firewall/ipset/{name}/{cidr}. */
export const deleteNodesLxcFirewallIpsetByCidr = lazy(() => z.strictObject({"cidr": s42(), "digest": s40(), "name": s39(), "node": s1(), "vmid": s33()}));

/** Parameters of GET /nodes/{node}/lxc/{vmid}/firewall/log. */
export const getNodesLxcFirewallLog = lazy(() => z.strictObject({"limit": s29(), "node": s1(), "since": s29(), "start": s29(), "until": s29(), "vmid": s33()}));

/** Parameters of GET /nodes/{node}/lxc/{vmid}/firewall/options. */
export const getNodesLxcFirewallOptions = lazy(() => z.strictObject({"node": s1(), "vmid": s33()}));

/** Parameters of PUT /nodes/{node}/lxc/{vmid}/firewall/options. */
export const putNodesLxcFirewallOptions = lazy(() => z.strictObject({"delete": s36(), "dhcp": s9(), "digest": s40(), "enable": s9(), "ipfilter": s9(), "log_level_in": s43(), "log_level_out": s43(), "macfilter": s9(), "ndp": s9(), "node": s1(), "policy_in": s44(), "policy_out": s44(), "radv": s9(), "vmid": s33()}));

/** Parameters of GET /nodes/{node}/lxc/{vmid}/firewall/refs. */
export const getNodesLxcFirewallRefs = lazy(() => z.strictObject({"node": s1(), "type": z.enum(["alias","ipset"]).optional(), "vmid": s33()}));

/** Parameters of GET /nodes/{node}/lxc/{vmid}/firewall/rules. */
export const getNodesLxcFirewallRules = lazy(() => z.strictObject({"node": s1(), "vmid": s33()}));

/** Parameters of POST /nodes/{node}/lxc/{vmid}/firewall/rules. */
export const postNodesLxcFirewallRules = lazy(() => z.strictObject({"action": p.text({"minLength":2,"maxLength":20,"pattern":"[A-Za-z][A-Za-z0-9\\-_]+"}), "comment": s26(), "dest": s45(), "digest": s40(), "dport": s46(), "enable": s29(), "icmp-type": s47(), "iface": s48(), "log": s43(), "macro": s49(), "node": s1(), "pos": s29(), "proto": s50(), "source": s45(), "sport": s51(), "type": z.enum(["in","out","forward","group"]), "vmid": s33()}));

/** Parameters of GET /nodes/{node}/lxc/{vmid}/firewall/rules/{pos}. */
export const getNodesLxcFirewallRulesByPos = lazy(() => z.strictObject({"node": s1(), "pos": s52(), "vmid": s33()}));

/** Parameters of PUT /nodes/{node}/lxc/{vmid}/firewall/rules/{pos}. */
export const putNodesLxcFirewallRulesByPos = lazy(() => z.strictObject({"action": p.text({"minLength":2,"maxLength":20,"pattern":"[A-Za-z][A-Za-z0-9\\-_]+"}).optional(), "comment": s26(), "delete": s36(), "dest": s45(), "digest": s40(), "dport": s46(), "enable": s29(), "icmp-type": s47(), "iface": s48(), "log": s43(), "macro": s49(), "moveto": s29(), "node": s1(), "pos": s52(), "proto": s50(), "source": s45(), "sport": s51(), "type": z.enum(["in","out","forward","group"]).optional(), "vmid": s33()}));

/** Parameters of DELETE /nodes/{node}/lxc/{vmid}/firewall/rules/{pos}. */
export const deleteNodesLxcFirewallRulesByPos = lazy(() => z.strictObject({"digest": s40(), "node": s1(), "pos": s52(), "vmid": s33()}));

/** Parameters of GET /nodes/{node}/lxc/{vmid}/interfaces. */
export const getNodesLxcInterfaces = lazy(() => z.strictObject({"node": s1(), "vmid": s33()}));

/** Parameters of GET /nodes/{node}/lxc/{vmid}/migrate. */
export const getNodesLxcMigrate = lazy(() => z.strictObject({"node": s1(), "target": s35(), "vmid": s33()}));

/** Parameters of POST /nodes/{node}/lxc/{vmid}/migrate. */
export const postNodesLxcMigrate = lazy(() => z.strictObject({"bwlimit": s7(), "node": s1(), "online": s9(), "restart": s9(), "target": s1(), "target-storage": p.list({"format":"storage-pair-list"}).optional(), "timeout": s53(), "vmid": s33()}));

/** Parameters of POST /nodes/{node}/lxc/{vmid}/move_volume. */
export const postNodesLxcMoveVolume = lazy(() => z.strictObject({"bwlimit": s7(), "delete": s9(), "digest": s37(), "node": s1(), "storage": s28(), "target-digest": s37(), "target-vmid": s54(), "target-volume": z.enum(["rootfs","mp0","mp1","mp2","mp3","mp4","mp5","mp6","mp7","mp8","mp9","mp10","mp11","mp12","mp13","mp14","mp15","mp16","mp17","mp18","mp19","mp20","mp21","mp22","mp23","mp24","mp25","mp26","mp27","mp28","mp29","mp30","mp31","mp32","mp33","mp34","mp35","mp36","mp37","mp38","mp39","mp40","mp41","mp42","mp43","mp44","mp45","mp46","mp47","mp48","mp49","mp50","mp51","mp52","mp53","mp54","mp55","mp56","mp57","mp58","mp59","mp60","mp61","mp62","mp63","mp64","mp65","mp66","mp67","mp68","mp69","mp70","mp71","mp72","mp73","mp74","mp75","mp76","mp77","mp78","mp79","mp80","mp81","mp82","mp83","mp84","mp85","mp86","mp87","mp88","mp89","mp90","mp91","mp92","mp93","mp94","mp95","mp96","mp97","mp98","mp99","mp100","mp101","mp102","mp103","mp104","mp105","mp106","mp107","mp108","mp109","mp110","mp111","mp112","mp113","mp114","mp115","mp116","mp117","mp118","mp119","mp120","mp121","mp122","mp123","mp124","mp125","mp126","mp127","mp128","mp129","mp130","mp131","mp132","mp133","mp134","mp135","mp136","mp137","mp138","mp139","mp140","mp141","mp142","mp143","mp144","mp145","mp146","mp147","mp148","mp149","mp150","mp151","mp152","mp153","mp154","mp155","mp156","mp157","mp158","mp159","mp160","mp161","mp162","mp163","mp164","mp165","mp166","mp167","mp168","mp169","mp170","mp171","mp172","mp173","mp174","mp175","mp176","mp177","mp178","mp179","mp180","mp181","mp182","mp183","mp184","mp185","mp186","mp187","mp188","mp189","mp190","mp191","mp192","mp193","mp194","mp195","mp196","mp197","mp198","mp199","mp200","mp201","mp202","mp203","mp204","mp205","mp206","mp207","mp208","mp209","mp210","mp211","mp212","mp213","mp214","mp215","mp216","mp217","mp218","mp219","mp220","mp221","mp222","mp223","mp224","mp225","mp226","mp227","mp228","mp229","mp230","mp231","mp232","mp233","mp234","mp235","mp236","mp237","mp238","mp239","mp240","mp241","mp242","mp243","mp244","mp245","mp246","mp247","mp248","mp249","mp250","mp251","mp252","mp253","mp254","mp255","unused0","unused1","unused2","unused3","unused4","unused5","unused6","unused7","unused8","unused9","unused10","unused11","unused12","unused13","unused14","unused15","unused16","unused17","unused18","unused19","unused20","unused21","unused22","unused23","unused24","unused25","unused26","unused27","unused28","unused29","unused30","unused31","unused32","unused33","unused34","unused35","unused36","unused37","unused38","unused39","unused40","unused41","unused42","unused43","unused44","unused45","unused46","unused47","unused48","unused49","unused50","unused51","unused52","unused53","unused54","unused55","unused56","unused57","unused58","unused59","unused60","unused61","unused62","unused63","unused64","unused65","unused66","unused67","unused68","unused69","unused70","unused71","unused72","unused73","unused74","unused75","unused76","unused77","unused78","unused79","unused80","unused81","unused82","unused83","unused84","unused85","unused86","unused87","unused88","unused89","unused90","unused91","unused92","unused93","unused94","unused95","unused96","unused97","unused98","unused99","unused100","unused101","unused102","unused103","unused104","unused105","unused106","unused107","unused108","unused109","unused110","unused111","unused112","unused113","unused114","unused115","unused116","unused117","unused118","unused119","unused120","unused121","unused122","unused123","unused124","unused125","unused126","unused127","unused128","unused129","unused130","unused131","unused132","unused133","unused134","unused135","unused136","unused137","unused138","unused139","unused140","unused141","unused142","unused143","unused144","unused145","unused146","unused147","unused148","unused149","unused150","unused151","unused152","unused153","unused154","unused155","unused156","unused157","unused158","unused159","unused160","unused161","unused162","unused163","unused164","unused165","unused166","unused167","unused168","unused169","unused170","unused171","unused172","unused173","unused174","unused175","unused176","unused177","unused178","unused179","unused180","unused181","unused182","unused183","unused184","unused185","unused186","unused187","unused188","unused189","unused190","unused191","unused192","unused193","unused194","unused195","unused196","unused197","unused198","unused199","unused200","unused201","unused202","unused203","unused204","unused205","unused206","unused207","unused208","unused209","unused210","unused211","unused212","unused213","unused214","unused215","unused216","unused217","unused218","unused219","unused220","unused221","unused222","unused223","unused224","unused225","unused226","unused227","unused228","unused229","unused230","unused231","unused232","unused233","unused234","unused235","unused236","unused237","unused238","unused239","unused240","unused241","unused242","unused243","unused244","unused245","unused246","unused247","unused248","unused249","unused250","unused251","unused252","unused253","unused254","unused255"]).optional(), "vmid": s33(), "volume": z.enum(["rootfs","mp0","mp1","mp2","mp3","mp4","mp5","mp6","mp7","mp8","mp9","mp10","mp11","mp12","mp13","mp14","mp15","mp16","mp17","mp18","mp19","mp20","mp21","mp22","mp23","mp24","mp25","mp26","mp27","mp28","mp29","mp30","mp31","mp32","mp33","mp34","mp35","mp36","mp37","mp38","mp39","mp40","mp41","mp42","mp43","mp44","mp45","mp46","mp47","mp48","mp49","mp50","mp51","mp52","mp53","mp54","mp55","mp56","mp57","mp58","mp59","mp60","mp61","mp62","mp63","mp64","mp65","mp66","mp67","mp68","mp69","mp70","mp71","mp72","mp73","mp74","mp75","mp76","mp77","mp78","mp79","mp80","mp81","mp82","mp83","mp84","mp85","mp86","mp87","mp88","mp89","mp90","mp91","mp92","mp93","mp94","mp95","mp96","mp97","mp98","mp99","mp100","mp101","mp102","mp103","mp104","mp105","mp106","mp107","mp108","mp109","mp110","mp111","mp112","mp113","mp114","mp115","mp116","mp117","mp118","mp119","mp120","mp121","mp122","mp123","mp124","mp125","mp126","mp127","mp128","mp129","mp130","mp131","mp132","mp133","mp134","mp135","mp136","mp137","mp138","mp139","mp140","mp141","mp142","mp143","mp144","mp145","mp146","mp147","mp148","mp149","mp150","mp151","mp152","mp153","mp154","mp155","mp156","mp157","mp158","mp159","mp160","mp161","mp162","mp163","mp164","mp165","mp166","mp167","mp168","mp169","mp170","mp171","mp172","mp173","mp174","mp175","mp176","mp177","mp178","mp179","mp180","mp181","mp182","mp183","mp184","mp185","mp186","mp187","mp188","mp189","mp190","mp191","mp192","mp193","mp194","mp195","mp196","mp197","mp198","mp199","mp200","mp201","mp202","mp203","mp204","mp205","mp206","mp207","mp208","mp209","mp210","mp211","mp212","mp213","mp214","mp215","mp216","mp217","mp218","mp219","mp220","mp221","mp222","mp223","mp224","mp225","mp226","mp227","mp228","mp229","mp230","mp231","mp232","mp233","mp234","mp235","mp236","mp237","mp238","mp239","mp240","mp241","mp242","mp243","mp244","mp245","mp246","mp247","mp248","mp249","mp250","mp251","mp252","mp253","mp254","mp255","unused0","unused1","unused2","unused3","unused4","unused5","unused6","unused7","unused8","unused9","unused10","unused11","unused12","unused13","unused14","unused15","unused16","unused17","unused18","unused19","unused20","unused21","unused22","unused23","unused24","unused25","unused26","unused27","unused28","unused29","unused30","unused31","unused32","unused33","unused34","unused35","unused36","unused37","unused38","unused39","unused40","unused41","unused42","unused43","unused44","unused45","unused46","unused47","unused48","unused49","unused50","unused51","unused52","unused53","unused54","unused55","unused56","unused57","unused58","unused59","unused60","unused61","unused62","unused63","unused64","unused65","unused66","unused67","unused68","unused69","unused70","unused71","unused72","unused73","unused74","unused75","unused76","unused77","unused78","unused79","unused80","unused81","unused82","unused83","unused84","unused85","unused86","unused87","unused88","unused89","unused90","unused91","unused92","unused93","unused94","unused95","unused96","unused97","unused98","unused99","unused100","unused101","unused102","unused103","unused104","unused105","unused106","unused107","unused108","unused109","unused110","unused111","unused112","unused113","unused114","unused115","unused116","unused117","unused118","unused119","unused120","unused121","unused122","unused123","unused124","unused125","unused126","unused127","unused128","unused129","unused130","unused131","unused132","unused133","unused134","unused135","unused136","unused137","unused138","unused139","unused140","unused141","unused142","unused143","unused144","unused145","unused146","unused147","unused148","unused149","unused150","unused151","unused152","unused153","unused154","unused155","unused156","unused157","unused158","unused159","unused160","unused161","unused162","unused163","unused164","unused165","unused166","unused167","unused168","unused169","unused170","unused171","unused172","unused173","unused174","unused175","unused176","unused177","unused178","unused179","unused180","unused181","unused182","unused183","unused184","unused185","unused186","unused187","unused188","unused189","unused190","unused191","unused192","unused193","unused194","unused195","unused196","unused197","unused198","unused199","unused200","unused201","unused202","unused203","unused204","unused205","unused206","unused207","unused208","unused209","unused210","unused211","unused212","unused213","unused214","unused215","unused216","unused217","unused218","unused219","unused220","unused221","unused222","unused223","unused224","unused225","unused226","unused227","unused228","unused229","unused230","unused231","unused232","unused233","unused234","unused235","unused236","unused237","unused238","unused239","unused240","unused241","unused242","unused243","unused244","unused245","unused246","unused247","unused248","unused249","unused250","unused251","unused252","unused253","unused254","unused255"])}));

/** Parameters of POST /nodes/{node}/lxc/{vmid}/mtunnel. */
export const postNodesLxcMtunnel = lazy(() => z.strictObject({"bridges": p.list({"format":"pve-bridge-id-list"}).optional(), "node": s1(), "storages": p.list({"format":"pve-storage-id-list"}).optional(), "vmid": s33()}));

/** Parameters of GET /nodes/{node}/lxc/{vmid}/mtunnelwebsocket. */
export const getNodesLxcMtunnelwebsocket = lazy(() => z.strictObject({"node": s1(), "socket": s55(), "ticket": s55(), "vmid": s33()}));

/** Parameters of GET /nodes/{node}/lxc/{vmid}/pending. */
export const getNodesLxcPending = lazy(() => z.strictObject({"node": s1(), "vmid": s33()}));

/** Parameters of POST /nodes/{node}/lxc/{vmid}/remote_migrate. */
export const postNodesLxcRemoteMigrate = lazy(() => z.strictObject({"bwlimit": s7(), "delete": s9(), "node": s1(), "online": s9(), "restart": s9(), "target-bridge": p.list({"format":"bridge-pair-list"}), "target-endpoint": p.properties({"format":"proxmox-remote"}), "target-storage": p.list({"format":"storage-pair-list"}), "target-vmid": s54(), "timeout": s53(), "vmid": s33()}));

/** Parameters of PUT /nodes/{node}/lxc/{vmid}/resize. */
export const putNodesLxcResize = lazy(() => z.strictObject({"digest": s37(), "disk": z.enum(["rootfs","mp0","mp1","mp2","mp3","mp4","mp5","mp6","mp7","mp8","mp9","mp10","mp11","mp12","mp13","mp14","mp15","mp16","mp17","mp18","mp19","mp20","mp21","mp22","mp23","mp24","mp25","mp26","mp27","mp28","mp29","mp30","mp31","mp32","mp33","mp34","mp35","mp36","mp37","mp38","mp39","mp40","mp41","mp42","mp43","mp44","mp45","mp46","mp47","mp48","mp49","mp50","mp51","mp52","mp53","mp54","mp55","mp56","mp57","mp58","mp59","mp60","mp61","mp62","mp63","mp64","mp65","mp66","mp67","mp68","mp69","mp70","mp71","mp72","mp73","mp74","mp75","mp76","mp77","mp78","mp79","mp80","mp81","mp82","mp83","mp84","mp85","mp86","mp87","mp88","mp89","mp90","mp91","mp92","mp93","mp94","mp95","mp96","mp97","mp98","mp99","mp100","mp101","mp102","mp103","mp104","mp105","mp106","mp107","mp108","mp109","mp110","mp111","mp112","mp113","mp114","mp115","mp116","mp117","mp118","mp119","mp120","mp121","mp122","mp123","mp124","mp125","mp126","mp127","mp128","mp129","mp130","mp131","mp132","mp133","mp134","mp135","mp136","mp137","mp138","mp139","mp140","mp141","mp142","mp143","mp144","mp145","mp146","mp147","mp148","mp149","mp150","mp151","mp152","mp153","mp154","mp155","mp156","mp157","mp158","mp159","mp160","mp161","mp162","mp163","mp164","mp165","mp166","mp167","mp168","mp169","mp170","mp171","mp172","mp173","mp174","mp175","mp176","mp177","mp178","mp179","mp180","mp181","mp182","mp183","mp184","mp185","mp186","mp187","mp188","mp189","mp190","mp191","mp192","mp193","mp194","mp195","mp196","mp197","mp198","mp199","mp200","mp201","mp202","mp203","mp204","mp205","mp206","mp207","mp208","mp209","mp210","mp211","mp212","mp213","mp214","mp215","mp216","mp217","mp218","mp219","mp220","mp221","mp222","mp223","mp224","mp225","mp226","mp227","mp228","mp229","mp230","mp231","mp232","mp233","mp234","mp235","mp236","mp237","mp238","mp239","mp240","mp241","mp242","mp243","mp244","mp245","mp246","mp247","mp248","mp249","mp250","mp251","mp252","mp253","mp254","mp255"]), "node": s1(), "size": p.text({"pattern":"\\+?\\p{Nd}+(?:\\.\\p{Nd}+)?[KMGT]?"}), "vmid": s33()}));

/** Parameters of GET /nodes/{node}/lxc/{vmid}/rrd. */
export const getNodesLxcRrd = lazy(() => z.strictObject({"cf": s56(), "ds": p.list({"format":"pve-configid-list"}), "node": s1(), "timeframe": s57(), "vmid": s33()}));

/** Parameters of GET /nodes/{node}/lxc/{vmid}/rrddata. */
export const getNodesLxcRrddata = lazy(() => z.strictObject({"cf": s56(), "node": s1(), "timeframe": s57(), "vmid": s33()}));

/** Parameters of GET /nodes/{node}/lxc/{vmid}/snapshot. */
export const getNodesLxcSnapshot = lazy(() => z.strictObject({"node": s1(), "vmid": s33()}));

/** Parameters of POST /nodes/{node}/lxc/{vmid}/snapshot. */
export const postNodesLxcSnapshot = lazy(() => z.strictObject({"description": s26(), "node": s1(), "snapname": s58(), "vmid": s33()}));

/** Parameters of GET /nodes/{node}/lxc/{vmid}/snapshot/{snapname}. */
export const getNodesLxcSnapshotBySnapname = lazy(() => z.strictObject({"node": s1(), "snapname": s58(), "vmid": s33()}));

/** Parameters of DELETE /nodes/{node}/lxc/{vmid}/snapshot/{snapname}. */
export const deleteNodesLxcSnapshotBySnapname = lazy(() => z.strictObject({"force": s9(), "node": s1(), "snapname": s58(), "vmid": s33()}));

/** Parameters of GET /nodes/{node}/lxc/{vmid}/snapshot/{snapname}/config. */
export const getNodesLxcSnapshotConfig = lazy(() => z.strictObject({"node": s1(), "snapname": s58(), "vmid": s33()}));

/** Parameters of PUT /nodes/{node}/lxc/{vmid}/snapshot/{snapname}/config. */
export const putNodesLxcSnapshotConfig = lazy(() => z.strictObject({"description": s26(), "node": s1(), "snapname": s58(), "vmid": s33()}));

/** Parameters of POST /nodes/{node}/lxc/{vmid}/snapshot/{snapname}/rollback. */
export const postNodesLxcSnapshotRollback = lazy(() => z.strictObject({"node": s1(), "snapname": s58(), "start": s9(), "vmid": s33()}));

/** Parameters of POST /nodes/{node}/lxc/{vmid}/spiceproxy. */
export const postNodesLxcSpiceproxy = lazy(() => z.strictObject({"node": s1(), "proxy": p.text({"format":"address"}).optional(), "vmid": s33()}));

/** Parameters of GET /nodes/{node}/lxc/{vmid}/status. */
export const getNodesLxcStatus = lazy(() => z.strictObject({"node": s1(), "vmid": s33()}));

/** Parameters of GET /nodes/{node}/lxc/{vmid}/status/current. */
export const getNodesLxcStatusCurrent = lazy(() => z.strictObject({"node": s1(), "vmid": s33()}));

/** Parameters of POST /nodes/{node}/lxc/{vmid}/status/reboot. */
export const postNodesLxcStatusReboot = lazy(() => z.strictObject({"node": s1(), "timeout": s29(), "vmid": s33()}));

/** Parameters of POST /nodes/{node}/lxc/{vmid}/status/resume. */
export const postNodesLxcStatusResume = lazy(() => z.strictObject({"node": s1(), "vmid": s33()}));

/** Parameters of POST /nodes/{node}/lxc/{vmid}/status/shutdown. */
export const postNodesLxcStatusShutdown = lazy(() => z.strictObject({"forceStop": s9(), "node": s1(), "timeout": s29(), "vmid": s33()}));

/** Parameters of POST /nodes/{node}/lxc/{vmid}/status/start. */
export const postNodesLxcStatusStart = lazy(() => z.strictObject({"debug": s9(), "node": s1(), "skiplock": s9(), "vmid": s33()}));

/** Parameters of POST /nodes/{node}/lxc/{vmid}/status/stop. */
export const postNodesLxcStatusStop = lazy(() => z.strictObject({"node": s1(), "overrule-shutdown": s9(), "skiplock": s9(), "vmid": s33()}));

/** Parameters of POST /nodes/{node}/lxc/{vmid}/status/suspend. */
export const postNodesLxcStatusSuspend = lazy(() => z.strictObject({"node": s1(), "vmid": s33()}));

/** Parameters of POST /nodes/{node}/lxc/{vmid}/template. */
export const postNodesLxcTemplate = lazy(() => z.strictObject({"node": s1(), "vmid": s33()}));

/** Parameters of POST /nodes/{node}/lxc/{vmid}/termproxy. */
export const postNodesLxcTermproxy = lazy(() => z.strictObject({"node": s1(), "vmid": s33()}));

/** Parameters of POST /nodes/{node}/lxc/{vmid}/vncproxy. */
export const postNodesLxcVncproxy = lazy(() => z.strictObject({"height": p.integer({"minimum":16,"maximum":2160}).optional(), "node": s1(), "vmid": s33(), "websocket": s9(), "width": p.integer({"minimum":16,"maximum":4096}).optional()}));

/** Parameters of GET /nodes/{node}/lxc/{vmid}/vncwebsocket. */
export const getNodesLxcVncwebsocket = lazy(() => z.strictObject({"node": s1(), "port": p.integer({"minimum":5900,"maximum":5999}), "vmid": s33(), "vncticket": p.text({"maxLength":512})}));
