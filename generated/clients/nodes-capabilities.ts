// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/nodes-capabilities.ts";

/** Browse what a node is able to do, by area. */
export function getNodesCapabilities(send: Send, params: T.GetNodesCapabilitiesParams, options?: SendOptions): Promise<Answer<T.GetNodesCapabilitiesResult>> {
  return send("GET /nodes/{node}/capabilities", params, options);
}

/** Browse a node's QEMU abilities: CPU types, machine versions, migration. */
export function getNodesCapabilitiesQemu(send: Send, params: T.GetNodesCapabilitiesQemuParams, options?: SendOptions): Promise<Answer<T.GetNodesCapabilitiesQemuResult>> {
  return send("GET /nodes/{node}/capabilities/qemu", params, options);
}

/** Find CPU types (models) that a VM on a node can use. */
export function getNodesCapabilitiesQemuCpu(send: Send, params: T.GetNodesCapabilitiesQemuCpuParams, options?: SendOptions): Promise<Answer<T.GetNodesCapabilitiesQemuCpuResult>> {
  return send("GET /nodes/{node}/capabilities/qemu/cpu", params, options);
}

/** Find extra CPU flags that can be set per VM on a node. Since 9.1. */
export function getNodesCapabilitiesQemuCpuFlags(send: Send, params: T.GetNodesCapabilitiesQemuCpuFlagsParams, options?: SendOptions): Promise<Answer<T.GetNodesCapabilitiesQemuCpuFlagsResult>> {
  return send("GET /nodes/{node}/capabilities/qemu/cpu-flags", params, options);
}

/** Find machine versions (i440fx, q35) that QEMU on a node offers. */
export function getNodesCapabilitiesQemuMachines(send: Send, params: T.GetNodesCapabilitiesQemuMachinesParams, options?: SendOptions): Promise<Answer<T.GetNodesCapabilitiesQemuMachinesResult>> {
  return send("GET /nodes/{node}/capabilities/qemu/machines", params, options);
}

/** Check whether a node can live-migrate extra VM state (dbus-vmstate). Since 9.0. */
export function getNodesCapabilitiesQemuMigration(send: Send, params: T.GetNodesCapabilitiesQemuMigrationParams, options?: SendOptions): Promise<Answer<T.GetNodesCapabilitiesQemuMigrationResult>> {
  return send("GET /nodes/{node}/capabilities/qemu/migration", params, options);
}
