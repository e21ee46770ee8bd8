import type { IncomingMessage } from "node:http";
import { Refusal } from "../refusal.ts";
import { type LabToken, tokenName } from "../state/permissions.ts";

function decodeSecret(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The token a request carries; 401 without a body otherwise (pve-facts 26, 35). */
export function authenticate(request: IncomingMessage, tokens: readonly LabToken[], uniform: boolean): LabToken {
  // A cookie beats the header; this lab issues no tickets, so none is good.
  if (/(^|;\s*)PVEAuthCookie=/.test(request.headers.cookie ?? ""))
    throw new Refusal(401, "Authentication failed!", { form: "empty" });
  const match = /^PVEAPIToken[= ](.*)$/.exec(request.headers.authorization ?? "");
  if (!match) throw new Refusal(401, "No ticket", { form: "empty" });
  const given = decodeSecret(match[1]!.trim());
  const token = tokens.find((known) => `${tokenName(known)}=${known.secret}` === given);
  if (token) return token;
  const name = given.split("=")[0] ?? "";
  const known = tokens.some((other) => tokenName(other) === name);
  const old = known ? "invalid token value!" : "no such token";
  throw new Refusal(401, uniform ? "Authentication failed!" : old, { form: "empty" });
}
