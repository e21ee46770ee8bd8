import type { Server } from "@modelcontextprotocol/server";
import { StdioServerTransport, serveStdio } from "@modelcontextprotocol/server/stdio";
import { LOCAL } from "./requester.ts";
import type { Stack } from "./stack.ts";
import { ConnectionSubscriptions } from "./subscriptions/connection.ts";
import { ListenTransport } from "./subscriptions/listen-transport.ts";

/** Serves MCP over this process's standard input and output until the client closes it. */
export function serveOverStdio({ services, serve, say }: Stack): { close(): Promise<void> } {
  let current: Server | undefined;
  const listening = new ConnectionSubscriptions(services.subscriptions, LOCAL, (uri) => {
    void current?.sendResourceUpdated({ uri }).catch(() => {});
  });
  const transport = new ListenTransport(new StdioServerTransport(), {
    opened(stream, uris) {
      // An address that leads nowhere, or is one too many, is never notified of: the stream has no answer to say so.
      for (const uri of uris) void listening.add(stream, uri).catch(() => {});
    },
    closed: (stream) => listening.remove(stream),
    ended: () => listening.remove(),
  });
  return serveStdio(
    () => {
      current = serve();
      return current;
    },
    { transport, onerror: (error) => say(error.message) },
  );
}
