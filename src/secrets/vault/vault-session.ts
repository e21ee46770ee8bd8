import * as z from "zod";
import type { VaultSettings } from "../../config/secret-settings.ts";
import type { VaultAnswer, VaultClient, VaultRequest } from "./vault-client.ts";
import { VaultAnswerError, VaultLoginError, VaultTokenExpiredError } from "./vault-errors.ts";

/** What a session needs of its surroundings. */
export interface SessionSurroundings {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Runs `run` after so many milliseconds; answers with what calls it off. A waiting timer keeps no process alive. */
  later(ms: number, run: () => void): () => void;
  /** Tells the operator something. */
  note(text: string): void;
  /** Hears of each token, so that it can be masked. */
  keep(secret: string): void;
}

interface Lease {
  token: string;
  /** Milliseconds since the epoch; undefined when it does not end, or nobody may look. */
  endsAt: number | undefined;
  renewable: boolean;
  /** Whether Vault told about it, which it does to good tokens with the policy `default`. */
  known: boolean;
}

const lookup = z.object({ ttl: z.number(), renewable: z.boolean().nullish() });
const granted = z.object({
  client_token: z.string().min(1),
  lease_duration: z.number(),
  renewable: z.boolean().nullish(),
});

/** Part of a lease after which it is renewed. */
const RENEW_AFTER = 2 / 3;
const SHORTEST_WAIT_MS = 1000;
/** Longest time that a timer can wait. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

/** A token for Vault, given or from an AppRole login, whose lease is renewed for as long as the session is open. */
export class VaultSession {
  readonly #client: VaultClient;
  readonly #auth: VaultSettings["auth"];
  readonly #around: SessionSurroundings;
  #lease: Promise<Lease> | undefined;
  #cancel: () => void = () => {};
  #closed = false;
  /** The operator knows already that the lease is not renewed. */
  #noted = false;

  constructor(client: VaultClient, auth: VaultSettings["auth"], around: SessionSurroundings) {
    this.#client = client;
    this.#auth = auth;
    this.#around = around;
  }

  /** Sends with the token; after a 403 the token itself is looked at, and with an AppRole a new one is tried once. */
  async send(request: VaultRequest): Promise<{ answer: VaultAnswer; tokenKnown: boolean }> {
    let lease = await this.#valid();
    let answer = await this.#client.send({ ...request, token: lease.token });
    if (answer.status === 403) {
      const own = await this.#lookUp(lease.token);
      if (own === undefined && "roleId" in this.#auth) {
        this.#drop();
        lease = await this.#valid();
        answer = await this.#client.send({ ...request, token: lease.token });
        return { answer, tokenKnown: true };
      }
      // It was good when it was looked at first, and is not any more: revoked, or ended before its time.
      if (own === undefined && lease.known) throw this.#expired(this.#around.now());
      return { answer, tokenKnown: own !== undefined };
    }
    return { answer, tokenKnown: lease.known };
  }

  close(): void {
    this.#closed = true;
    this.#drop();
  }

  async #valid(): Promise<Lease> {
    this.#lease ??= this.#begin();
    const mine = this.#lease;
    let lease: Lease;
    try {
      lease = await mine;
    } catch (error) {
      if (this.#lease === mine) this.#lease = undefined;
      throw error;
    }
    if (lease.endsAt === undefined || this.#around.now() < lease.endsAt) return lease;
    if ("token" in this.#auth) throw this.#expired(lease.endsAt);
    if (this.#lease === mine) this.#drop();
    return this.#valid();
  }

  async #begin(): Promise<Lease> {
    const auth = this.#auth;
    const lease = "roleId" in auth ? await this.#login(auth) : await this.#adopt(auth.token);
    this.#around.keep(lease.token);
    this.#renewLater(lease);
    return lease;
  }

  async #adopt(token: string): Promise<Lease> {
    const own = await this.#lookUp(token);
    return {
      token,
      endsAt: own === undefined || own.ttl === 0 ? undefined : this.#around.now() + own.ttl * 1000,
      renewable: own?.renewable === true,
      known: own !== undefined,
    };
  }

  async #login({ roleId, secretId, mount }: Extract<VaultSettings["auth"], { roleId: string }>): Promise<Lease> {
    const json = { role_id: roleId, ...(secretId === undefined ? {} : { secret_id: secretId }) };
    const answer = await this.#client.send({ method: "POST", path: `auth/${mount}/login`, json });
    if (answer.status !== 200) throw new VaultLoginError(mount, answer.errors.join("; ") || `status ${answer.status}`);
    return this.#leaseOf(answer, `auth/${mount}/login`);
  }

  #leaseOf(answer: VaultAnswer, path: string): Lease {
    const auth = granted.safeParse(answer.auth);
    if (!auth.success) throw new VaultAnswerError(path, answer.status, "it gives no token");
    const { client_token: token, lease_duration: seconds, renewable } = auth.data;
    const endsAt = seconds === 0 ? undefined : this.#around.now() + seconds * 1000;
    return { token, endsAt, renewable: renewable === true, known: true };
  }

  /** What Vault says of the token; undefined when it does not take it, or does not let it look at itself. */
  async #lookUp(token: string): Promise<z.output<typeof lookup> | undefined> {
    const answer = await this.#client.send({ method: "GET", path: "auth/token/lookup-self", token });
    return answer.status === 200 ? lookup.safeParse(answer.data).data : undefined;
  }

  #renewLater(lease: Lease): void {
    this.#cancel();
    if (this.#closed || !lease.renewable || lease.endsAt === undefined) return;
    const wait = Math.max((lease.endsAt - this.#around.now()) * RENEW_AFTER, SHORTEST_WAIT_MS);
    this.#cancel = this.#around.later(Math.min(wait, LONGEST_WAIT_MS), () => void this.#renew(lease));
  }

  async #renew(lease: Lease): Promise<void> {
    if (this.#closed || lease.endsAt === undefined || this.#around.now() >= lease.endsAt) return;
    const path = "auth/token/renew-self";
    try {
      const answer = await this.#client.send({ method: "POST", path, json: {}, token: lease.token });
      if (this.#closed) return;
      if (answer.status !== 200) throw new VaultAnswerError(path, answer.status, answer.errors.join("; "));
      const renewed = { ...this.#leaseOf(answer, path), token: lease.token };
      this.#lease = Promise.resolve(renewed);
      this.#noted = false;
      this.#renewLater(renewed);
    } catch (error) {
      if (this.#closed) return;
      if ("roleId" in this.#auth) {
        // The next call logs in anew.
        this.#drop();
        return;
      }
      const ends = new Date(lease.endsAt).toISOString();
      const what = `the Vault token cannot be renewed and ends at ${ends}. ${(error as Error).message}`;
      if (!this.#noted) this.#around.note(what);
      this.#noted = true;
      if (!(error instanceof VaultAnswerError)) this.#renewLater(lease);
    }
  }

  #drop(): void {
    this.#cancel();
    this.#cancel = () => {};
    this.#lease = undefined;
  }

  #expired(at: number): VaultTokenExpiredError {
    return new VaultTokenExpiredError("from" in this.#auth ? this.#auth.from : "the AppRole", new Date(at));
  }
}
