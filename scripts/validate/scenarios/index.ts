import type { Domain } from "../scenario.ts";
import { access } from "./access.ts";
import { api } from "./api.ts";
import { backup } from "./backup.ts";
import { cluster } from "./cluster.ts";
import { diagnose } from "./diagnose.ts";
import { guests } from "./guests.ts";
import { inventory } from "./inventory.ts";
import { jobs } from "./jobs.ts";
import { machines } from "./machines.ts";
import { network } from "./network.ts";
import { storage } from "./storage.ts";
import { vmConfig } from "./vm-config.ts";

/** All scenarios; a tool without one here has not been exercised. */
export const DOMAINS: readonly Domain[] = [
  inventory,
  guests,
  vmConfig,
  diagnose,
  machines,
  storage,
  backup,
  jobs,
  network,
  access,
  cluster,
  api,
];
