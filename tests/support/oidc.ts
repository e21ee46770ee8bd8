import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { Provider } from "oidc-provider";

const CLIENT = "mcp-client";
const REDIRECT = "http://127.0.0.1:9/callback";
const SCOPES = "proxmox.read proxmox.mutate proxmox.escape proxmox.admin";

/** A real OpenID provider on loopback, whose people log in by being named. */
export interface TestProvider {
  issuer: string;
  /** Paths that were asked for. */
  requests: string[];
  /** An access token by the authorisation code flow. */
  token(person: string, scope: string, resource: string): Promise<string>;
  /** What a browser would do with an authorisation URL: what the client gets back, its code among it. */
  authorize(url: URL, person: string): Promise<URLSearchParams>;
  /** A token signed with the provider's own key, of whatever it is given. */
  sign(claims: JWTPayload, options?: { alg?: string; typ?: string; kid?: string }): Promise<string>;
  /** New keys take the place of the old ones. */
  rotate(): Promise<void>;
  /** It answers with this instead, until it is given nothing. */
  answer(instead?: RequestListener): void;
  client: { client_id: string; redirect_uris: string[] };
  close(): Promise<void>;
}

export async function startProvider({ path = "" }: { path?: string } = {}): Promise<TestProvider> {
  const requests: string[] = [];
  let provider: Provider;
  let keys: { privateKey: CryptoKey; kid: string };
  let instead: RequestListener | undefined;
  const server = createServer((request, response) => {
    requests.push(request.url!);
    if (instead) return instead(request, response);
    if (request.url!.startsWith("/interaction/")) return void interact(request, response);
    if (!request.url!.startsWith(path)) return void response.writeHead(404).end();
    Object.assign(request, { originalUrl: request.url });
    request.url = request.url!.slice(path.length) || "/";
    provider.callback()(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  const issuer = origin + path;

  const interact = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { params, prompt, session } = await provider.interactionDetails(request, response);
    if (prompt.name === "login") {
      return provider.interactionFinished(request, response, { login: { accountId: params.login_hint } });
    }
    const grant = new provider.Grant({ accountId: session!.accountId, clientId: CLIENT });
    grant.addOIDCScope(params.scope ?? "");
    if (params.resource) grant.addResourceScope(params.resource, params.scope ?? "");
    await provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
  };

  const rotate = async (): Promise<void> => {
    const pair = await generateKeyPair("ES256", { extractable: true });
    const kid = randomBytes(6).toString("hex");
    keys = { privateKey: pair.privateKey, kid };
    provider = new Provider(issuer, {
      jwks: { keys: [{ ...(await exportJWK(pair.privateKey)), kid, alg: "ES256", use: "sig" }] },
      clients: [
        {
          client_id: CLIENT,
          redirect_uris: [REDIRECT],
          token_endpoint_auth_method: "none",
          grant_types: ["authorization_code"],
          response_types: ["code"],
          id_token_signed_response_alg: "ES256",
        },
      ],
      scopes: ["openid", ...SCOPES.split(" ")],
      findAccount: (_: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id }) }),
      interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
      cookies: { keys: ["test"] },
      features: {
        devInteractions: { enabled: false },
        resourceIndicators: {
          enabled: true,
          useGrantedResource: () => true,
          getResourceServerInfo: (_: unknown, resource: string) => ({
            audience: resource,
            scope: SCOPES,
            accessTokenFormat: "jwt",
            accessTokenTTL: 3600,
            jwt: { sign: { alg: "ES256" } },
          }),
        },
      },
    });
  };
  await rotate();

  const authorize = async (url: URL, person: string): Promise<URLSearchParams> => {
    const jar = new Map<string, string>();
    url.searchParams.set("login_hint", person);
    let at = url;
    for (let steps = 0; steps < 10; steps++) {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
      const response = await fetch(at, { redirect: "manual", headers: { cookie } });
      for (const one of response.headers.getSetCookie()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(one)!;
        if (value === "") jar.delete(name!);
        else jar.set(name!, value!);
      }
      const location = response.headers.get("location");
      if (location === null) throw new Error(`${at}: ${response.status} ${await response.text()}`);
      at = new URL(location, at);
      if (at.href.startsWith(REDIRECT)) {
        if (!at.searchParams.has("code")) throw new Error(at.searchParams.toString());
        return at.searchParams;
      }
    }
    throw new Error("the provider goes round in circles");
  };

  return {
    issuer,
    requests,
    authorize,
    rotate,
    client: { client_id: CLIENT, redirect_uris: [REDIRECT] },
    answer: (given) => {
      instead = given;
    },
    async token(person, scope, resource) {
      const verifier = randomBytes(32).toString("base64url");
      const url = new URL(`${issuer}/auth`);
      url.search = new URLSearchParams({
        client_id: CLIENT,
        response_type: "code",
        redirect_uri: REDIRECT,
        scope,
        resource,
        code_challenge: createHash("sha256").update(verifier).digest("base64url"),
        code_challenge_method: "S256",
      }).toString();
      const response = await fetch(`${issuer}/token`, {
        method: "POST",
        body: new URLSearchParams({
          grant_type: "authorization_code",
          client_id: CLIENT,
          code: (await authorize(url, person)).get("code")!,
          redirect_uri: REDIRECT,
          code_verifier: verifier,
          resource,
        }),
      });
      const answer = (await response.json()) as { access_token?: string };
      if (!answer.access_token) throw new Error(JSON.stringify(answer));
      return answer.access_token;
    },
    sign(claims, { alg = "ES256", typ = "at+jwt", kid = keys.kid } = {}) {
      return new SignJWT(claims).setProtectedHeader({ alg, typ, kid }).sign(keys.privateKey);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
