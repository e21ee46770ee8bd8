import { nowSeconds } from "../clock.ts";
import { die } from "../refusal.ts";
import { unreachable } from "../state/reach.ts";
import { guestLoad, nodeFigures, nodeLoads } from "../state/report.ts";
import { options, type Section } from "../state/section-config.ts";
import { crudRoutes, directory } from "./crud.ts";
import { type Call, flag, int, type Route, text } from "./route.ts";

const TYPES = {
  graphite: options("server port", "disable mtu timeout proto path"),
  influxdb: options(
    "server port",
    "disable mtu influxdbproto timeout max-body-size api-path-prefix bucket organization token verify-certificate",
  ),
  opentelemetry: options(
    "server port",
    "disable timeout otel-protocol otel-path otel-timeout otel-headers otel-verify-ssl otel-max-body-size " +
      "otel-resource-attributes otel-compression",
  ),
};

/** Where a `die` without a newline says it happened. */
const TESTED_AT = "at /usr/share/perl5/PVE/Status/OpenTelemetry.pm line 663.";

const PATH = "/cluster/metrics/server";

const COUNTERS = new Set(["netin", "netout", "diskread", "diskwrite", "uptime"]);
/** Seconds between two reports, and how many reports are kept. */
const STEP = 10;
const KEPT = 180;

function points(id: string, figures: Readonly<Record<string, number>>, timestamp: number): Section[] {
  return Object.entries(figures).map(([metric, value]) => ({
    id,
    metric,
    timestamp,
    type: COUNTERS.has(metric) ? "derive" : "gauge",
    value,
  }));
}

function generation(call: Call, timestamp: number, only: ReadonlySet<string> | undefined): Section[] {
  const { state } = call;
  const loads = nodeLoads(state);
  const rows: Section[] = [];
  for (const node of state.nodes.values())
    if (node.online && state.hosts.of(node.name).profile.rrd && (!only || only.has(node.name)))
      rows.push(
        ...points(`node/${node.name}`, nodeFigures(node, loads.get(node.name) ?? { cpu: 0, mem: 0 }), timestamp),
      );
  for (const guest of state.guests.values())
    if (state.reports(guest.node) && state.hosts.of(guest.node).profile.rrd && (!only || only.has(guest.node)))
      rows.push(...points(`${guest.type}/${guest.vmid}`, guestLoad(guest), timestamp));
  return rows;
}

function exported(call: Call): Section {
  const { state } = call;
  const named = text(call, "node-list");
  const names = flag(call, "local-only") ? [state.entry.name] : named?.split(",");
  const only = names && new Set(names);
  const now = Math.floor(nowSeconds() / STEP) * STEP;
  const start = int(call, "start-time") ?? 0;
  const rows: Section[] = [];
  // Small answers for large clusters: what is asked for beyond the latest is a series of the same figures.
  const oldest = flag(call, "history") ? Math.max(start, now - STEP * (state.guests.size > 200 ? 2 : KEPT)) : now;
  for (let time = now; time >= oldest && time >= start; time -= STEP) rows.push(...generation(call, time, only));
  return { data: rows };
}

/** A server that is not disabled must be there, as far as its protocol can tell. */
function testConnection(call: Call, section: Section): void {
  if (section.disable) return;
  const { server, port, type } = section;
  const host = String(server);
  const why = unreachable(call.state, host);
  if (why === undefined) return;
  const asked = type === "graphite" ? (section.proto ?? "udp") : (section.influxdbproto ?? "udp");
  const at = `${host}:${port}`;
  if (type === "opentelemetry") throw die(`Connection test failed: 500 Can't connect to ${at} (${why}) ${TESTED_AT}`);
  if (asked === "http" || asked === "https") throw die(`500 Can't connect to ${at} (${why})`);
  // Datagrams are sent without asking; only the name must be known.
  if (asked === "udp" && why === "Connection refused") return;
  throw die(`couldn't create ${type === "graphite" ? "carbon" : "influxdb"} socket [${host}]:${port} - ${why}`);
}

/** Servers that nodes send figures to, and the figures for those who fetch them. */
export const metricRoutes: readonly Route[] = [
  directory("/cluster/metrics", "name", "server"),
  { id: "GET /cluster/metrics/export", run: (call) => ({ data: exported(call) }) },
  ...crudRoutes({
    path: PATH,
    id: "id",
    config: (call) => call.state.datacenter.metricServers,
    types: TYPES,
    createAtId: true,
    texts: {
      exists: (id) => `Metric server '${id}' already exists`,
      missing: (id) => `status server entry '${id}' does not exist`,
      missingOnUpdate: (id) => `no such server '${id}'`,
      missingOnDelete: () =>
        "cannot lookup undefined type! at /usr/share/perl5/PVE/API2/Cluster/MetricServer.pm line 295.",
    },
    settle: (call, _, section) => {
      testConnection(call, section);
      // Kept in a file of its own.
      delete section.token;
    },
    show: (_, __, section) => ({ ...section }),
  }).filter((route) => route.id !== `GET ${PATH}`),
  {
    id: `GET ${PATH}`,
    run: ({ state }) => ({
      data: state.datacenter.metricServers.ids.map((id) => {
        const { disable, type, server, port } = state.datacenter.metricServers.get(id)!;
        return { id, disable: disable ?? 0, type, server, port };
      }),
    }),
  },
];
