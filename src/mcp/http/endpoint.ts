import type { IncomingMessage, ServerResponse } from "node:http";
import { type AuthInfo, createMcpHandler, isLegacyRequest } from "@modelcontextprotocol/server";
import type { HttpSettings } from "../../config/index.ts";
import type { Stack } from "../stack.ts";
import type { Addresses } from "./addresses.ts";
import type { Authenticated, Authenticator } from "./authenticator.ts";
import { readJson } from "./body.ts";
import { Callers } from "./callers.ts";
import type { HttpLimits } from "./limits.ts";
import { ListenStreams } from "./listen.ts";
import { Refusal } from "./refusal.ts";
import { toRequest } from "./request.ts";
import { respond } from "./respond.ts";
import { missingScope } from "./scope-check.ts";
import { Sessions } from "./sessions.ts";
import { Strangers } from "./strangers.ts";

export interface EndpointOptions {
  stack: Stack;
  settings: HttpSettings;
  limits: HttpLimits;
  addresses: Addresses;
  authenticator: Authenticator;
  /** A client did not take its answer. */
  dropped(): void;
  called(tool: string): void;
}

/** An exchange that is ready to be answered. */
interface Exchange {
  answer: Response;
  done(): void;
}

/** The MCP endpoint: both eras on one path, each request as whoever its token says. */
export class Endpoint {
  readonly #options: EndpointOptions;
  readonly #callers: Callers;
  readonly #sessions: Sessions;
  readonly #strangers: Strangers;
  readonly #listening: ListenStreams;
  readonly #modern: ReturnType<typeof createMcpHandler>;
  #fault = "";
  #requests = 0;
  #streams = 0;

  constructor(options: EndpointOptions) {
    const { stack, settings, limits } = options;
    this.#options = options;
    this.#callers = new Callers(settings);
    this.#sessions = new Sessions({
      serve: stack.serve,
      mostOfOne: settings.maxStreams,
      most: limits.sessions,
      idleMs: limits.sessionMs,
      pulseMs: limits.pulseMs,
    });
    // Most of what is reported is a client's own fault, which its answer says; the last one explains a failure inside.
    const onerror = (error: Error): void => {
      this.#fault = error.message;
    };
    const { services } = stack;
    this.#strangers = new Strangers((refused) => services.notSignedIn(refused));
    this.#listening = new ListenStreams({
      serve: stack.serve,
      subscriptions: services.subscriptions,
      pulseMs: limits.pulseMs,
      onerror,
    });
    this.#modern = createMcpHandler(stack.serve, { legacy: "reject", keepAliveMs: limits.pulseMs, onerror });
  }

  /** Requests that are being answered, open streams, and sessions. */
  get load(): { requests: number; streams: number; sessions: number } {
    return { requests: this.#requests, streams: this.#streams, sessions: this.#sessions.size };
  }

  /** Answers one request; throws a `Refusal` before anything is sent. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== "POST" && request.method !== "GET" && request.method !== "DELETE") {
      throw new Refusal(405, "method", "Only POST, GET and DELETE are answered here.", {
        headers: { allow: "POST, GET, DELETE" },
      });
    }
    const caller = await this.#authenticate(request);
    const { principal } = caller.requester;
    this.#callers.charge(principal);
    if (request.method === "GET") return this.#stream(request, response, caller, undefined);
    const end = this.#callers.begin(principal);
    this.#requests++;
    try {
      const body =
        request.method === "POST" ? await readJson(request, response, this.#options.settings.maxBodyBytes) : undefined;
      if (isListen(body)) {
        end();
        return await this.#stream(request, response, caller, body);
      }
      await this.#admit(body, caller);
      await this.#answer(request, response, (web) => this.#dispatch(web, body, caller));
    } finally {
      this.#requests--;
      end();
    }
  }

  async #authenticate({ headers, socket }: IncomingMessage): Promise<Authenticated> {
    try {
      return await this.#options.authenticator.authenticate(headers.authorization);
    } catch (error) {
      // Clients ask once without any token, to learn where to get one.
      if (error instanceof Refusal && headers.authorization !== undefined) {
        this.#strangers.refused(error, socket.remoteAddress);
      }
      throw error;
    }
  }

  /** Ends what only listens, so that nothing is left but calls. */
  hangUp(): void {
    this.#listening.close();
    this.#sessions.hangUp();
  }

  async close(): Promise<void> {
    this.#listening.close();
    await this.#sessions.close();
    await this.#modern.close();
  }

  /** Charges for what is more than one message, and asks for the scope that one of them lacks. */
  async #admit(body: unknown, { requester }: Authenticated): Promise<void> {
    const messages = Array.isArray(body) ? body : [body];
    if (messages.length > 1) this.#callers.charge(requester.principal, messages.length - 1);
    const { stack, authenticator, called } = this.#options;
    const missing = await missingScope(body, requester.scopes, stack.surface);
    if (missing) {
      stack.services.denied({ ...missing, requester });
      throw authenticator.stepUp(missing.scope);
    }
    for (const message of messages) {
      const { method, params } = (message ?? {}) as { method?: unknown; params?: { name?: unknown } };
      const name = params?.name;
      if (method === "tools/call" && typeof name === "string" && stack.surface.has(name)) called(name);
    }
  }

  async #dispatch(web: Request, body: unknown, caller: Authenticated): Promise<Exchange> {
    const auth = authInfoOf(caller);
    if (await isLegacyRequest(web, body)) {
      return this.#sessions.handle({ request: web, body, principal: caller.requester.principal, auth });
    }
    return { answer: await this.#modern.fetch(web, { authInfo: auth, parsedBody: body }), done: () => {} };
  }

  /** A stream of notifications, of either era; it ends with the caller's token. */
  async #stream(
    request: IncomingMessage,
    response: ServerResponse,
    caller: Authenticated,
    body: unknown,
  ): Promise<void> {
    const { requester, expiresAt } = caller;
    const end = this.#callers.stream(requester.principal);
    const left = expiresAt === undefined ? undefined : Math.min(Math.max(expiresAt - Date.now(), 1000), 2 ** 31 - 1);
    const timer = left === undefined ? undefined : setTimeout(() => response.end(), left).unref();
    this.#streams++;
    try {
      const auth = authInfoOf(caller);
      await this.#answer(request, response, (web) =>
        body === undefined
          ? this.#sessions.handle({ request: web, principal: requester.principal, auth })
          : this.#listening.open(web, { body, requester, auth }),
      );
    } finally {
      this.#streams--;
      clearTimeout(timer);
      end();
    }
  }

  /** Lets the exchange be made and sends its answer; a client that goes away ends it. */
  async #answer(
    request: IncomingMessage,
    response: ServerResponse,
    make: (web: Request) => Promise<Exchange>,
  ): Promise<void> {
    const gone = new AbortController();
    response.once("close", () => response.writableFinished || gone.abort());
    const { addresses, limits, dropped, stack } = this.#options;
    const { answer, done } = await make(toRequest(request, addresses.resource, gone.signal));
    if (answer.status >= 500) stack.say(`a request over HTTP failed inside: ${this.#fault}`);
    try {
      await respond(response, answer, { slowMs: limits.slowMs, dropped });
    } finally {
      done();
    }
  }
}

/** Who calls, as the SDK hands it on; the token itself goes no further. */
function authInfoOf({ requester, expiresAt }: Authenticated): AuthInfo {
  return {
    token: "",
    clientId: requester.principal,
    scopes: [...(requester.scopes ?? [])],
    ...(expiresAt === undefined ? {} : { expiresAt: Math.floor(expiresAt / 1000) }),
    extra: { requester },
  };
}

function isListen(body: unknown): boolean {
  return (body as { method?: unknown } | null | undefined)?.method === "subscriptions/listen";
}
