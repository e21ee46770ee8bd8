import type { TokenAuth } from "./cluster.ts";
import { NotConfiguredError } from "./errors.ts";

/** The token of a cluster: configured, or read from where it is kept by whoever needs it first. */
export class TokenHolder {
  readonly #cluster: string;
  readonly #load: (() => Promise<TokenAuth>) | undefined;
  #token: TokenAuth | undefined;
  #loading: Promise<TokenAuth> | undefined;

  constructor(cluster: string, token: TokenAuth | undefined, load: (() => Promise<TokenAuth>) | undefined) {
    this.#cluster = cluster;
    this.#token = token;
    this.#load = load;
  }

  /** The token in use; undefined while none is known. */
  get current(): TokenAuth | undefined {
    return this.#token;
  }

  /** Whether there is one, or somewhere to read it from. */
  get configured(): boolean {
    return this.#token !== undefined || this.#load !== undefined;
  }

  /** Waits for the token; whoever comes while it is being read waits for the same reading. */
  async get(): Promise<TokenAuth> {
    if (this.#token !== undefined) return this.#token;
    if (this.#load === undefined) throw new NotConfiguredError(this.#cluster, ["API token"]);
    this.#loading ??= this.#load().finally(() => {
      this.#loading = undefined;
    });
    const loaded = await this.#loading;
    // Another one may have been put in use meanwhile.
    this.#token ??= loaded;
    return this.#token;
  }

  /** Another token than the one that was refused: put in use meanwhile, or read anew; undefined when there is none. */
  async after(refused: TokenAuth): Promise<TokenAuth | undefined> {
    if (this.#token === refused) {
      const loaded = await this.#load?.().catch(() => undefined);
      // Whoever put one in use meanwhile knew better.
      if (this.#token === refused && loaded && !this.is(loaded)) this.#token = loaded;
    }
    return this.#token === refused ? undefined : this.#token;
  }

  /** Puts a token in use. */
  set(token: TokenAuth): void {
    this.#token = token;
  }

  /** Whether the token in use is this one. */
  is(token: TokenAuth): boolean {
    return (
      this.#token !== undefined && tokenName(this.#token) === tokenName(token) && this.#token.secret === token.secret
    );
  }
}

/** `user@realm!id`, or `user@realm` of a person. */
export function tokenName({ user, realm, id, csrf }: TokenAuth): string {
  return csrf === undefined ? `${user}@${realm}!${id}` : `${user}@${realm}`;
}
