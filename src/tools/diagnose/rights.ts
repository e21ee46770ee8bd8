import { getAccessPermissions } from "../../../generated/clients/access-permissions.ts";
import type { ToolCluster } from "../context.ts";

/** Whether the token holds one of the privileges on a path: only then does an empty list mean that there is nothing. */
export async function holds(cluster: ToolCluster, path: string, anyOf: readonly string[]): Promise<boolean> {
  const { data } = await getAccessPermissions(cluster.send, { path });
  const held = ((data ?? {}) as Record<string, Record<string, unknown> | undefined>)[path] ?? {};
  return anyOf.some((privilege) => privilege in held);
}
