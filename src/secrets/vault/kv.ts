import * as z from "zod";
import type { VaultSettings } from "../../config/secret-settings.ts";
import type { VaultAnswer, VaultRequest } from "./vault-client.ts";
import { VaultAnswerError, VaultDeniedError, VaultMountError } from "./vault-errors.ts";
import type { VaultSession } from "./vault-session.ts";

/** A secret's data, and its version: 0 when it was never there, undefined where the engine counts none. */
export interface KvEntry {
  /** Undefined when it is not there, or its latest version was deleted. */
  data: object | undefined;
  version: number | undefined;
}

/** The secret was changed in the meantime. */
export class KvConflict extends Error {}

type Capability = "read" | "list" | "create" | "update" | "delete";

const mountInfo = z.object({
  type: z.string(),
  path: z.string(),
  options: z.object({ version: z.string() }).partial().nullish(),
});
const keys = z.object({ keys: z.array(z.string()) });
const record = z.record(z.string(), z.unknown());
const metadata = z.object({ version: z.number() });
const versioned = z.object({ data: record.nullable(), metadata });

/** The KV secrets engine at a mount, in either of its versions; all paths are below the mount. */
export class Kv {
  readonly #session: VaultSession;
  readonly #mount: string;
  readonly #base: string;
  readonly #given: 1 | 2 | undefined;
  #version: Promise<1 | 2> | undefined;

  constructor(session: VaultSession, { mount, path, kvVersion }: Pick<VaultSettings, "mount" | "path" | "kvVersion">) {
    this.#session = session;
    this.#mount = mount;
    this.#base = path;
    this.#given = kvVersion;
  }

  async read(path: string): Promise<KvEntry> {
    const version = await this.#kvVersion();
    const at = this.#pathOf(version, "data", path);
    const answer = await this.#send({ method: "GET", path: at }, ["read"], this.#rule(version, "data"));
    if (version === 1)
      return { data: answer.status === 404 ? undefined : parsed(record, answer, at), version: undefined };
    // A deleted version is a 404 that tells which one.
    if (answer.status === 404) {
      return { data: undefined, version: z.object({ metadata }).safeParse(answer.data).data?.metadata.version ?? 0 };
    }
    const { data, metadata: about } = parsed(versioned, answer, at);
    return { data: data ?? undefined, version: about.version };
  }

  /** What stands directly in a folder: names of secrets, and of folders with a slash at the end. */
  async list(folder: string): Promise<string[]> {
    const version = await this.#kvVersion();
    const at = this.#pathOf(version, "metadata", folder);
    const request = { method: "GET", path: `${at}?list=true` } as const;
    const answer = await this.#send(request, ["list"], this.#rule(version, "metadata"));
    return answer.status === 404 ? [] : parsed(keys, answer, at).keys;
  }

  /** Writes if the version is still `cas`; throws `KvConflict` if not. Version 1 cannot compare. */
  async write(path: string, data: object, cas: number | undefined): Promise<number | undefined> {
    const version = await this.#kvVersion();
    const at = this.#pathOf(version, "data", path);
    const json = version === 1 ? data : { ...(cas === undefined ? {} : { options: { cas } }), data };
    const rule = this.#rule(version, "data");
    const answer = await this.#send({ method: "POST", path: at, json }, ["create", "update"], rule);
    if (version === 1) return undefined;
    return parsed(metadata, answer, at).version;
  }

  /** Removes all versions and what is known about them. */
  async remove(path: string): Promise<void> {
    const version = await this.#kvVersion();
    const at = this.#pathOf(version, "metadata", path);
    await this.#send({ method: "DELETE", path: at }, ["delete"], this.#rule(version, "metadata"));
  }

  /** Refusals become errors; 200, 204 and a 404 of a right path come back. */
  async #send(request: VaultRequest, capabilities: readonly Capability[], rule: string): Promise<VaultAnswer> {
    const { answer, tokenKnown } = await this.#session.send(request);
    const { status, errors, warnings } = answer;
    const path = request.path.replace(/\?.*/, "");
    if (status === 200 || status === 204) return answer;
    if (status === 403) throw new VaultDeniedError(path, capabilities, rule, tokenKnown);
    const words = errors.join("; ");
    if (status === 400 && /check-and-set parameter did not match/.test(words)) throw new KvConflict(words);
    if (status === 404) {
      if (/no handler for route/.test(words)) throw this.#noMount();
      if (warnings.some((text) => /versioned K\/V/i.test(text))) throw this.#otherVersion(2);
      if (words === "") return answer;
    }
    throw new VaultAnswerError(path, status, words || "without a word");
  }

  #pathOf(version: 1 | 2, part: "data" | "metadata", path: string): string {
    return [this.#mount, ...(version === 1 ? [] : [part]), this.#base, ...(path === "" ? [] : [path])].join("/");
  }

  /** The path of the rule that a policy needs for all secrets here. */
  #rule(version: 1 | 2, part: "data" | "metadata"): string {
    return `${this.#pathOf(version, part, "")}/*`;
  }

  #kvVersion(): Promise<1 | 2> {
    this.#version ??= this.#askVersion().catch((error) => {
      this.#version = undefined;
      throw error;
    });
    return this.#version;
  }

  /** Asked also where it is configured: a write to the other version would succeed, and be found by nobody. */
  async #askVersion(): Promise<1 | 2> {
    const { answer } = await this.#session.send({ method: "GET", path: `sys/internal/ui/mounts/${this.#mount}` });
    // Vault says no to whoever may do nothing below the mount, and where there is none.
    if (answer.status !== 200) return this.#given ?? 2;
    const { type, path, options } = parsed(mountInfo, answer, this.#mount);
    if (path !== `${this.#mount}/`) {
      throw new VaultMountError(
        this.#mount,
        `is a path within the secrets engine at ${path}`,
        `Set PROXMOX_MCP_SECRET_VAULT_MOUNT=${path.replace(/\/$/, "")}, and put the rest before PROXMOX_MCP_SECRET_VAULT_PATH.`,
      );
    }
    if (type !== "kv" && type !== "generic") {
      throw new VaultMountError(
        this.#mount,
        `is a secrets engine of the type ${type}, not kv`,
        "Let PROXMOX_MCP_SECRET_VAULT_MOUNT name a KV secrets engine (vault secrets list).",
      );
    }
    const real = options?.version === "2" ? 2 : 1;
    if (this.#given !== undefined && this.#given !== real) throw this.#otherVersion(real);
    return real;
  }

  #otherVersion(real: 1 | 2): VaultMountError {
    return new VaultMountError(
      this.#mount,
      `is a KV secrets engine of version ${real}`,
      `Set PROXMOX_MCP_SECRET_VAULT_KV_VERSION=${real}, or leave it out.`,
    );
  }

  #noMount(): VaultMountError {
    return new VaultMountError(
      this.#mount,
      "is no secrets engine: nothing is mounted there",
      "Correct PROXMOX_MCP_SECRET_VAULT_MOUNT or _NAMESPACE (vault secrets list shows the mounts).",
    );
  }
}

function parsed<T>(schema: z.ZodType<T>, answer: VaultAnswer, path: string): T {
  const result = schema.safeParse(answer.data);
  if (!result.success) throw new VaultAnswerError(path, answer.status, "this is not what a KV secrets engine answers");
  return result.data;
}
