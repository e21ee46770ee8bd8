import { aplinfoRoutes } from "./aplinfo.ts";
import { aptRoutes } from "./apt.ts";
import { capabilityRoutes } from "./capabilities.ts";
import { cephRoutes } from "./ceph.ts";
import { certificateRoutes } from "./certificates.ts";
import { consoleRoutes } from "./consoles.ts";
import { diskVolumeRoutes } from "./disk-volumes.ts";
import { zfsRoutes } from "./disk-zfs.ts";
import { diskRoutes } from "./disks.ts";
import { hardwareRoutes } from "./hardware.ts";
import { networkRoutes } from "./network.ts";
import { nodeBulkRoutes } from "./node-bulk.ts";
import { nodeLogRoutes } from "./node-logs.ts";
import { nodePowerRoutes } from "./node-power.ts";
import { nodeQueryRoutes } from "./node-queries.ts";
import { nodeSettingRoutes } from "./node-settings.ts";
import type { Route } from "./route.ts";
import { rrdRoutes } from "./rrd.ts";
import { scanRoutes } from "./scan.ts";
import { serviceRoutes } from "./services.ts";
import { subscriptionRoutes } from "./subscription.ts";

/** Operations on what is below one node, guests and storages apart. */
export const nodeDomainRoutes: readonly Route[] = [
  ...nodeSettingRoutes,
  ...nodePowerRoutes,
  ...nodeBulkRoutes,
  ...nodeLogRoutes,
  ...nodeQueryRoutes,
  ...networkRoutes,
  ...serviceRoutes,
  ...aptRoutes,
  ...aplinfoRoutes,
  ...subscriptionRoutes,
  ...certificateRoutes,
  ...capabilityRoutes,
  ...hardwareRoutes,
  ...diskRoutes,
  ...diskVolumeRoutes,
  ...zfsRoutes,
  ...scanRoutes,
  ...cephRoutes,
  ...consoleRoutes,
  ...rrdRoutes,
];
