import type { ClusterConfig } from "../../config/cluster-config.ts";
import { type OperationDocs, readApiDocs } from "../../pve/api-docs.ts";

/** Documents that were read, by version: what a version documents does not change. */
const read = new Map<string, Promise<Map<string, OperationDocs>>>();

/** What a cluster's hosts document of their API, read once for each version from the first endpoint that answers. */
export function docsOf(
  config: Pick<ClusterConfig, "endpoints" | "tls">,
  version: string,
): Promise<Map<string, OperationDocs>> {
  const found = read.get(version) ?? readFrom(config);
  read.set(version, found);
  found.catch(() => read.delete(version));
  return found;
}

async function readFrom({ endpoints, tls }: Pick<ClusterConfig, "endpoints" | "tls">) {
  let failure: unknown = new Error("no endpoint is configured");
  for (const endpoint of endpoints) {
    try {
      return await readApiDocs(endpoint, tls);
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}
