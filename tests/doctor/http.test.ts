import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import selfsigned from "selfsigned";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { HttpSettings } from "../../src/config/index.ts";
import { Findings } from "../../src/doctor/check.ts";
import { checkHttp } from "../../src/doctor/http.ts";

const SETTINGS = {
  host: "127.0.0.1",
  port: 8765,
  path: "/mcp",
  publicBaseUrl: "https://mcp.example.net",
  allowedHosts: ["inside.example.net"],
  allowedOrigins: [],
} as unknown as HttpSettings;

const look = async (more: Partial<HttpSettings>, now = Date.now()) => {
  const findings = new Findings("server");
  await checkHttp({ ...SETTINGS, ...more }, findings, () => now);
  return findings.checks;
};
const one = async (check: string, more: Partial<HttpSettings>, now?: number) =>
  (await look(more, now)).find((found) => found.check === check);

test("the names by which clients may call are told, and that anybody may", async () => {
  expect(await look({})).toMatchObject([
    { status: "ok", message: expect.stringMatching(/https:\/\/mcp.example.net\/mcp.* inside.example.net/) },
    { status: "warn", check: "sign-in", next: expect.stringContaining("PROXMOX_MCP_OIDC_ISSUER") },
  ]);
});

describe("the certificate", () => {
  let folder: string;
  const at = (name: string) => join(folder, name);
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "proxmox-mcp-doctor-"));
    for (const name of ["mine", "other"]) {
      const made = await selfsigned.generate([{ name: "commonName", value: "mcp.example.net" }], {
        keyType: "ec",
        extensions: [{ name: "subjectAltName", altNames: [{ type: 2, value: "mcp.example.net" }] }],
      } as never);
      writeFileSync(at(`${name}.pem`), made.cert);
      writeFileSync(at(`${name}.key`), made.private);
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const DAY = 86_400_000;

  test.each<[string, string, Partial<HttpSettings>, number, string, RegExp]>([
    ["fits", "mine.key", {}, 0, "ok", /fits its key/],
    ["is another key's", "other.key", {}, 0, "fail", /cannot be used together/],
    ["is not there", "none.key", {}, 0, "fail", /ENOENT/],
    ["has ended", "mine.key", {}, 4000, "fail", /expired on/],
    ["is not valid yet", "mine.key", {}, -10, "fail", /not valid yet/],
    ["is for another name", "mine.key", { publicBaseUrl: "https://x.example.net" }, 0, "warn", /not for x.example.net/],
  ])("%s", async (_, key, more, days, status, message) => {
    const tls = { certFile: at("mine.pem"), keyFile: at(key) };
    expect(await one("http-tls", { ...more, tls }, Date.now() + days * DAY)).toMatchObject({
      status,
      message: expect.stringMatching(message),
    });
  });
});

describe("the issuer", () => {
  let server: Server;
  let issuer: string;
  let answers: Record<string, unknown>;
  beforeAll(async () => {
    server = createServer(({ url }, response) => {
      const body = answers[url!];
      response.writeHead(body === undefined ? 404 : 200).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    issuer = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  test.each<[string, (issuer: string) => object, unknown, string, RegExp]>([
    ["answers with keys", (iss) => ({ issuer: iss }), [{ kty: "RSA" }, { kty: "oct" }], "ok", /answers, with 1 key at/],
    ["has only a shared secret", (iss) => ({ issuer: iss }), [{ kty: "oct" }], "fail", /holds no key/],
    ["is another", () => ({ issuer: "https://evil.example" }), [], "fail", /says that its issuer is/],
    ["has no keys there", (iss) => ({ issuer: iss }), undefined, "fail", /answers with 404/],
  ])("%s", async (_, document, keys, status, message) => {
    answers = {
      "/.well-known/openid-configuration": { ...document(issuer), jwks_uri: `${issuer}/keys` },
      ...(keys === undefined ? {} : { "/keys": { keys } }),
    };
    const oidc = { issuer, audiences: [], groupsClaim: "groups" };
    expect(await one("sign-in", { oidc })).toMatchObject({ status, message: expect.stringMatching(message) });
  });

  test("cannot be reached, or its keys by their own address", async () => {
    answers = {};
    const oidc = { issuer: "http://127.0.0.1:9", audiences: [], groupsClaim: "groups" };
    expect(await one("sign-in", { oidc })).toMatchObject({
      status: "fail",
      message: expect.stringContaining("cannot be reached"),
      next: expect.stringContaining("PROXMOX_MCP_OIDC_ISSUER"),
    });
    expect(await one("sign-in", { oidc: { ...oidc, jwksUrl: `${issuer}/keys` } })).toMatchObject({
      status: "fail",
      next: expect.stringContaining("PROXMOX_MCP_OIDC_JWKS_URL"),
    });
  });
});
