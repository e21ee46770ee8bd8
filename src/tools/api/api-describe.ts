import * as z from "zod";
import { getVersion } from "../../../generated/clients/version.ts";
import { findOperation, matchPath } from "../../pve/route.ts";
import type { ManifestEntry, OperationId } from "../../schema/operation.ts";
import { nearest } from "../../schema/nearest.ts";
import { cluster } from "../arguments.ts";
import type { ToolCluster } from "../context.ts";
import { defineTool } from "../contract.ts";
import { ArgumentError } from "../errors.ts";
import { reasonOf } from "../gather.ts";
import { toolFacts } from "./delegate.ts";
import { describeOperation } from "./describe-operation.ts";
import { exampleOf } from "./example.ts";
import { docsOf } from "./host-docs.ts";
import { lackingOn } from "./lacking.ts";

const input = z.strictObject({
  cluster,
  call: z.string().describe("e.g. POST /nodes/{node}/qemu"),
  docs: z.boolean().default(false).describe("With the host's own prose"),
});

export default defineTool({
  name: "proxmox_api_describe",
  title: "Describe an API operation",
  description: "Show an API operation's parameters, privileges, class, versions, answer and an example call.",
  toolset: "api",
  class: "read",
  idempotent: true,
  input,
  output: z.looseObject({
    operation: z.string().optional(),
    tool: z.string().optional(),
    summary: z.string(),
    class: z.string(),
    host: z
      .object({ version: z.string(), lacks: z.array(z.string()) })
      .optional()
      .describe("What the connected host does not know"),
    docs: z.unknown().optional(),
  }),
  async run(context, given) {
    const call = given.call.trim();
    if (/^\w+$/.test(call)) return { data: await describeTool(call) };
    const entry = operationOf(call);
    const described = await describeOperation(entry.id);
    const one =
      given.cluster === undefined && context.clusters.length !== 1 ? undefined : context.cluster(given.cluster);
    if (given.docs && !one) context.cluster(given.cluster);
    const [host, docs] = await Promise.all([
      one && lackingOn(one, entry),
      given.docs && one ? hostDocs(one, entry.id) : undefined,
    ]);
    return {
      data: {
        ...(described as Record<string, unknown> & { summary: string; class: string }),
        example: exampleOf(entry),
        ...(context.server.config.scripts === "off" ? {} : { script: scriptCall(entry) }),
        ...(host ? { host } : {}),
        ...(docs === undefined ? {} : { docs }),
      },
    };
  },
});

/** How a script calls it. */
const scriptCall = ({ symbol }: ManifestEntry): string => `await pve.${symbol}({…})`;

/** The operation of `METHOD /path`, with variables or with values in it; a path alone is read. */
function operationOf(call: string): ManifestEntry {
  const [, method = "GET", path = ""] = /^(?:(GET|POST|PUT|DELETE)\s+)?(\/\S*)$/i.exec(call) ?? [];
  const upper = method.toUpperCase();
  const found = findOperation(`${upper} ${path}` as OperationId);
  if (found) return found;
  const route = matchPath(upper, path);
  if (route.entry) return route.entry;
  throw new ArgumentError(
    "call",
    `is no operation${route.nearest.length > 0 ? `; the nearest are ${route.nearest.join(", ")}` : ""}`,
    "Give METHOD /path, or a tool's name; proxmox_api_search finds them.",
  );
}

async function describeTool(name: string) {
  const [{ default: tools }, facts] = await Promise.all([
    import("../../../generated/tools.json", { with: { type: "json" } }),
    toolFacts(),
  ]);
  const tool = tools.find((one) => one.name === name);
  if (!tool) {
    const [near] = nearest(name, Object.keys(facts), 1);
    throw new ArgumentError(
      "call",
      `is no tool${near === undefined ? "" : `; the nearest is ${near}`}`,
      "Give METHOD /path, or a tool's name; proxmox_api_search finds them.",
    );
  }
  const access = facts[name]!.class;
  return {
    tool: name,
    summary: tool.description,
    class: access,
    input: tool.inputSchema,
    example: {
      tool: access === "read" ? "proxmox_api_read" : "proxmox_api_write",
      arguments: { path: name, params: {} },
    },
  };
}

/** What the host writes of the operation itself, at this version. */
async function hostDocs(one: ToolCluster, id: string): Promise<unknown> {
  try {
    const { data } = await getVersion(one.send);
    const docs = await docsOf(one.cluster.config, String(data.version));
    return docs.get(id) ?? "The host documents no such operation.";
  } catch (error) {
    return `Not to be had: ${reasonOf(error)}`;
  }
}
