/**
 * What the SDK's handler does by itself, for comparison: the same tools over the same services behind plain node:http,
 * without any of this project's guards.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createMcpHandler } from "@modelcontextprotocol/server";
import { loadPolicy } from "../../src/access/index.ts";
import { loadConfig } from "../../src/config/index.ts";
import { createStack } from "../../src/mcp/stack.ts";

const config = await loadConfig(process.env);
const stack = createStack(config, await loadPolicy(undefined), "0", process.env);
const handler = createMcpHandler(stack.serve);
const authInfo = { token: "", clientId: "bare", scopes: [], extra: { requester: { principal: "bare" } } };

const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const answer = await handler.fetch(
    new Request("http://127.0.0.1/mcp", {
      method: request.method!,
      headers: request.headers as Record<string, string>,
      body: Buffer.concat(chunks),
    }),
    { authInfo },
  );
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  for await (const chunk of answer.body ?? []) response.write(chunk);
  response.end();
});
server.listen(0, "127.0.0.1", () => {
  process.stderr.write(`serving at http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp\n`);
});
process.once("SIGTERM", () => process.exit(0));
