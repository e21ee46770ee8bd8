import * as z from "zod";
import { getStorageByStorage } from "../../../generated/clients/storage.ts";
import { ProxmoxMcpError } from "../../errors/index.ts";
import { cluster, incomplete } from "../arguments.ts";
import { defineTool } from "../contract.ts";
import { takeParts } from "../gather.ts";
import { UnknownStorageError } from "./errors.ts";

export default defineTool({
  name: "proxmox_storage_get",
  title: "Show a storage",
  description: "Show one storage: its definition, and usage in bytes and state on each node that has it.",
  toolset: "storage",
  class: "read",
  idempotent: true,
  input: z.strictObject({ cluster, storage: z.string().describe("Storage name") }),
  output: z.object({
    cluster: z.string(),
    storage: z.string(),
    definition: z.record(z.string(), z.unknown()).optional(),
    nodes: z.array(
      z.object({
        node: z.string(),
        status: z.string(),
        used: z.number().optional(),
        total: z.number().optional(),
      }),
    ),
    incomplete,
  }),
  async run(context, input) {
    const one = context.cluster(input.cluster);
    const missing: { part?: string; reason: string }[] = [];
    const index = await one.cluster.resources.get(one.caller, { signal: context.signal });
    const at = index.storages.filter((row) => row.storage === input.storage);
    const parts = await takeParts(
      { definition: getStorageByStorage(one.send, { storage: input.storage }) },
      missing,
    ).catch((error: unknown) => {
      // A token may see a storage's usage without its definition; one that is in neither place is unknown.
      if (at.length === 0 && error instanceof ProxmoxMcpError && error.code === "not-found") {
        throw new UnknownStorageError(input.storage, [...new Set(index.storages.map((row) => String(row.storage)))]);
      }
      if (at.length === 0) throw error;
      missing.push({ part: "definition", reason: error instanceof Error ? error.message : String(error) });
      return undefined;
    });
    return {
      data: {
        cluster: one.name,
        storage: input.storage,
        ...(parts?.definition ? { definition: { ...parts.definition.data } } : {}),
        nodes: at.map((row) => ({
          node: row.node ?? "",
          status: row.status ?? "unknown",
          ...(row.disk === undefined ? {} : { used: row.disk }),
          ...(row.maxdisk === undefined ? {} : { total: row.maxdisk }),
        })),
        ...(missing.length > 0 ? { incomplete: missing } : {}),
      },
    };
  },
});
