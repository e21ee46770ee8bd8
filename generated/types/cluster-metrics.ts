// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export type GetClusterMetricsParams = Record<string, never>;
export type GetClusterMetricsResult = (Record<string, unknown>)[];

export interface GetClusterMetricsExportParams {
  history?: boolean | 0 | 1;
  "local-only"?: boolean | 0 | 1;
  /** Since 9.1. */
  "node-list"?: string;
  "start-time"?: number;
}

export interface GetClusterMetricsExportResult {
  [key: string]: unknown;
  data: ({ id: string; metric: string; timestamp: number; type: "gauge" | "counter" | "derive"; value: number; [key: string]: unknown })[];
}

export type GetClusterMetricsServerParams = Record<string, never>;

export interface GetClusterMetricsServerResultItem {
  [key: string]: unknown;
  disable: boolean;
  id: string;
  port: number;
  server: string;
  type: string;
}

export type GetClusterMetricsServerResult = GetClusterMetricsServerResultItem[];

export interface GetClusterMetricsServerByIdParams {
  id: string;
}

export type GetClusterMetricsServerByIdResult = Record<string, unknown>;

export interface PostClusterMetricsServerByIdParams {
  "api-path-prefix"?: string;
  bucket?: string;
  disable?: boolean | 0 | 1;
  id: string;
  influxdbproto?: "udp" | "http" | "https";
  "max-body-size"?: number;
  mtu?: number;
  organization?: string;
  /** Since 9.0. */
  "otel-compression"?: "none" | "gzip";
  /** Since 9.0. */
  "otel-headers"?: string;
  /** Since 9.0. */
  "otel-max-body-size"?: number;
  /** Since 9.0. */
  "otel-path"?: string;
  /** Since 9.0. */
  "otel-protocol"?: "http" | "https";
  /** Since 9.0. */
  "otel-resource-attributes"?: string;
  /** Since 9.0. */
  "otel-timeout"?: number;
  /** Since 9.0. */
  "otel-verify-ssl"?: boolean | 0 | 1;
  path?: string;
  port: number;
  proto?: "udp" | "tcp";
  server: string;
  timeout?: number;
  token?: string;
  type: "graphite" | "influxdb" | "opentelemetry";
  "verify-certificate"?: boolean | 0 | 1;
}

export type PostClusterMetricsServerByIdResult = null;

export interface PutClusterMetricsServerByIdParams {
  "api-path-prefix"?: string;
  bucket?: string;
  delete?: string | readonly string[];
  digest?: string;
  disable?: boolean | 0 | 1;
  id: string;
  influxdbproto?: "udp" | "http" | "https";
  "max-body-size"?: number;
  mtu?: number;
  organization?: string;
  /** Since 9.0. */
  "otel-compression"?: "none" | "gzip";
  /** Since 9.0. */
  "otel-headers"?: string;
  /** Since 9.0. */
  "otel-max-body-size"?: number;
  /** Since 9.0. */
  "otel-path"?: string;
  /** Since 9.0. */
  "otel-protocol"?: "http" | "https";
  /** Since 9.0. */
  "otel-resource-attributes"?: string;
  /** Since 9.0. */
  "otel-timeout"?: number;
  /** Since 9.0. */
  "otel-verify-ssl"?: boolean | 0 | 1;
  path?: string;
  port: number;
  proto?: "udp" | "tcp";
  server: string;
  timeout?: number;
  token?: string;
  "verify-certificate"?: boolean | 0 | 1;
}

export type PutClusterMetricsServerByIdResult = null;

export interface DeleteClusterMetricsServerByIdParams {
  id: string;
}

export type DeleteClusterMetricsServerByIdResult = null;
