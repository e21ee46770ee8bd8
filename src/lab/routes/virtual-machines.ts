import { agentRoutes } from "./agent.ts";
import { qemuRoutes } from "./qemu.ts";
import { qemuConfigRoutes } from "./qemu-config.ts";
import { qemuConsoleRoutes } from "./qemu-console.ts";
import { qemuPowerRoutes } from "./qemu-power.ts";
import { qemuSnapshotRoutes } from "./qemu-snapshots.ts";
import type { Route } from "./route.ts";

/** Everything about VMs but their firewalls and their statistics. */
export const virtualMachineRoutes: readonly Route[] = [
  ...qemuRoutes,
  ...qemuConfigRoutes,
  ...qemuPowerRoutes,
  ...qemuSnapshotRoutes,
  ...qemuConsoleRoutes,
  ...agentRoutes,
];
