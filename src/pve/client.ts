import { lazy } from "../schema/lazy.ts";
import {
  type Answer,
  BATCH_OPERATION,
  type OperationId,
  type Params,
  type Send,
  type SendOptions,
} from "../schema/operation.ts";
import { inSpan } from "../telemetry/span.ts";
import type { Cluster, ClusterConfig, OpenStream, ResourceIndex, Tasks, TokenAuth } from "./cluster.ts";
import {
  AuthenticationError,
  InvalidParametersError,
  NotConfiguredError,
  NotFoundError,
  OutcomeUnknownError,
  type RequestContext,
  RequestError,
  VersionError,
} from "./errors.ts";
import { Failover } from "./failover.ts";
import { type Caller, type Gate, type GateOutcome, isQuestion } from "./gate.ts";
import { NodeLoad } from "./node-load.ts";
import { resourceIndex } from "./resource-index.ts";
import { ServerClock } from "./server-clock.ts";
import { clusterTasks } from "./tasks.ts";
import { TokenHolder, tokenName } from "./token-holder.ts";
import { Endpoint, TransportFailure, type WireAnswer, type WireRequest } from "./transport.ts";
import { parseUpid } from "./upid.ts";
import type { Validation } from "./validate.ts";
import { Versions } from "./versions.ts";

/** Checks a call against the schema of a version, as `validateCall` does. */
export type Validate = (
  operation: OperationId,
  params: Params,
  options: { version?: string; where?: string },
) => Promise<Validation>;

export interface ClientDependencies {
  validate?: Validate;
  /** Milliseconds since the epoch. */
  now?: () => number;
  /** Reads the token from where it is kept; called by the first request that needs it when the configuration has none. */
  loadToken?: () => Promise<TokenAuth>;
  /** Whose files may be uploaded. */
  uploadDirectory?: string;
  /** Milliseconds before each look for the task of a lost write. */
  lostAnswerLookMs?: readonly number[];
}

/** What the identities of one cluster have in common; nothing in it depends on what a token may see. */
interface Shared {
  readonly failover: Failover;
  readonly load: NodeLoad;
  readonly clock: ServerClock;
  /** Of every identity: what one of them changes may be in any. */
  readonly indexes: Set<ResourceIndex>;
}

/** The slowest line that an upload has time for. */
const BYTES_PER_MS = 500;

/** UPIDs remembered as accounted for. */
const KNOWN_UPIDS = 5000;

/** What encoding, decoding and judging answers needs; loaded with the first request, as the facts are large. */
const codec = lazy(() => Promise.all([import("./encode.ts"), import("./decode.ts"), import("./failure.ts")]));
const validation = lazy(() => import("./validate.ts"));

/** Connects to one cluster: opens no connection and loads no HTTP library before the first request. */
export function connectCluster(config: ClusterConfig, gate: Gate, dependencies: ClientDependencies = {}): Cluster {
  return new PveCluster(config, gate, dependencies);
}

class PveCluster implements Cluster {
  readonly name: string;
  readonly resources: ResourceIndex;
  readonly tasks: Tasks;
  readonly #config: Omit<ClusterConfig, "token">;
  readonly #gate: Gate;
  readonly #dependencies: ClientDependencies;
  /** The secret that the token is read from, where it is not the server's own. */
  readonly #identity: string | undefined;
  readonly #shared: Shared;
  readonly #upids = new Set<string>();
  readonly #now: () => number;
  readonly #versions: Versions;
  readonly #token: TokenHolder;

  constructor(
    config: ClusterConfig,
    gate: Gate,
    dependencies: ClientDependencies,
    other?: { identity: string; shared: Shared },
  ) {
    const { token, ...rest } = config;
    this.#config = rest;
    this.#token = new TokenHolder(config.name, token, dependencies.loadToken);
    this.#gate = gate;
    this.#dependencies = dependencies;
    this.#now = dependencies.now ?? Date.now;
    this.name = config.name;
    this.#identity = other?.identity;
    this.#shared = other?.shared ?? sharedOf(config, this.#now);
    const send = (caller: Caller) => this.send(caller);
    this.#versions = new Versions(send, this.#now);
    this.resources = resourceIndex(send, this.#now);
    this.#shared.indexes.add(this.resources);
    this.tasks = clusterTasks({
      send: (caller) => send({ ...caller, tool: "task-poll" }),
      serverNow: () => this.#shared.clock.now(this.#now()),
      onEnd: () => this.#invalidate(),
    });
  }

  get config(): Cluster["config"] {
    const { current } = this.#token;
    if (current === undefined) return this.#config;
    const { expire } = current;
    return { ...this.#config, tokenUser: tokenName(current), ...(expire === undefined ? {} : { tokenExpire: expire }) };
  }

  async tokenUser(): Promise<string | undefined> {
    return this.#token.configured ? tokenName(await this.#token.get()) : undefined;
  }

  async swapToken(token: TokenAuth, caller: Caller): Promise<"swapped" | "unchanged"> {
    const same = this.#token.is(token);
    if (!same) await this.#call(caller, "GET /version", {}, {}, token);
    this.#token.set(token);
    if (!same) this.resources.invalidate();
    return same ? "unchanged" : "swapped";
  }

  send(caller: Caller): Send {
    return <T>(operation: OperationId, params: object = {}, options: SendOptions = {}) =>
      this.#call(caller, operation, params as Params, options) as Promise<Answer<T>>;
  }

  stream(caller: Caller): OpenStream {
    return async (operation, params, options) => {
      this.#requireIdentity(caller);
      const { openWebSocket } = await import("./web-socket.ts");
      const [gate, token] = [this.#gate, await this.#token.get()];
      const owner = { name: this.name, config: this.#config, gate, token, check: this.#check.bind(this) };
      return openWebSocket(owner, caller, operation, params, options);
    };
  }

  clockSkewMs(): number | undefined {
    return this.#shared.clock.skewMs();
  }

  as(identity: string, loadToken: () => Promise<TokenAuth>): Cluster {
    const config = { ...this.#config, tokenSecret: identity };
    const dependencies = { ...this.#dependencies, loadToken };
    return new PveCluster(config, this.#gate, dependencies, { identity, shared: this.#shared });
  }

  async close(): Promise<void> {
    await this.#shared.failover.close();
  }

  /** Forgets what was read of the cluster, whoever read it. */
  #invalidate(): void {
    for (const index of this.#shared.indexes) index.invalidate();
  }

  /** Gate, then validation, then the wire; the gate's exit hears how it ended, whatever happens. */
  async #call(
    caller: Caller,
    operation: OperationId,
    params: Params,
    options: SendOptions,
    other?: TokenAuth,
  ): Promise<Answer> {
    this.#requireIdentity(caller);
    this.#requireEndpoint();
    // The gate protects the token's own user, so it has to be known before.
    if (other === undefined) await this.#token.get();
    const { signal } = options;
    const call = { cluster: this.name, operation, params, caller, ...(signal ? { signal } : {}) };
    const exit = await this.#gate.enter(call).catch(async (refusal: unknown) => {
      // Nobody is asked about a call that could not be sent.
      if (isQuestion(refusal)) await this.#check(caller, operation, params);
      throw refusal;
    });
    const began = performance.now();
    const finish = (outcome: Omit<GateOutcome, "durationMs">) =>
      exit({ ...outcome, durationMs: Math.round(performance.now() - began) });
    let answer: Answer;
    try {
      // The call keeps this token to its end, whatever is put in use meanwhile.
      const token = other ?? (await this.#token.get());
      answer = await this.#perform(caller, operation, params, options, token).catch(async (error: unknown) => {
        // A token that was rotated is refused, and nothing was done by it; its successor is where it was (pve-facts 26).
        const next = error instanceof AuthenticationError && !other ? await this.#token.after(token) : undefined;
        if (!next) throw error;
        return this.#perform(caller, operation, params, options, next);
      });
    } catch (error) {
      // What is missing may have moved to another node (pve-facts 88).
      if (error instanceof NotFoundError) this.#invalidate();
      await finish(failedOutcome(error));
      throw error;
    } finally {
      if (!operation.startsWith("GET ")) this.#invalidate();
    }
    const upid = parseUpid(answer.data)?.upid;
    await finish({ outcome: "ok", status: 200, ...(upid === undefined ? {} : { detail: upid }) });
    return answer;
  }

  async #perform(
    caller: Caller,
    operation: OperationId,
    params: Params,
    options: SendOptions,
    token: TokenAuth,
  ): Promise<Answer> {
    options.signal?.throwIfAborted();
    const [{ encodeRequest }, { decodeAnswer, decodeFailure }, { agentComplaint, classifyFailure }] = await codec();
    const context: RequestContext = { cluster: this.name, operation };
    await this.#check(caller, operation, params);
    const request = await this.#withFile(encodeRequest(operation, params, this.name), context);
    const sentLocal = this.#now();
    const attributes = { "http.request.method": request.method, "url.template": operation.replace(/^\w+ /, "") };
    const answer = await inSpan(operation, { kind: "client", attributes }, async (span) => {
      const seen = await this.#transmit(request, context, params, options, token);
      if ("lost" in seen) span.fail("answer-lost");
      else {
        span.set({ "server.address": new URL(seen.endpoint).hostname, "http.response.status_code": seen.status });
        if (seen.status >= 400) span.fail(String(seen.status));
      }
      return seen;
    }).finally(() => request.streamed?.close());

    if ("lost" in answer) {
      return this.#recover(caller, operation, params, options, { ...answer, sentLocal, tokenUser: tokenName(token) });
    }
    const endpointContext = { ...context, endpoint: answer.endpoint };
    if (answer.status >= 200 && answer.status < 300) {
      const decoded = decodeAnswer(operation, answer.contentType, answer.text);
      if (request.method !== "GET") this.#remember(parseUpid(decoded.data)?.upid);
      const complaint = agentComplaint(operation, decoded.data);
      if (complaint !== undefined) throw classifyFailure(endpointContext, { status: answer.status, reason: complaint });
      return { ...decoded, endpoint: answer.endpoint };
    }
    throw classifyFailure(
      endpointContext,
      { status: answer.status, reason: answer.reason, ...decodeFailure(answer.text), ...location(answer) },
      {
        token,
        ...(this.#config.tokenSecret === undefined ? {} : { tokenSecret: this.#config.tokenSecret }),
        ...(typeof params.node === "string" ? { node: params.node } : {}),
      },
    );
  }

  /** The request, with its file opened where it takes one. */
  async #withFile(request: WireRequest, context: RequestContext): Promise<WireRequest> {
    if (request.fields === undefined) return request;
    const { uploadBody } = await import("./upload.ts");
    return { ...request, streamed: await uploadBody(context, request.fields, this.#dependencies.uploadDirectory) };
  }

  async #check(caller: Caller, operation: OperationId, params: Params): Promise<void> {
    const [{ checkPath }] = await codec();
    checkPath(operation, params, this.name);
    const validate = this.#dependencies.validate ?? (await validation()).validateCall;
    const version = await this.#versions.forCall(caller, operation, params);
    const where = typeof params.node === "string" && operation.includes("{node}") ? params.node : "the host";
    const result = await validate(operation, params, version === undefined ? {} : { version, where });
    if (!result.ok && version !== undefined && result.errors.operation !== undefined) {
      const { otherWay } = await import("./other-ways.ts");
      const context = { cluster: this.name, operation };
      throw new VersionError(context, {
        version,
        where,
        fault: result.errors.operation,
        otherWay: otherWay(operation),
      });
    }
    if (!result.ok) throw new InvalidParametersError({ cluster: this.name, operation }, result.errors);
    if (operation !== BATCH_OPERATION) return;
    const { checkBatch } = await import("./batch.ts");
    await checkBatch(this.name, params, (one) => this.#check(caller, one.operation, one.params));
  }

  /** The answer, or why a write that may have arrived has none. */
  async #transmit(
    request: WireRequest,
    context: RequestContext,
    params: Params,
    options: SendOptions,
    token: TokenAuth,
  ): Promise<(WireAnswer & { endpoint: string }) | { lost: string; cause?: unknown }> {
    const leave = await this.#shared.load.enter(context.operation, params, options.signal);
    const write = request.method !== "GET";
    try {
      const answer = await this.#shared.failover.request(request, {
        context,
        token,
        timeoutMs:
          (options.timeoutMs ?? this.#config.requestTimeoutMs) +
          Math.ceil((request.streamed?.bytes ?? 0) / BYTES_PER_MS),
        ...(options.signal === undefined ? {} : { signal: options.signal }),
      });
      if (write && isLost(answer.status)) {
        return { lost: `${answer.status} ${answer.reason}`.trim() };
      }
      return answer;
    } catch (failure) {
      if (!(failure instanceof TransportFailure)) throw failure;
      if (write && failure.sent) {
        return { lost: failure.error?.code ?? "cancelled by the caller", cause: failure.error };
      }
      throw failure.error ?? failure.cause;
    } finally {
      leave();
    }
  }

  /** Finds the outcome of a write whose answer was lost; never sends it again. */
  async #recover(
    caller: Caller,
    operation: OperationId,
    params: Params,
    options: SendOptions,
    { lost, cause, sentLocal, tokenUser }: { lost: string; cause?: unknown; sentLocal: number; tokenUser: string },
  ): Promise<Answer> {
    const { findLostOutcome } = await import("./lost-answer.ts");
    const outcome = await findLostOutcome({
      operation,
      params,
      tokenUser,
      sentAt: () => this.#shared.clock.earliest(sentLocal),
      sentLocal,
      isKnown: (upid) => this.#upids.has(upid),
      send: this.send({ ...caller, tool: "lost-answer" }),
      // A caller who left gets no answer any more, but the record should still say what is certain: one look.
      lookMs: options.signal?.aborted ? [0] : this.#dependencies.lostAnswerLookMs,
    });
    if ("upid" in outcome) {
      this.#remember(outcome.upid);
      return { data: outcome.upid };
    }
    throw new OutcomeUnknownError({ cluster: this.name, operation }, { why: lost, ...outcome, cause });
  }

  #remember(upid: string | undefined): void {
    if (upid === undefined) return;
    this.#upids.add(upid);
    if (this.#upids.size > KNOWN_UPIDS) this.#upids.delete(this.#upids.values().next().value!);
  }

  /** Whoever asked by another token than its own would see what that one may see. */
  #requireIdentity({ identity }: Caller): void {
    if (identity !== this.#identity) throw new Error("a request came to the connection of another identity");
  }

  #requireEndpoint(): void {
    if (this.#config.endpoints.length > 0) return;
    throw new NotConfiguredError(this.name, ["endpoint", ...(this.#token.configured ? [] : ["API token"])]);
  }
}

function sharedOf(config: ClusterConfig, now: () => number): Shared {
  const clock = new ServerClock();
  const endpoints = config.endpoints.map(
    (url) => new Endpoint(baseUrl(url), config, (...times) => clock.observe(...times)),
  );
  return { failover: new Failover(endpoints, now), load: new NodeLoad(), clock, indexes: new Set() };
}

/** Whether the status says only that an answer did not come: from the server's own proxy, or one in front of it. */
function isLost(status: number): boolean {
  return (status >= 596 && status <= 599) || status === 502 || status === 504;
}

function failedOutcome(error: unknown): Omit<GateOutcome, "durationMs"> {
  if (!(error instanceof RequestError)) {
    const code = (error as { code?: unknown } | undefined)?.code;
    return { outcome: "error", detail: typeof code === "string" ? code : "cancelled" };
  }
  return {
    outcome: error instanceof OutcomeUnknownError ? "unknown" : "error",
    detail: error.code,
    ...(error.status === undefined ? {} : { status: error.status }),
  };
}

function location(answer: WireAnswer): { location?: string } {
  return answer.location === undefined ? {} : { location: answer.location };
}

function baseUrl(url: string): string {
  return url.replace(/\/+$/, "");
}
