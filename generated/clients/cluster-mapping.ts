// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/cluster-mapping.ts";

/** Show the kinds of device mapping: PCI, USB and directory. Since 8.0. */
export function getClusterMapping(send: Send, params: T.GetClusterMappingParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterMappingResult>> {
  return send("GET /cluster/mapping", params, options);
}

/** See the shared directory mappings (virtiofs) and check them on a node. Since 8.4. */
export function getClusterMappingDir(send: Send, params: T.GetClusterMappingDirParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterMappingDirResult>> {
  return send("GET /cluster/mapping/dir", params, options);
}

/** Map a host directory for sharing with VMs through virtiofs. Since 8.4. */
export function postClusterMappingDir(send: Send, params: T.PostClusterMappingDirParams, options?: SendOptions): Promise<Answer<T.PostClusterMappingDirResult>> {
  return send("POST /cluster/mapping/dir", params, options);
}

/** Look up host paths behind a virtiofs directory mapping. Since 8.4. */
export function getClusterMappingDirById(send: Send, params: T.GetClusterMappingDirByIdParams, options?: SendOptions): Promise<Answer<T.GetClusterMappingDirByIdResult>> {
  return send("GET /cluster/mapping/dir/{id}", params, options);
}

/** Change per-node host paths of a virtiofs directory mapping. Since 8.4. */
export function putClusterMappingDirById(send: Send, params: T.PutClusterMappingDirByIdParams, options?: SendOptions): Promise<Answer<T.PutClusterMappingDirByIdResult>> {
  return send("PUT /cluster/mapping/dir/{id}", params, options);
}

/** Stop offering a shared virtiofs directory by deleting its mapping. Since 8.4. */
export function deleteClusterMappingDirById(send: Send, params: T.DeleteClusterMappingDirByIdParams, options?: SendOptions): Promise<Answer<T.DeleteClusterMappingDirByIdResult>> {
  return send("DELETE /cluster/mapping/dir/{id}", params, options);
}

/** See PCI passthrough mappings (GPUs, NICs) and check them on a node. Since 8.0. */
export function getClusterMappingPci(send: Send, params: T.GetClusterMappingPciParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterMappingPciResult>> {
  return send("GET /cluster/mapping/pci", params, options);
}

/** Map a PCI device such as a GPU across nodes for passthrough. Since 8.0. */
export function postClusterMappingPci(send: Send, params: T.PostClusterMappingPciParams, options?: SendOptions): Promise<Answer<T.PostClusterMappingPciResult>> {
  return send("POST /cluster/mapping/pci", params, options);
}

/** Look up which PCI devices per node a passthrough mapping covers. Since 8.0. */
export function getClusterMappingPciById(send: Send, params: T.GetClusterMappingPciByIdParams, options?: SendOptions): Promise<Answer<T.GetClusterMappingPciByIdResult>> {
  return send("GET /cluster/mapping/pci/{id}", params, options);
}

/** Change devices, mdev use or migration ability of a PCI passthrough mapping. Since 8.0. */
export function putClusterMappingPciById(send: Send, params: T.PutClusterMappingPciByIdParams, options?: SendOptions): Promise<Answer<T.PutClusterMappingPciByIdResult>> {
  return send("PUT /cluster/mapping/pci/{id}", params, options);
}

/** Remove a PCI passthrough mapping, e.g. after pulling a GPU. Since 8.0. */
export function deleteClusterMappingPciById(send: Send, params: T.DeleteClusterMappingPciByIdParams, options?: SendOptions): Promise<Answer<T.DeleteClusterMappingPciByIdResult>> {
  return send("DELETE /cluster/mapping/pci/{id}", params, options);
}

/** See USB passthrough mappings and check them on a node. Since 8.0. */
export function getClusterMappingUsb(send: Send, params: T.GetClusterMappingUsbParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterMappingUsbResult>> {
  return send("GET /cluster/mapping/usb", params, options);
}

/** Map a USB device across nodes for passthrough into VMs. Since 8.0. */
export function postClusterMappingUsb(send: Send, params: T.PostClusterMappingUsbParams, options?: SendOptions): Promise<Answer<T.PostClusterMappingUsbResult>> {
  return send("POST /cluster/mapping/usb", params, options);
}

/** Inspect a USB passthrough mapping: vendor ID or port on each node. Since 8.0. */
export function getClusterMappingUsbById(send: Send, params: T.GetClusterMappingUsbByIdParams, options?: SendOptions): Promise<Answer<T.GetClusterMappingUsbByIdResult>> {
  return send("GET /cluster/mapping/usb/{id}", params, options);
}

/** Change the devices or description of a USB passthrough mapping. Since 8.0. */
export function putClusterMappingUsbById(send: Send, params: T.PutClusterMappingUsbByIdParams, options?: SendOptions): Promise<Answer<T.PutClusterMappingUsbByIdResult>> {
  return send("PUT /cluster/mapping/usb/{id}", params, options);
}

/** Drop a USB passthrough mapping, so VMs can no longer name it. Since 8.0. */
export function deleteClusterMappingUsbById(send: Send, params: T.DeleteClusterMappingUsbByIdParams, options?: SendOptions): Promise<Answer<T.DeleteClusterMappingUsbByIdResult>> {
  return send("DELETE /cluster/mapping/usb/{id}", params, options);
}
