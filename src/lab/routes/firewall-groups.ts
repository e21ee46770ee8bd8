import { assertUnmodified, withDigest } from "../firewall/digest.ts";
import { theGroup } from "../firewall/place.ts";
import type { Rule } from "../firewall/rule.ts";
import { die } from "../refusal.ts";
import type { FirewallState } from "../state/firewall.ts";
import { describeNamed, nameOnce, rename } from "./firewall-named.ts";
import { groupRules, ruleRoutes } from "./firewall-rules.ts";
import { type Call, type Route, text } from "./route.ts";

/** Rules everywhere, but those of virtual networks, follow a group to its new name. */
function follow({ cluster, nodes, guests }: FirewallState, from: string, to: string): void {
  const renamed = (rule: Rule): Rule =>
    rule.type === "group" && rule.action === from ? { ...rule, action: to } : rule;
  for (const config of [cluster, ...nodes.values(), ...guests.values()]) config.rules = config.rules.map(renamed);
}

function create(call: Call): null {
  const { firewall } = call.state;
  const { groups } = firewall.cluster;
  const group = text(call, "group") ?? "";
  const from = text(call, "rename");
  const comment = text(call, "comment");
  if (!from) {
    nameOnce(groups, group, comment, { rules: [] }, { group: `Security group '${group}' already exists` });
    return null;
  }
  assertUnmodified(describeNamed(groups, "group"), call.params.digest);
  rename(groups, from, group, comment, {
    missing: { group: `Security group '${from}' does not exist` },
    taken: { group: `Security group '${group}' does already exist` },
  });
  if (from !== group) follow(firewall, from, group);
  return null;
}

function remove(call: Call): null {
  const name = text(call, "group") ?? "";
  if (theGroup(call).rules.length > 0) throw die(`Security group '${name}' is not empty`);
  call.state.firewall.cluster.groups.delete(name);
  return null;
}

const PATH = "/cluster/firewall/groups";

/** Security groups and their rules. */
export const groupRoutes: readonly Route[] = [
  {
    id: `GET ${PATH}`,
    run: ({ state }) => ({ data: withDigest(describeNamed(state.firewall.cluster.groups, "group")) }),
  },
  { id: `POST ${PATH}`, writes: true, run: (call) => ({ data: create(call) }) },
  { id: `DELETE ${PATH}/{group}`, writes: true, run: (call) => ({ data: remove(call) }) },
  ...ruleRoutes(groupRules),
];
