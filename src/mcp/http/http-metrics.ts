import { Metrics } from "./metrics.ts";

/** What is counted of the HTTP server. */
export interface HttpMetrics {
  answered(route: string, status: number, ms: number): void;
  refused(reason: string): void;
  called(tool: string): void;
  text(): string;
}

export function httpMetrics(load: () => { requests: number; streams: number; sessions: number }): HttpMetrics {
  const metrics = new Metrics();
  const answered = metrics.counter("proxmox_mcp_http_requests_total", "Requests by route and status.");
  const refused = metrics.counter(
    "proxmox_mcp_http_refusals_total",
    "Requests and connections that were refused, by reason.",
  );
  const called = metrics.counter("proxmox_mcp_tool_calls_total", "Tool calls over HTTP.");
  metrics.gauge("proxmox_mcp_http_requests_in_flight", "Requests that are being answered.", () => load().requests);
  metrics.gauge("proxmox_mcp_http_streams_open", "Streams of notifications.", () => load().streams);
  metrics.gauge("proxmox_mcp_sessions_open", "Sessions of clients of the 2025 revisions.", () => load().sessions);
  metrics.gauge("process_resident_memory_bytes", "Memory in use.", () => process.memoryUsage.rss());
  metrics.gauge("process_cpu_seconds_total", "Processor time used.", () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  });
  metrics.gauge("process_start_time_seconds", "When the process began.", () => Date.now() / 1000 - process.uptime());
  return {
    answered(route, status, ms) {
      answered({ route, status });
      if (route === "mcp") metrics.took(ms);
    },
    refused: (reason) => refused({ reason }),
    called: (tool) => called({ tool }),
    text: () => metrics.text(),
  };
}
