// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/nodes-hardware.ts";

/** Show which kinds of passthrough hardware a node can enumerate. */
export function getNodesHardware(send: Send, params: T.GetNodesHardwareParams, options?: SendOptions): Promise<Answer<T.GetNodesHardwareResult>> {
  return send("GET /nodes/{node}/hardware", params, options);
}

/** See a node's PCI devices (GPUs, NICs) and IOMMU groups for passthrough. */
export function getNodesHardwarePci(send: Send, params: T.GetNodesHardwarePciParams, options?: SendOptions): Promise<Answer<T.GetNodesHardwarePciResult>> {
  return send("GET /nodes/{node}/hardware/pci", params, options);
}

/** List what can be asked about a PCI device or mapping. */
export function getNodesHardwarePciByPciIdOrMapping(send: Send, params: T.GetNodesHardwarePciByPciIdOrMappingParams, options?: SendOptions): Promise<Answer<T.GetNodesHardwarePciByPciIdOrMappingResult>> {
  return send("GET /nodes/{node}/hardware/pci/{pci-id-or-mapping}", params, options);
}

/** Find vGPU (mdev) profiles a PCI device or mapping offers. */
export function getNodesHardwarePciMdev(send: Send, params: T.GetNodesHardwarePciMdevParams, options?: SendOptions): Promise<Answer<T.GetNodesHardwarePciMdevResult>> {
  return send("GET /nodes/{node}/hardware/pci/{pci-id-or-mapping}/mdev", params, options);
}

/** See USB devices plugged into a node, for passthrough. */
export function getNodesHardwareUsb(send: Send, params: T.GetNodesHardwareUsbParams, options?: SendOptions): Promise<Answer<T.GetNodesHardwareUsbResult>> {
  return send("GET /nodes/{node}/hardware/usb", params, options);
}
