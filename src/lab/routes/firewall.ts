import { macros } from "../firewall/macros.ts";
import { CLUSTER, CONTAINER, NODE, type Place, VM, VNET } from "../firewall/place.ts";
import type { FirewallConfig } from "../state/firewall.ts";
import { aliasRoutes } from "./firewall-aliases.ts";
import { groupRoutes } from "./firewall-groups.ts";
import { ipsetRoutes } from "./firewall-ipsets.ts";
import { logRoute } from "./firewall-log.ts";
import { optionRoutes } from "./firewall-options.ts";
import { ownRules, ruleRoutes } from "./firewall-rules.ts";
import { type Call, type Route, text } from "./route.ts";

function index(place: Place, names: string): Route {
  const data = names.split(" ").map((name) => ({ name }));
  return { id: `GET ${place.path}`, ...(place.local ? { local: true } : {}), run: () => ({ data }) };
}

/** What `source` and `dest` of a rule may name. */
function references(config: FirewallConfig, scope: string, type: string | undefined): object[] {
  const shown = (kind: string, name: string, ref: string, comment: string | undefined): object => ({
    type: kind,
    name,
    ref,
    scope,
    ...(comment === undefined ? {} : { comment }),
  });
  const sets = [...config.ipsets].map(([name, { comment }]) => shown("ipset", name, `+${name}`, comment));
  const aliases = [...config.aliases].map(([name, { comment }]) => shown("alias", name, name, comment));
  return [...(type === "alias" ? [] : sets), ...(type === "ipset" ? [] : aliases)];
}

function refs(place: Place): Route {
  return {
    id: `GET ${place.path}/refs`,
    ...(place.local ? { local: true } : {}),
    run: (call: Call) => {
      const type = text(call, "type");
      const shared = references(call.state.firewall.cluster, "dc", type);
      return { data: place === CLUSTER ? shared : [...shared, ...references(place.config(call), "guest", type)] };
    },
  };
}

function guestRoutes(place: Place): Route[] {
  return [
    index(place, "rules aliases ipset refs options"),
    ...optionRoutes(place),
    ...ruleRoutes(ownRules(place)),
    ...aliasRoutes(place),
    ...ipsetRoutes(place),
    refs(place),
    logRoute(place),
  ];
}

/** The firewall of the cluster, its nodes, guests and virtual networks. */
export const firewallRoutes: readonly Route[] = [
  index(CLUSTER, "aliases rules options groups ipset macros refs"),
  ...optionRoutes(CLUSTER),
  ...ruleRoutes(ownRules(CLUSTER)),
  ...groupRoutes,
  ...aliasRoutes(CLUSTER),
  ...ipsetRoutes(CLUSTER),
  refs(CLUSTER),
  {
    id: "GET /cluster/firewall/macros",
    run: () => ({ data: macros().map(({ name, descr }) => ({ macro: name, descr })) }),
  },
  index(NODE, "rules options log"),
  ...optionRoutes(NODE),
  ...ruleRoutes(ownRules(NODE)),
  logRoute(NODE),
  ...guestRoutes(VM),
  ...guestRoutes(CONTAINER),
  index(VNET, "rules options"),
  ...optionRoutes(VNET),
  ...ruleRoutes(ownRules(VNET)),
];
