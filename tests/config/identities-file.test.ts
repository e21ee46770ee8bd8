import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readIdentitiesFile } from "../../src/config/identities-file.ts";

const folder = mkdtempSync(join(tmpdir(), "proxmox-mcp-identities-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ISSUER = "https://id.example.net";
const tokens = { default: "default/token/alice" };
const alice = { subject: "alice", tokens };

function read(content: unknown, known: Partial<Parameters<typeof readIdentitiesFile>[1]> = {}) {
  const path = join(folder, "identities");
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return readIdentitiesFile(path, { clusters: ["default", "lab"], backend: "file", issuer: ISSUER, ...known });
}

test.each<[string, unknown, string]>([
  ["nothing", "", "the top"],
  ["no YAML", "{a: [", "neither JSON nor YAML"],
  ["no version", { identities: [] }, "version"],
  ["another version", { version: 2, identities: [] }, "version"],
  ["no list", { version: 1 }, "identities"],
  ["an unknown key", { version: 1, identities: [], people: [] }, "people"],
  ["an unknown key of an entry", { version: 1, identities: [{ ...alice, user: "x" }] }, "identities[0]: "],
  ["neither", { version: 1, identities: [{ tokens }] }, "identities[0]: needs exactly one of subject and group"],
  ["both", { version: 1, identities: [{ ...alice, group: "a" }] }, "exactly one"],
  ["a number for a subject", { version: 1, identities: [{ subject: 1, tokens }] }, "identities[0].subject"],
  ["an empty subject", { version: 1, identities: [{ subject: "", tokens }] }, "identities[0].subject"],
  ["another issuer", { version: 1, identities: [{ ...alice, issuer: `${ISSUER}/` }] }, "identities[0].issuer"],
  ["no tokens", { version: 1, identities: [{ subject: "alice" }] }, "identities[0].tokens"],
  ["none of them", { version: 1, identities: [{ ...alice, tokens: {} }] }, "names no cluster"],
  ["another cluster", { version: 1, identities: [{ ...alice, tokens: { prod: "a/token" } }] }, "default, lab"],
  ["a secret of another kind", { version: 1, identities: [{ ...alice, tokens: { lab: "lab/ssh" } }] }, "tokens.lab"],
  ["a token itself", { version: 1, identities: [{ ...alice, tokens: { lab: "root@pam!a=b" } }] }, "tokens.lab"],
  [
    "a subject twice",
    { version: 1, identities: [alice, alice] },
    "identities[1]: it is about the same as identities[0]",
  ],
  ["a default without tokens", { version: 1, identities: [], default: { tokens: {} } }, "default.tokens"],
])("%s is refused, with its place", (_, content, says) => {
  expect(() => read(content)).toThrow(says);
  expect(() => read(content)).toThrow(/^PROXMOX_MCP_IDENTITIES_FILE /);
});

test("JSON and YAML mean the same", () => {
  const yaml = `
version: 1
identities:
  - { subject: alice, issuer: "${ISSUER}", tokens: { default: default/token/alice } }
  - group: admins
    ssh: true
    tokens: { default: default/token, lab: lab/token/admins }
default: { tokens: { lab: lab/token } }
`;
  const json = {
    version: 1,
    identities: [alice, { group: "admins", ssh: true, tokens: { default: "default/token", lab: "lab/token/admins" } }],
    default: { tokens: { lab: "lab/token" } },
  };
  expect(read(yaml)).toEqual(read(json));
  expect(read(json).fallback).toEqual({ place: "default", tokens: { lab: "lab/token" }, ssh: false });
});

test("it needs a store, and people who sign in", () => {
  const good = { version: 1, identities: [alice] };
  expect(() => read(good, { backend: "env" })).toThrow("PROXMOX_MCP_SECRET_BACKEND is env");
  expect(() => read(good, { issuer: undefined })).toThrow("nobody signs in");
});
