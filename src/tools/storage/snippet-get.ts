import { createHash } from "node:crypto";
import * as z from "zod";
import { cleanText, maskSecrets } from "../../access/index.ts";
import { textOf } from "../agent/guest-text.ts";
import { cluster, node } from "../arguments.ts";
import { defineTool } from "../contract.ts";
import { ArgumentError } from "../errors.ts";
import { requireHosts } from "../hosts/on-host.ts";
import { resolveNode } from "../inventory/resolve-node.ts";
import { pageBudget } from "../output-budget.ts";
import { chooseStorage } from "./choose.ts";
import { requireSnippet, snippetPath } from "./snippet-path.ts";

/** Bytes of a snippet that are read. */
const MOST = 1_048_576;

export default defineTool({
  name: "proxmox_cloud_init_snippet_get",
  title: "Read a cloud-init snippet",
  description: "Read a cloud-init snippet file from a storage, over SSH.",
  toolset: "storage",
  class: "read",
  idempotent: true,
  input: z.strictObject({ cluster, volume: z.string(), node: node.optional() }),
  output: z.object({
    cluster: z.string(),
    node: z.string(),
    volume: z.string(),
    content: z.string(),
    size: z.int(),
    sha256: z.string().describe("Of the whole file"),
    modified: z.string(),
    note: z.string().optional(),
  }),
  async run(context, input) {
    const { storage, file } = requireSnippet(input.volume);
    const on = context.cluster(input.cluster);
    const snapshot = await on.cluster.resources.get(on.caller, { signal: context.signal });
    const wanted = input.node && (await resolveNode(context, { cluster: on.name, node: input.node })).node;
    const place = chooseStorage(snapshot, { storage, content: "snippets", nodes: wanted ? [wanted] : [] });
    const active = [...place.nodes].flatMap(([name, state]) => (state.active ? [name] : [])).sort();
    if (wanted === undefined && !place.shared && active.length > 1) {
      throw new ArgumentError(
        "node",
        `is missing, and ${storage} is another directory on each node`,
        `Set node to one of: ${active.join(", ")}; proxmox_cloud_init_snippet_list shows which has the file.`,
      );
    }
    const at = wanted ?? active[0]!;
    const hosts = requireHosts(on, "node", at);
    const path = await snippetPath(on, storage, file);
    const read = await hosts.readFile(on.caller, {
      node: at,
      operation: "RUN /nodes/{node}/snippets/read",
      params: { node: at, path },
      path,
      maxBytes: MOST,
      signal: context.signal,
    });
    const text = textOf(read.bytes) ?? Buffer.from(read.bytes).toString("latin1");
    const content = text.slice(0, Math.floor(pageBudget() * 0.7)).replace(/[\ud800-\udbff]$/, "");
    const notes = [
      ...(textOf(read.bytes) === undefined ? ["it is no UTF-8: each byte is shown as one character"] : []),
      ...(content.length < text.length ? [`content is its first ${content.length} of ${text.length} characters`] : []),
      ...(maskSecrets(cleanText(content)) === content
        ? []
        : ["content is shown without invisible characters and known secrets: do not write it back"]),
    ];
    return {
      data: {
        cluster: on.name,
        node: at,
        volume: input.volume,
        content,
        size: read.size,
        sha256: createHash("sha256").update(read.bytes).digest("hex"),
        modified: new Date(read.mtime * 1000).toISOString(),
        ...(notes.length > 0 ? { note: `${notes.join("; ")}.` } : {}),
      },
    };
  },
});
