import { agentRoutes } from "./agent.ts";
import { clusterRoutes } from "./cluster.ts";
import { configRoutes } from "./config.ts";
import { guestRoutes } from "./guests.ts";
import { nodeRoutes } from "./nodes.ts";
import { powerRoutes } from "./power.ts";
import type { Route } from "./route.ts";
import { storageRoutes } from "./storage.ts";
import { taskRoutes } from "./tasks.ts";

/** Every operation that the lab simulates. */
export const routes: readonly Route[] = [
  ...clusterRoutes,
  ...nodeRoutes,
  ...guestRoutes,
  ...powerRoutes,
  ...configRoutes,
  ...agentRoutes,
  ...storageRoutes,
  ...taskRoutes,
];
