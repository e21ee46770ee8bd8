import { accessRoutes } from "./access.ts";
import { acmeRoutes } from "./acme.ts";
import { bulkActionRoutes } from "./bulk-action.ts";
import { clusterRoutes } from "./cluster.ts";
import { clusterCephRoutes } from "./cluster-ceph.ts";
import { clusterConfigRoutes } from "./cluster-config.ts";
import { clusterJobRoutes } from "./cluster-jobs.ts";
import { containerRoutes } from "./containers.ts";
import { cpuModelRoutes } from "./cpu-models.ts";
import { firewallRoutes } from "./firewall.ts";
import { haRoutes } from "./ha.ts";
import { mappingRoutes } from "./mapping.ts";
import { metricRoutes } from "./metrics.ts";
import { nodeDomainRoutes } from "./node-domain.ts";
import { nodeRoutes } from "./nodes.ts";
import { notificationRoutes } from "./notifications.ts";
import { optionRoutes } from "./options.ts";
import { poolRoutes } from "./pools.ts";
import { powerRoutes } from "./power.ts";
import { replicationRoutes } from "./replication.ts";
import { rootRoutes } from "./root.ts";
import type { Route } from "./route.ts";
import { sdnRoutes } from "./sdn.ts";
import { taskRoutes } from "./tasks.ts";
import { virtualMachineRoutes } from "./virtual-machines.ts";

/** Every operation that the lab simulates. */
export const routes: readonly Route[] = [
  ...rootRoutes,
  ...accessRoutes,
  ...poolRoutes,
  ...clusterRoutes,
  ...sdnRoutes,
  ...replicationRoutes,
  ...optionRoutes,
  ...notificationRoutes,
  ...metricRoutes,
  ...mappingRoutes,
  ...haRoutes,
  ...cpuModelRoutes,
  ...clusterJobRoutes,
  ...clusterConfigRoutes,
  ...clusterCephRoutes,
  ...bulkActionRoutes,
  ...acmeRoutes,
  ...nodeRoutes,
  ...nodeDomainRoutes,
  ...powerRoutes,
  ...virtualMachineRoutes,
  ...containerRoutes,
  ...taskRoutes,
  ...firewallRoutes,
];
