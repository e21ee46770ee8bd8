import { createHash } from "node:crypto";
import * as z from "zod";
import { cluster, dryRun, node } from "../arguments.ts";
import { changeOutput } from "../change.ts";
import { defineTool } from "../contract.ts";
import { ArgumentError } from "../errors.ts";
import { changeOnHosts, requireHosts } from "../hosts/on-host.ts";
import { resolveNode } from "../inventory/resolve-node.ts";
import { chooseStorage } from "./choose.ts";
import { UnknownStorageError } from "./errors.ts";
import { storagePlaces } from "./places.ts";
import { requireSnippet, snippetHint, snippetPath } from "./snippet-path.ts";

/** Bytes of a snippet that are written; cloud-init itself takes far less. */
const MOST = 1_048_576;

export default defineTool({
  name: "proxmox_cloud_init_snippet_put",
  title: "Write a cloud-init snippet",
  description:
    "Write or replace a cloud-init snippet file (cicustom) on a storage, over SSH. On a local storage every node gets it unless node names one.",
  toolset: "storage",
  class: "mutate",
  idempotent: true,
  input: z.strictObject({ cluster, volume: z.string(), content: z.string(), node: node.optional(), dryRun }),
  output: z.object({
    cluster: z.string(),
    volume: z.string(),
    nodes: z.array(z.string()).describe("That were written to; all of them see it on a shared storage"),
    replaced: z.array(z.string()).optional().describe("Nodes where a file of that name was there"),
    bytes: z.int(),
    sha256: z.string(),
    plan: changeOutput.plan,
    warnings: changeOutput.warnings,
  }),
  async run(context, input) {
    const { storage, file } = requireSnippet(input.volume);
    const bytes = Buffer.from(input.content, "utf8");
    if (bytes.length > MOST) {
      throw new ArgumentError("content", `has ${bytes.length} bytes, more than ${MOST}`, "Write less.");
    }
    if (/\p{Surrogate}/u.test(input.content)) {
      throw new ArgumentError("content", "holds half a character", "Leave it out; nothing was sent.");
    }
    const on = context.cluster(input.cluster);
    const snapshot = await on.cluster.resources.get(on.caller, { signal: context.signal });
    const wanted = input.node && (await resolveNode(context, { cluster: on.name, node: input.node })).node;
    const places = storagePlaces(snapshot);
    const place = places.get(storage);
    if (!place) throw new UnknownStorageError(storage, [...places.keys()]);
    const missing = place.content.includes("snippets") ? [] : [`volume ${snippetHint(place)}`];
    // Only a plan goes on without it: it says what is missing.
    if (missing.length > 0 && !input.dryRun) throw new ArgumentError("volume", snippetHint(place), "Nothing was sent.");
    if (missing.length === 0) chooseStorage(snapshot, { storage, content: "snippets", nodes: wanted ? [wanted] : [] });
    const active = [...place.nodes].flatMap(([name, state]) => (state.active ? [name] : [])).sort();
    const nodes = wanted === undefined ? (place.shared ? active.slice(0, 1) : active) : [wanted];
    const silent = [...place.nodes].flatMap(([name, state]) => (state.active ? [] : [name])).sort();
    const warnings = [
      ...missing,
      ...(!place.shared && wanted === undefined && silent.length > 0
        ? [`${storage} is not active on ${silent.join(", ")}: VMs there do not find the file.`]
        : []),
      ...(!place.shared && wanted !== undefined && place.nodes.size > 1
        ? [`Only ${wanted} gets the file: a VM that moves to another node does not start there without it.`]
        : []),
    ];
    const hosts = requireHosts(on, "node", nodes[0] ?? storage);
    const path = await snippetPath(on, storage, file);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const calls = nodes.map((name) => ({
      operation: "RUN /nodes/{node}/snippets/write" as const,
      params: { node: name, path, bytes: bytes.length, sha256 },
    }));
    const { plan, results } = await changeOnHosts(
      context,
      on,
      calls,
      input,
      async (call) => ({
        node: call.node,
        ...(await hosts.writeFile(on.caller, { ...call, path, bytes })),
      }),
      warnings,
    );
    on.cluster.resources.invalidate();
    const replaced = results.filter((one) => one.replaced).map((one) => one.node);
    return {
      data: {
        cluster: on.name,
        volume: input.volume,
        nodes,
        ...(replaced.length > 0 ? { replaced } : {}),
        bytes: bytes.length,
        sha256,
        ...(plan ? { plan } : {}),
        ...(warnings.length > 0 ? { warnings } : {}),
      },
    };
  },
});
