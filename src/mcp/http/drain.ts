import type { Server } from "node:http";
import type { Endpoint } from "./endpoint.ts";

/**
 * Ends a server without cutting off its calls: no new connection is taken, whoever only listens is sent away, calls that
 * wait for a job answer with the job, and after `ms` whatever is left is cut.
 */
export async function drain(
  server: Server,
  endpoint: Endpoint,
  { hurry, ms }: { hurry(): void; ms: number },
): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  endpoint.hangUp();
  hurry();
  const until = performance.now() + ms;
  while (endpoint.load.requests > 0 && performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await endpoint.close();
  // Answers that are with the operating system still go out.
  server.closeIdleConnections();
  const grace = setTimeout(() => server.closeAllConnections(), 200);
  await closed;
  clearTimeout(grace);
}
