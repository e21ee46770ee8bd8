import { mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadPolicy } from "../../src/access/index.ts";
import { loadConfig } from "../../src/config/index.ts";
import type { HttpLimits } from "../../src/mcp/http/limits.ts";
import { type HttpServing, serveOverHttp } from "../../src/mcp/http/serve.ts";
import { createStack, type Stack } from "../../src/mcp/stack.ts";

/** A server in this process, for tests that need bounds of their own. */
export async function serveHere(
  env: Record<string, string>,
  limits: Partial<HttpLimits> = {},
): Promise<HttpServing & { stack: Stack; said: string[]; record(): Promise<object[]>; end(): Promise<void> }> {
  const stateHome = mkdtempSync(join(tmpdir(), "proxmox-mcp-here-"));
  const whole = { XDG_STATE_HOME: stateHome, PROXMOX_MCP_MODE: "http", PROXMOX_MCP_HTTP_PORT: "0", ...env };
  const config = await loadConfig(whole, { anonymousLoopback: env.PROXMOX_MCP_OIDC_ISSUER === undefined });
  const said: string[] = [];
  const stack = {
    ...createStack(config, await loadPolicy(config.policyFile), "0", whole),
    say: (text: string) => void said.push(text),
  };
  const serving = await serveOverHttp(stack, config.http!, { limits });
  return {
    ...serving,
    stack,
    said,
    async record() {
      const text = await readFile(join(stateHome, "proxmox-mcp", "audit.jsonl"), "utf8").catch(() => "");
      return text
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line) as object);
    },
    async end() {
      await serving.close();
      await stack.services.close();
      rmSync(stateHome, { recursive: true, force: true });
    },
  };
}
