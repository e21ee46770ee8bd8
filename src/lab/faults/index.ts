import { accessFaults } from "./access.ts";
import { clusterFaults } from "./cluster.ts";
import type { Definition, Effect, FaultByName, FaultControls } from "./definition.ts";
import { guestFaults } from "./guests.ts";
import { hostFaults } from "./hosts.ts";
import { networkFaults } from "./network.ts";
import { storageFaults } from "./storage.ts";
import { taskFaults } from "./tasks.ts";
import { transportFaults } from "./transport.ts";
import { typeFaults } from "./types.ts";

/** Every fault that can be switched on by its name (pve-facts section 8). */
const all = {
  ...transportFaults,
  ...typeFaults,
  ...taskFaults,
  ...clusterFaults,
  ...guestFaults,
  ...storageFaults,
  ...networkFaults,
  ...accessFaults,
  ...hostFaults,
} as const;

export type FaultName = keyof typeof all;

/** The faults by name. */
export const FAULTS: Readonly<Record<FaultName, Definition>> = all;

/** What a named fault comes down to in a lab; throws when a node, a guest or a storage is not there. */
export function buildFault({ fault, match, ...options }: FaultByName, controls: FaultControls): Effect {
  const { state } = controls;
  for (const node of [options.node, options.to])
    if (node !== undefined && !state.nodes.has(node)) throw new Error(`there is no node '${node}'`);
  if (options.vmid !== undefined && !state.guests.has(options.vmid))
    throw new Error(`there is no guest ${options.vmid}`);
  if (options.storage !== undefined && !state.storages.has(options.storage))
    throw new Error(`there is no storage '${options.storage}'`);
  const effect = FAULTS[fault].build(options, controls);
  if (!match) return effect;
  return { ...effect, faults: (effect.faults ?? []).map((one) => ({ ...one, match: { ...one.match, ...match } })) };
}
