import {
  ProtocolError,
  ProtocolErrorCode,
  type Server,
  type ServerContext,
  type StandardSchemaV1,
} from "@modelcontextprotocol/server";

/** The extension by which clients list instructions that they can load when they need them (SEP-2640). */
export const SKILLS_EXTENSION = "io.modelcontextprotocol/skills";

/** Parameters as the client sent them; what the handler needs of them it checks itself. */
const asSent: StandardSchemaV1<unknown, { uri?: unknown; cursor?: unknown }> = {
  "~standard": { version: 1, vendor: "proxmox-mcp", validate: (value) => ({ value: value ?? {} }) },
};

/**
 * Answers `skills/list` and `skills/get`; the files are read as resources. The SDK's own extension wants its larger
 * server class, which every start would have to load.
 */
export function serveSkills(server: Server): void {
  server.setRequestHandler("skills/list", { params: asSent }, async ({ cursor }, context) => {
    if (cursor !== undefined) throw invalid("The list of skills has one page; leave cursor out");
    const { skillEntries } = await import("./skill.ts");
    return { skills: await skillEntries(), ...lifetime(context) };
  });
  server.setRequestHandler("skills/get", { params: asSent }, async ({ uri }, context) => {
    const { skillEntries } = await import("./skill.ts");
    const skill = (await skillEntries()).find((one) => one.uri === uri);
    if (!skill) throw invalid(`No skill is served at ${String(uri)}; skills/list has them`);
    return { skill, ...lifetime(context) };
  });
}

/** The texts come with the server: they are the same for everybody until it is replaced. Only the later era is told. */
function lifetime({ mcpReq }: ServerContext): { ttlMs?: number; cacheScope?: "public" } {
  return mcpReq.envelope === undefined ? {} : { ttlMs: 3_600_000, cacheScope: "public" };
}

const invalid = (message: string) => new ProtocolError(ProtocolErrorCode.InvalidParams, message);
