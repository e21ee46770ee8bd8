import * as z from "zod";
import { getAccessPermissions } from "../../../generated/clients/access-permissions.ts";
import { getVersion } from "../../../generated/clients/version.ts";
import { schemaVersion } from "../../../generated/manifest.ts";
import { exceeds, hasScope } from "../../access/index.ts";
import { ACCESS_CLASSES, type AccessClass } from "../../schema/operation.ts";
import { cluster } from "../arguments.ts";
import type { ToolCluster } from "../context.ts";
import { defineTool } from "../contract.ts";
import { reasonOf } from "../gather.ts";
import { expiryWarning, readOwnToken } from "./token-expiry.ts";

/** Classes whose calls a person has to confirm. */
const CONFIRMED: readonly AccessClass[] = ["destructive", "escape"];

/** Paths of privileges shown; a token for single guests may have one for each. */
const PATHS = 20;

const clusterOutput = z.object({
  cluster: z.string(),
  endpoints: z.array(z.string()),
  token: z.string().optional().describe("user@realm!id"),
  reachable: z.boolean(),
  version: z.string().optional(),
  privileges: z
    .array(z.object({ paths: z.array(z.string()), privileges: z.array(z.string()) }))
    .optional()
    .describe("Of the token, by ACL paths; sub-paths inherit"),
  ssh: z.string().optional().describe("How many nodes can be logged in to"),
  morePaths: z.int().optional().describe("Paths with privileges that are not shown"),
  drift: z
    .object({ added: z.array(z.string()), gone: z.array(z.string()), hint: z.string().optional() })
    .optional()
    .describe("Operations that the host documents and this server does not know, and the other way round"),
  warnings: z.array(z.string()),
});

export default defineTool({
  name: "proxmox_capabilities",
  title: "What this server may do",
  description:
    "Show what this server may do here: access class, clusters, Proxmox versions, the API token's privileges, and what is off and how to turn it on.",
  toolset: "inventory",
  class: "read",
  idempotent: true,
  input: z.strictObject({ cluster, schema: z.boolean().default(false).describe("Compare the host's schema too") }),
  output: z.object({
    server: z.object({
      version: z.string(),
      schemaVersion: z.string(),
      mode: z.string(),
      record: z.string(),
      recordProblem: z
        .string()
        .optional()
        .describe("Why the audit log cannot be written; nothing is changed meanwhile"),
    }),
    access: z.object({
      caller: z.string(),
      scopes: z.array(z.string()).optional().describe("What the caller signed in with; absent where nobody signs in"),
      ceiling: z.string(),
      direct: z.array(z.string()),
      confirmed: z.array(z.string()).describe("Classes of which each call needs a person's confirmation"),
      refused: z.array(z.string()),
      confirmation: z.string(),
    }),
    clusters: z.array(clusterOutput),
    off: z.array(z.object({ what: z.string(), how: z.string() })),
    tools: z.int(),
  }),
  async run(context, input) {
    const { config, ...server } = context.server;
    const asked = input.cluster === undefined ? context.clusters : [context.cluster(input.cluster)];
    const scopes = context.clusters[0]?.caller.scopes;
    const allowed = ACCESS_CLASSES.filter((one) => !exceeds(one, config.access) && hasScope(one, scopes));
    const asks = config.confirm !== "skip";
    const clusters = await Promise.all(asked.map((one) => look(one, config.access, input.schema)));
    const recordProblem = server.recordProblem();
    return {
      data: {
        server: {
          version: server.version,
          schemaVersion,
          mode: config.mode,
          record: server.recordPath,
          ...(recordProblem === undefined ? {} : { recordProblem }),
        },
        access: {
          caller: context.principal,
          ...(scopes ? { scopes: [...scopes] } : {}),
          ceiling: config.access,
          direct: allowed.filter((one) => !asks || !CONFIRMED.includes(one)),
          confirmed: allowed.filter((one) => asks && CONFIRMED.includes(one)),
          refused: ACCESS_CLASSES.filter((one) => !allowed.includes(one)),
          confirmation: config.confirm,
        },
        clusters,
        off: [
          ...(config.access === "escape"
            ? []
            : [{ what: `calls worse than ${config.access}`, how: "the operator raises PROXMOX_MCP_ACCESS" }]),
          ...waysOff(asked),
        ],
        tools: server.tools.length,
      },
    };
  },
});

/** The ways into machines that are off, and who turns them on. */
function waysOff(asked: readonly ToolCluster[]): { what: string; how: string }[] {
  if (!asked.some(({ ownWays }) => ownWays)) {
    return [
      {
        what: "SSH to nodes and guests, consoles, new credentials",
        how: "the operator sets ssh: true in your entry of PROXMOX_MCP_IDENTITIES_FILE",
      },
    ];
  }
  const off: { what: string; how: string }[] = [];
  if (!asked.some(({ hosts }) => hosts)) {
    off.push({
      what: asked.some(({ consoles }) => consoles)
        ? "files on nodes (SSH); commands there go by console"
        : "commands on nodes (SSH)",
      how: "the operator sets PROXMOX_SHELL_SSH_PRIVATE_KEY_PATH and PROXMOX_SHELL_SSH_EXPECTED_HOST_KEY",
    });
  }
  if (!asked.some(({ guests }) => guests)) {
    off.push({ what: "SSH of guests of their own", how: "the operator sets PROXMOX_SHELL_SSH_GUESTS_FILE" });
  }
  return off;
}

async function look(one: ToolCluster, ceiling: AccessClass, schema: boolean): Promise<z.output<typeof clusterOutput>> {
  const head = () => {
    const { endpoints, tokenUser: token } = one.cluster.config;
    return { cluster: one.name, endpoints: [...endpoints], ...(token === undefined ? {} : { token }) };
  };
  try {
    const { limitsOf } = await import("./token-limits.ts");
    const [version, permissions, expiry, ssh] = await Promise.all([
      getVersion(one.send),
      getAccessPermissions(one.send),
      expiryOf(one),
      sshOf(one),
    ]);
    const rights = Object.entries((permissions.data ?? {}) as Record<string, Record<string, unknown>>);
    const more = rights.length - PATHS;
    const drift = schema ? await driftOf(one, version.data.version) : undefined;
    return {
      ...head(),
      reachable: true,
      version: version.data.version,
      privileges: groupByPrivileges(rights.slice(0, PATHS)),
      ...(more > 0 ? { morePaths: more } : {}),
      ...(ssh.says === undefined ? {} : { ssh: ssh.says }),
      ...(drift && "added" in drift ? { drift } : {}),
      warnings: [
        ...(drift && "problem" in drift ? [drift.problem] : []),
        ...expiry,
        ...ssh.warnings,
        ...(rights.length === 0
          ? [
              "This token has no privileges, so every list is empty: grant it some (proxmox-mcp doctor names the lines), or turn its privilege separation off.",
            ]
          : limitsOf({
              rights: Object.fromEntries(rights),
              ceiling,
              version: version.data.version,
              skewMs: one.cluster.clockSkewMs(),
            })),
      ],
    };
  } catch (error) {
    return { ...head(), reachable: false, warnings: [reasonOf(error)] };
  }
}

/** Nodes of which it is told why nobody can log in to them. */
const PROBLEMS = 3;

/** How SSH stands; finding out sends nothing but a login. */
async function sshOf({ hosts, caller }: ToolCluster): Promise<{ says?: string; warnings: string[] }> {
  if (!hosts) return { warnings: [] };
  try {
    const found = await hosts.survey(caller);
    const failed = found.filter(({ problem }) => problem !== undefined);
    const warnings = failed.slice(0, PROBLEMS).map(({ problem }) => `SSH: ${reasonOf(problem)}`);
    return { says: `${found.length - failed.length} of ${found.length} nodes`, warnings };
  } catch (error) {
    return { warnings: [`SSH: ${reasonOf(error)}`] };
  }
}

/** A warning when the token ends soon, as far as the host or the secret store tell. */
async function expiryOf({ cluster, send }: ToolCluster): Promise<string[]> {
  const token = await cluster.tokenUser();
  if (token === undefined) return [];
  const [userid = "", tokenid = ""] = token.split("!");
  const { expire } = await readOwnToken(send, userid, tokenid);
  const warning = expiryWarning(token, expire ?? cluster.config.tokenExpire, Date.now());
  return warning ? [`${warning.message} ${warning.next}`] : [];
}

/** Paths that hold the same privileges stand together: an administrator's token repeats them for each path. */
function groupByPrivileges(rights: readonly (readonly [string, Record<string, unknown>])[]) {
  const groups = new Map<string, { paths: string[]; privileges: string[] }>();
  for (const [path, held] of rights) {
    const privileges = Object.keys(held).sort();
    const key = privileges.join();
    const group = groups.get(key) ?? { paths: [], privileges };
    group.paths.push(path);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Operations named of each kind. */
const DRIFTED = 40;

/** How the host's own documentation differs from what this server knows for its version. */
async function driftOf(
  { cluster }: ToolCluster,
  version: string,
): Promise<{ added: string[]; gone: string[]; hint?: string } | { problem: string }> {
  const [{ docsOf }, { schemaDrift }] = await Promise.all([
    import("../api/host-docs.ts"),
    import("../../pve/schema-drift.ts"),
  ]);
  try {
    const { added, gone } = schemaDrift((await docsOf(cluster.config, version)).keys(), version);
    const more = Math.max(added.length, gone.length) > DRIFTED;
    return {
      added: added.slice(0, DRIFTED),
      gone: gone.slice(0, DRIFTED),
      ...(more
        ? {
            hint: `${added.length} added and ${gone.length} gone in all; proxmox-mcp doctor --schema --json names them`,
          }
        : {}),
    };
  } catch (error) {
    return { problem: `The host's own schema cannot be read: ${reasonOf(error)}` };
  }
}
