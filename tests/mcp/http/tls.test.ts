import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect as connectTls, type TLSSocket } from "node:tls";
import selfsigned from "selfsigned";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serveHere } from "../../support/http-here.ts";

let folder: string;
let server: Awaited<ReturnType<typeof serveHere>>;
let port: number;
const cert = () => join(folder, "cert.pem");
const key = () => join(folder, "key.pem");
const make = async (name: string) => selfsigned.generate([{ name: "commonName", value: name }], { keyType: "ec" });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "tls-"));
  const first = await make("first");
  writeFileSync(cert(), first.cert);
  writeFileSync(key(), first.private);
  server = await serveHere(
    { PROXMOX_MCP_HTTP_TLS_CERT_FILE: cert(), PROXMOX_MCP_HTTP_TLS_KEY_FILE: key() },
    { certificateMs: 50, headersMs: 500 },
  );
  port = Number(new URL(server.url).port);
});
afterAll(async () => {
  await server?.end();
  rmSync(folder, { recursive: true, force: true });
});

const open = (): Promise<TLSSocket> =>
  new Promise((resolve, reject) => {
    const socket = connectTls({ host: "127.0.0.1", port, rejectUnauthorized: false }, () => resolve(socket));
    socket.once("error", reject);
  });
const nameOf = (socket: TLSSocket) => socket.getPeerCertificate().subject.CN;
const ask = (socket: TLSSocket) =>
  new Promise<string>((resolve) => {
    socket.once("data", (chunk) => resolve(chunk.toString()));
    socket.write("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
  });

test("a new certificate is taken without dropping a connection, and half of one is not", async () => {
  const old = await open();
  expect([server.url, nameOf(old)]).toEqual([expect.stringMatching(/^https:/), "first"]);
  expect(await ask(old)).toContain("200 OK");
  const second = await make("second");
  writeFileSync(cert(), second.cert);
  await expect.poll(() => server.said.join("\n")).toContain("the old certificate stays in use");
  const between = await open();
  expect(nameOf(between)).toBe("first");
  between.destroy();
  writeFileSync(key(), second.private);
  await expect.poll(() => server.said.join("\n")).toContain("the certificate was read again");
  const fresh = await open();
  expect(nameOf(fresh)).toBe("second");
  fresh.destroy();
  expect(await ask(old)).toContain("200 OK");
  old.destroy();
});

test("who connects and does not shake hands is let go", async () => {
  const { connect } = await import("node:net");
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  await new Promise((resolve) => socket.once("close", resolve));
});

test("a key of another certificate is refused at the start", async () => {
  const other = await make("other");
  const wrong = join(folder, "other.pem");
  writeFileSync(wrong, other.private);
  await expect(
    serveHere({ PROXMOX_MCP_HTTP_TLS_CERT_FILE: cert(), PROXMOX_MCP_HTTP_TLS_KEY_FILE: wrong }),
  ).rejects.toMatchObject({ setting: "PROXMOX_MCP_HTTP_TLS_KEY_FILE" });
});
