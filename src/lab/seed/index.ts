import type { ClusterState } from "../state/cluster.ts";
import { Builder } from "./build.ts";
import { characters, history, pair } from "./characters.ts";
import { crowd } from "./crowd.ts";
import { recorded } from "./recorded.ts";

/** Clusters that a lab can start with: three sizes, and the machine of the recorded exchanges. */
export type SeedName = "small" | "medium" | "large" | "recorded";

/** How many nodes and guests a seed has, and how large one of its nodes is. */
export const SEEDS: Readonly<Record<SeedName, { nodes: number; guests: number; size: { cpus: number; gib: number } }>> =
  {
    small: { nodes: 1, guests: 5, size: { cpus: 16, gib: 64 } },
    medium: { nodes: 3, guests: 100, size: { cpus: 64, gib: 512 } },
    large: { nodes: 32, guests: 10_000, size: { cpus: 256, gib: 2048 } },
    recorded: { nodes: 1, guests: 0, size: { cpus: 2, gib: 24 } },
  };

/** Fills an empty cluster; `firstVmid` and everything else being equal, always in the same way. */
export function plant(
  state: ClusterState,
  seed: SeedName,
  options: { firstVmid: number; nodePrefix: string; fingerprint: string; version: string; random: number },
): void {
  const { nodes, guests, size } = SEEDS[seed];
  const builder = new Builder(state, options.random, options.nodePrefix);
  if (seed === "recorded") {
    recorded(builder, options.fingerprint, options.version);
    return;
  }
  builder.nodes(nodes, options.fingerprint, options.version, size);
  builder.storages();
  pair(builder, options.firstVmid);
  if (seed !== "small") {
    characters(builder, options.firstVmid + 5);
    crowd(builder, options.firstVmid + 20, guests - state.guests.size);
  }
  history(builder, options.firstVmid);
}
