import { randomUUID } from "node:crypto";
import { createServer as createPlainServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tellSecret } from "../../src/lab/made-secrets.ts";

/** A secret of KV version 2. */
interface Versioned {
  versions: { data: Record<string, unknown> | null; deleted?: string }[];
}

interface VaultToken {
  /** Milliseconds since the epoch; 0 for one that does not end. */
  endsAt: number;
  ttl: number;
  maxEndsAt: number;
  renewable: boolean;
  /** Path prefixes by capability; everything is allowed when absent. */
  policy?: Partial<Record<"read" | "list" | "create" | "update" | "delete", string[]>>;
  /** Whether it may look at itself, by the policy `default`. */
  lookup: boolean;
}

export interface VaultServerOptions {
  /** Serve over TLS with this certificate. */
  tls?: { certificate: string; key: string };
  namespace?: string;
}

/** A KV server that answers as Vault does: mounts of both versions, tokens with leases, AppRole, seal. */
export interface VaultServer {
  address: string;
  /** Requests seen: method, path below /v1/, token. */
  requests: { method: string; path: string; token: string | undefined }[];
  /** Milliseconds since the epoch by the server's clock, which only `advance` moves. */
  now(): number;
  advance(ms: number): void;
  token(options?: Partial<Omit<VaultToken, "endsAt" | "maxEndsAt">> & { maxTtl?: number }): string;
  revoke(token: string): void;
  /** Milliseconds that the token has left; undefined when it is none. */
  left(token: string): number | undefined;
  /** Adds a secrets engine. */
  mount(path: string, type: "kv-v1" | "kv-v2" | "transit", options?: { casRequired?: boolean }): void;
  /** A secret of a v1 mount, or the latest version of a v2 mount. */
  get(mount: string, path: string): Record<string, unknown> | undefined;
  put(mount: string, path: string, data: Record<string, unknown>): void;
  /** Deletes the latest version as `vault kv delete` does. */
  softDelete(mount: string, path: string): void;
  /** Adds an AppRole, mounted at `approle`. */
  role(options?: { ttl?: number; secretIdUses?: number }): { roleId: string; secretId: string };
  state: "open" | "sealed" | "uninitialized";
  /** Tells nobody what is mounted, as where a token's policies allow nothing that Vault can see from there. */
  hidesMounts: boolean;
  /** It is another program that answers, with this text. */
  impostor: string | undefined;
  /** Answers every request with a redirect to another server, as a standby one does. */
  standbyOf: string | undefined;
  /** Runs before a request is carried out. */
  before: ((request: { method: string; path: string }) => void) | undefined;
  close(): Promise<void>;
}

const INVALID_PATH =
  "Invalid path for a versioned K/V secrets engine. See the API docs for the appropriate API endpoints to use. If using the Vault CLI, use 'vault kv get' for this operation.";

export async function startVaultServer(options: VaultServerOptions = {}): Promise<VaultServer> {
  let clock = Date.now();
  const tokens = new Map<string, VaultToken>();
  const roles = new Map<string, { secretId: string; ttl: number; uses: number }>();
  const mounts = new Map<
    string,
    { type: string; casRequired: boolean; v1: Map<string, Record<string, unknown>>; v2: Map<string, Versioned> }
  >();

  const self = {
    requests: [] as VaultServer["requests"],
    state: "open" as VaultServer["state"],
    hidesMounts: false,
    impostor: undefined as string | undefined,
    standbyOf: undefined as string | undefined,
    before: undefined as VaultServer["before"],
  };

  const issue = (given: Parameters<VaultServer["token"]>[0] = {}): string => {
    const token = `hvs.${randomUUID().replaceAll("-", "")}`;
    tellSecret("Vault token", token);
    const { ttl = 0, renewable = ttl > 0, lookup = true, maxTtl = 0, policy } = given;
    tokens.set(token, {
      ttl,
      renewable,
      lookup,
      endsAt: ttl === 0 ? 0 : clock + ttl * 1000,
      maxEndsAt: maxTtl === 0 ? Number.POSITIVE_INFINITY : clock + maxTtl * 1000,
      ...(policy ? { policy } : {}),
    });
    return token;
  };

  const valid = (token: string | undefined): VaultToken | undefined => {
    const found = token === undefined ? undefined : tokens.get(token);
    return found && (found.endsAt === 0 || found.endsAt > clock) ? found : undefined;
  };

  const handle = (method: string, path: string, query: URLSearchParams, token: string | undefined, body: unknown) => {
    const json = (body ?? {}) as Record<string, unknown>;
    if (path === "sys/seal-status") {
      return reply(200, { type: "shamir", initialized: self.state !== "uninitialized", sealed: self.state !== "open" });
    }
    if (self.state !== "open") return errors(503, "Vault is sealed");
    const login = /^auth\/([^/]+)\/login$/.exec(path);
    if (login && method === "POST") {
      if (login[1] !== "approle") return errors(403, "permission denied");
      const role = roles.get(String(json.role_id));
      if (!role) return errors(400, "invalid role or secret ID");
      if (role.secretId !== json.secret_id || role.uses <= 0) return errors(400, "invalid role or secret ID");
      role.uses -= 1;
      return auth(issue({ ttl: role.ttl }));
    }
    const own = valid(token);
    if (!own) return errors(403, "permission denied");
    if (path === "auth/token/lookup-self") {
      if (!own.lookup) return errors(403, "1 error occurred:\n\t* permission denied\n\n");
      const ttl = own.endsAt === 0 ? 0 : Math.floor((own.endsAt - clock) / 1000);
      return reply(200, { data: { ttl, renewable: own.renewable, type: "service", policies: ["default"] } });
    }
    if (path === "auth/token/renew-self" && method === "POST") {
      if (!own.lookup) return errors(403, "1 error occurred:\n\t* permission denied\n\n");
      if (!own.renewable) return errors(400, "lease is not renewable");
      own.endsAt = Math.min(clock + own.ttl * 1000, own.maxEndsAt);
      return auth(token!);
    }
    const asked = /^sys\/internal\/ui\/mounts\/(.+)$/.exec(path);
    if (asked) {
      const mount = mountOf(asked[1]!);
      if (self.hidesMounts || !mount || !may(own, ["read", "list"], `${mount}/`)) {
        return errors(
          403,
          `preflight capability check returned 403, please ensure client's policies grant access to path "${asked[1]}/"`,
        );
      }
      const { type } = mounts.get(mount)!;
      const about = type === "transit" ? { type, options: null } : { type: "kv", options: { version: type.slice(-1) } };
      return reply(200, { data: { ...about, path: `${mount}/` } });
    }
    return handleSecret(method, path, query, own, json);
  };

  const handleSecret = (
    method: string,
    path: string,
    query: URLSearchParams,
    own: VaultToken,
    json: Record<string, unknown>,
  ) => {
    const list = query.get("list") === "true";
    const capability = list ? "list" : method === "GET" ? "read" : method === "DELETE" ? "delete" : "create";
    // Who may not do it is not told whether anything is there.
    if (!may(own, [capability], path)) return errors(403, "1 error occurred:\n\t* permission denied\n\n");
    const mount = mountOf(path);
    if (mount === undefined) return errors(404, `no handler for route "${path}". route entry not found.`);
    const engine = mounts.get(mount)!;
    const rest = path.slice(mount.length + 1);
    if (engine.type === "transit") return errors(404);
    if (engine.type === "kv-v1") {
      if (list) return keysOf([...engine.v1.keys()], rest);
      if (method === "POST") {
        engine.v1.set(rest, json);
        return reply(204);
      }
      if (method === "DELETE") {
        engine.v1.delete(rest);
        return reply(204);
      }
      const data = engine.v1.get(rest);
      return data ? reply(200, { lease_id: "", renewable: false, lease_duration: 2_764_800, data }) : errors(404);
    }
    const [, part, name = ""] = /^([^/]+)\/?(.*)$/.exec(rest) ?? [];
    if (part !== "data" && part !== "metadata") return reply(404, { data: null, warnings: [INVALID_PATH] });
    if (part === "metadata") {
      if (list) return keysOf([...engine.v2.keys()], name);
      if (method === "DELETE") {
        engine.v2.delete(name);
        return reply(204);
      }
      return errors(405, "unsupported operation");
    }
    if (list) return errors(405, "unsupported operation");
    const secret = engine.v2.get(name);
    const count = secret?.versions.length ?? 0;
    if (method === "POST") {
      const cas = (json.options as { cas?: number } | undefined)?.cas;
      if (json.data === undefined) return errors(400, "no data provided");
      if (cas === undefined && engine.casRequired) return errors(400, "check-and-set parameter required for this call");
      if (cas !== undefined && cas !== count) {
        return errors(400, "check-and-set parameter did not match the current version");
      }
      const versions = [...(secret?.versions ?? []), { data: json.data as Record<string, unknown> }];
      engine.v2.set(name, { versions });
      return reply(200, { data: { ...metadata(count + 1), deletion_time: "" } });
    }
    if (method === "DELETE") {
      softDelete(secret);
      return reply(204);
    }
    const latest = secret?.versions.at(-1);
    if (!latest) return errors(404);
    const about = { ...metadata(count), deletion_time: latest.deleted ?? "" };
    return latest.deleted === undefined
      ? reply(200, { data: { data: latest.data, metadata: about } })
      : reply(404, { data: { data: null, metadata: about } });
  };

  const metadata = (version: number) => ({
    created_time: new Date(clock).toISOString(),
    custom_metadata: null,
    destroyed: false,
    version,
  });
  const softDelete = (secret: Versioned | undefined) => {
    const latest = secret?.versions.at(-1);
    if (latest) Object.assign(latest, { data: null, deleted: new Date(clock).toISOString() });
  };
  const mountOf = (path: string) =>
    [...mounts.keys()].filter((mount) => `${path}/`.startsWith(`${mount}/`)).sort((a, b) => b.length - a.length)[0];
  const auth = (token: string) => {
    const { endsAt, renewable } = tokens.get(token)!;
    const lease = endsAt === 0 ? 0 : Math.floor((endsAt - clock) / 1000);
    return reply(200, { auth: { client_token: token, accessor: "a", lease_duration: lease, renewable } });
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url!, "http://vault");
    const path = decodeURIComponent(url.pathname).replace(/^\/v1\//, "");
    const method = request.method!;
    const token = request.headers["x-vault-token"] as string | undefined;
    self.requests.push({ method, path: path + url.search, token });
    self.before?.({ method, path });
    if (self.standbyOf !== undefined) {
      response.writeHead(307, { location: `${self.standbyOf}${request.url}` }).end();
      return;
    }
    if (self.impostor !== undefined) {
      response.writeHead(200, { "content-type": "text/html" }).end(self.impostor);
      return;
    }
    const text = Buffer.concat(chunks).toString("utf8");
    const elsewhere = (request.headers["x-vault-namespace"] ?? "") !== (options.namespace ?? "");
    const { status, body } = elsewhere
      ? errors(404, `no handler for route "${path}". route entry not found.`)
      : handle(method, path, url.searchParams, token, text === "" ? undefined : JSON.parse(text));
    response.writeHead(status, { "content-type": "application/json" });
    response.end(body === undefined ? undefined : JSON.stringify({ request_id: randomUUID(), ...body }));
  };

  const listener = (request: IncomingMessage, response: ServerResponse) => void answer(request, response);
  const server = options.tls
    ? createServer({ cert: options.tls.certificate, key: options.tls.key }, listener)
    : createPlainServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return Object.assign(self, {
    address: `${options.tls ? "https" : "http"}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    now: () => clock,
    advance: (ms: number) => {
      clock += ms;
    },
    token: issue,
    revoke: (token: string) => void tokens.delete(token),
    left: (token: string) => {
      const found = valid(token);
      return found && found.endsAt - clock;
    },
    mount: (path: string, type: string, { casRequired = false } = {}) =>
      void mounts.set(path, { type, casRequired, v1: new Map(), v2: new Map() }),
    get: (mount: string, path: string) => {
      const engine = mounts.get(mount)!;
      return engine.type === "kv-v1" ? engine.v1.get(path) : (engine.v2.get(path)?.versions.at(-1)?.data ?? undefined);
    },
    put: (mount: string, path: string, data: Record<string, unknown>) => {
      const engine = mounts.get(mount)!;
      if (engine.type === "kv-v1") engine.v1.set(path, data);
      else engine.v2.set(path, { versions: [...(engine.v2.get(path)?.versions ?? []), { data }] });
    },
    softDelete: (mount: string, path: string) => softDelete(mounts.get(mount)!.v2.get(path)),
    role: ({ ttl = 3600, secretIdUses = Number.POSITIVE_INFINITY } = {}) => {
      const made = { roleId: randomUUID(), secretId: randomUUID() };
      tellSecret("Vault secret id", made.secretId);
      roles.set(made.roleId, { secretId: made.secretId, ttl, uses: secretIdUses });
      return made;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

function may({ policy }: VaultToken, capabilities: readonly (keyof NonNullable<VaultToken["policy"]>)[], path: string) {
  return (
    policy === undefined ||
    capabilities.some((one) => policy[one]?.some((prefix) => path.startsWith(prefix) || prefix.startsWith(path)))
  );
}

function keysOf(paths: readonly string[], folder: string) {
  const prefix = folder === "" || folder.endsWith("/") ? folder : `${folder}/`;
  const below = paths.filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length));
  const keys = [...new Set(below.map((path) => path.replace(/\/.*/, "/")))].sort();
  return keys.length === 0 ? errors(404) : reply(200, { data: { keys } });
}

function errors(status: number, ...texts: string[]): { status: number; body?: object } {
  return { status, body: { errors: texts } };
}

function reply(status: number, body?: object): { status: number; body?: object } {
  return body === undefined ? { status } : { status, body };
}
