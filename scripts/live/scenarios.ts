import { TOOL_MODULES } from "../../src/tools/registry.ts";
import { containers } from "./scenarios/containers.ts";
import { reading } from "./scenarios/reading.ts";
import { storageAndJobs } from "./scenarios/storage-and-jobs.ts";
import { virtualMachines } from "./scenarios/virtual-machines.ts";
import type { LiveScenarios } from "./stage.ts";

const { proxmox_vm_create, ...laterMachines } = virtualMachines;

/** All scenarios, in the order in which they build on each other: first the VM that others look at. */
export const SCENARIOS: LiveScenarios = {
  proxmox_vm_create: proxmox_vm_create!,
  ...reading,
  ...laterMachines,
  ...containers,
  ...storageAndJobs,
};

/** Tools that are not tried on a real host, and why. */
export const NOT_TRIED: Readonly<Record<string, string>> = {
  proxmox_bootstrap_node_access:
    "makes a user, a token and an SSH key on the host, which the guard lets nobody do; the lab tries it",
};

/** Tools that have neither a scenario nor a reason, and names that are no tools. */
export function uncovered(): string[] {
  const tools = Object.keys(TOOL_MODULES);
  const covered = [...Object.keys(SCENARIOS), ...Object.keys(NOT_TRIED)];
  return [...tools.filter((tool) => !covered.includes(tool)), ...covered.filter((tool) => !tools.includes(tool))];
}
