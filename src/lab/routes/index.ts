import { accessRoutes } from "./access.ts";
import { agentRoutes } from "./agent.ts";
import { clusterRoutes } from "./cluster.ts";
import { configRoutes } from "./config.ts";
import { contentRoutes } from "./content.ts";
import { guestRoutes } from "./guests.ts";
import { nodeRoutes } from "./nodes.ts";
import { poolRoutes } from "./pools.ts";
import { powerRoutes } from "./power.ts";
import type { Route } from "./route.ts";
import { storageRoutes } from "./storage.ts";
import { storageDefinitionRoutes } from "./storage-definitions.ts";
import { taskRoutes } from "./tasks.ts";

/** Every operation that the lab simulates. */
export const routes: readonly Route[] = [
  ...accessRoutes,
  ...poolRoutes,
  ...clusterRoutes,
  ...nodeRoutes,
  ...guestRoutes,
  ...powerRoutes,
  ...configRoutes,
  ...agentRoutes,
  ...storageRoutes,
  ...storageDefinitionRoutes,
  ...contentRoutes,
  ...taskRoutes,
];
