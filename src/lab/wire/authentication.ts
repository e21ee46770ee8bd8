import type { IncomingMessage } from "node:http";
import { type Caller, callerName, NOBODY, splitToken, splitUser } from "../permissions/caller.ts";
import { PermissionCheck } from "../permissions/check.ts";
import { Refusal } from "../refusal.ts";
import { type AccessState, isPast } from "../state/access.ts";
import { decodeBytes } from "./decode-urlencoded.ts";

/** Calls that need no login; whatever they bring along is not looked at. */
const OPEN = new Set([
  "GET /access/domains",
  "GET /access/ticket",
  "POST /access/ticket",
  "POST /access/vncticket",
  "POST /access/openid/login",
  "POST /access/openid/auth-url",
]);
const UPLOAD = /^\/nodes\/[^/]+\/storage\/([^/]+)\/upload$/;

/** A caller, and how it proved to be that. */
export interface Login {
  caller: Caller;
  /** A token was sent, whether or not it was looked at. */
  byToken: boolean;
  /** A file comes along, in a body of its own kind. */
  upload?: true;
}

/** The named value of a cookie or Authorization header, unescaped; nothing when it is empty. */
function authValue(header: string | undefined, name: string): string | undefined {
  const value = new RegExp(`(?:^|\\s)${name}(?:=| )([^;]*)`).exec(header ?? "")?.[1];
  if (!value) return undefined;
  return decodeBytes(
    value.replace(/%([0-9a-fA-F]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16))),
  );
}

function refuse(reason: string): Refusal {
  return new Refusal(401, reason, { form: "empty" });
}

/** The token's caller; why it is refused is only told by older versions (pve-facts 26). */
function byToken(access: AccessState, value: string): Caller {
  const split = /^(.*)=(.*)$/s.exec(value.trim());
  if (!split) throw refuse("no tokenid specified");
  const name = splitToken(split[1]!);
  const token = name && access.users.get(name.userid)?.tokens.get(name.id);
  if (!name || !token) throw refuse("no such token");
  if (!access.isEnabled(name.userid)) throw refuse(`user '${name.userid}' is disabled or expired`);
  if (isPast(token.expire)) throw refuse("token expired");
  if (token.secret !== split[2]) throw refuse("invalid token value!");
  return { ...splitUser(name.userid)!, id: name.id };
}

function byTicket(access: AccessState, ticket: string, operation: string): Caller {
  const content = access.tickets.read(ticket);
  const half = content === undefined && operation === "POST /access/tfa" ? halfOwner(access, ticket) : undefined;
  const userid = content?.userid ?? half;
  if (userid === undefined) throw refuse("permission denied - invalid PVE ticket");
  if (!access.isEnabled(userid)) throw refuse(`user '${userid}' is disabled or expired`);
  return splitUser(userid) ?? NOBODY;
}

/** Whose login a half ticket began, for the one call that finishes it. */
function halfOwner(access: AccessState, ticket: string): string | undefined {
  return [...access.users.keys()].find((userid) => access.tickets.read(ticket, userid)?.half);
}

/**
 * Who sends a request below `/api2`: a ticket, as a cookie or in Authorization, goes before a token (pve-facts 35, 39).
 * Throws 401 without a body, in the same words for every reason if `uniform`.
 */
export function authenticate(request: IncomingMessage, access: AccessState, path: string, uniform: boolean): Login {
  const { authorization, cookie } = request.headers;
  const ticket = authValue(cookie, "PVEAuthCookie") ?? authValue(authorization, "PVEAuthCookie");
  const token = ticket === undefined ? authValue(authorization, "PVEAPIToken") : undefined;
  const operation = `${request.method} ${path}`;
  if (OPEN.has(operation)) return { caller: NOBODY, byToken: token !== undefined };
  if (ticket === undefined && token === undefined) throw refuse("No ticket");
  let caller: Caller;
  try {
    caller = token === undefined ? byTicket(access, ticket!, operation) : byToken(access, token);
  } catch (error) {
    throw uniform ? refuse("Authentication failed!") : error;
  }
  const login: Login = { caller, byToken: token !== undefined };
  const storage = request.method === "POST" ? UPLOAD.exec(path)?.[1] : undefined;
  if (storage !== undefined) {
    checkUpload(access, storage, caller);
    return { ...login, upload: true };
  }
  if (!login.byToken) checkForgery(request, access, caller);
  return login;
}

/** Uploads need no second proof, so the right to make them is asked for at once, and refused without a body. */
function checkUpload(access: AccessState, storage: string, caller: Caller): void {
  try {
    new PermissionCheck(access, callerName(caller)).all(`/storage/${storage}`, ["Datastore.AllocateTemplate"]);
  } catch (error) {
    throw error instanceof Refusal ? new Refusal(error.status, error.message, { form: "empty" }) : error;
  }
}

/** A browser sends its cookie by itself, so whatever changes something needs a second proof. */
function checkForgery(request: IncomingMessage, access: AccessState, caller: Caller): void {
  if (request.method === "GET") return;
  const given = request.headers.csrfpreventiontoken;
  if (!access.tickets.checkCsrf(typeof given === "string" ? given : undefined, callerName(caller)))
    throw refuse("Permission denied - invalid csrf token");
}
