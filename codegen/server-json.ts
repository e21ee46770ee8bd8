import { OFFERED_VARIABLES } from "./offered-variables.ts";

/** What of package.json the registry entry is made of. */
export interface PackageFacts {
  name: string;
  version: string;
  description: string;
  mcpName: string;
  repository?: { url: string };
}

/** A form's answers: the same for all ways to install it. */
const environmentVariables = OFFERED_VARIABLES.map(
  ({ name, description, isRequired, isSecret, isPath, default: preset, choices }) => ({
    name,
    description,
    ...(isRequired ? { isRequired } : {}),
    ...(isSecret ? { isSecret } : {}),
    format: isPath ? "filepath" : "string",
    ...(preset === undefined ? {} : { default: preset }),
    ...(choices === undefined ? {} : { choices }),
  }),
);

/** `server.json`, this server's entry in the MCP registry (its schema of 2025-12-11). */
export function emitServerJson(about: PackageFacts): string {
  const owner = /^io\.github\.([^/]+)\//.exec(about.mcpName)?.[1];
  if (owner === undefined) {
    throw new Error(`package.json: mcpName is ${about.mcpName}; it has to be io.github.<owner>/${about.name}.`);
  }
  const transport = { type: "stdio" };
  const entry = {
    $schema: "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json",
    name: about.mcpName,
    title: "Proxmox VE",
    description: about.description,
    version: about.version,
    ...(about.repository && {
      repository: { url: about.repository.url.replace(/^git\+|\.git$/g, ""), source: "github" },
    }),
    packages: [
      {
        registryType: "npm",
        identifier: about.name,
        version: about.version,
        runtimeHint: "npx",
        transport,
        environmentVariables,
      },
      {
        registryType: "oci",
        identifier: `ghcr.io/${owner.toLowerCase()}/${about.name}:${about.version}`,
        runtimeHint: "docker",
        transport,
        // What names a file of this machine has to be mounted first, which a form cannot do.
        environmentVariables: environmentVariables.filter(({ format }) => format !== "filepath"),
      },
    ],
  };
  return `${JSON.stringify(entry, null, 2)}\n`;
}
