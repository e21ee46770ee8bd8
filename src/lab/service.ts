import { API_DOCS_PATH, apiDocs } from "./api-docs.ts";
import type { IncomingMessage, ServerResponse } from "node:http";
import { manifest } from "../../generated/manifest.ts";
import { permissions } from "../../generated/permissions.ts";
import type { ManifestEntry, OperationId } from "../schema/operation.ts";
import { type Fault, type Faults, flipTypes, type Hit, usualReason } from "./faults.ts";
import { tellSecretsOf } from "./made-secrets.ts";
import { conflicts, verifyOperation } from "./parameters/index.ts";
import { callerName } from "./permissions/caller.ts";
import { PermissionCheck } from "./permissions/check.ts";
import { die, parameterRefusal, Refusal } from "./refusal.ts";
import type { Match, Router } from "./router.ts";
import { ROOT_INDEX } from "./routes/root.ts";
import type { Answer, Call } from "./routes/route.ts";
import type { ClusterState } from "./state/cluster.ts";
import { SYNTHETIC_HEADER } from "./synthetic/index.ts";
import { parseOutcome, type TaskTrouble, taskTrouble } from "./tasks.ts";
import { type Dialect, isIn, labVersionOf } from "./versions.ts";
import { authenticate, type Login } from "./wire/authentication.ts";
import { checkBody, type RawParams, readParams } from "./wire/body.ts";
import { decodeBytes } from "./wire/decode-urlencoded.ts";
import { FORMATS, loginPage, render, startPage } from "./wire/formats.ts";
import { readUpload } from "./wire/multipart.ts";
import { sendRefusal, sendRendered } from "./wire/reply.ts";
import { connectionOf } from "./wire/server.ts";
import type { Workers } from "./workers.ts";

/** A request that reached the lab. */
export interface LabRequest {
  seq: number;
  /** Milliseconds since the epoch. */
  time: number;
  method: string;
  /** Below `/api2/json`, unescaped. */
  path: string;
  /** Query and body, decoded. */
  params: Record<string, unknown>;
  /** Method and path template of what it named, if that is documented. */
  operation?: string;
  /** `user@realm!id`, once it was let in. */
  token?: string;
  /** Status of the answer; absent while there is none. */
  status?: number;
  /** The answer was made up from the schema. */
  synthetic?: true;
  /** A fault of the lab itself: the stack of what it did not expect. */
  crash?: string;
}

/** Requests kept for assertions. */
const LOG_LIMIT = 50_000;
const METHODS = new Set(["GET", "POST", "PUT", "DELETE"]);
const BASE = "/api2";
/** A format and a path below it; a path with a line break in it is none. */
const API_PATH = /^\/api2\/+([a-z][a-z0-9]+)(\/.*)?$/;

/** What stands outside the API, other than the start page, is a file that this server does not have. */
function noSuchFile(path: string): Refusal {
  return new Refusal(500, `no such file '${path}'`, { form: "text", long: `no such file '${path}'\n` });
}

export interface Service {
  state: ClusterState;
  router: Router;
  faults: Faults;
  requests: LabRequest[];
  dialect: Dialect;
  workers: Workers;
}

/** Unescapes a path once, before it is split (pve-facts 19). */
function unescapePath(path: string): string {
  return decodeBytes(
    path.replace(/%([0-9a-fA-F]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16))),
  );
}

/** Joins what the path says to what was sent. */
function mergePath(params: RawParams, pathParams: Record<string, string>): Record<string, unknown> {
  const errors = conflicts(params, pathParams);
  if (Object.keys(errors).length > 0) throw parameterRefusal(errors);
  return { ...params, ...pathParams };
}

/** The parameters of a call in the schema's shape; a key without a value counts as absent. */
function verified(service: Service, match: Match, params: Record<string, unknown>): Record<string, unknown> {
  const verdict = verifyOperation(match.id, params, { version: service.dialect.version });
  if (verdict.status === 400) throw parameterRefusal(verdict.errors);
  return Object.fromEntries(Object.entries(verdict.values).filter(([, value]) => value !== null));
}

const MANIFEST = new Map<string, ManifestEntry>(manifest.map((entry) => [entry.id, entry]));

/** Operations that tokens may not use at all (pve-facts 37). */
const NO_TOKEN = new Set<string>(manifest.filter((entry) => entry.noToken).map((entry) => entry.id));

/** The rule of the operation, asked before its parameters are verified. */
function checkPermission(
  service: Service,
  match: Match,
  { caller, byToken }: Login,
  path: string,
  params: RawParams,
): void {
  if (byToken && NO_TOKEN.has(match.id)) {
    const why = `Permission check failed (URI '${path}' not available with API token, need proper ticket.`;
    throw new Refusal(403, why, { long: `${why}\n)` });
  }
  const check = new PermissionCheck(service.state.access, callerName(caller));
  check.operation(match.id === ROOT_INDEX ? { user: "all" } : permissions[match.id as OperationId], params);
}

/** Where a call is carried out: paths that name a node are forwarded to it. */
async function forward(service: Service, match: Match, params: Record<string, unknown>): Promise<void> {
  const { state } = service;
  if (params.node === undefined || match.route?.local || !match.id.includes("{node}")) return;
  if (params.node === "localhost") {
    params.node = state.entry.name;
    return;
  }
  const node = state.nodes.get(String(params.node));
  if (!node) {
    if (!/^[a-zA-Z0-9-]+$/.test(String(params.node))) return;
    // Without a way out no server for names answers either.
    const why = state.datacenter.internet ? "Name or service not known" : "Temporary failure in name resolution";
    throw die(`hostname lookup '${params.node}' failed - failed to get address info for: ${params.node}: ${why}`);
  }
  if (node.online) return;
  await state.timers.sleep(state.pace.offlineMs);
  throw new Refusal(595, "No route to host", { form: "empty" });
}

/** A member of another version checks what was forwarded to it once more (pve-facts 109). */
function checkOnNode(service: Service, match: Match, method: string, path: string, params: RawParams): void {
  const node = match.id.includes("{node}") ? service.state.nodes.get(String(params.node)) : undefined;
  const version = node && labVersionOf(node.version);
  if (version === undefined || version === service.dialect.version) return;
  const entry = MANIFEST.get(match.id);
  if (entry && !isIn(version, entry)) throw new Refusal(501, `Method '${method} ${path}' not implemented`);
  const verdict = verifyOperation(match.id, params, { version });
  if (verdict.status === 400) throw parameterRefusal(verdict.errors);
}

async function carryOut(
  service: Service,
  match: Match,
  login: Login,
  { method, path }: LabRequest,
  raw: RawParams,
  faults: readonly Fault[],
): Promise<Answer> {
  const { state } = service;
  const merged = mergePath(raw, match.pathParams);
  checkPermission(service, match, login, path, merged);
  await forward(service, match, merged);
  const params = verified(service, match, merged);
  checkOnNode(service, match, method, path, merged);
  if (!match.route) throw new Refusal(501, `Method '${method} ${path}' not implemented`);
  if (match.route.writes && !state.quorate) throw die("cluster not ready - no quorum?");
  const forced = faults.find((fault) => fault.taskOutcome !== undefined)?.taskOutcome;
  const call: Call = {
    state,
    token: login.caller,
    user: callerName({ user: login.caller.user, realm: login.caller.realm }),
    params,
    ...(forced === undefined ? {} : { outcome: parseOutcome(forced) }),
  };
  const { route } = match;
  const busyMs = Math.max(0, ...faults.map((fault) => fault.workMs ?? 0));
  const work = async (): Promise<Answer> => {
    await state.timers.sleep(busyMs);
    return await route.run(call);
  };
  if (params.node === undefined || route.local) return await work();
  return await service.workers.run(String(params.node), work);
}

function asRefusal(error: unknown): Refusal {
  return error instanceof Refusal ? error : new Refusal(500, error instanceof Error ? error.message : String(error));
}

/** What was thrown, as an answer; an error that no route throws on purpose is put on record as the lab's own. */
function noted(error: unknown, entry: LabRequest): Refusal {
  if (error instanceof Error && !(error instanceof Refusal) && error.constructor !== Error)
    entry.crash = error.stack ?? error.message;
  return asRefusal(error);
}

/** The answer that a fault gives instead of the real one. */
function faultAnswer({ status = 500, reason, errors }: Fault): Refusal {
  const form = status === 401 || status >= 595 ? "empty" : "json";
  return new Refusal(status, reason ?? usualReason(status), { form, ...(errors ? { errors } : {}) });
}

/** The trouble of all faults of a request together. */
function troubleOf(faults: readonly Fault[], state: ClusterState, hit: Hit): TaskTrouble | undefined {
  const troubles = faults.flatMap((fault) => (fault.task ? [fault.task(state, hit)] : []));
  return troubles.length === 0 ? undefined : Object.assign({}, ...troubles);
}

/** Carries a request out, with whatever is wrong with it. */
export async function carryOutWith(
  service: Service,
  match: Match,
  login: Login,
  entry: LabRequest,
  hit: Hit,
  faults: readonly Fault[],
): Promise<Answer> {
  tellSecretsOf(match.id, "parameter", hit.params);
  for (const fault of faults) fault.before?.(hit);
  const made = faults.find((fault) => "data" in fault);
  const trouble = troubleOf(faults, service.state, hit);
  let answer: Answer;
  if (made) answer = { data: made.data };
  else if (trouble)
    answer = await taskTrouble.run(trouble, () => carryOut(service, match, login, entry, hit.params, faults));
  else answer = await carryOut(service, match, login, entry, hit.params, faults);
  for (const fault of faults) answer = fault.answer?.(answer, match.id, hit) ?? answer;
  tellSecretsOf(match.id, "answer", answer.data);
  return answer;
}

/** Answers one request, from the method check to the last byte. */
export async function serve(
  service: Service,
  request: IncomingMessage,
  response: ServerResponse,
  keepAlive: boolean,
): Promise<void> {
  const { state } = service;
  const method = request.method ?? "";
  const [rawPath = "/", ...rest] = (request.url ?? "/").split("?");
  const query = rest.join("?");
  const path = unescapePath(rawPath);
  const api = API_PATH.exec(path);
  const entry: LabRequest = {
    seq: (service.requests.at(-1)?.seq ?? 0) + 1,
    time: Date.now(),
    method,
    path: api?.[2] || (api ? "/" : path),
    params: {},
  };
  if (service.requests.length >= LOG_LIMIT) service.requests.splice(0, LOG_LIMIT / 2);
  service.requests.push(entry);

  let formatter = "json";
  let faults: readonly Fault[] = [];
  const refuse = (refusal: Refusal): void => {
    entry.status = refusal.status;
    if (response.destroyed) return;
    sendRefusal(response, refusal, service.dialect.errorMessage && !faults.some((fault) => fault.noMessage));
    request.resume();
  };
  const skew = state.tasks.skewMs.get(state.entry.name);
  if (skew !== undefined) response.setHeader("Date", new Date(Date.now() + skew).toUTCString());
  try {
    if (!METHODS.has(method)) throw new Refusal(501, `method '${method}' not available`, { form: "empty" });
    if (/chunked/i.test(request.headers["transfer-encoding"] ?? ""))
      throw new Refusal(501, "chunked transfer encoding not supported", { form: "text" });
    if (!path.startsWith(BASE)) {
      const isDocs = path === API_DOCS_PATH;
      if ((path !== "/" && !isDocs) || method !== "GET") throw noSuchFile(path);
      entry.status = 200;
      const page = isDocs ? apiDocs(service.dialect.version) : startPage(state.entry.name);
      await sendRendered(request, response, page, keepAlive);
      return;
    }
    if (!api) throw new Refusal(501, "no such uri", { form: "text" });
    formatter = api[1] ?? "";

    let login: Login;
    try {
      login = authenticate(request, state.access, entry.path, service.dialect.uniform401);
    } catch (error) {
      await state.timers.sleep(state.pace.authDelayMs);
      if (formatter !== "html") throw error;
      entry.status = 401;
      await sendRendered(request, response, loginPage(), false);
      return;
    }
    entry.token = callerName(login.caller);
    const withFile = login.upload === true && Number(request.headers["content-length"] ?? 0) > 0;
    if (!withFile) checkBody(request, service.dialect.bodyLimit);
    if (!FORMATS.has(formatter))
      throw new Refusal(501, `no formatter for uri ${entry.path}, ${formatter}`, { form: "text" });
    let raw: RawParams;
    if (withFile) {
      // A lab that is quick to refuse is quick to give up.
      const upload = await readUpload(request, (ms) => state.timers.sleep(Math.min(ms, 2 * state.pace.authDelayMs)));
      if (!upload) return;
      raw = upload.params;
      state.backups.uploads.set(upload.params.tmpfilename!, upload.file);
    } else raw = await readParams(request, query);
    entry.params = { ...raw };

    const hit: Hit = { method, path: entry.path, params: raw, token: entry.token, ...connectionOf(request) };
    faults = service.faults.take(hit);
    for (const fault of faults) if (fault.delayMs !== undefined) await state.timers.sleep(fault.delayMs);
    if (faults.some((fault) => fault.hang)) return;
    if (faults.some((fault) => fault.cutBeforeWork)) {
      request.socket.destroy();
      return;
    }
    const answer = faults.find((fault) => fault.status !== undefined);
    if (answer && !answer.afterWork) throw faultAnswer(answer);

    const match = service.router.find(method, entry.path);
    if (match) entry.operation = match.id;
    const cut = faults.some((fault) => fault.cutBeforeAnswer);
    let outcome: Answer | Refusal;
    if (!match) outcome = new Refusal(501, `Method '${method} ${entry.path}' not implemented`);
    else outcome = await carryOutWith(service, match, login, entry, hit, faults).catch((error) => noted(error, entry));
    for (const fault of faults) fault.after?.(hit);
    if (cut) {
      request.socket.destroy();
      return;
    }
    if (answer) throw faultAnswer(answer);
    if (outcome instanceof Refusal && outcome.status === 401)
      await state.timers.sleep(state.pace.authDelayMs - (Date.now() - entry.time));
    if (match?.route?.synthetic && !(outcome instanceof Refusal)) {
      entry.synthetic = true;
      response.setHeader(SYNTHETIC_HEADER, "1");
    }
    const rendered = render(formatter, entry.path, outcome);
    if (!rendered) throw outcome;
    entry.status = outcome instanceof Refusal ? outcome.status : 200;
    if (rendered.body !== undefined && faults.some((fault) => fault.wrongTypes))
      rendered.body = flipTypes(rendered.body);
    const { body } = rendered;
    if (body !== undefined && faults.some((fault) => fault.text))
      rendered.bytes = Buffer.from(faults.reduce((json, { text }) => text?.(json) ?? json, JSON.stringify(body)));
    await sendRendered(request, response, rendered, keepAlive);
  } catch (error) {
    if (response.headersSent || response.destroyed) return;
    refuse(asRefusal(error));
  }
}
