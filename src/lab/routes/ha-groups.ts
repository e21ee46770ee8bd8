import { die } from "../refusal.ts";
import type { ClusterState } from "../state/cluster.ts";
import { options, splitList } from "../state/section-config.ts";
import { isIn } from "../versions.ts";
import { crudRoutes } from "./crud.ts";
import type { Call, Route } from "./route.ts";

const PATH = "/cluster/ha/groups";
const MIGRATED = "ha groups have been migrated to rules";

/** What each operation could not do, once groups had become rules. */
const WHAT: Readonly<Record<string, string>> = {
  [`GET ${PATH}`]: "index groups",
  [`GET ${PATH}/{group}`]: "read group",
  [`POST ${PATH}`]: "create group",
  [`PUT ${PATH}/{group}`]: "update group",
  [`DELETE ${PATH}/{group}`]: "delete group",
};

/** Whether groups have been migrated to rules, as they are from 9.0 on (pve-facts 91). */
export function groupsMigrated(state: ClusterState): boolean {
  return isIn(state.entry.version, { since: "9.0" });
}

function checkNodes(call: Call, names: unknown): void {
  for (const item of splitList(names)) {
    const [name = ""] = item.split(":");
    if (!call.state.nodes.has(name)) throw die(`node '${name}' does not exist`);
  }
}

const working = crudRoutes({
  path: PATH,
  id: "group",
  config: (call) => call.state.datacenter.ha.groups,
  types: { group: options("nodes", "comment restricted nofailback") },
  type: "group",
  texts: {
    exists: (id) => `ha group '${id}' already defined`,
    missing: (id) => `no such ha group '${id}'`,
    create: "create ha group failed",
    update: "update ha group failed",
    delete: "delete ha group failed",
  },
  settle: (call, _, group) => {
    checkNodes(call, group.nodes);
    group.nodes = splitList(group.nodes).sort().join(",");
  },
  release: (call, id) => {
    for (const resource of call.state.ha.values())
      if (call.state.datacenter.ha.configured(resource).group === id)
        throw die(`ha group is used by service '${resource.sid}'`);
  },
});

/** Groups of nodes for HA resources, which became rules with 9.0. */
export const haGroupRoutes: readonly Route[] = working.map((route) => ({
  ...route,
  run: (call) => {
    if (groupsMigrated(call.state)) throw die(`cannot ${WHAT[route.id]}: ${MIGRATED}`);
    return route.run(call);
  },
}));
