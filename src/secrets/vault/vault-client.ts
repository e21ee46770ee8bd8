import { rootCertificates } from "node:tls";
import ky, { type Options } from "ky";
import { Agent } from "undici";
import * as z from "zod";
import type { VaultSettings } from "../../config/secret-settings.ts";
import { VaultAnswerError, VaultSealedError, VaultUninitializedError, VaultUnreachableError } from "./vault-errors.ts";

/** Milliseconds for one request, its repetitions included. */
const TIMEOUT_MS = 10_000;
/** Too many requests, a replica that lags behind, and what a proxy in front says: the next moment may be better. */
const REPEATED = [412, 429, 502, 504];

/** What Vault said, whatever the status. */
export interface VaultAnswer {
  status: number;
  data: unknown;
  auth: unknown;
  errors: readonly string[];
  warnings: readonly string[];
}

const body = z.object({
  data: z.unknown().optional(),
  auth: z.unknown().optional(),
  errors: z.array(z.string()).nullish(),
  warnings: z.array(z.string()).nullish(),
});

export interface VaultRequest {
  method: "GET" | "POST" | "DELETE";
  /** Below `/v1/`. */
  path: string;
  json?: object;
  token?: string;
}

/** Sends requests to one Vault server; that it is away, sealed or not set up is an error here, all else an answer. */
export class VaultClient {
  readonly address: string;
  readonly #namespace: string | undefined;
  readonly #agent: Agent;

  constructor({ address, namespace, ca }: Pick<VaultSettings, "address" | "namespace" | "ca">) {
    this.address = address;
    this.#namespace = namespace;
    this.#agent = new Agent({
      keepAliveTimeout: 1000,
      connect: { timeout: TIMEOUT_MS, ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }) },
    });
  }

  async send(request: VaultRequest): Promise<VaultAnswer> {
    let response = await this.#fetch(new URL(`/v1/${request.path}`, this.address), request);
    const active = response.status === 307 || response.status === 301 || response.status === 302;
    if (active) response = await this.#fetch(this.#redirect(response, request), request);
    const text = await response.text().catch(() => "");
    if (response.status === 503) throw await this.#whySealed(request);
    if (text === "") return { status: response.status, data: undefined, auth: undefined, errors: [], warnings: [] };
    const parsed = body.safeParse(parseJson(text));
    if (!parsed.success) throw new VaultAnswerError(request.path, response.status, "this is not how Vault answers");
    const { data, auth, errors, warnings } = parsed.data;
    return { status: response.status, data, auth, errors: errors ?? [], warnings: warnings ?? [] };
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  async #fetch(url: URL, { method, json, token }: VaultRequest): Promise<Response> {
    const init: Options = {
      method,
      headers: {
        "x-vault-request": "true",
        ...(token === undefined ? {} : { "x-vault-token": token }),
        ...(this.#namespace === undefined ? {} : { "x-vault-namespace": this.#namespace }),
      },
      ...(json === undefined ? {} : { json }),
      retry: { limit: 2, methods: ["get"], statusCodes: REPEATED, backoffLimit: 1000 },
      timeout: TIMEOUT_MS,
      throwHttpErrors: false,
      // A redirect takes the token along, so where it leads is looked at first.
      redirect: "manual",
    };
    try {
      return await ky(url, Object.assign(init, { dispatcher: this.#agent }));
    } catch (error) {
      throw new VaultUnreachableError(url.origin, reasonOf(error), rootCause(error));
    }
  }

  /** A standby server names the active one; a token never goes from https to http. */
  #redirect(response: Response, { path }: VaultRequest): URL {
    const location = response.headers.get("location");
    const url = location === null ? undefined : new URL(location, this.address);
    if (url === undefined || (url.protocol !== "https:" && url.origin !== this.address)) {
      throw new VaultAnswerError(
        path,
        response.status,
        `it leads to ${url?.origin ?? "nowhere"}, which is not followed`,
      );
    }
    return url;
  }

  async #whySealed(request: VaultRequest): Promise<Error> {
    const response = await this.#fetch(new URL("/v1/sys/seal-status", this.address), { method: "GET", path: "" });
    const status = sealStatus.safeParse(parseJson(await response.text().catch(() => "")));
    if (status.data?.initialized === false) return new VaultUninitializedError(this.address);
    if (status.data?.sealed === true) return new VaultSealedError(this.address);
    return new VaultAnswerError(request.path, 503, "it is not available just now");
  }
}

const sealStatus = z.object({ initialized: z.boolean(), sealed: z.boolean() });

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function reasonOf(error: unknown): string {
  if ((error as Error).name === "TimeoutError") return `no answer within ${TIMEOUT_MS / 1000} s`;
  const cause = rootCause(error);
  return (cause as { code?: string }).code ?? cause.message;
}

function rootCause(error: unknown): Error {
  let current = error as Error;
  while (current.cause instanceof Error) current = current.cause;
  return current;
}
