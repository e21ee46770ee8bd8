import { randomUUID } from "node:crypto";
import { type AuthInfo, type Server, WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/server";
import { SessionEvents } from "./events.ts";
import { Refusal } from "./refusal.ts";

interface Session {
  readonly principal: string;
  readonly server: Server;
  readonly transport: WebStandardStreamableHTTPServerTransport;
  /** Exchanges under way. */
  open: number;
  used: number;
}

export interface SessionOptions {
  serve(): Server;
  /** Sessions of one principal, and of all. */
  mostOfOne: number;
  most: number;
  idleMs: number;
  pulseMs: number;
}

/** A message of a session, as it came. */
export interface SessionMessage {
  request: Request;
  /** Absent but for POST. */
  body?: unknown;
  principal: string;
  auth: AuthInfo;
}

/**
 * The sessions of clients of the 2025 revisions: each has a server instance of its own, and belongs to the principal that
 * began it. To everybody else it is not there.
 */
export class Sessions {
  readonly #options: SessionOptions;
  readonly #sessions = new Map<string, Session>();
  readonly #sweep: NodeJS.Timeout;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#sweep = setInterval(() => this.#expire(), Math.min(options.idleMs, 60_000)).unref();
  }

  get size(): number {
    return this.#sessions.size;
  }

  /** Hands a message to its session, or begins one; `done` is to be called when the answer is with the client. */
  async handle(message: SessionMessage): Promise<{ answer: Response; done(): void }> {
    const id = message.request.headers.get("mcp-session-id");
    const session = id === null ? await this.#begin(message) : this.#sessions.get(id);
    if (session?.principal !== message.principal) {
      throw new Refusal(404, "session", "There is no such session. Begin a new one with initialize.", {
        code: -32_001,
      });
    }
    session.open++;
    const done = () => {
      session.open--;
      session.used = performance.now();
    };
    try {
      const { request, body, auth } = message;
      const answer = await session.transport.handleRequest(request, {
        authInfo: auth,
        ...(body === undefined ? {} : { parsedBody: body }),
      });
      return { answer, done };
    } catch (error) {
      done();
      throw error;
    }
  }

  /** Ends the streams on which clients only listen, so that they come back elsewhere. */
  hangUp(): void {
    for (const { transport } of this.#sessions.values()) transport.closeStandaloneSSEStream();
  }

  async close(): Promise<void> {
    clearInterval(this.#sweep);
    await Promise.all([...this.#sessions.values()].map(({ server }) => server.close().catch(() => {})));
    this.#sessions.clear();
  }

  async #begin({ request, body, principal }: SessionMessage): Promise<Session> {
    if (request.method !== "POST" || !isInitialize(body)) {
      throw new Refusal(400, "session", "The request names no session (Mcp-Session-Id). Begin one with initialize.");
    }
    this.#makeRoom(principal);
    const server = this.#options.serve();
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      eventStore: new SessionEvents(),
      keepAliveMs: this.#options.pulseMs,
      onsessioninitialized: (id) => void this.#sessions.set(id, session),
      onsessionclosed: (id) => void this.#sessions.delete(id),
    });
    const session: Session = { principal, server, transport, open: 0, used: performance.now() };
    await server.connect(transport);
    return session;
  }

  /** Clients that end without a word leave their sessions behind: the longest unused one makes room. */
  #makeRoom(principal: string): void {
    const own = [...this.#sessions].filter(([, session]) => session.principal === principal);
    const isFull = this.#sessions.size >= this.#options.most;
    if (own.length < this.#options.mostOfOne && !isFull) return;
    const idle = own.filter(([, { open }]) => open === 0).sort(([, a], [, b]) => a.used - b.used);
    const [oldest] = idle;
    if (!oldest) {
      throw new Refusal(429, "sessions", "Too many sessions: end one first, or wait for one to end.", {
        headers: { "retry-after": "5" },
      });
    }
    this.#end(...oldest);
  }

  #expire(): void {
    const before = performance.now() - this.#options.idleMs;
    for (const [id, session] of this.#sessions) if (session.open === 0 && session.used < before) this.#end(id, session);
  }

  #end(id: string, { server }: Session): void {
    this.#sessions.delete(id);
    void server.close().catch(() => {});
  }
}

function isInitialize(body: unknown): boolean {
  const [one, ...more] = Array.isArray(body) ? body : [body];
  return more.length === 0 && (one as { method?: unknown } | null)?.method === "initialize";
}
