import type { JWTPayload } from "jose";
import type { Requester } from "../../requester.ts";

/** Who a token is about. The issuer is part of the name, so that no other issuer's subject can ever be the same. */
export function requesterOfToken(payload: JWTPayload, groupsClaim: string): Requester {
  const { sub, iss } = payload;
  return {
    principal: `${sub}@${iss}`,
    scopes: scopesOf(payload),
    subject: { id: sub!, issuer: iss! },
    groups: groupsOf(payload[groupsClaim]),
  };
}

/** Groups by name: a list of texts, or one text for one group. Whatever else it holds names none. */
function groupsOf(claim: unknown): string[] {
  return [claim].flat().filter((one): one is string => typeof one === "string" && one !== "");
}

/** The scopes that mean something here: `scope` by RFC 9068, or `scp` as some providers have it. */
function scopesOf({ scope, scp }: JWTPayload): string[] {
  const all = [scope, scp].flatMap((one) => (Array.isArray(one) ? one : typeof one === "string" ? one.split(" ") : []));
  return all.filter((one): one is string => typeof one === "string" && one.startsWith("proxmox."));
}
