import {
  type AuthInfo,
  createMcpHandler,
  type McpHttpHandler,
  type Server,
  type ServerEventBus,
} from "@modelcontextprotocol/server";
import type { Requester } from "../requester.ts";
import { ConnectionSubscriptions } from "../subscriptions/connection.ts";
import type { Subscriptions } from "../subscriptions/index.ts";

export interface ListenOptions {
  serve(): Server;
  subscriptions: Subscriptions;
  pulseMs: number;
  onerror(error: Error): void;
}

/**
 * The streams that clients of the 2026 era open with `subscriptions/listen`. Each has a bus of its own, which carries
 * what its own principal may hear, and nothing of anybody else's.
 */
export class ListenStreams {
  readonly #options: ListenOptions;
  readonly #open = new Set<McpHttpHandler>();

  constructor(options: ListenOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#open.size;
  }

  /** Answers with the stream; `done` is to be called when it is over. */
  async open(
    request: Request,
    { body, requester, auth }: { body: unknown; requester: Requester; auth: AuthInfo },
  ): Promise<{ answer: Response; done(): void }> {
    const { serve, subscriptions, pulseMs, onerror } = this.#options;
    const handler = createMcpHandler(serve, {
      legacy: "reject",
      bus: busOf(body, subscriptions, requester),
      keepAliveMs: pulseMs,
      onerror,
    });
    this.#open.add(handler);
    const done = () => {
      this.#open.delete(handler);
      void handler.close();
    };
    try {
      return { answer: await handler.fetch(request, { authInfo: auth, parsedBody: body }), done };
    } catch (error) {
      done();
      throw error;
    }
  }

  /** Ends all streams in the way of the protocol. */
  close(): void {
    for (const handler of this.#open) void handler.close();
  }
}

/** The changes of those resources that the stream names. */
function busOf(body: unknown, subscriptions: Subscriptions, requester: Requester): ServerEventBus {
  return {
    publish() {},
    subscribe(listener) {
      const watched = new ConnectionSubscriptions(subscriptions, requester, (uri) =>
        listener({ kind: "resource_updated", uri }),
      );
      // An address that leads nowhere, or is one too many, is never notified of: the stream has no answer to say so.
      for (const uri of urisOf(body)) void watched.add(listener, uri).catch(() => {});
      return () => watched.remove();
    },
  };
}

function urisOf(body: unknown): readonly string[] {
  const { params } = body as { params?: { notifications?: { resourceSubscriptions?: unknown } } };
  const uris = params?.notifications?.resourceSubscriptions;
  return Array.isArray(uris) ? uris.filter((uri) => typeof uri === "string") : [];
}
