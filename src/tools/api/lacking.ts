import { getVersion } from "../../../generated/clients/version.ts";
import { schemaVersions } from "../../../generated/manifest.ts";
import { wire } from "../../pve/wire.ts";
import { operationFacts } from "../../pve/wire-facts.ts";
import type { ManifestEntry } from "../../schema/operation.ts";
import { versionFault } from "../../schema/version-range.ts";
import type { ToolCluster } from "../context.ts";

/** What of an operation the connected host does not know; asks the host only where versions differ. */
export async function lackingOn(
  one: ToolCluster,
  entry: ManifestEntry,
): Promise<{ version: string; lacks: string[] } | undefined> {
  const facts = Object.entries(operationFacts(entry.id)?.parameters ?? {}).map(
    ([name, index]) => [name, wire.facts[index]!] as const,
  );
  const ranged = [entry, ...facts.map(([, fact]) => fact)];
  if (ranged.every(({ since, until }) => since === undefined && until === undefined)) return undefined;
  const version = await getVersion(one.send).then(
    ({ data }) => String(data.version),
    () => undefined,
  );
  if (version === undefined) return undefined;
  const isLacking = (range: { since?: string; until?: string }) =>
    versionFault(range, version, schemaVersions) !== undefined;
  const lacks = isLacking(entry)
    ? ["the operation"]
    : facts.filter(([, fact]) => isLacking(fact)).map(([name]) => name);
  return lacks.length === 0 ? undefined : { version, lacks };
}
