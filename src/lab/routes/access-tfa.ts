import { randomBytes } from "node:crypto";
import { callerName, ROOT } from "../permissions/caller.ts";
import { refused, splitList } from "../permissions/check.ts";
import { die, parameterRefusal } from "../refusal.ts";
import { type Factor, type FactorType, isCode } from "../state/access-tfa.ts";
import { reauthenticate } from "./access-password.ts";
import { theUser, visibleUsers } from "./access-users.ts";
import { type Call, flag, type Route, text } from "./route.ts";

const RECOVERY_KEYS = 10;

function row({ id, type, description, created, enable }: Factor): Record<string, unknown> {
  return { id, type, description, created, ...(enable ? {} : { enable: 0 }) };
}

function all(call: Call): unknown[] {
  const visible = visibleUsers(call, ["User.Modify", "Sys.Audit"]);
  return call.state.access.factors
    .users()
    .filter(visible)
    .map((userid) => ({ userid, entries: call.state.access.factors.of(userid).map(row) }));
}

function theFactor(call: Call): Factor {
  const id = text(call, "id") ?? "";
  const factor = call.state.access.factors.of(text(call, "userid") ?? "").find((entry) => entry.id === id);
  if (!factor) throw die(`No such tfa entry '${id}'`);
  return factor;
}

/** Nobody but root@pam changes root@pam's factors, and all others confirm it with their password. */
function checkChange(call: Call): string {
  const userid = text(call, "userid") ?? "";
  if (userid === ROOT && callerName(call.token) !== ROOT) throw refused();
  reauthenticate(call, "password");
  return userid;
}

function recoveryKey(): string {
  return randomBytes(8)
    .toString("hex")
    .replace(/(.{4})(?=.)/g, "$1-");
}

function add(call: Call): Record<string, unknown> {
  const userid = checkChange(call);
  theUser(call);
  const { factors } = call.state.access;
  const type = (text(call, "type") ?? "") as FactorType;
  const description = text(call, "description") ?? "";
  if (type === "recovery") {
    if (text(call, "value") !== undefined)
      throw parameterRefusal({ value: "generating recovery tokens does not allow additional parameters" });
    if (factors.of(userid).some((factor) => factor.type === "recovery")) throw die("user already has recovery keys");
    const keys = Array.from({ length: RECOVERY_KEYS }, recoveryKey);
    const { id } = factors.add(userid, { type, description, keys: [...keys] });
    return { id, recovery: keys };
  }
  if (description === "") throw parameterRefusal({ description: "'description' is required to add a new entry" });
  if (type !== "totp") throw die(`${type === "yubico" ? "yubico OTP" : type} configuration is not available`);
  const uri = text(call, "value");
  const secret = /^otpauth:\/\/totp\/.*[?&]secret=([A-Za-z2-7]+)/.exec(uri ?? "")?.[1];
  if (uri === undefined) throw parameterRefusal({ value: "missing 'value' parameter" });
  if (secret === undefined) throw die("failed to parse the otpauth address");
  if (!isCode(secret, text(call, "totp") ?? "")) throw die("failed to verify the one-time code");
  return { id: factors.add(userid, { type, description, secret }).id };
}

function update(call: Call): null {
  checkChange(call);
  const factor = theFactor(call);
  factor.description = text(call, "description") ?? factor.description;
  if (call.params.enable !== undefined) factor.enable = flag(call, "enable");
  return null;
}

function remove(call: Call): null {
  const userid = checkChange(call);
  theFactor(call);
  call.state.access.factors.remove(userid, text(call, "id") ?? "");
  return null;
}

/** What the realm and the user demand of a login. */
function types(call: Call): Record<string, unknown> {
  const [userid] = theUser(call);
  const realmId = userid.slice(userid.lastIndexOf("@") + 1);
  const realm = call.state.access.realms.get(realmId);
  if (!realm) throw die(`auth domain '${realmId}' does not exist`);
  const demanded = splitList(realm.tfa).find((part) => part.startsWith("type="));
  const own = [...new Set(call.state.access.factors.of(userid).map(({ type }) => type))];
  return {
    ...(demanded ? { realm: demanded.slice("type=".length) } : {}),
    ...(flag(call, "multiple") ? { types: own } : own.includes("totp") ? { user: "oath" } : {}),
  };
}

/** Operations on second factors. */
export const accessTfaRoutes: readonly Route[] = [
  { id: "GET /access/tfa", run: (call) => ({ data: all(call) }) },
  {
    id: "GET /access/tfa/{userid}",
    run: (call) => ({ data: call.state.access.factors.of(text(call, "userid") ?? "").map(row) }),
  },
  { id: "POST /access/tfa/{userid}", writes: true, run: (call) => ({ data: add(call) }) },
  { id: "GET /access/tfa/{userid}/{id}", run: (call) => ({ data: row(theFactor(call)) }) },
  { id: "PUT /access/tfa/{userid}/{id}", writes: true, run: (call) => ({ data: update(call) }) },
  { id: "DELETE /access/tfa/{userid}/{id}", writes: true, run: (call) => ({ data: remove(call) }) },
  { id: "GET /access/users/{userid}/tfa", run: (call) => ({ data: types(call) }) },
  {
    id: "PUT /access/users/{userid}/unlock-tfa",
    writes: true,
    // Nobody is ever locked out here.
    run: (call) => {
      theUser(call);
      return { data: 0 };
    },
  },
];
