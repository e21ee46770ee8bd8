import { isIP, isIPv4 } from "node:net";
import { die, parameterRefusal } from "../refusal.ts";
import { contains, ordinal } from "../state/addresses.ts";
import { checkConfig, deleteOptions, options, type Section, splitList, storable } from "../state/section-config.ts";
import { type Call, type Route, text } from "./route.ts";
import { rowOf, rowsOf } from "./sdn-list.ts";
import { checkVnet } from "./sdn-vnets.ts";

const PATH = "/cluster/sdn/vnets/{vnet}/subnets";
const OPTIONS = options("vnet", "gateway snat dnszoneprefix dhcp-range dhcp-dns-server");

interface Range {
  "start-address": string;
  "end-address": string;
}

function rangesOf(subnet: Section): Range[] {
  const ranges = subnet["dhcp-range"];
  const lines = Array.isArray(ranges) ? ranges.map(String) : [];
  return lines.map(
    (line) =>
      Object.fromEntries(line.split(",").map((part) => part.split("=") as [string, string])) as unknown as Range,
  );
}

/** What an id says: `zone-10.0.0.0-24`. */
export function partsOf(id: string): { zone: string; network: string; mask: string; cidr: string } {
  const [zone = "", network = "", mask = ""] = id.split("-");
  return { zone, network, mask, cidr: `${network}/${mask}` };
}

function show(id: string, subnet: Section): Section {
  return { ...subnet, ...partsOf(id), id, subnet: id, "dhcp-range": rangesOf(subnet) };
}

function missing(id: string): string {
  return `sdn subnet '${id}' does not exist`;
}

function checkRanges(cidr: string, subnet: Section): void {
  const wrong = (message: string): Error => parameterRefusal({ "dhcp-range": message });
  const seen: [bigint, bigint][] = [];
  for (const range of rangesOf(subnet)) {
    const { "start-address": start = "", "end-address": end = "" } = range;
    if (isIP(start) === 0) throw wrong(`start-address is not a valid IP ${start}`);
    if (isIP(end) === 0) throw wrong(`end-address is not a valid IP ${end}`);
    const [low, high] = [ordinal(start), ordinal(end)];
    if (low > high) throw wrong(`start-address ${start} must be smaller than end-address ${end}`);
    if (!contains(cidr, start)) throw wrong(`start-address ${start} is not in subnet ${cidr}`);
    if (!contains(cidr, end)) throw wrong(`end-address ${end} is not in subnet ${cidr}`);
    if (seen.some(([from, to]) => low <= to && from <= high)) throw wrong("dhcp ranges must not overlap");
    seen.push([low, high]);
  }
}

/** Checks a subnet against its vnet and network, and keeps the address management in step. */
function settle(call: Call, id: string, subnet: Section, old: Section | undefined): void {
  const { sdn } = call.state.datacenter;
  const { zone: zoneId, cidr, network, mask } = partsOf(id);
  const vnet = sdn.vnets.get(String(subnet.vnet));
  if (!vnet) throw parameterRefusal({ vnet: `${subnet.vnet} don't exist` });
  if (vnet.vlanaware) throw parameterRefusal({ vnet: "you can't add a subnet on a vlanaware vnet" });
  const gateway = subnet.gateway === undefined ? undefined : String(subnet.gateway);
  const pointToPoint = gateway !== undefined && isIPv4(gateway) && mask === "32";
  if (gateway !== undefined && !contains(cidr, gateway) && !pointToPoint)
    throw parameterRefusal({ gateway: `${gateway} is not in subnet ${network}/${mask}` });
  checkRanges(cidr, subnet);
  if (sdn.zones.get(zoneId)?.ipam === undefined) return;
  sdn.known.add(`${zoneId} ${cidr}`);
  if (pointToPoint || gateway === old?.gateway) return;
  const taken = sdn.ips.find((entry) => entry.zone === zoneId && entry.ip === gateway);
  if (taken && taken.gateway === undefined) throw die(`IP '${gateway}' already exist`);
  forgetGateway(call, zoneId, cidr);
  if (gateway !== undefined) sdn.ips.push({ zone: zoneId, subnet: cidr, ip: gateway, gateway: 1 });
}

function forgetGateway(call: Call, zone: string, cidr: string): void {
  const { ips } = call.state.datacenter.sdn;
  const at = ips.findIndex((entry) => entry.zone === zone && entry.subnet === cidr && entry.gateway === 1);
  if (at >= 0) ips.splice(at, 1);
}

function valuesOf(call: Call, operation: string): Section {
  const { subnet: _, type: __, digest: ___, delete: ____, "lock-token": _____, ...rest } = call.params;
  return storable(operation, rest);
}

function create(call: Call): null {
  const { sdn } = call.state.datacenter;
  const vnet = checkVnet(call, ["SDN.Allocate"]);
  const cidr = text(call, "subnet") ?? "";
  sdn.guarded("create sdn subnet object failed", call.params["lock-token"], () => {
    const id = `${sdn.vnets.get(vnet)!.zone}-${cidr.replace("/", "-")}`;
    const subnet = checkConfig("subnet", OPTIONS, valuesOf(call, `POST ${PATH}`), true);
    if (sdn.subnets.has(id)) throw die(`sdn subnet object ID '${id}' already defined`);
    settle(call, id, subnet, undefined);
    sdn.subnets.set(id, subnet);
  });
  return null;
}

function update(call: Call): null {
  const { sdn } = call.state.datacenter;
  checkVnet(call, ["SDN.Allocate"]);
  const id = text(call, "subnet") ?? "";
  sdn.guarded("update sdn subnet object failed", call.params["lock-token"], () => {
    const old = sdn.subnets.get(id);
    if (!old) throw die(missing(id));
    sdn.subnets.assertUnmodified(call.params.digest);
    const values = valuesOf(call, `PUT ${PATH}/{subnet}`);
    checkConfig("subnet", OPTIONS, values, false);
    const subnet: Section = { ...old };
    deleteOptions(subnet, OPTIONS, values, splitList(call.params.delete));
    Object.assign(subnet, values);
    settle(call, id, subnet, old);
    sdn.subnets.set(id, subnet);
  });
  return null;
}

function remove(call: Call): null {
  const { sdn } = call.state.datacenter;
  const vnet = checkVnet(call, ["SDN.Allocate"]);
  const id = text(call, "subnet") ?? "";
  sdn.guarded("delete sdn subnet object failed", call.params["lock-token"], () => {
    const zoneId = String(sdn.vnets.get(vnet)!.zone);
    if (sdn.zones.get(zoneId)?.ipam !== undefined) {
      const cidr = sdn.subnets.has(id) ? partsOf(id).cidr : "";
      if (!sdn.known.has(`${zoneId} ${cidr}`)) throw die(`subnet '${cidr}' doesn't exist in IPAM DB`);
      if (sdn.ips.some((entry) => entry.zone === zoneId && entry.subnet === cidr && entry.gateway === undefined))
        throw die(`cannot delete subnet '${cidr}', not empty`);
      forgetGateway(call, zoneId, cidr);
      sdn.known.delete(`${zoneId} ${cidr}`);
    }
    sdn.subnets.delete(id);
  });
  return null;
}

/** Subnets of a vnet, and what of them is to be handed out. */
export const sdnSubnetRoutes: readonly Route[] = [
  {
    id: `GET ${PATH}`,
    run: (call) => {
      const vnet = checkVnet(call, ["SDN.Audit", "SDN.Allocate"]);
      return { data: rowsOf(call, "subnets", show).filter((row) => row.vnet === vnet) };
    },
  },
  {
    id: `GET ${PATH}/{subnet}`,
    run: (call) => {
      const vnet = checkVnet(call, ["SDN.Audit", "SDN.Allocate"]);
      const id = text(call, "subnet") ?? "";
      const row = rowOf(call, "subnets", id, missing(id), show);
      if (row.vnet !== vnet) throw parameterRefusal({ vnet: "wrong vnet" });
      return { data: row };
    },
  },
  { id: `POST ${PATH}`, writes: true, run: (call) => ({ data: create(call) }) },
  { id: `PUT ${PATH}/{subnet}`, writes: true, run: (call) => ({ data: update(call) }) },
  { id: `DELETE ${PATH}/{subnet}`, writes: true, run: (call) => ({ data: remove(call) }) },
];
