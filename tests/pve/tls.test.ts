import type { AddressInfo } from "node:net";
import { createServer } from "node:tls";
import { afterEach, describe, expect, test } from "vitest";
import { normalizeFingerprint } from "../../src/pve/connector.ts";
import { TlsMismatchError, TlsUntrustedError } from "../../src/pve/errors.ts";
import { CALLER, connectTo, createPems } from "./test-server.ts";

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

const BODY = '{"data":{"version":"9.2.11"}}';
const ANSWER = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${BODY.length}\r\n\r\n${BODY}`;

/** A TLS listener that counts every byte that arrives after the handshake. */
async function listen(certified = "127.0.0.1") {
  const pems = await createPems(certified);
  const seen = { connections: 0, text: "" };
  const server = createServer({ key: pems.key, cert: pems.cert }, (socket) => {
    socket.on("error", () => {});
    socket.on("data", (chunk) => {
      seen.text += chunk.toString("latin1");
      socket.write(ANSWER);
    });
  });
  server.on("connection", () => {
    seen.connections++;
  });
  server.on("tlsClientError", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => new Promise((resolve) => server.close(resolve)));
  return { ...pems, url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

function connect(...args: Parameters<typeof connectTo>) {
  const cluster = connectTo(...args);
  closers.unshift(() => cluster.close());
  return cluster.send(CALLER);
}

const OPERATIONS = ["GET /version", "POST /nodes/{node}/qemu/{vmid}/status/start"] as const;
const PARAMS = { node: "pve1", vmid: 100 };
const settle = () => new Promise((resolve) => setTimeout(resolve, 100));

describe("certificates", () => {
  test.each(OPERATIONS)("a matching pin replaces the chain: %s", async (operation) => {
    const server = await listen();
    const send = connect([server]);
    expect((await send<{ version: string }>(operation, PARAMS)).data.version).toBe("9.2.11");
    expect(server.seen.text).toContain("PVEAPIToken=root@pam!mcp=5ec7e7ab-1111-2222-3333-444455556666");
  });

  test.each(OPERATIONS)("a pin that does not match lets no byte out: %s", async (operation) => {
    const server = await listen();
    const send = connect([{ url: server.url, fingerprint: "AA:".repeat(31).concat("AA") }]);
    const error = await send(operation, PARAMS).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(TlsMismatchError);
    expect((error as TlsMismatchError).next).toContain(`PROXMOX_TLS_FINGERPRINT=${server.fingerprint}`);
    await settle();
    expect(server.seen).toEqual({ connections: 1, text: "" });
  });

  test.each(OPERATIONS)("an untrusted chain is refused with its fingerprint: %s", async (operation) => {
    const server = await listen();
    const send = connect([server], { config: { tls: { verify: true, fingerprints: [] } } });
    const error = await send(operation, PARAMS).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(TlsUntrustedError);
    expect((error as TlsUntrustedError).fingerprint).toBe(server.fingerprint);
    expect((error as TlsUntrustedError).next).toContain(`PROXMOX_TLS_FINGERPRINT=${server.fingerprint}`);
    await settle();
    expect(server.seen).toEqual({ connections: 2, text: "" });
  });

  test("another name than the certificate's is refused", async () => {
    const server = await listen("192.0.2.1");
    const send = connect([server], { config: { tls: { verify: true, fingerprints: [], ca: server.cert } } });
    await expect(send("GET /version")).rejects.toMatchObject({
      code: "tls-untrusted",
      data: { reason: "ERR_TLS_CERT_ALTNAME_INVALID" },
    });
    expect(server.seen.text).toBe("");
  });

  test("a CA is trusted in addition", async () => {
    const server = await listen();
    const send = connect([server], { config: { tls: { verify: true, fingerprints: [], ca: server.cert } } });
    expect((await send("GET /version")).data).toEqual({ version: "9.2.11" });
  });

  test("a pin is compared even when verification is off", async () => {
    const server = await listen();
    const send = connect([server], { config: { tls: { verify: false, fingerprints: ["AB".repeat(32)] } } });
    await expect(send("GET /version")).rejects.toBeInstanceOf(TlsMismatchError);
  });

  test("without verification and without a pin anything is accepted", async () => {
    const server = await listen();
    const send = connect([server], { config: { tls: { verify: false, fingerprints: [] } } });
    expect((await send("GET /version")).data).toEqual({ version: "9.2.11" });
  });

  test.each(["ab:cd:ef", "ABCDEF", "sha256:abcdef", "SHA256=AB:CD:EF", " ab cd ef "])(
    "the form %j is understood",
    (text) => {
      expect(normalizeFingerprint(text)).toBe("AB:CD:EF");
    },
  );
});
