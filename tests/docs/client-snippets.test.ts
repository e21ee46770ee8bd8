import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ALL_VARIABLES } from "../../src/config/all-variables.ts";
import { snippets, startOf } from "../support/client-snippets.ts";
import { BIN } from "../support/session.ts";

describe("how clients are set up", () => {
  test("there is one for each of them", () => {
    const named = snippets.map(([client]) => client).join(" ");
    for (const client of ["Claude Code", "Claude Desktop", "Cursor", "Gemini CLI", "VS Code", "Codex"]) {
      expect(named).toContain(client);
    }
  });

  test.each(snippets)("%s (%s) starts the server with a host and a token", (_, language, text) => {
    const { command, args, env } = startOf(language, text);
    expect([command, ...args]).toEqual(["npx", "-y", "proxmox-mcp"]);
    const known = Object.keys(ALL_VARIABLES);
    for (const name of Object.keys(env)) expect(known).toContain(name.replace(/_FILE$/, ""));
    const given = Object.keys(env).map((name) => name.replace(/_FILE$/, ""));
    for (const name of ["HOST", "API_TOKEN_USER", "API_TOKEN_REALM", "API_TOKEN_ID", "API_TOKEN_SECRET"]) {
      expect(given).toContain(`PROXMOX_${name}`);
    }
  });
});

test("from another working directory the absolute path of the bundle is enough", async () => {
  const folder = await mkdtemp(join(tmpdir(), "proxmox-mcp-elsewhere-"));
  const child = spawn(process.execPath, [BIN], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? "", XDG_STATE_HOME: folder },
    stdio: ["pipe", "pipe", "ignore"],
  });
  const params = { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "t", version: "0" } };
  child.stdin.end(`${JSON.stringify({ jsonrpc: "2.0", id: 1, method: "initialize", params })}\n`);
  let said = "";
  for await (const chunk of child.stdout) said += String(chunk);
  expect(JSON.parse(said).result.serverInfo.name).toBe("proxmox-mcp");
  await rm(folder, { recursive: true, force: true });
});
