// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/cluster-metrics.ts";

/** Browse metric topics: the export call and the external servers. */
export function getClusterMetrics(send: Send, params: T.GetClusterMetricsParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterMetricsResult>> {
  return send("GET /cluster/metrics", params, options);
}

/** Pull CPU, memory and disk gauges for nodes, guests and storage for monitoring. Since 8.4. */
export function getClusterMetricsExport(send: Send, params: T.GetClusterMetricsExportParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterMetricsExportResult>> {
  return send("GET /cluster/metrics/export", params, options);
}

/** See which external metric targets (InfluxDB, Graphite, OpenTelemetry) receive cluster statistics. */
export function getClusterMetricsServer(send: Send, params: T.GetClusterMetricsServerParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterMetricsServerResult>> {
  return send("GET /cluster/metrics/server", params, options);
}

/** Inspect how one InfluxDB, Graphite or OpenTelemetry target is set up. */
export function getClusterMetricsServerById(send: Send, params: T.GetClusterMetricsServerByIdParams, options?: SendOptions): Promise<Answer<T.GetClusterMetricsServerByIdResult>> {
  return send("GET /cluster/metrics/server/{id}", params, options);
}

/** Send cluster statistics to a new InfluxDB, Graphite or OpenTelemetry target. */
export function postClusterMetricsServerById(send: Send, params: T.PostClusterMetricsServerByIdParams, options?: SendOptions): Promise<Answer<T.PostClusterMetricsServerByIdResult>> {
  return send("POST /cluster/metrics/server/{id}", params, options);
}

/** Change address, port, protocol or credentials of an external metric target. */
export function putClusterMetricsServerById(send: Send, params: T.PutClusterMetricsServerByIdParams, options?: SendOptions): Promise<Answer<T.PutClusterMetricsServerByIdResult>> {
  return send("PUT /cluster/metrics/server/{id}", params, options);
}

/** Stop shipping statistics to an external metric target by deleting its entry. */
export function deleteClusterMetricsServerById(send: Send, params: T.DeleteClusterMetricsServerByIdParams, options?: SendOptions): Promise<Answer<T.DeleteClusterMetricsServerByIdResult>> {
  return send("DELETE /cluster/metrics/server/{id}", params, options);
}
