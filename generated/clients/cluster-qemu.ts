// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/cluster-qemu.ts";

/** Browse cluster-level VM topics: custom CPU types and CPU flags. Since 9.2. */
export function getClusterQemu(send: Send, params: T.GetClusterQemuParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterQemuResult>> {
  return send("GET /cluster/qemu", params, options);
}

/** Find which CPU flags a custom CPU model may turn on or off. Since 9.2. */
export function getClusterQemuCpuFlags(send: Send, params: T.GetClusterQemuCpuFlagsParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterQemuCpuFlagsResult>> {
  return send("GET /cluster/qemu/cpu-flags", params, options);
}

/** See the custom CPU types defined for VMs in this cluster. Since 9.2. */
export function getClusterQemuCustomCpuModels(send: Send, params: T.GetClusterQemuCustomCpuModelsParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterQemuCustomCpuModelsResult>> {
  return send("GET /cluster/qemu/custom-cpu-models", params, options);
}

/** Define a custom CPU type with chosen flags for VMs to use. Since 9.2. */
export function postClusterQemuCustomCpuModels(send: Send, params: T.PostClusterQemuCustomCpuModelsParams, options?: SendOptions): Promise<Answer<T.PostClusterQemuCustomCpuModelsResult>> {
  return send("POST /cluster/qemu/custom-cpu-models", params, options);
}

/** Inspect the base model, flags and address bits of a custom CPU type. Since 9.2. */
export function getClusterQemuCustomCpuModelsByCputype(send: Send, params: T.GetClusterQemuCustomCpuModelsByCputypeParams, options?: SendOptions): Promise<Answer<T.GetClusterQemuCustomCpuModelsByCputypeResult>> {
  return send("GET /cluster/qemu/custom-cpu-models/{cputype}", params, options);
}

/** Change the flags or base model of a custom CPU type. Since 9.2. */
export function putClusterQemuCustomCpuModelsByCputype(send: Send, params: T.PutClusterQemuCustomCpuModelsByCputypeParams, options?: SendOptions): Promise<Answer<T.PutClusterQemuCustomCpuModelsByCputypeResult>> {
  return send("PUT /cluster/qemu/custom-cpu-models/{cputype}", params, options);
}

/** Throw away a custom CPU type that VMs no longer need. Since 9.2. */
export function deleteClusterQemuCustomCpuModelsByCputype(send: Send, params: T.DeleteClusterQemuCustomCpuModelsByCputypeParams, options?: SendOptions): Promise<Answer<T.DeleteClusterQemuCustomCpuModelsByCputypeResult>> {
  return send("DELETE /cluster/qemu/custom-cpu-models/{cputype}", params, options);
}
