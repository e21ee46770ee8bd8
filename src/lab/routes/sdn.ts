import { interfacesBeforeAndAfter } from "../state/sdn-interfaces.ts";
import { unifiedDiff } from "../state/unified-diff.ts";
import { directory } from "./crud.ts";
import { type Call, flag, type Route, text } from "./route.ts";
import { sdnControllerRoutes } from "./sdn-controllers.ts";
import { sdnFabricRoutes } from "./sdn-fabrics.ts";
import { sdnIpRoutes } from "./sdn-ips.ts";
import { sdnNodeRoutes } from "./sdn-nodes.ts";
import { sdnSubnetRoutes } from "./sdn-subnets.ts";
import { sdnVnetRoutes } from "./sdn-vnets.ts";
import { sdnZoneRoutes } from "./sdn-zones.ts";
import { startTask } from "./tasks.ts";

const PATH = "/cluster/sdn";

/** Has a node take over what was applied; the parent does not care how that ends (pve-facts 55). */
function reloadNode(call: Call, node: string): void {
  const { state } = call;
  const { sdn } = state.datacenter;
  const { version } = sdn;
  state.tasks.start({
    node,
    type: "srvreload",
    id: "networking",
    user: "root@pam",
    weight: 0.3,
    work: () => {
      const exit = state.hosts.of(node).profile.reloadExit;
      if (exit !== 0) throw new Error(`command 'ifreload -a' failed: exit code ${exit}`);
      sdn.nodeVersions.set(node, version);
      return undefined;
    },
  });
}

/** Whether a held lock goes with the work that it was held for: only when told, whatever the documented default. */
function releases(call: Call): boolean {
  return call.params["lock-token"] !== undefined && flag(call, "release-lock");
}

function apply(call: Call): { data: string } {
  const { state } = call;
  const { sdn } = state.datacenter;
  sdn.guarded("could not commit SDN config", call.params["lock-token"], () => {
    sdn.commit();
    if (releases(call)) sdn.unlock();
  });
  return startTask(call, {
    node: state.entry.name,
    type: "reloadnetworkall",
    id: "",
    weight: 0.5,
    begin: (task) => {
      for (const node of state.nodes.values()) {
        task.log.push(`${node.name}: reloading network config`);
        if (node.online) reloadNode(call, node.name);
        else task.log.push(`WARN: command 'pvesh set /nodes/${node.name}/network' failed: exit code 255`);
      }
    },
  });
}

function rollback(call: Call): null {
  const { sdn } = call.state.datacenter;
  sdn.guarded("could not rollback SDN configuration", call.params["lock-token"], () => {
    sdn.rollback();
    if (releases(call)) sdn.unlock();
  });
  return null;
}

function unlock(call: Call): null {
  const { sdn } = call.state.datacenter;
  if (flag(call, "force")) sdn.unlock();
  else sdn.guarded("could not release lock", call.params["lock-token"], () => sdn.unlock());
  return null;
}

/** The routing daemon's file as it is always written; the lab's nodes have none yet. */
function routingText(node: string): string {
  const head = ["frr version 10.4.1", "frr defaults datacenter", `hostname ${node}`, "log syslog informational"];
  return [...head, "service integrated-vtysh-config", "!", "line vty", "!", ""].join("\n");
}

function headed(file: string, before: string, after: string): string | null {
  const diff = unifiedDiff(before, after);
  return diff === "" ? null : `--- ${file}\n+++ ${file}.new\n${diff}`;
}

/** What applying would change on a node. */
function dryRun(call: Call): Record<string, string | null> {
  const name = text(call, "node") ?? "";
  const node = name === "localhost" ? call.state.entry.name : name;
  return {
    "frr-diff": headed("/etc/frr/frr.conf", "", routingText(node)),
    "interfaces-diff": headed("/etc/network/interfaces.d/sdn", ...interfacesBeforeAndAfter(call.state, node)),
  };
}

/** The software-defined network as a whole: lock, apply, roll back, and everything below it. */
export const sdnRoutes: readonly Route[] = [
  directory(PATH, "id", "vnets zones controllers ipams dns fabrics"),
  { id: `PUT ${PATH}`, writes: true, run: apply },
  { id: `GET ${PATH}/dry-run`, run: (call) => ({ data: dryRun(call) }) },
  {
    id: `POST ${PATH}/lock`,
    writes: true,
    run: (call) => ({ data: call.state.datacenter.sdn.lock(flag(call, "allow-pending")) }),
  },
  { id: `DELETE ${PATH}/lock`, writes: true, run: (call) => ({ data: unlock(call) }) },
  { id: `POST ${PATH}/rollback`, writes: true, run: (call) => ({ data: rollback(call) }) },
  ...sdnZoneRoutes,
  ...sdnVnetRoutes,
  ...sdnSubnetRoutes,
  ...sdnControllerRoutes,
  ...sdnIpRoutes,
  ...sdnFabricRoutes,
  ...sdnNodeRoutes,
];
