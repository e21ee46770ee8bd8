import { afterEach, describe, expect, test } from "vitest";
import { TlsMismatchError, TlsUntrustedError } from "../../src/pve/errors.ts";
import { CALLER, connectTo, reply, startServer, type TestServer } from "./test-server.ts";

const servers: TestServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function versionServer(): Promise<TestServer> {
  const server = await startServer((_, response) => reply(response, 200, { data: { version: "9.2.11" } }));
  servers.push(server);
  return server;
}

describe("certificates", () => {
  test("a matching pin replaces the chain", async () => {
    const server = await versionServer();
    const cluster = connectTo([server]);
    const answer = await cluster.send(CALLER)<{ version: string }>("GET /version");
    expect(answer.data.version).toBe("9.2.11");
    expect(server.requests[0]!.headers.authorization).toBe(
      "PVEAPIToken=root@pam!mcp=5ec7e7ab-1111-2222-3333-444455556666",
    );
    expect(server.bytes()).toBeGreaterThan(0);
    await cluster.close();
  });

  test.each(["GET /version", "POST /nodes/{node}/qemu/{vmid}/status/start"] as const)(
    "a pin that does not match lets no byte of %s out",
    async (operation) => {
      const server = await versionServer();
      const cluster = connectTo([{ url: server.url, fingerprint: "AA:".repeat(31).concat("AA") }]);
      const error = await cluster
        .send(CALLER)(operation, { node: "pve1", vmid: 100 })
        .catch((e: unknown) => e);
      expect(error).toBeInstanceOf(TlsMismatchError);
      expect((error as TlsMismatchError).next).toContain(`PROXMOX_TLS_FINGERPRINT=${server.fingerprint}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(server.connections()).toBeGreaterThan(0);
      expect(server.bytes()).toBe(0);
      expect(server.requests).toEqual([]);
      await cluster.close();
    },
  );

  test("an untrusted certificate is refused with its fingerprint, and nothing is sent", async () => {
    const server = await versionServer();
    const cluster = connectTo([server], { config: { tls: { verify: true, fingerprints: [] } } });
    const error = await cluster
      .send(CALLER)("GET /version")
      .catch((e: unknown) => e);
    expect(error).toBeInstanceOf(TlsUntrustedError);
    expect((error as TlsUntrustedError).fingerprint).toBe(server.fingerprint);
    expect((error as TlsUntrustedError).next).toContain(`PROXMOX_TLS_FINGERPRINT=${server.fingerprint}`);
    expect(server.bytes()).toBe(0);
    await cluster.close();
  });

  test("a CA file is trusted in addition", async () => {
    const server = await versionServer();
    const cluster = connectTo([server], {
      config: { tls: { verify: true, fingerprints: [], ca: server.certificate } },
    });
    expect((await cluster.send(CALLER)("GET /version")).data).toEqual({ version: "9.2.11" });
    await cluster.close();
  });

  test("without verification and without a pin anything is accepted", async () => {
    const server = await versionServer();
    const cluster = connectTo([server], { config: { tls: { verify: false, fingerprints: [] } } });
    expect((await cluster.send(CALLER)("GET /version")).data).toEqual({ version: "9.2.11" });
    await cluster.close();
  });
});
