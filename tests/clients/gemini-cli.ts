import { type Client, QUESTION, type Registered, snippetOf } from "./client.ts";
import { gemini } from "./models/gemini.ts";

const env = ({ model }: Registered): Record<string, string> => ({
  GOOGLE_GEMINI_BASE_URL: model,
  GEMINI_API_KEY: "none",
  // It starts no server in a folder that its user does not trust.
  GEMINI_CLI_TRUST_WORKSPACE: "true",
});

export const geminiCli: Client = {
  name: "Gemini CLI",
  packages: "gemini-cli",
  file: "@google/gemini-cli/bundle/gemini.js",
  command: (file) => [process.execPath, file],
  dialect: gemini,
  shows: "schemas",
  canAsk: false,
  refusal: "confirmation-required",
  async register({ place, server }) {
    const settings = {
      ...(JSON.parse(snippetOf("Gemini CLI").text) as object),
      mcpServers: server ? { proxmox: "url" in server ? { httpUrl: server.url } : server } : {},
      security: { auth: { selectedType: "gemini-api-key" } },
      general: { enableAutoUpdate: false, enableAutoUpdateNotification: false },
      privacy: { usageStatisticsEnabled: false },
      telemetry: { enabled: false },
    };
    await place.file(".gemini/settings.json", JSON.stringify(settings));
  },
  list: async (at) => ({
    outcome: await at.place.run([...at.command, "mcp", "list"], env(at)),
    proof: /proxmox: .*Connected/,
  }),
  ask: (at) => at.place.run([...at.command, "-p", QUESTION, "--yolo", "-m", "gemini-2.5-pro"], env(at)),
};
