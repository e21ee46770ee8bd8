import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runDoctor } from "../../src/doctor/doctor.ts";
import type { Report } from "../../src/doctor/render.ts";
import { type Lab, startLab } from "../../src/lab/index.ts";
import { openFileStore } from "../../src/secrets/file/file-store.ts";

let lab: Lab;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "proxmox-mcp-doctor-"));
  lab = await startLab({ seed: "small", authDelayMs: 0 });
});
afterAll(async () => {
  await lab?.close();
  rmSync(folder, { recursive: true, force: true });
});

test("each token of the table of identities is tried, and how MCP is served and what replicas share is looked at", async () => {
  const path = join(folder, "secrets.json");
  const store = openFileStore({ backend: "file", path });
  const put = (token: typeof lab.token, node?: string) =>
    store.write({ cluster: "default", kind: "token", ...(node === undefined ? {} : { node }) }, token);
  await put(lab.token);
  const alice = lab.state.access.addToken("alice@pve", "mcp", { privsep: false });
  await put({ user: "alice", realm: "pve", id: "mcp", secret: alice.secret }, "alice");
  const wrong = "00000000-0000-0000-0000-00000000beef";
  await put({ user: "alice", realm: "pve", id: "mcp", secret: wrong }, "bob");
  const table = join(folder, "identities.json");
  const as = (subject: string) => ({ subject, tokens: { default: `default/token/${subject}` } });
  writeFileSync(table, JSON.stringify({ version: 1, identities: [as("alice"), as("bob"), as("gone")] }));
  const env = {
    PROXMOX_HOST: `${lab.host}:${lab.port}`,
    PROXMOX_TLS_FINGERPRINT: lab.fingerprint,
    PROXMOX_MCP_SECRET_BACKEND: "file",
    PROXMOX_MCP_SECRET_FILE_PATH: path,
    PROXMOX_MCP_MODE: "http",
    PROXMOX_MCP_OIDC_ISSUER: "http://127.0.0.1:9",
    PROXMOX_MCP_IDENTITIES_FILE: table,
    PROXMOX_MCP_STATE_KEY: "ab".repeat(32),
    PROXMOX_MCP_REDIS_URL: "redis://app:wrong%20horse@127.0.0.1:9",
    XDG_STATE_HOME: folder,
  };
  let text = "";
  await runDoctor({ env, version: "0", json: true }, { write: (more) => (text += more) });
  const { checks } = JSON.parse(text) as Report;
  const of = (check: string) =>
    checks.filter((one) => one.check === check).map(({ area, status, message }) => [area, status, message]);
  expect(of("identities")).toEqual([
    ["server", "fail", expect.stringContaining("Whoever acts with default/token/gone can do nothing")],
    ["default", "fail", expect.stringContaining("Whoever acts with default/token/bob can do nothing")],
    ["default", "ok", "1 token of PROXMOX_MCP_IDENTITIES_FILE accepted."],
  ]);
  expect(checks.find(({ data }) => data?.secret === "default/token/bob")?.next).toContain("alice@pve");
  expect(of("http")).toHaveLength(1);
  expect(of("sign-in")).toEqual([["server", "fail", expect.stringContaining("cannot be reached")]]);
  expect(of("plan-marks")).toEqual([["server", "fail", expect.stringContaining("ECONNREFUSED")]]);
  for (const secret of ["wrong%20horse", "wrong horse", wrong, alice.secret, lab.token.secret])
    expect(text).not.toContain(secret);
});
