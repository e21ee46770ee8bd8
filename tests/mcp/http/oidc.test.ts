import { createHmac } from "node:crypto";
import type { RequestListener } from "node:http";
import { generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from "jose";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Lab, startLab } from "../../../src/lab/index.ts";
import { serveHere } from "../../support/http-here.ts";
import { connectHttp } from "../../support/http-server.ts";
import { startProvider, type TestProvider } from "../../support/oidc.ts";
import { labEnvironment } from "../../support/session.ts";

let lab: Lab;
let provider: TestProvider;
let server: Awaited<ReturnType<typeof serveHere>>;
beforeAll(async () => {
  lab = await startLab({ authDelayMs: 0, taskMs: 100, seed: "small" });
  provider = await startProvider({ path: "/realms/team" });
  server = await serveHere(
    {
      ...labEnvironment(lab),
      PROXMOX_MCP_OIDC_ISSUER: provider.issuer,
      PROXMOX_MCP_HTTP_PUBLIC_BASE_URL: "https://mcp.example.net/pve",
      PROXMOX_MCP_HTTP_ALLOWED_HOSTS: "127.0.0.1",
    },
    { keyCooldownMs: 300, issuerRetryMs: 100 },
  );
});
afterAll(async () => {
  await server?.end();
  await provider?.close();
  await lab?.close();
});

const RESOURCE = "https://mcp.example.net/pve/mcp";
const METADATA = "https://mcp.example.net/.well-known/oauth-protected-resource/pve/mcp";
const now = () => Math.floor(Date.now() / 1000);
const claims = (more: JWTPayload = {}): JWTPayload => ({
  iss: provider.issuer,
  aud: RESOURCE,
  sub: "alice",
  scope: "proxmox.read",
  iat: now(),
  exp: now() + 600,
  ...more,
});

/** Lists the tools with this Authorization header. */
async function knock(authorization?: string, at = server.url) {
  const response = await fetch(at, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      "mcp-protocol-version": "2026-07-28",
      "mcp-method": "tools/list",
      ...(authorization === undefined ? {} : { authorization }),
    },
    body: JSON.stringify({
      jsonrpc: "2.0",
      id: 1,
      method: "tools/list",
      params: {
        _meta: {
          "io.modelcontextprotocol/protocolVersion": "2026-07-28",
          "io.modelcontextprotocol/clientCapabilities": {},
        },
      },
    }),
  });
  return {
    status: response.status,
    challenge: response.headers.get("www-authenticate") ?? "",
    text: await response.text(),
    retryAfter: response.headers.get("retry-after"),
  };
}
const show = async (token: string | Promise<string>) => knock(`Bearer ${await token}`);

test("a token of the authorisation code flow is taken", async () => {
  const token = await provider.token("alice", "proxmox.read", RESOURCE);
  expect(await show(token)).toMatchObject({ status: 200, text: expect.stringContaining("proxmox_vm_list") });
});

test("who has none is told where to sign in", async () => {
  const { status, challenge, text } = await knock();
  expect(status).toBe(401);
  expect(challenge).toBe(`Bearer scope="proxmox.read", resource_metadata="${METADATA}"`);
  expect(text).toContain("Sign in first");
});

test("a token that is not taken leaves a line in the audit log, and asking where to sign in none", async () => {
  await knock();
  const token = await provider.sign(claims({ exp: now() - 3600 }));
  await show(token);
  await expect.poll(server.record).toMatchObject([
    {
      phase: "denied",
      principal: "unknown",
      operation: "sign-in",
      outcome: "sign-in-token",
      detail: expect.stringMatching(/^From 127\.0\.0\.1: The access token is not taken: .*expired/),
    },
  ]);
  expect(JSON.stringify(await server.record())).not.toContain(token.split(".")[1]);
});

test.each(["/.well-known/oauth-protected-resource", "/.well-known/oauth-protected-resource/pve/mcp"])(
  "%s says who gives out tokens",
  async (path) => {
    const response = await fetch(new URL(path, server.url));
    expect(await response.json()).toEqual({
      resource: RESOURCE,
      resource_name: "proxmox-mcp",
      authorization_servers: [provider.issuer],
      bearer_methods_supported: ["header"],
      scopes_supported: ["proxmox.read", "proxmox.mutate"],
    });
  },
);

describe("a token is refused", () => {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
  const foreign = async (header: object = {}) => {
    const { privateKey } = await generateKeyPair("ES256");
    return new SignJWT(claims()).setProtectedHeader({ alg: "ES256", typ: "at+jwt", ...header }).sign(privateKey);
  };
  /** Signed with what everybody knows of the provider: its public key as a shared secret. */
  const shared = () => {
    const text = `${encode({ alg: "HS256", typ: "at+jwt" })}.${encode(claims())}`;
    return `${text}.${createHmac("sha256", "public").update(text).digest("base64url")}`;
  };
  const altered = async () => {
    const [head, , tail] = (await provider.sign(claims())).split(".");
    return `${head}.${encode(claims({ scope: "proxmox.escape" }))}.${tail}`;
  };
  test.each<[string, () => string | Promise<string>, string]>([
    [
      "for another audience",
      () => provider.token("alice", "proxmox.read", "https://other.example.net/mcp"),
      "audience",
    ],
    ["for no audience", () => provider.sign(claims({ aud: undefined })), "no aud"],
    ["from another issuer", () => provider.sign(claims({ iss: "https://evil.example.net" })), "issuer"],
    ["from an issuer with a slash more", () => provider.sign(claims({ iss: `${provider.issuer}/` })), "issuer"],
    ["that has expired", () => provider.sign(claims({ exp: now() - 60 })), "expired"],
    ["that never ends", () => provider.sign(claims({ exp: undefined })), "no exp"],
    ["whose end is no number", () => provider.sign(claims({ exp: "soon" as never })), "exp"],
    ["that is not good yet", () => provider.sign(claims({ nbf: now() + 120 })), "nbf"],
    ["without a signature", () => new UnsecuredJWT(claims()).encode(), "algorithm"],
    ["whose signature was taken off", async () => (await provider.sign(claims())).replace(/[^.]*$/, ""), "signature"],
    ["signed with a shared secret", shared, "algorithm"],
    ["signed with somebody's key", () => foreign({ kid: "unknown" }), "no such key"],
    [
      "signed with somebody's key under the name of ours",
      async () => {
        const [head] = (await provider.sign(claims())).split(".");
        return foreign({ kid: JSON.parse(Buffer.from(head!, "base64url").toString()).kid });
      },
      "signature",
    ],
    ["that was altered", altered, "signature"],
    ["about nobody", () => provider.sign(claims({ sub: undefined })), "no sub"],
    ["about somebody with a strange name", () => provider.sign(claims({ sub: "alice\nprincipal: root" })), "sub"],
    ["that is no access token", () => provider.sign(claims(), { typ: "logout+jwt" }), "logout+jwt"],
    ["that is bound to a key", () => provider.sign(claims({ cnf: { jkt: "x" } } as JWTPayload)), "bound to a key"],
    ["that is no token", () => "abc", "JSON Web Token"],
    ["that is nothing much", () => "a.b.c", "JSON Web Token"],
  ])("%s", async (_, token, says) => {
    const answer = await show(token());
    expect(answer.status).toBe(401);
    expect(answer.challenge).toContain('error="invalid_token"');
    expect(answer.challenge).toContain(`resource_metadata="${METADATA}"`);
    expect(answer.text).toContain(says);
  });

  test.each(["Basic YTpi", "Bearer", "Bearer a b", "Token x"])("%s is no way to show one", async (header) => {
    const { status, challenge } = await knock(header);
    expect([status, challenge]).toEqual([401, expect.stringContaining('error="invalid_request"')]);
  });

  test("clocks may differ a little", async () => {
    expect((await show(provider.sign(claims({ exp: now() - 10 })))).status).toBe(200);
    expect((await show(provider.sign(claims({ nbf: now() + 10 })))).status).toBe(200);
  });
});

describe("scopes", () => {
  test("a token without any is told which", async () => {
    const token = await provider.token("alice", "openid", RESOURCE);
    const { status, challenge } = await show(token);
    expect(status).toBe(403);
    expect(challenge).toMatch(/^Bearer error="insufficient_scope", .*scope="proxmox.read", resource_metadata="/);
  });

  test.each<[string, Record<string, unknown>, string | undefined]>([
    ["proxmox_vm_list", {}, undefined],
    ["proxmox_lxc_action", { vmid: 103, action: "start" }, "proxmox.mutate"],
    ["proxmox_lxc_action", { vmid: 103, action: "start", dryRun: true }, undefined],
    ["proxmox_vm_guest_exec", { vmid: 101, command: ["id"] }, "proxmox.escape"],
    ["proxmox_api_call", { method: "GET", path: "/version" }, undefined],
    ["proxmox_api_call", { method: "POST", path: "/nodes/pve1/lxc/103/status/start" }, "proxmox.mutate"],
    ["proxmox_api_call", { method: "DELETE", path: "/nodes/pve1/lxc/103" }, "proxmox.mutate"],
    ["proxmox_api_call", { method: "POST", path: "/nodes/pve1/execute", params: { commands: "[]" } }, "proxmox.escape"],
    ["proxmox_api_call", { method: "POST", path: "/no/such/path" }, undefined],
  ])("%s %j asks a reader for %s", async (name, args, scope) => {
    const writes = () => lab.requests.filter(({ method }) => method !== "GET").length;
    const before = writes();
    const token = await provider.sign(claims());
    const response = await fetch(server.url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
        "mcp-protocol-version": "2026-07-28",
        "mcp-method": "tools/call",
        "mcp-name": name,
        authorization: `Bearer ${token}`,
      },
      body: JSON.stringify({
        jsonrpc: "2.0",
        id: 1,
        method: "tools/call",
        params: {
          name,
          arguments: args,
          _meta: {
            "io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientCapabilities": {},
          },
        },
      }),
    });
    expect(response.status).toBe(scope === undefined ? 200 : 403);
    if (scope) expect(response.headers.get("www-authenticate")).toContain(`scope="${scope}"`);
    await response.text();
    expect(writes()).toBe(before);
  });

  test("what the edge cannot know, the gate refuses", async () => {
    const session = await connectHttp(server.url, { token: await provider.sign(claims({ scope: "proxmox.mutate" })) });
    const { error } = await session.call("proxmox_vm_update_config", {
      vmid: 101,
      set: { args: "-device x" },
      dryRun: false,
    });
    expect(error?.code).toMatch(/insufficient-scope|access-ceiling|invalid-arguments/);
    await session.close();
  });

  test("whoever asks is told who he is and what he may do", async () => {
    const session = await connectHttp(server.url, { token: await provider.token("alice", "proxmox.read", RESOURCE) });
    const { data } = await session.call("proxmox_capabilities");
    expect(data.access).toMatchObject({
      caller: `alice@${provider.issuer}`,
      scopes: ["proxmox.read"],
      direct: ["read"],
      confirmed: [],
      refused: ["mutate", "destructive", "escape"],
    });
    await session.close();
  });

  test("some providers name them otherwise", async () => {
    for (const scp of ["proxmox.read other", ["other", "proxmox.read"]]) {
      expect((await show(provider.sign(claims({ scope: undefined, scp })))).status).toBe(200);
    }
    expect((await show(provider.sign(claims({ scope: "proxmox.admin" })))).status).toBe(403);
  });
});

describe("the issuer's keys", () => {
  test("are read again for one that is not known, and not again and again", async () => {
    const old = await provider.token("alice", "proxmox.read", RESOURCE);
    expect((await show(old)).status).toBe(200);
    const leftOver = await provider.sign(claims({ sub: "carol" }));
    await provider.rotate();
    await new Promise((resolve) => setTimeout(resolve, 350));
    provider.requests.length = 0;
    expect((await show(provider.token("alice", "proxmox.read", RESOURCE))).status).toBe(200);
    const reads = () => provider.requests.filter((path) => path.endsWith("/jwks")).length;
    expect(reads()).toBe(1);
    for (let index = 0; index < 20; index++) {
      expect((await show(provider.sign(claims(), { kid: `made-up-${index}` }))).status).toBe(401);
    }
    expect(reads()).toBeLessThanOrEqual(2);
    expect((await show(leftOver)).text).toContain("no such key");
  });
});

describe("an issuer", () => {
  let one: TestProvider;
  let here: Awaited<ReturnType<typeof serveHere>> | undefined;
  beforeEach(async () => {
    one = await startProvider();
  });
  afterEach(async () => {
    await here?.end();
    here = undefined;
    await one.close();
  });
  const serve = (env: Record<string, string> = {}) =>
    serveHere(
      { PROXMOX_MCP_OIDC_ISSUER: one.issuer, ...env },
      { issuerMs: 300, issuerRetryMs: 100, keyCooldownMs: 100 },
    );
  const tokenFor = (audience: string) =>
    one.sign({ iss: one.issuer, aud: audience, sub: "alice", scope: "proxmox.read", exp: now() + 600 });

  test("without a path, and the endpoint's own URL as the audience", async () => {
    here = await serve();
    const token = await one.token("alice", "proxmox.read", here.url);
    expect((await knock(`Bearer ${token}`, here.url)).status).toBe(200);
    expect(await (await fetch(new URL("/readyz", here.url))).text()).toBe("ready\n");
  });

  test("whose keys are where they are said to be", async () => {
    here = await serve({
      PROXMOX_MCP_OIDC_JWKS_URL: `${one.issuer}/jwks`,
      PROXMOX_MCP_OIDC_AUDIENCE: "urn:one, urn:two",
    });
    expect((await knock(`Bearer ${await tokenFor("urn:two")}`, here.url)).status).toBe(200);
    expect(one.requests).toEqual(["/jwks"]);
  });

  test.each<[string, RequestListener, string]>([
    ["that cannot be reached", (request) => request.socket.destroy(), "cannot be reached"],
    ["that does not answer", () => {}, "does not answer within 300 ms"],
    ["that has no document", (_, response) => response.writeHead(404).end(), "no discovery document"],
    [
      "that sends its readers elsewhere",
      (_, response) => response.writeHead(302, { location: "/x" }).end(),
      "elsewhere",
    ],
    [
      "that is another one",
      (_, response) => response.end(JSON.stringify({ issuer: "https://evil.example.net" })),
      "PROXMOX_MCP_OIDC_ISSUER",
    ],
    [
      "whose keys are in no safe place",
      (_, response) => response.end(JSON.stringify({ issuer: one.issuer, jwks_uri: "http://evil.example.net/keys" })),
      "no safe place",
    ],
    ["that says too much", (_, response) => response.end("x".repeat(2_000_000)), "more than a document"],
  ])("%s is no fault of the caller's, and is asked again", async (_, instead, says) => {
    one.answer(instead);
    here = await serve();
    const token = await tokenFor(here.url);
    const answer = await knock(`Bearer ${token}`, here.url);
    expect([answer.status, answer.retryAfter]).toEqual([503, "5"]);
    expect(answer.text).toContain(says);
    const ready = await fetch(new URL("/readyz", here.url));
    expect([ready.status, await ready.text()]).toEqual([503, expect.stringContaining(says)]);
    expect(here.said.join("\n")).toContain(says);
    one.answer();
    const again = here.url;
    await expect.poll(async () => (await knock(`Bearer ${token}`, again)).status).toBe(200);
    expect((await fetch(new URL("/readyz", again))).status).toBe(200);
  });
});

describe("two callers", () => {
  test("have nothing of each other's: jobs, artifacts, plans, sessions, subscriptions", async () => {
    const scope = "proxmox.mutate";
    const tokens = {
      alice: await provider.token("alice", scope, RESOURCE),
      bob: await provider.token("bob", scope, RESOURCE),
    };
    const alice = await connectHttp(server.url, { token: tokens.alice });
    const bob = await connectHttp(server.url, { token: tokens.bob, era: "2025" });
    const { data } = await alice.call("proxmox_lxc_action", { vmid: 103, action: "reboot" });
    expect((await alice.call("job_get", { id: data.job.id })).data.job.state).toBe("ok");
    expect((await bob.call("job_get", { id: data.job.id })).error?.code).toBe("unknown-job");
    const { error } = await alice.call("proxmox_lxc_action", { vmid: 103, action: "stop" });
    const { planId, confirm } = error!.data!.plan as { planId: string; confirm: string };
    const stolen = await bob.call("proxmox_lxc_action", { vmid: 103, action: "stop", planId, confirm });
    expect(stolen.error?.message).toContain("another caller");
    const me = `alice@${provider.issuer}`;
    const { uri } = await server.stack.services.artifacts.put(me, {
      name: "a",
      mimeType: "text/plain",
      data: "alice's",
    });
    expect((await alice.readResource(uri)).text).toBe("alice's");
    await expect(bob.readResource(uri)).rejects.toThrow();
    await alice.close();
    await bob.close();
  });

  test("a session is of whoever began it", async () => {
    const ask = async (person: string, session?: string) =>
      fetch(server.url, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          accept: "application/json, text/event-stream",
          authorization: `Bearer ${await provider.sign(claims({ sub: person }))}`,
          ...(session ? { "mcp-session-id": session } : {}),
        },
        body: JSON.stringify({
          jsonrpc: "2.0",
          id: 1,
          method: session ? "ping" : "initialize",
          params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "x", version: "0" } },
        }),
      });
    const id = (await ask("alice")).headers.get("mcp-session-id")!;
    expect((await ask("alice", id)).status).toBe(200);
    expect((await ask("bob", id)).status).toBe(404);
    expect((await ask("bob", "no-such-session")).status).toBe(404);
  });
});

test("a stream ends with the token that it was opened with", async () => {
  const token = await provider.sign(claims({ exp: now() + 2 }));
  const session = await connectHttp(server.url, { token, era: "2026-07-28" });
  const began = Date.now();
  const body = {
    jsonrpc: "2.0",
    id: 9,
    method: "subscriptions/listen",
    params: {
      notifications: { resourceSubscriptions: ["proxmox://guests/101"] },
      _meta: {
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": {},
      },
    },
  };
  const stream = await fetch(server.url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      "mcp-protocol-version": "2026-07-28",
      "mcp-method": "subscriptions/listen",
      authorization: `Bearer ${token}`,
    },
    body: JSON.stringify(body),
  });
  expect(await stream.text()).toContain("subscriptions/acknowledged");
  expect(Date.now() - began).toBeLessThan(20_000);
  await session.close();
});

test("no token is in what the server says, records or sends on", async () => {
  const token = await provider.token("alice", "proxmox.read", RESOURCE);
  const session = await connectHttp(server.url, { token });
  await session.call("proxmox_vm_list");
  const seen = JSON.stringify([server.said, lab.requests]);
  expect(seen).not.toContain(token);
  expect(seen).not.toContain(token.split(".")[2]);
  await session.close();
});
