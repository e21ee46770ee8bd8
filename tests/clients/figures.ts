import { countTokens } from "gpt-tokenizer/encoding/o200k_base";
import type { Client } from "./client.ts";
import { type SessionOptions, withSession } from "./session.ts";

const TOOLSETS = ["all", "minimal"] as const;

/** What the server adds to the client's first request to its model, with all tools and with few; one line each. */
export async function figuresOf(client: Client, command: readonly string[]): Promise<string[]> {
  const lines: string[] = [];
  for (const named of client.otherModel === undefined ? [undefined] : [undefined, client.otherModel]) {
    const first = (options: Partial<SessionOptions>) => firstRequest(client, command, { named, ...options });
    const none = await first({ server: "none" });
    lines.push(`${named ? `${named}: ` : ""}${sizeOf(none)} without the server`);
    for (const toolsets of TOOLSETS) {
      const text = await first({ env: { PROXMOX_MCP_TOOLSETS: toolsets } });
      lines.push(`${sizeOf(text, none)} more with PROXMOX_MCP_TOOLSETS=${toolsets}`);
    }
  }
  return lines;
}

function firstRequest(client: Client, command: readonly string[], options: Partial<SessionOptions>): Promise<string> {
  return withSession(client, command, { script: () => () => ({ say: "done" }), ...options }, async ({ at, model }) => {
    await client.ask(at);
    return model.turns.find(({ tools }) => tools.length > 0)!.text;
  });
}

function sizeOf(text: string, than = ""): string {
  const bytes = Buffer.byteLength(text) - Buffer.byteLength(than);
  return `${bytes} bytes, ${countTokens(text) - countTokens(than)} tokens`;
}
