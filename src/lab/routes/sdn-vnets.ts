import { die, forbidden, parameterRefusal } from "../refusal.ts";
import { options, type Section } from "../state/section-config.ts";
import { crudRoutes } from "./crud.ts";
import { type Call, may, type Route, text } from "./route.ts";
import { maySee, rowOf, rowsOf } from "./sdn-list.ts";

const PATH = "/cluster/sdn/vnets";
const OPTIONS = options("zone", "tag alias vlanaware isolate-ports");

/** Highest tags of VLANs and of VXLANs. */
const MAX_VLAN = 4096;
const MAX_VXLAN = 16_777_216;

function missingVnet(id: string): string {
  return `sdn vnet '${id}' does not exist`;
}

/** Refuses whoever may not do that with the vnet; one that is not there has no zone to be asked about. */
export function checkVnet(call: Call, privileges: readonly string[]): string {
  const id = text(call, "vnet") ?? "";
  const vnet = call.state.datacenter.sdn.vnets.get(id);
  if (!vnet) throw die(missingVnet(id));
  const path = `/sdn/zones/${vnet.zone}/${id}`;
  if (!privileges.some((privilege) => may(call, path, privilege))) throw forbidden(path, privileges);
  return id;
}

/** Other vnets whose tag is the same, among those that a zone's kind compares with. */
function sameTag(call: Call, id: string, vnet: Section, alike: (other: Section) => boolean): string | undefined {
  const { vnets } = call.state.datacenter.sdn;
  return vnets.ids.find((other) => {
    const section = vnets.get(other)!;
    return other !== id && alike(section) && (section.tag ?? 0) === (vnet.tag ?? 0);
  });
}

function checkTag(call: Call, id: string, vnet: Section): void {
  const { zones } = call.state.datacenter.sdn;
  const zone = zones.get(String(vnet.zone));
  if (!zone) throw die("cannot lookup undefined type! at /usr/share/perl5/PVE/API2/Network/SDN/Vnets.pm line 338.");
  const tag = vnet.tag as number | undefined;
  const neighbour = (other: Section): boolean => other.zone === vnet.zone;
  switch (zone.type) {
    case "simple":
      if (tag !== undefined) throw parameterRefusal({ tag: "vlan tag is not allowed on simple zone" });
      return;
    case "vlan": {
      if (tag === undefined) throw parameterRefusal({ tag: "missing vlan tag" });
      if (tag > MAX_VLAN) throw parameterRefusal({ tag: `vlan tag max value is ${MAX_VLAN}` });
      const other = sameTag(call, id, vnet, neighbour);
      if (other !== undefined) throw parameterRefusal({ tag: `tag ${tag} already exist in vnet ${other}` });
      return;
    }
    case "qinq": {
      if (tag !== undefined && tag > MAX_VLAN) throw parameterRefusal({ tag: `VLAN tag maximal value is ${MAX_VLAN}` });
      const other = sameTag(call, id, vnet, neighbour);
      if (other === undefined) return;
      const what = tag ? `tag ${tag} already exist` : "tag-less vnet already exists";
      throw parameterRefusal({ tag: `${what} in zone ${vnet.zone} vnet ${other}` });
    }
    case "vxlan":
    case "evpn": {
      if (tag === undefined) throw parameterRefusal({ tag: "missing vxlan tag" });
      if (tag > MAX_VXLAN) throw parameterRefusal({ tag: `vxlan tag max value is ${MAX_VXLAN}` });
      if (zone.type === "evpn" && vnet.vlanaware)
        throw parameterRefusal({ "vlan-aware": "vlan-aware option can't be enabled with evpn" });
      const other = sameTag(call, id, vnet, (section) =>
        ["vxlan", "evpn"].includes(String(zones.get(String(section.zone))?.type)),
      );
      if (other === undefined) return;
      const { zone: otherZone } = call.state.datacenter.sdn.vnets.get(other)!;
      throw parameterRefusal({ tag: `vxlan tag ${tag} already exist in vnet ${other} in zone ${otherZone} ` });
    }
  }
}

function settle(call: Call, id: string, vnet: Section, old: Section | undefined): void {
  const subnets = call.state.datacenter.sdn.subnetsOf(id);
  if (old && old.zone !== vnet.zone && subnets.length > 0)
    throw parameterRefusal({ zone: "can't change zone if subnets exist" });
  checkTag(call, id, vnet);
  if (vnet.vlanaware && subnets.length > 0)
    throw parameterRefusal({ vlanaware: "vlanaware vnet is not compatible with subnets" });
}

const show = (id: string, vnet: Section): Section => ({ ...vnet, vnet: id });

function zoneOf(row: Section): unknown {
  return row.zone ?? (row.pending as Section | undefined)?.zone;
}

/** The checks that a change or removal starts with. */
function guardedByZone(route: Route): Route {
  if (route.id.startsWith("POST")) return route;
  return {
    ...route,
    run: (call) => {
      checkVnet(call, ["SDN.Allocate"]);
      return route.run(call);
    },
  };
}

/** Vnets: the networks that guests are plugged into. */
export const sdnVnetRoutes: readonly Route[] = [
  {
    id: `GET ${PATH}`,
    run: (call) => ({
      data: rowsOf(call, "vnets", show).filter((row) => maySee(call, `/sdn/zones/${zoneOf(row)}/${row.vnet}`)),
    }),
  },
  {
    id: `GET ${PATH}/{vnet}`,
    run: (call) => {
      const id = checkVnet(call, ["SDN.Audit", "SDN.Allocate"]);
      return { data: rowOf(call, "vnets", id, missingVnet(id), show) };
    },
  },
  ...crudRoutes({
    path: PATH,
    id: "vnet",
    config: (call) => call.state.datacenter.sdn.vnets,
    types: { vnet: OPTIONS },
    type: "vnet",
    lock: (call, prefix, work) => call.state.datacenter.sdn.guarded(prefix, call.params["lock-token"], work),
    texts: {
      exists: (id) => `sdn vnet object ID '${id}' already defined`,
      missing: missingVnet,
      missingOnDelete: missingVnet,
      create: "create sdn vnet object failed",
      update: "update sdn vnet object failed",
      delete: "delete sdn vnet object failed",
    },
    settle,
    release: (call, id) => {
      if (call.state.datacenter.sdn.subnetsOf(id).length > 0)
        throw parameterRefusal({ vnet: "Can't delete vnet if subnets exists" });
    },
  })
    .filter((route) => !route.id.startsWith("GET"))
    .map(guardedByZone),
];
