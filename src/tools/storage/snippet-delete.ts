import * as z from "zod";
import { deleteNodesStorageContentByVolume } from "../../../generated/clients/nodes-storage.ts";
import type { Send } from "../../schema/operation.ts";
import { cluster, type Incomplete, node } from "../arguments.ts";
import { change, changeArguments, changeOutput } from "../change.ts";
import type { ToolCluster, ToolContext } from "../context.ts";
import { defineTool } from "../contract.ts";
import { ArgumentError } from "../errors.ts";
import { resolveNode } from "../inventory/resolve-node.ts";
import { chooseStorage } from "./choose.ts";
import { SnippetInUseError, UnknownSnippetError } from "./errors.ts";
import type { StoragePlace } from "./places.ts";
import { snippetsOf } from "./snippet-places.ts";
import { snippetUsers } from "./snippet-users.ts";

export default defineTool({
  name: "proxmox_cloud_init_snippet_delete",
  title: "Delete a cloud-init snippet",
  description: "Delete a cloud-init snippet file from a storage. Refuses one that a VM's cicustom names.",
  toolset: "storage",
  class: "destructive",
  idempotent: true,
  input: z.strictObject({
    cluster,
    volume: z.string().describe("e.g. local:snippets/web.yaml"),
    node: node.optional(),
    ...changeArguments,
  }),
  output: z.object({ cluster: z.string(), node: z.string(), volume: z.string(), ...changeOutput }),
  async run(context, input) {
    const storage = /^([a-z][\w.-]*):snippets\/[^/]+$/i.exec(input.volume)?.[1];
    if (storage === undefined) {
      throw new ArgumentError(
        "volume",
        "is no snippet's volume id",
        "It looks like local:snippets/web.yaml; proxmox_cloud_init_snippet_list shows them.",
      );
    }
    const on = context.cluster(input.cluster);
    const snapshot = await on.cluster.resources.get(on.caller, { signal: context.signal });
    const wanted = input.node && (await resolveNode(context, { cluster: on.name, node: input.node })).node;
    const place = chooseStorage(snapshot, { storage, content: "snippets", nodes: wanted ? [wanted] : [] });
    const at = await holder(context, on, place, input.volume, wanted);
    const { users, unchecked } = await snippetUsers(on, snapshot, place, at, input.volume);
    if (users.length > 0) throw new SnippetInUseError(input.volume, users);
    const warnings = [
      "No VM that was looked at uses it. Snapshots may: their configurations were not looked at.",
      ...(unchecked.length === 0 ? [] : [`Not looked at either: ${unchecked.join("; ")}.`]),
    ];
    const request = (send: Send) =>
      deleteNodesStorageContentByVolume(send, { node: at, storage, volume: input.volume });
    const { data, failed } = await change(context, on, request, input, { warnings });
    on.cluster.resources.invalidate();
    return {
      data: { cluster: on.name, node: at, volume: input.volume, ...data },
      ...(failed ? { failed } : {}),
    };
  },
});

/** The node to ask: any that reaches a shared storage, or the one that has the file. */
async function holder(
  context: ToolContext,
  on: ToolCluster,
  place: StoragePlace,
  volume: string,
  wanted: string | undefined,
): Promise<string> {
  const gaps: NonNullable<Incomplete> = [];
  const files = await snippetsOf(on, place, wanted, gaps);
  const found = files.filter((file) => file.volume === volume);
  if (found.length === 0) throw new UnknownSnippetError(volume, files, gaps);
  if (place.shared) {
    const active = [...place.nodes]
      .filter(([, { active }]) => active)
      .map(([name]) => name)
      .sort();
    return wanted ?? (await context.pin("node", () => active[0]!));
  }
  if (found.length > 1) {
    throw new ArgumentError(
      "node",
      "is missing, and several nodes have a file of that name",
      `Set node to one of: ${found
        .map((file) => file.node)
        .sort()
        .join(", ")}.`,
    );
  }
  return found[0]!.node!;
}
