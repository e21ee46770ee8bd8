// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/nodes-services.ts";

/** See system services (daemons) on a node and whether they run. */
export function getNodesServices(send: Send, params: T.GetNodesServicesParams, options?: SendOptions): Promise<Answer<T.GetNodesServicesResult>> {
  return send("GET /nodes/{node}/services", params, options);
}

/** List what can be done with one system service on a node. */
export function getNodesServicesByService(send: Send, params: T.GetNodesServicesByServiceParams, options?: SendOptions): Promise<Answer<T.GetNodesServicesByServiceResult>> {
  return send("GET /nodes/{node}/services/{service}", params, options);
}

/** Make a system service on a node re-read its configuration. */
export function postNodesServicesReload(send: Send, params: T.PostNodesServicesReloadParams, options?: SendOptions): Promise<Answer<T.PostNodesServicesReloadResult>> {
  return send("POST /nodes/{node}/services/{service}/reload", params, options);
}

/** Restart a system service on a node completely, such as pveproxy. */
export function postNodesServicesRestart(send: Send, params: T.PostNodesServicesRestartParams, options?: SendOptions): Promise<Answer<T.PostNodesServicesRestartResult>> {
  return send("POST /nodes/{node}/services/{service}/restart", params, options);
}

/** Bring up a stopped system service (systemd unit) on a node. */
export function postNodesServicesStart(send: Send, params: T.PostNodesServicesStartParams, options?: SendOptions): Promise<Answer<T.PostNodesServicesStartResult>> {
  return send("POST /nodes/{node}/services/{service}/start", params, options);
}

/** Check whether one system service on a node is active and enabled. */
export function getNodesServicesState(send: Send, params: T.GetNodesServicesStateParams, options?: SendOptions): Promise<Answer<T.GetNodesServicesStateResult>> {
  return send("GET /nodes/{node}/services/{service}/state", params, options);
}

/** Halt a system service (systemd unit) on a node. */
export function postNodesServicesStop(send: Send, params: T.PostNodesServicesStopParams, options?: SendOptions): Promise<Answer<T.PostNodesServicesStopResult>> {
  return send("POST /nodes/{node}/services/{service}/stop", params, options);
}
