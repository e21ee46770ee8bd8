// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import { requiring } from "../../src/schema/operation-schema.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => p.text({"format":"pve-node"}));
const s2 = lazy(() => p.text({"format":"ipv4"}).optional());
const s3 = lazy(() => p.text({"format":"ipv6"}).optional());
const s4 = lazy(() => p.boolean().optional());
const s5 = lazy(() => p.text({"format":"pve-iface"}).optional());
const s6 = lazy(() => z.enum(["balance-rr","active-backup","balance-xor","broadcast","802.3ad","balance-tlb","balance-alb","balance-slb","lacp-balance-slb","lacp-balance-tcp"]).optional());
const s7 = lazy(() => z.enum(["layer2","layer2+3","layer3+4"]).optional());
const s8 = lazy(() => p.list({"format":"pve-iface-list"}).optional());
const s9 = lazy(() => p.list({"format":"pve-vlan-id-or-range-list"}).optional());
const s10 = lazy(() => p.text({"format":"CIDRv4"}).optional());
const s11 = lazy(() => p.text({"format":"CIDRv6"}).optional());
const s12 = lazy(() => p.text().optional());
const s13 = lazy(() => p.text({"minLength":2,"maxLength":20,"format":"pve-iface"}));
const s14 = lazy(() => p.integer({"minimum":1280,"maximum":65520}).optional());
const s15 = lazy(() => p.text({"format":"ipv4mask"}).optional());
const s16 = lazy(() => p.integer({"minimum":0,"maximum":128}).optional());
const s17 = lazy(() => p.text({"maxLength":1024}).optional());
const s18 = lazy(() => p.integer({"minimum":1,"maximum":4094}).optional());
const s19 = lazy(() => z.enum(["bridge","bond","eth","alias","vlan","fabric","OVSBridge","OVSBond","OVSPort","OVSIntPort","vnet","unknown"]));

/** Parameters of GET /nodes/{node}/network. */
export const getNodesNetwork = lazy(() => z.strictObject({"node": s1(), "type": z.enum(["bridge","bond","eth","alias","vlan","fabric","OVSBridge","OVSBond","OVSPort","OVSIntPort","vnet","any_bridge","any_local_bridge","include_sdn"]).optional()}));

/** Parameters of POST /nodes/{node}/network. */
export const postNodesNetwork = lazy(() => requiring(z.strictObject({"address": s2(), "address6": s3(), "autostart": s4(), "bond-primary": s5(), "bond_mode": s6(), "bond_xmit_hash_policy": s7(), "bridge_ports": s8(), "bridge_vids": s9(), "bridge_vlan_aware": s4(), "cidr": s10(), "cidr6": s11(), "comments": s12(), "comments6": s12(), "gateway": s2(), "gateway6": s3(), "iface": s13(), "mtu": s14(), "netmask": s15(), "netmask6": s16(), "node": s1(), "ovs_bonds": s8(), "ovs_bridge": s5(), "ovs_options": s17(), "ovs_ports": s8(), "ovs_tag": s18(), "slaves": s8(), "type": s19(), "vlan-id": s18(), "vlan-raw-device": s5()}), {"address":"netmask","address6":"netmask6","netmask":"address","netmask6":"address6"}));

/** Parameters of PUT /nodes/{node}/network. */
export const putNodesNetwork = lazy(() => z.strictObject({"node": s1(), "regenerate-frr": s4()}));

/** Parameters of DELETE /nodes/{node}/network. */
export const deleteNodesNetwork = lazy(() => z.strictObject({"node": s1()}));

/** Parameters of GET /nodes/{node}/network/{iface}. */
export const getNodesNetworkByIface = lazy(() => z.strictObject({"iface": s13(), "node": s1()}));

/** Parameters of PUT /nodes/{node}/network/{iface}. */
export const putNodesNetworkByIface = lazy(() => requiring(z.strictObject({"address": s2(), "address6": s3(), "autostart": s4(), "bond-primary": s5(), "bond_mode": s6(), "bond_xmit_hash_policy": s7(), "bridge_ports": s8(), "bridge_vids": s9(), "bridge_vlan_aware": s4(), "cidr": s10(), "cidr6": s11(), "comments": s12(), "comments6": s12(), "delete": p.list({"format":"pve-configid-list"}).optional(), "gateway": s2(), "gateway6": s3(), "iface": s13(), "mtu": s14(), "netmask": s15(), "netmask6": s16(), "node": s1(), "ovs_bonds": s8(), "ovs_bridge": s5(), "ovs_options": s17(), "ovs_ports": s8(), "ovs_tag": s18(), "slaves": s8(), "type": s19(), "vlan-id": s18(), "vlan-raw-device": s5()}), {"address":"netmask","address6":"netmask6","netmask":"address","netmask6":"address6"}));

/** Parameters of DELETE /nodes/{node}/network/{iface}. */
export const deleteNodesNetworkByIface = lazy(() => z.strictObject({"iface": s13(), "node": s1()}));
