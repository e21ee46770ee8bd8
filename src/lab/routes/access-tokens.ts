import { randomUUID } from "node:crypto";
import { splitList } from "../permissions/check.ts";
import { die, parameterRefusal } from "../refusal.ts";
import type { ApiToken } from "../state/access.ts";
import { theUser } from "./access-users.ts";
import { type Call, flag, int, type Route, text } from "./route.ts";

function fields({ privsep, expire, comment }: ApiToken): Record<string, unknown> {
  return { privsep: privsep ? 1 : 0, expire: expire ?? 0, ...(comment ? { comment } : {}) };
}

function theToken(call: Call): [string, string, ApiToken] {
  const [userid, user] = theUser(call);
  const id = text(call, "tokenid") ?? "";
  const token = user.tokens.get(id);
  if (!token) throw die(`no such token '${id}' for user '${userid}'`);
  return [userid, id, token];
}

/** A write answers with what it was sent, which is a text from a form; what it was not sent is a number. */
function echoed(call: Call, token: ApiToken, names: readonly ("privsep" | "expire")[]): Record<string, unknown> {
  const known = fields(token);
  const sent = names.map((name) => [name, call.params[name] ?? known[name]]);
  return { ...Object.fromEntries(sent), ...(token.comment ? { comment: token.comment } : {}) };
}

function create(call: Call): unknown {
  const [userid, user] = theUser(call);
  const id = text(call, "tokenid") ?? "";
  if (user.tokens.has(id)) throw parameterRefusal({ tokenid: "Token already exists." });
  const expire = int(call, "expire");
  const comment = text(call, "comment");
  const token = call.state.access.addToken(userid, id, {
    privsep: call.params.privsep === undefined || flag(call, "privsep"),
    ...(expire === undefined ? {} : { expire }),
    ...(comment ? { comment } : {}),
  });
  return {
    "full-tokenid": `${userid}!${id}`,
    value: token.secret,
    info: echoed(call, token, expire === undefined ? ["privsep"] : ["privsep", "expire"]),
  };
}

function update(call: Call): unknown {
  const [userid, id, token] = theToken(call);
  const expire = int(call, "expire");
  const comment = text(call, "comment");
  if (call.params.privsep !== undefined) token.privsep = flag(call, "privsep");
  if (expire !== undefined) token.expire = expire;
  if (comment !== undefined) token.comment = comment;
  const dropped = splitList(call.params.delete);
  if (dropped.includes("comment")) delete token.comment;
  if (dropped.includes("expire")) delete token.expire;
  const answer = echoed(call, token, ["privsep", "expire"]);
  if (!flag(call, "regenerate")) return answer;
  token.secret = randomUUID();
  return { ...answer, "full-tokenid": `${userid}!${id}`, value: token.secret };
}

/** Operations on API tokens; a secret is shown once, when it is made (pve-facts 35). */
export const accessTokenRoutes: readonly Route[] = [
  {
    id: "GET /access/users/{userid}/token",
    run: (call) => ({
      data: [...theUser(call)[1].tokens].map(([tokenid, token]) => ({ tokenid, ...fields(token) })),
    }),
  },
  { id: "GET /access/users/{userid}/token/{tokenid}", run: (call) => ({ data: fields(theToken(call)[2]) }) },
  { id: "POST /access/users/{userid}/token/{tokenid}", writes: true, run: (call) => ({ data: create(call) }) },
  {
    id: "PUT /access/users/{userid}/token/{tokenid}",
    writes: true,
    run: (call) => ({ data: update(call) }),
  },
  {
    id: "DELETE /access/users/{userid}/token/{tokenid}",
    writes: true,
    run: (call) => {
      const [userid, id] = theToken(call);
      call.state.access.removeToken(userid, id);
      return { data: null };
    },
  },
];
