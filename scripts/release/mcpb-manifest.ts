import { OFFERED_VARIABLES } from "../../codegen/offered-variables.ts";
import type { PackageFacts } from "../../codegen/server-json.ts";

/** `manifest.json` of a bundle that a client such as Claude Desktop installs by a double click: MCPB, version 0.3. */
export function mcpbManifest(
  about: PackageFacts & { license: string; engines: { node: string }; keywords: string[] },
  tools: readonly { name: string; description: string }[],
) {
  // An optional one that was left empty is an empty variable, which counts as not set.
  const key = (name: string) => name.replace(/^PROXMOX_(MCP_)?/, "").toLowerCase();
  return {
    manifest_version: "0.3",
    name: about.name,
    display_name: "Proxmox VE",
    version: about.version,
    description: about.description,
    author: { name: "The proxmox-mcp authors" },
    ...(about.repository && { repository: { type: "git", url: about.repository.url } }),
    license: about.license,
    keywords: about.keywords,
    server: {
      type: "node",
      entry_point: "dist/index.js",
      mcp_config: {
        command: "node",
        args: [`\${__dirname}/dist/index.js`],
        env: Object.fromEntries(OFFERED_VARIABLES.map(({ name }) => [name, `\${user_config.${key(name)}}`])),
      },
    },
    tools: tools.map(({ name, description }) => ({
      name,
      description: /^.*?\.(?= |$)/.exec(description)?.[0] ?? description,
    })),
    prompts_generated: true,
    compatibility: { platforms: ["darwin", "win32", "linux"], runtimes: { node: about.engines.node } },
    user_config: Object.fromEntries(
      OFFERED_VARIABLES.map(({ name, title, description, isRequired, isSecret, isPath, default: preset }) => [
        key(name),
        {
          type: isPath ? "file" : "string",
          title,
          description,
          required: isRequired,
          ...(isSecret ? { sensitive: true } : {}),
          ...(isRequired ? {} : { default: preset ?? "" }),
        },
      ]),
    ),
  };
}
