import { createHash } from "node:crypto";
import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from "jose";
import type { Authenticated } from "../authenticator.ts";
import { requesterOfToken } from "./requester-of.ts";

/** Asymmetric ones only: with a shared secret, whoever checks tokens could make them. */
const ALGORITHMS = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
  "Ed25519",
];

/** Seconds by which clocks may differ. */
const SKEW = 30;

/** How long a token that was good is taken for good without another look at its signature, and how many are remembered. */
const REMEMBER_MS = 60_000;
const REMEMBERED = 4096;

/** The token is not good; the message says why and may be shown to whoever sent it. */
export class TokenError extends Error {}

export interface Expected {
  issuer: string;
  audiences: readonly string[];
  keys: JWTVerifyGetKey;
  groupsClaim: string;
}

/** Checks access tokens (RFC 9068, with its `typ` optional, as many providers leave it out). */
export class TokenVerifier {
  readonly #expected: Expected;
  readonly #good = new Map<string, Authenticated & { until: number }>();

  constructor(expected: Expected) {
    this.#expected = expected;
  }

  /** Throws `TokenError`, or `IssuerError` when the keys cannot be had. */
  async verify(token: string): Promise<Authenticated> {
    const id = createHash("sha256").update(token).digest("base64");
    const known = this.#good.get(id);
    if (known && known.until > Date.now()) return known;
    const payload = await this.#check(token);
    const expiresAt = payload.exp! * 1000;
    const until = Math.min(expiresAt + SKEW * 1000, Date.now() + REMEMBER_MS);
    const good = { requester: requesterOfToken(payload, this.#expected.groupsClaim), expiresAt, until };
    this.#good.delete(id);
    this.#good.set(id, good);
    if (this.#good.size > REMEMBERED) this.#good.delete(this.#good.keys().next().value!);
    return good;
  }

  async #check(token: string): Promise<JWTPayload> {
    const { issuer, audiences, keys } = this.#expected;
    try {
      const { payload, protectedHeader } = await jwtVerify(token, keys, {
        issuer,
        audience: [...audiences],
        algorithms: ALGORITHMS,
        clockTolerance: SKEW,
        requiredClaims: ["exp", "sub"],
      });
      if (protectedHeader.typ !== undefined && !/^(application\/)?(at\+)?jwt$/i.test(protectedHeader.typ)) {
        throw new TokenError(`it is no access token, but a ${JSON.stringify(protectedHeader.typ)}`);
      }
      checkSubject(payload);
      return payload;
    } catch (error) {
      throw explain(error, this.#expected);
    }
  }
}

function checkSubject({ sub, cnf }: JWTPayload): void {
  if (typeof sub !== "string" || !/^[\x21-\x7e]([\x20-\x7e]{0,253}[\x21-\x7e])?$/.test(sub)) {
    throw new TokenError("its subject (sub) is no text of at most 255 printable ASCII characters");
  }
  // Whoever stole it could use it: it is only good together with a proof that is not asked for here.
  if (cnf !== undefined) throw new TokenError("it is bound to a key (cnf), which this server cannot check");
}

function explain(error: unknown, { issuer, audiences }: Expected): unknown {
  if (error instanceof errors.JWTExpired) return new TokenError("it has expired");
  if (error instanceof errors.JWTClaimValidationFailed) {
    const { claim, reason } = error;
    if (reason === "missing") return new TokenError(`it has no ${claim}`);
    if (claim === "iss") return new TokenError(`it is not from the issuer ${issuer}`);
    if (claim === "aud") return new TokenError(`it is not for the audience ${audiences.join(" or ")}`);
    if (claim === "nbf") return new TokenError("it is not good yet (nbf)");
    return new TokenError(`its ${claim} is not as it should be`);
  }
  if (error instanceof errors.JOSEAlgNotAllowed) return new TokenError("its algorithm is not one that is taken");
  if (error instanceof errors.JWSSignatureVerificationFailed) return new TokenError("its signature is wrong");
  if (error instanceof errors.JWKSNoMatchingKey) return new TokenError("the issuer has no such key");
  if (error instanceof errors.JWKSMultipleMatchingKeys)
    return new TokenError("it does not say which key it is signed with");
  if (error instanceof errors.JOSEError) return new TokenError("it is no signed JSON Web Token");
  return error;
}
