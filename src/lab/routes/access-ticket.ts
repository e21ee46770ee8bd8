import { ROOT, splitUser } from "../permissions/caller.ts";
import { PermissionCheck, splitList } from "../permissions/check.ts";
import { capabilities } from "../permissions/effective.ts";
import { normalizePath } from "../permissions/paths.ts";
import { die, Refusal } from "../refusal.ts";
import type { AccessState } from "../state/access.ts";
import type { ClusterState } from "../state/cluster.ts";
import { type Call, int, type Route, text } from "./route.ts";

/** A login that failed; why is told to nobody. */
function failure(): Refusal {
  return new Refusal(401, "authentication failure");
}

/** Checks user, state and password; throws what only the log would say. */
function checkPassword(access: AccessState, userid: string, password: string): void {
  if (!splitUser(userid)) throw die(`value '${userid}' does not look like a valid user name`);
  if (!access.isEnabled(userid)) throw die("user is not enabled");
  if (!access.realms.get(splitUser(userid)!.realm)) throw die("no such realm");
  const known = access.users.get(userid)?.password;
  if (known === undefined || known !== password) throw die("wrong password");
}

/** A full or half session for a login. */
function login(call: Call, userid: string): Record<string, unknown> {
  const { access } = call.state;
  const password = text(call, "password") ?? "";
  const challenge = text(call, "tfa-challenge");
  if (!access.isEnabled(userid)) throw die("user is not enabled");
  const session = (half: boolean): Record<string, unknown> => ({
    username: userid,
    ticket: access.tickets.issue(userid, { half }),
    CSRFPreventionToken: access.tickets.csrf(userid),
    ...(half ? { NeedTFA: 1 } : {}),
  });
  if (challenge !== undefined) {
    if (!access.tickets.read(challenge, userid)?.half) throw die("bad challenge");
    if (!access.factors.accept(userid, password)) throw die("wrong second factor");
    return session(false);
  }
  const renewed = access.tickets.read(password);
  // A good ticket stands for the password of its own user; root's for anybody's.
  if (renewed && (renewed.userid === userid || renewed.userid === ROOT)) return session(false);
  checkPassword(access, userid, password);
  if (!access.factors.needed(userid)) return session(false);
  const otp = text(call, "otp");
  if (otp === undefined) return session(true);
  if (!access.factors.accept(userid, `totp:${otp}`)) throw die("wrong second factor");
  return session(false);
}

/** A password, ticket or console ticket checked together with rights on a path. */
function verify(call: Call, userid: string, secret: string, path: string, privileges: string, port?: number): void {
  const { access } = call.state;
  const normal = normalizePath(path);
  if (normal === undefined) throw die(`invalid path - ${path}`);
  if (access.tickets.read(secret)?.userid !== userid && !access.tickets.checkConsole(secret, userid, normal, port))
    checkPassword(access, userid, secret);
  const wanted = splitList(privileges);
  if (wanted.length === 0) throw die(`no permission (${path}, ${privileges})`);
  new PermissionCheck(access, userid).all(normal, wanted);
}

/** `clustername`, for those who may know it. */
function clusterName(state: ClusterState, userid: string): object {
  return state.clusterName !== undefined && state.access.rights.has(userid, "/", "Sys.Audit")
    ? { clustername: state.clusterName }
    : {};
}

function createTicket(call: Call): Record<string, unknown> {
  const realm = text(call, "realm");
  const userid = `${text(call, "username") ?? ""}${realm ? `@${realm}` : ""}`;
  const path = text(call, "path");
  const privs = text(call, "privs");
  let answer: Record<string, unknown>;
  try {
    if (path && privs) {
      if (!call.state.access.isEnabled(userid)) throw die("user is not enabled");
      verify(call, userid, text(call, "password") ?? "", path, privs);
      answer = { username: userid };
    } else answer = login(call, userid);
  } catch {
    throw failure();
  }
  if (answer.NeedTFA === undefined) answer.cap = capabilities(call.state.access, userid);
  return { ...answer, ...clusterName(call.state, userid) };
}

function verifyConsole(call: Call): null {
  try {
    const [name, path] = [text(call, "authid") ?? "", text(call, "path") ?? ""];
    verify(call, name, text(call, "vncticket") ?? "", path, text(call, "privs") ?? "", int(call, "port"));
  } catch {
    throw failure();
  }
  return null;
}

function openidRealm(call: Call): Record<string, string | number> {
  const realm = text(call, "realm") ?? "";
  const config = call.state.access.realms.get(realm);
  if (!config) throw die(`auth domain '${realm}' does not exist`);
  if (config.type !== "openid") throw die(`wrong realm type (${config.type} != openid)`);
  return config;
}

/** The address that a browser is sent to, as far as it can be known without asking the issuer. */
function authUrl(call: Call): string {
  const realm = openidRealm(call);
  const query = new URLSearchParams({
    response_type: "code",
    client_id: String(realm["client-id"]),
    state: JSON.stringify({ realm: text(call, "realm"), "redirect-url": text(call, "redirect-url") }),
    scope: String(realm.scopes ?? "openid email profile"),
    redirect_uri: text(call, "redirect-url") ?? "",
  });
  return `${String(realm["issuer-url"]).replace(/\/$/, "")}/authorize?${query}`;
}

/** Operations that need no login, as they are the login. */
export const accessTicketRoutes: readonly Route[] = [
  { id: "GET /access/ticket", run: () => ({ data: null }) },
  { id: "POST /access/ticket", run: (call) => ({ data: createTicket(call) }) },
  { id: "POST /access/vncticket", run: (call) => ({ data: verifyConsole(call) }) },
  { id: "GET /access/openid", run: () => ({ data: [{ subdir: "login" }, { subdir: "auth-url" }] }) },
  { id: "POST /access/openid/auth-url", run: (call) => ({ data: authUrl(call) }) },
  {
    id: "POST /access/openid/login",
    // No issuer stands behind a realm here, so no code can be redeemed.
    run: () => {
      throw failure();
    },
  },
  {
    id: "POST /access/tfa",
    run: (call) => {
      if (!call.state.access.factors.accept(call.user, text(call, "response") ?? "")) throw failure();
      return {
        data: { ticket: call.state.access.tickets.issue(call.user), cap: capabilities(call.state.access, call.user) },
      };
    },
  },
];
