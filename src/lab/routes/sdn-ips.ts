import { die } from "../refusal.ts";
import { contains } from "../state/addresses.ts";
import type { IpamEntry } from "../state/sdn.ts";
import { splitList } from "../state/section-config.ts";
import { type Call, int, type Route, text } from "./route.ts";
import { maySee } from "./sdn-list.ts";
import { partsOf } from "./sdn-subnets.ts";

const PATH = "/cluster/sdn/vnets/{vnet}/ips";

/** The subnet of a running vnet that an address belongs to. */
function subnetOf(call: Call, vnet: string, ip: string): string {
  const running = call.state.datacenter.sdn.runningOf("subnets");
  const id = Object.keys(running)
    .sort()
    .find((subnet) => running[subnet]!.vnet === vnet && contains(partsOf(subnet).cidr, ip));
  if (id === undefined)
    throw die(`can't find any subnet for ip ${ip} at /usr/share/perl5/PVE/Network/SDN/Subnets.pm line 124.`);
  return id;
}

function add(call: Call, vmid?: number): void {
  const { sdn } = call.state.datacenter;
  const vnet = text(call, "vnet") ?? "";
  const ip = text(call, "ip") ?? "";
  const mac = text(call, "mac")?.toUpperCase();
  const { zone, cidr } = partsOf(subnetOf(call, vnet, ip));
  if (sdn.zones.get(zone)?.ipam === undefined) return;
  if (!sdn.known.has(`${zone} ${cidr}`)) throw die(`subnet '${cidr}' doesn't exist in IPAM DB`);
  if (sdn.ips.some((entry) => entry.zone === zone && entry.ip === ip)) throw die(`IP '${ip}' already exist`);
  const entry: IpamEntry = { zone, subnet: cidr, ip };
  if (mac !== undefined) entry.mac = mac;
  if (vmid !== undefined) entry.vmid = vmid;
  sdn.ips.push(entry);
}

/** Takes the addresses of a card back; gives them. */
function removeByMac(call: Call): IpamEntry[] {
  const { ips, vnets } = call.state.datacenter.sdn;
  const zone = vnets.get(text(call, "vnet") ?? "")?.zone;
  const mac = text(call, "mac")?.toUpperCase();
  const own = ips.filter((entry) => entry.zone === zone && entry.mac !== undefined && entry.mac === mac);
  for (const entry of own) ips.splice(ips.indexOf(entry), 1);
  return own;
}

function replace(call: Call): null {
  const { ips } = call.state.datacenter.sdn;
  const before = removeByMac(call);
  try {
    add(call, int(call, "vmid"));
  } catch (error) {
    ips.push(...before);
    throw error;
  }
  return null;
}

/** Addresses of zones whose addresses Proxmox manages and hands out itself. */
function list(call: Call): Record<string, unknown>[] {
  const { sdn } = call.state.datacenter;
  if (text(call, "ipam") !== "pve")
    throw die("Currently only PVE IPAM is supported! at /usr/share/perl5/PVE/API2/Network/SDN/Ipams.pm line 320.");
  const zones = sdn.runningOf("zones");
  const subnets = sdn.runningOf("subnets");
  return sdn.ips.flatMap((entry) => {
    const zone = zones[entry.zone];
    if (zone?.ipam !== "pve" || !zone.dhcp) return [];
    const id = `${entry.zone}-${entry.subnet.replace("/", "-")}`;
    const vnet = subnets[id]?.vnet;
    if (vnet === undefined || !maySee(call, `/sdn/zones/${entry.zone}/${vnet}`)) return [];
    return [{ ...entry, vnet }];
  });
}

/** Addresses that are handed out or reserved. */
export const sdnIpRoutes: readonly Route[] = [
  { id: "GET /cluster/sdn/ipams/{ipam}/status", run: (call) => ({ data: list(call) }) },
  {
    id: `POST ${PATH}`,
    writes: true,
    run: (call) => {
      add(call);
      return { data: null };
    },
  },
  { id: `PUT ${PATH}`, writes: true, run: (call) => ({ data: replace(call) }) },
  {
    id: `DELETE ${PATH}`,
    writes: true,
    run: (call) => {
      const wanted = splitList(call.params.ip);
      const removed = removeByMac(call);
      if (removed.length === 0 && call.params.mac === undefined) {
        const { ips } = call.state.datacenter.sdn;
        const at = ips.findIndex((entry) => wanted.includes(entry.ip) && entry.zone === text(call, "zone"));
        if (at < 0) throw die(`IP '${wanted[0]}' does not exist in IPAM DB`);
        ips.splice(at, 1);
      }
      return { data: null };
    },
  },
];
