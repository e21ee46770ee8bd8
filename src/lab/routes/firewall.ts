import { macros } from "../firewall/macros.ts";
import { CLUSTER, CONTAINER, NODE, type Place, VM, VNET } from "../firewall/place.ts";
import { sdnSets } from "../firewall/sdn-sets.ts";
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

type Comments = Iterable<readonly [name: string, comment: string | undefined]>;

/** References of one kind, in the order of their names. */
function references(type: "ipset" | "alias", scope: string, comments: Comments): object[] {
  return [...comments]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, comment]) => ({
      type,
      name,
      ref: type === "ipset" ? `+${name}` : name,
      scope,
      ...(comment === undefined ? {} : { comment }),
    }));
}

function commentsOf(named: ReadonlyMap<string, { comment?: string }>): Comments {
  return [...named].map(([name, { comment }]) => [name, comment] as const);
}

/** What `source` and `dest` of a rule may name. */
function refs(place: Place): Route {
  return {
    id: `GET ${place.path}/refs`,
    ...(place.local ? { local: true } : {}),
    run: (call: Call) => {
      const { state } = call;
      const wanted = text(call, "type");
      const defined = (config: FirewallConfig, scope: string): object[] => [
        ...(wanted === "alias" ? [] : references("ipset", scope, commentsOf(config.ipsets))),
        ...(wanted === "ipset" ? [] : references("alias", scope, commentsOf(config.aliases))),
      ];
      const shared = defined(state.firewall.cluster, "dc");
      const sdn = wanted === "alias" ? [] : references("ipset", "sdn", sdnSets(state, call));
      return {
        data: place === CLUSTER ? [...sdn, ...shared] : [...shared, ...sdn, ...defined(place.config(call), "guest")],
      };
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
