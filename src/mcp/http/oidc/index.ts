import type { OidcSettings } from "../../../config/index.ts";
import { exceeds, hasScope, scopeFor } from "../../../access/index.ts";
import { ACCESS_CLASSES, type AccessClass } from "../../../schema/operation.ts";
import type { Addresses } from "../addresses.ts";
import type { Authenticator } from "../authenticator.ts";
import type { HttpLimits } from "../limits.ts";
import { Refusal } from "../refusal.ts";
import { challenge } from "./challenge.ts";
import { IssuerKeys } from "./issuer-keys.ts";
import { TokenError, TokenVerifier } from "./verify.ts";

/** Lets in whoever shows an access token of the issuer, with what its scopes allow. */
export function oidcAuthenticator(
  settings: OidcSettings,
  addresses: Pick<Addresses, "resource" | "metadata">,
  { limits, ceiling }: { limits: HttpLimits; ceiling: AccessClass },
): Authenticator {
  const keys = new IssuerKeys(settings, limits);
  const audiences = settings.audiences.length > 0 ? settings.audiences : [addresses.resource];
  const verifier = new TokenVerifier({
    issuer: settings.issuer,
    audiences,
    keys: keys.get,
    groupsClaim: settings.groupsClaim,
  });
  const lowest = scopeFor("read");

  const refuse = (message: string, error?: string): Refusal =>
    new Refusal(401, "token", message, {
      headers: challenge(addresses.metadata, lowest, error === undefined ? {} : { error, description: message }),
    });
  const stepUp = (scope: string): Refusal => {
    const description = `This needs the scope ${scope}. Nothing was done.`;
    return new Refusal(403, "scope", description, {
      headers: challenge(addresses.metadata, scope, { error: "insufficient_scope", description }),
    });
  };
  return {
    async authenticate(authorization) {
      if (authorization === undefined) throw refuse("Sign in first: the request has no access token.");
      const token = /^Bearer +([A-Za-z0-9._~+/=-]+) *$/i.exec(authorization)?.[1];
      if (token === undefined) throw refuse("The Authorization header has to be: Bearer TOKEN.", "invalid_request");
      try {
        const found = await verifier.verify(token);
        if (!hasScope("read", found.requester.scopes)) throw stepUp(lowest);
        return found;
      } catch (error) {
        if (error instanceof TokenError)
          throw refuse(`The access token is not taken: ${error.message}.`, "invalid_token");
        throw error;
      }
    },
    stepUp,
    problem: () => keys.problem(),
    metadata: {
      resource: addresses.resource,
      resource_name: "proxmox-mcp",
      authorization_servers: [settings.issuer],
      bearer_methods_supported: ["header"],
      scopes_supported: [
        ...new Set(ACCESS_CLASSES.filter((one) => !exceeds(one, ceiling)).map((one) => scopeFor(one))),
      ],
    },
  };
}
