import { die, parameterRefusal } from "../refusal.ts";
import { connectProblem } from "../state/reach.ts";
import { options, type Section } from "../state/section-config.ts";
import { type Crud, crudRoutes } from "./crud.ts";
import { type Call, type Route, text } from "./route.ts";
import { maySee, rowOf, rowsOf } from "./sdn-list.ts";

const PATH = "/cluster/sdn/controllers";

/** Where a `die` without a newline says it happened. */
const AT = "at /usr/share/perl5/PVE/Network/SDN/Controllers";

function missing(id: string): string {
  return `sdn '${id}' does not exist`;
}

const show = (id: string, controller: Section): Section => ({ ...controller, controller: id });

function locked(texts: string): Pick<Crud, "lock" | "texts"> {
  return {
    lock: (call, prefix, work) => call.state.datacenter.sdn.guarded(prefix, call.params["lock-token"], work),
    texts: {
      exists: (id) => `sdn ${texts} object ID '${id}' already defined`,
      missing,
      missingOnDelete: missing,
      create: `create sdn ${texts} object failed`,
      update: `update sdn ${texts} object failed`,
      delete: `delete sdn ${texts === "ipam" || texts === "dns" ? "zone" : texts} object failed`,
    },
  };
}

/** Services are asked once before they are taken in. */
function reach(name: string): Crud["settle"] {
  return (call, _, section) => {
    const problem = section.url === undefined ? undefined : connectProblem(call.state, String(section.url));
    if (problem !== undefined) throw die(`${name}: Invalid response from server: 500 ${problem}`);
  };
}

/** One EVPN controller for all, one of the others for each node. */
function settle(call: Call, id: string, controller: Section): void {
  const { controllers } = call.state.datacenter.sdn;
  const others = controllers.ids.filter((other) => other !== id && controllers.get(other)!.type === controller.type);
  if (controller.type === "evpn" && (controller.peers === undefined) === (controller.fabric === undefined)) {
    const wrong = "must have exactly one of peers / fabric defined";
    throw parameterRefusal({ peers: wrong, fabric: wrong });
  }
  if (controller.type === "evpn" && others.length > 0)
    throw die(`only 1 global evpn controller can be defined ${AT}/EvpnPlugin.pm line 392.`);
  if (controller.type === "bgp") {
    const local = others.filter((other) => controllers.get(other)!.node === call.state.entry.name);
    if (local.length > 1) throw die(`only 1 bgp controller can be defined ${AT}/BgpPlugin.pm line 182.`);
  }
}

function release(call: Call, id: string): void {
  const { zones } = call.state.datacenter.sdn;
  const user = zones.ids.find((zone) => zones.get(zone)!.controller === id);
  if (user !== undefined) throw die(`controller ${id} is used by ${user} ${AT}/EvpnPlugin.pm line 374.`);
}

const visible = (kind: string): Crud["visible"] => ({
  path: (id) => `/sdn/${kind}/${id}`,
  any: ["SDN.Audit", "SDN.Allocate"],
});

/** Controllers, and the services that know addresses and names. */
export const sdnControllerRoutes: readonly Route[] = [
  {
    id: `GET ${PATH}`,
    run: (call) => ({
      data: rowsOf(call, "controllers", show).filter((row) => maySee(call, `/sdn/controllers/${row.controller}`)),
    }),
  },
  {
    id: `GET ${PATH}/{controller}`,
    run: (call) => {
      const id = text(call, "controller") ?? "";
      return { data: rowOf(call, "controllers", id, missing(id), show) };
    },
  },
  ...crudRoutes({
    path: PATH,
    id: "controller",
    config: (call) => call.state.datacenter.sdn.controllers,
    types: {
      evpn: options("asn", "peers fabric"),
      bgp: options("node asn peers", "bgp-multipath-as-path-relax ebgp ebgp-multihop loopback"),
      isis: options("node isis-domain isis-ifaces isis-net", "loopback"),
      faucet: options("", ""),
    },
    ...locked("controller"),
    settle,
    release,
  }).filter((route) => !route.id.startsWith("GET")),
  ...crudRoutes({
    path: "/cluster/sdn/ipams",
    id: "ipam",
    config: (call) => call.state.datacenter.sdn.ipams,
    types: {
      pve: options("", ""),
      netbox: options("url token", "fingerprint"),
      phpipam: options("url token section", "fingerprint"),
    },
    visible: visible("ipams"),
    settle: (call, id, section, old) => {
      const name = section.type === "phpipam" ? "phpipam" : "netbox";
      if (section.type !== "pve") reach(`Can't connect to ${name} api`)?.(call, id, section, old);
    },
    ...locked("ipam"),
  }),
  ...crudRoutes({
    path: "/cluster/sdn/dns",
    id: "dns",
    config: (call) => call.state.datacenter.sdn.dns,
    types: { powerdns: options("url key", "ttl reversemaskv6 reversev6mask fingerprint") },
    visible: visible("dns"),
    settle: reach("dns api error"),
    ...locked("dns"),
  }),
];
