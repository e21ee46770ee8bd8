import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { ConfigError } from "../../config/config-error.ts";
import { guard } from "./guards.ts";
import type { HttpLimits } from "./limits.ts";
import { Refusal } from "./refusal.ts";

/** Serves /metrics on this machine only, apart from MCP, so that no way from outside leads to it. */
export async function serveMetrics(
  text: () => string,
  port: number,
  { headers, headerBytes, headersMs }: HttpLimits,
): Promise<{ url: string; close(): Promise<void> }> {
  const names = { hosts: new Set(["localhost", "127.0.0.1"]), origins: new Set<string>() };
  const server = createServer(
    { maxHeaderSize: headerBytes, headersTimeout: headersMs, requestTimeout: headersMs },
    (request, response) => {
      try {
        const path = guard(request, names, headers);
        if (path !== "/metrics") throw new Refusal(404, "path", "Only /metrics is here.");
        response.setHeader("content-type", "text/plain; version=0.0.4; charset=utf-8");
        response.end(text());
      } catch (error) {
        response.statusCode = error instanceof Refusal ? error.status : 500;
        response.end(`${(error as Error).message}\n`);
      }
    },
  );
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(
        new ConfigError(
          "PROXMOX_MCP_HTTP_METRICS_PORT",
          `cannot be listened on: 127.0.0.1:${port} (${error.code})`,
          "a port that is free",
        ),
      ),
    );
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
