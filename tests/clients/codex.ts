import { parse, stringify } from "smol-toml";
import { type Client, PLATFORM, QUESTION, type Registered, snippetOf } from "./client.ts";
import { responses } from "./models/responses.ts";

const env = ({ place }: Registered): Record<string, string> => ({ CODEX_HOME: `${place.home}/.codex`, KEY: "none" });

interface Message {
  id?: number;
  method?: string;
  params?: object;
  result?: { thread?: { id: string } };
}

export const codex: Client = {
  name: "Codex",
  packages: "codex",
  file: `@openai/codex-${PLATFORM}/package.json`,
  command: (file) => [process.execPath, file.replace(/codex-[^/]+\/package\.json$/, "codex/bin/codex.js")],
  dialect: responses,
  shows: "search",
  canAsk: true,
  search: "virtual machine",
  otherModel: "a-model-that-codex-does-not-know",
  refusal: "confirmation-declined",
  async register({ place, server, model, named = "gpt-5.5" }) {
    const shown = parse(snippetOf("Codex").text);
    const config = {
      ...shown,
      model: named,
      model_provider: "scripted",
      model_providers: {
        scripted: { name: "scripted", base_url: `${model}/v1`, wire_api: "responses", env_key: "KEY" },
      },
      // Codex itself refuses what is not read-only where nobody can approve it; here the server has to.
      mcp_servers: server ? { proxmox: { ...server, default_tools_approval_mode: "approve", required: true } } : {},
      approval_policy: "never",
      check_for_update_on_startup: false,
      analytics: { enabled: false },
      features: { enable_request_compression: false, plugins: false, apps: false },
    };
    await place.file(".codex/config.toml", stringify(config));
  },
  list: async (at) => ({
    outcome: await at.place.run([...at.command, "mcp", "list", "--json"], env(at)),
    proof: /"name": "proxmox",\s+"enabled": true/,
  }),
  async askWith(at, typed) {
    let shown = "";
    await at.place.run([...at.command, "app-server"], env(at), (line, { say, end }) => {
      const request = (id: number, method: string, params: object) => say(JSON.stringify({ id, method, params }));
      if (line === "") return request(1, "initialize", { clientInfo: { name: "tests", version: "0" } });
      const { id, method, params, result } = JSON.parse(line) as Message;
      if (id === 1) request(2, "thread/start", { approvalPolicy: "on-request", sandbox: "read-only" });
      if (id === 2 && result?.thread) {
        const input = [{ type: "text", text: QUESTION }];
        request(3, "turn/start", { threadId: result.thread.id, input });
      }
      if (method === "mcpServer/elicitation/request") {
        shown = JSON.stringify(params);
        say(JSON.stringify({ id, result: { action: "accept", content: { name: typed }, _meta: null } }));
      }
      if (method === "turn/completed") end();
    });
    return shown;
  },
  ask: (at) => at.place.run([...at.command, "exec", "--skip-git-repo-check", QUESTION], env(at)),
};
