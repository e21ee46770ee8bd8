import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse as parseToml } from "smol-toml";

const readme = readFileSync(fileURLToPath(new URL("../../README.md", import.meta.url)), "utf8");
const section = /^## Your client\n([\s\S]*?)^## /m.exec(readme)![1]!;
/** How each client is set up, as the README shows it: client, language, text. */
export const snippets = [...section.matchAll(/^([^\n]*):\n\n```(\w+)\n([\s\S]*?)```/gm)].map(
  ([, client, language, text]) => [client!, language!, text!] as const,
);

/** What a client starts. */
export interface Start {
  command: string;
  args: string[];
  env: Record<string, string>;
}

/** What the client would start. */
export function startOf(language: string, text: string): Start {
  if (language === "sh") {
    const [command, ...words] = text.trim().split(" -- ")[1]!.split(" ");
    const env = Object.fromEntries([...text.matchAll(/ -e (\w+)=(\S+)/g)].map(([, name, value]) => [name, value]));
    return { command: command!, args: words, env };
  }
  const read = (language === "toml" ? parseToml(text) : JSON.parse(text)) as Record<string, Record<string, Start>>;
  return (read.mcpServers ?? read.servers ?? read.mcp_servers)!.proxmox!;
}
