import { backupJobRoutes } from "./backup-jobs.ts";
import { contentRoutes } from "./content.ts";
import { lxcRoutes } from "./lxc.ts";
import { lxcCloneRoutes } from "./lxc-clone.ts";
import { lxcConfigRoutes } from "./lxc-config.ts";
import { lxcConsoleRoutes } from "./lxc-console.ts";
import { lxcCreateRoutes } from "./lxc-create.ts";
import { lxcDiskRoutes } from "./lxc-disks.ts";
import { lxcMigrateRoutes } from "./lxc-migrate.ts";
import { lxcSnapshotRoutes } from "./lxc-snapshot.ts";
import type { Route } from "./route.ts";
import { storageRoutes } from "./storage.ts";
import { storageDefinitionRoutes } from "./storage-definitions.ts";
import { storageInspectionRoutes } from "./storage-inspection.ts";
import { transferRoutes } from "./transfer.ts";
import { vzdumpRoutes } from "./vzdump.ts";

/** Containers, storages, volumes and backups. */
export const containerRoutes: readonly Route[] = [
  ...lxcRoutes,
  ...lxcConfigRoutes,
  ...lxcCreateRoutes,
  ...lxcCloneRoutes,
  ...lxcDiskRoutes,
  ...lxcSnapshotRoutes,
  ...lxcMigrateRoutes,
  ...lxcConsoleRoutes,
  ...storageDefinitionRoutes,
  ...storageRoutes,
  ...contentRoutes,
  ...transferRoutes,
  ...storageInspectionRoutes,
  ...vzdumpRoutes,
  ...backupJobRoutes,
];
