import { readFile } from "node:fs/promises";
import { type Client, PLATFORM, QUESTION, type Registered, snippetOf } from "./client.ts";
import { anthropic } from "./models/anthropic.ts";

const env = ({ place, model }: Registered): Record<string, string> => ({
  ANTHROPIC_BASE_URL: model,
  ANTHROPIC_API_KEY: "none",
  CLAUDE_CONFIG_DIR: `${place.home}/.claude`,
  CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
  DISABLE_AUTOUPDATER: "1",
  // A server that is slow to start, as on a busy machine, is waited for before the first request to the model.
  MCP_CONNECTION_NONBLOCKING: "false",
  MCP_CONNECT_TIMEOUT_MS: "60000",
});

/** The words of the README that add the server, after the program's own name. */
function added(server: NonNullable<Registered["server"]>): string[] {
  const [words = ""] = snippetOf("Claude Code").text.trim().split(" -e ");
  const [, ...first] = words.split(" ");
  if ("url" in server) return [...first, "--transport", "http", server.url];
  const variables = Object.entries(server.env).flatMap(([name, value]) => ["-e", `${name}=${value}`]);
  return [...first, ...variables, "--", server.command, ...server.args];
}

export const claudeCode: Client = {
  name: "Claude Code",
  packages: "claude-code",
  file: `@anthropic-ai/claude-code-${PLATFORM}/claude${process.platform === "win32" ? ".exe" : ""}`,
  command: (file) => [file],
  dialect: anthropic,
  shows: "names",
  canAsk: true,
  search: "select:mcp__proxmox__proxmox_vm_list,mcp__proxmox__proxmox_vm_destroy",
  refusal: "confirmation-declined",
  async register(at) {
    if (!at.server) return;
    const { status, errors } = await at.place.run([...at.command, ...added(at.server)], env(at));
    if (status !== 0) throw new Error(`claude mcp add ended with ${status}: ${errors}`);
  },
  list: async (at) => ({
    outcome: await at.place.run([...at.command, "mcp", "list"], env(at)),
    proof: /^proxmox: .*Connected$/m,
  }),
  async askWith(at, typed) {
    // A hook that answers in the person's place, and keeps what it was asked.
    const seen = `${at.place.home}/question.json`;
    const output = { hookEventName: "Elicitation", action: "accept", content: { name: typed } };
    const script = `cat > ${seen}; echo '${JSON.stringify({ hookSpecificOutput: output })}'`;
    const command = `sh ${await at.place.file("answer.sh", script)}`;
    const hooks = { Elicitation: [{ hooks: [{ type: "command", command }] }] };
    await at.place.file(".claude/settings.json", JSON.stringify({ hooks }));
    await this.ask(at);
    return readFile(seen, "utf8").catch(() => "");
  },
  ask: (at) => at.place.run([...at.command, "-p", QUESTION, "--allowedTools", "mcp__proxmox"], env(at)),
};
