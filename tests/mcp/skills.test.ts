import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { SkillsClient } from "@modelcontextprotocol/client/ext/skills";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { Client as LegacyClient } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport as LegacyHttp } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { RUNBOOKS, runbookText } from "../../src/mcp/runbooks/runbook.ts";
import { serveHere } from "../support/http-here.ts";
import { BIN } from "../support/session.ts";

// No host is asked for a skill, so none has to be there.
const HOST = {
  PROXMOX_HOST: "127.0.0.1:1",
  PROXMOX_API_TOKEN_USER: "root",
  PROXMOX_API_TOKEN_REALM: "pam",
  PROXMOX_API_TOKEN_ID: "t",
  PROXMOX_API_TOKEN_SECRET: "11111111-2222-3333-4444-555555555555",
};
const INFO = { name: "proxmox-mcp-tests", version: "0" };
const uriOf = (name: string) => `skill://proxmox-mcp/${name}/SKILL.md`;

let stateHome: string;
let http: Awaited<ReturnType<typeof serveHere>>;
beforeAll(async () => {
  stateHome = mkdtempSync(join(tmpdir(), "proxmox-mcp-skills-"));
  http = await serveHere(HOST);
});
afterAll(async () => {
  await http?.end();
  rmSync(stateHome, { recursive: true, force: true });
});

const transports = {
  stdio: () =>
    new StdioClientTransport({
      command: process.execPath,
      args: [BIN],
      stderr: "ignore",
      env: { PATH: process.env.PATH ?? "", XDG_STATE_HOME: stateHome, ...HOST },
    }),
  HTTP: () => new StreamableHTTPClientTransport(new URL(http.url)),
};

describe.each(Object.keys(transports) as (keyof typeof transports)[])("skills over %s", (transport) => {
  let client: Client;
  let skills: SkillsClient;
  beforeAll(async () => {
    client = new Client(INFO, { versionNegotiation: { mode: { pin: "2026-07-28" } } });
    await client.connect(transports[transport]());
    skills = new SkillsClient(client);
  });
  afterAll(() => client?.close());

  test("are declared, and listed: one for each runbook", async () => {
    expect(skills.supported).toBe(true);
    const { skills: found, invalid } = await skills.list();
    expect(invalid).toEqual([]);
    expect(found.map(({ uri, frontmatter }) => [uri, frontmatter])).toEqual(
      RUNBOOKS.map(({ name, description }) => [uriOf(name), { name, description }]),
    );
  });

  test("one is got, and its bytes are those of its digest", async () => {
    const { skill, ttlMs, cacheScope } = await skills.get(uriOf("restore-test"));
    expect({ ttlMs, cacheScope }).toEqual({ ttlMs: 3_600_000, cacheScope: "public" });
    const { contents } = await client.readResource({ uri: skill.uri });
    const bytes = Buffer.from((contents[0] as { text: string }).text);
    const [file] = skill.resources as { digest: string; size: number }[];
    expect(file).toEqual({
      uri: skill.uri,
      digest: `sha256:${createHash("sha256").update(bytes).digest("hex")}`,
      size: bytes.byteLength,
    });
  });

  test("each is read by the SDK's client, which checks size, digest and front matter, and holds the runbook", async () => {
    const { skills: found } = await skills.list();
    for (const one of found) {
      const { verified, body } = await skills.read(one);
      expect(verified).toBe(true);
      const text = await runbookText(one.frontmatter.name);
      expect(body!.trim().startsWith(text.slice(0, text.indexOf("\n\n## ")))).toBe(true);
      expect(body!.trim().endsWith(text.slice(text.indexOf("## ")))).toBe(true);
      expect(body).toContain("Ask for what is not given:");
    }
  });

  test("what is not there is refused", async () => {
    await expect(skills.get(uriOf("nothing"))).rejects.toThrow(/No skill is served at .*nothing/);
    await expect(client.readResource({ uri: uriOf("nothing") })).rejects.toMatchObject({ code: -32602 });
    await expect(skills.list({ cursor: "x" })).rejects.toThrow(/one page/);
  });
});

test("a client of the era before finds them too, without what only the later one knows", async () => {
  const client = new LegacyClient(INFO);
  await client.connect(new LegacyHttp(new URL(http.url)) as never);
  try {
    expect(client.getServerCapabilities()).toMatchObject({ extensions: { "io.modelcontextprotocol/skills": {} } });
    const { skills, ...rest } = (await client.request(
      { method: "skills/list" } as never,
      z.looseObject({}) as never,
    )) as {
      skills: unknown[];
    };
    expect(skills).toHaveLength(RUNBOOKS.length);
    expect(rest).not.toHaveProperty("ttlMs");
  } finally {
    await client.close();
  }
});
