// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => p.boolean().optional());
const s2 = lazy(() => p.text().optional());
const s3 = lazy(() => p.text({"format":"pve-configid"}));
const s4 = lazy(() => z.enum(["udp","http","https"]).optional());
const s5 = lazy(() => p.integer({"minimum":1}).optional());
const s6 = lazy(() => p.integer({"minimum":512,"maximum":65536}).optional());
const s7 = lazy(() => z.enum(["none","gzip"]).optional());
const s8 = lazy(() => p.text({"maxLength":1024}).optional());
const s9 = lazy(() => p.integer({"minimum":1024}).optional());
const s10 = lazy(() => z.enum(["http","https"]).optional());
const s11 = lazy(() => p.integer({"minimum":1,"maximum":10}).optional());
const s12 = lazy(() => p.text({"format":"graphite-path"}).optional());
const s13 = lazy(() => p.integer({"minimum":1,"maximum":65536}));
const s14 = lazy(() => z.enum(["udp","tcp"]).optional());
const s15 = lazy(() => p.text({"format":"address"}));
const s16 = lazy(() => p.integer({"minimum":0}).optional());

/** Parameters of GET /cluster/metrics. */
export const getClusterMetrics = lazy(() => z.strictObject({}));

/** Parameters of GET /cluster/metrics/export. */
export const getClusterMetricsExport = lazy(() => z.strictObject({"history": s1(), "local-only": s1(), "node-list": s2(), "start-time": p.integer().optional()}));

/** Parameters of GET /cluster/metrics/server. */
export const getClusterMetricsServer = lazy(() => z.strictObject({}));

/** Parameters of GET /cluster/metrics/server/{id}. */
export const getClusterMetricsServerById = lazy(() => z.strictObject({"id": s3()}));

/** Parameters of POST /cluster/metrics/server/{id}. */
export const postClusterMetricsServerById = lazy(() => z.strictObject({"api-path-prefix": s2(), "bucket": s2(), "disable": s1(), "id": s3(), "influxdbproto": s4(), "max-body-size": s5(), "mtu": s6(), "organization": s2(), "otel-compression": s7(), "otel-headers": s8(), "otel-max-body-size": s9(), "otel-path": s2(), "otel-protocol": s10(), "otel-resource-attributes": s8(), "otel-timeout": s11(), "otel-verify-ssl": s1(), "path": s12(), "port": s13(), "proto": s14(), "server": s15(), "timeout": s16(), "token": s2(), "type": p.text({"enum":["graphite","influxdb","opentelemetry"],"format":"pve-configid"}), "verify-certificate": s1()}));

/** Parameters of PUT /cluster/metrics/server/{id}. */
export const putClusterMetricsServerById = lazy(() => z.strictObject({"api-path-prefix": s2(), "bucket": s2(), "delete": p.list({"maxLength":4096,"format":"pve-configid-list"}).optional(), "digest": p.text({"maxLength":64}).optional(), "disable": s1(), "id": s3(), "influxdbproto": s4(), "max-body-size": s5(), "mtu": s6(), "organization": s2(), "otel-compression": s7(), "otel-headers": s8(), "otel-max-body-size": s9(), "otel-path": s2(), "otel-protocol": s10(), "otel-resource-attributes": s8(), "otel-timeout": s11(), "otel-verify-ssl": s1(), "path": s12(), "port": s13(), "proto": s14(), "server": s15(), "timeout": s16(), "token": s2(), "verify-certificate": s1()}));

/** Parameters of DELETE /cluster/metrics/server/{id}. */
export const deleteClusterMetricsServerById = lazy(() => z.strictObject({"id": s3()}));
