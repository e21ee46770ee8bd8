import { Client as ModernClient, StreamableHTTPClientTransport as ModernHttp } from "@modelcontextprotocol/client";
import { Client as LegacyClient } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport as LegacyHttp } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Lab, startLab } from "../../../src/lab/index.ts";
import { type HttpServer, startHttpServer } from "../../support/http-server.ts";
import { startProvider, type TestProvider } from "../../support/oidc.ts";
import { type Era, labEnvironment } from "../../support/session.ts";

let lab: Lab;
let provider: TestProvider;
let server: HttpServer;
beforeAll(async () => {
  lab = await startLab({ authDelayMs: 0, taskMs: 100, seed: "small" });
  provider = await startProvider({ path: "/realms/team" });
  server = await startHttpServer({ ...labEnvironment(lab), PROXMOX_MCP_OIDC_ISSUER: provider.issuer });
});
afterAll(async () => {
  await server?.close();
  await provider?.close();
  await lab?.close();
});

/** What a client keeps of its sign-in; it is sent to the provider as a browser would be. */
function signIn(person: string) {
  const kept: { tokens?: never; verifier?: string; came?: URLSearchParams; scopes: string[] } = { scopes: [] };
  const auth = {
    redirectUrl: provider.client.redirect_uris[0]!,
    clientMetadata: { ...provider.client, token_endpoint_auth_method: "none" },
    clientInformation: () => provider.client,
    tokens: () => kept.tokens,
    saveTokens: (tokens: unknown) => {
      kept.tokens = tokens as never;
    },
    saveCodeVerifier: (verifier: string) => {
      kept.verifier = verifier;
    },
    codeVerifier: () => kept.verifier!,
    async redirectToAuthorization(url: URL) {
      kept.scopes.push(url.searchParams.get("scope") ?? "");
      kept.came = await provider.authorize(url, person);
    },
  };
  return { auth, kept };
}

test.each<Era>(["2026-07-28", "2025"])(
  "a client of the %s era finds the provider by itself, signs in, and again for more",
  async (era) => {
    const { auth, kept } = signIn("alice");
    const make = () => {
      if (era === "2025") {
        const transport = new LegacyHttp(new URL(server.url), { authProvider: auth });
        return { client: new LegacyClient({ name: "t", version: "0" }), transport };
      }
      const transport = new ModernHttp(new URL(server.url), { authProvider: auth as never });
      const mode = { pin: "2026-07-28" as const };
      return { client: new ModernClient({ name: "t", version: "0" }, { versionNegotiation: { mode } }), transport };
    };
    const first = make();
    await expect(first.client.connect(first.transport as never)).rejects.toThrow();
    expect(kept.scopes).toEqual(["proxmox.read"]);
    await finish(first.transport, kept.came!);
    const { client, transport } = make();
    await client.connect(transport as never);
    expect((await client.listTools()).tools.length).toBeGreaterThan(50);
    const start = { name: "proxmox_lxc_action", arguments: { vmid: 103, action: "reboot" } };
    await expect(client.callTool(start)).rejects.toThrow();
    expect(kept.scopes.at(-1)!.split(" ")).toContain("proxmox.mutate");
    await finish(transport, kept.came!);
    const result = await client.callTool(start);
    expect(result.structuredContent).toMatchObject({ job: { state: "ok" } });
    await client.close();
    const lines = await server.record();
    const own = lines.filter(({ tool }) => tool === "proxmox_lxc_action");
    expect(new Set(own.map(({ principal }) => principal))).toEqual(new Set([`alice@${provider.issuer}`]));
    expect(own[0]).toMatchObject({ phase: "denied", outcome: "insufficient-scope", detail: "needs proxmox.mutate" });
    const tokens = kept.tokens as unknown as { access_token: string };
    expect(JSON.stringify(lines) + server.stderr()).not.toContain(tokens.access_token.split(".")[2]);
  },
);

/** Takes what the browser came back with. */
function finish(transport: ModernHttp | LegacyHttp, came: URLSearchParams): Promise<void> {
  return transport instanceof ModernHttp ? transport.finishAuth(came) : transport.finishAuth(came.get("code")!);
}
