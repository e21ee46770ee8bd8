import type { JWTPayload } from "jose";
import type { Requester } from "../../requester.ts";

/** Who a token is about. The issuer is part of the name, so that no other issuer's subject can ever be the same. */
export function requesterOfToken(payload: JWTPayload): Requester {
  return { principal: `${payload.sub}@${payload.iss}`, scopes: scopesOf(payload) };
}

/** The scopes that mean something here: `scope` by RFC 9068, or `scp` as some providers have it. */
function scopesOf({ scope, scp }: JWTPayload): string[] {
  const all = [scope, scp].flatMap((one) => (Array.isArray(one) ? one : typeof one === "string" ? one.split(" ") : []));
  return all.filter((one): one is string => typeof one === "string" && one.startsWith("proxmox."));
}
