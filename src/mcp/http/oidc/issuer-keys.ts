import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from "jose";
import type { OidcSettings } from "../../../config/index.ts";
import type { HttpLimits } from "../limits.ts";
import { discoverKeys } from "./discovery.ts";
import { IssuerError } from "./issuer-error.ts";
import { issuerFetch } from "./issuer-fetch.ts";

/** The issuer's keys: found at the first use, read again for an unknown one, neither of them too often. */
export class IssuerKeys {
  readonly #settings: OidcSettings;
  readonly #limits: HttpLimits;
  #found: Promise<JWTVerifyGetKey> | undefined;
  #failure: { error: IssuerError; until: number } | undefined;

  constructor(settings: OidcSettings, limits: HttpLimits) {
    this.#settings = settings;
    this.#limits = limits;
  }

  /** The key that a token names; throws `IssuerError` when the issuer cannot be asked. */
  readonly get: JWTVerifyGetKey = async (header, token) => {
    if (this.#failure && performance.now() < this.#failure.until) throw this.#failure.error;
    try {
      const key = await (await this.#find())(header, token);
      this.#failure = undefined;
      return key;
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
      const known =
        error instanceof IssuerError
          ? error
          : new IssuerError(`the issuer's keys cannot be read (${(error as Error).message}).`);
      this.#failure = { error: known, until: performance.now() + this.#limits.issuerRetryMs };
      // They may have moved.
      this.#found = undefined;
      throw known;
    }
  };

  /** Why the issuer cannot be asked; undefined when it can. */
  async problem(): Promise<string | undefined> {
    if (this.#failure && performance.now() < this.#failure.until) return this.#failure.error.message;
    try {
      await this.#find();
      return this.#failure?.error.message;
    } catch (error) {
      this.#failure = { error: error as IssuerError, until: performance.now() + this.#limits.issuerRetryMs };
      return (error as Error).message;
    }
  }

  #find(): Promise<JWTVerifyGetKey> {
    this.#found ??= this.#make().catch((error: unknown) => {
      this.#found = undefined;
      throw error;
    });
    return this.#found;
  }

  async #make(): Promise<JWTVerifyGetKey> {
    const { issuer, jwksUrl } = this.#settings;
    const { issuerMs, keyCooldownMs } = this.#limits;
    const url = jwksUrl === undefined ? await discoverKeys(issuer, issuerMs) : new URL(jwksUrl);
    return createRemoteJWKSet(url, {
      cooldownDuration: keyCooldownMs,
      timeoutDuration: issuerMs,
      [customFetch]: (at) => issuerFetch(at, issuerMs),
    });
  }
}
