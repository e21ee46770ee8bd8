import { schemaVersions } from "../../generated/manifest.ts";
import type { ClusterConfig } from "../config/cluster-config.ts";
import { API_DOCS_PATH, readApiDocs } from "../pve/api-docs.ts";
import { schemaDrift } from "../pve/schema-drift.ts";
import type { Findings } from "./check.ts";

/** Operations named in the message; all are in the data. */
const SHOWN = 5;

/** Compares the operations that this server knows for a version with those of the host's own documentation. */
export async function checkDrift(
  endpoint: string,
  { tls }: ClusterConfig,
  version: string | undefined,
  findings: Findings,
): Promise<void> {
  let documented: Iterable<string>;
  try {
    documented = (await readApiDocs(endpoint, tls)).keys();
  } catch (error) {
    findings.add("warn", "schema", `${endpoint}${API_DOCS_PATH} cannot be read: ${(error as Error).message}.`, {
      next: "Nothing depends on it; the package pve-docs on the node serves it.",
      data: { endpoint },
    });
    return;
  }
  const host = version ?? schemaVersions.at(-1)!;
  const drift = schemaDrift(documented, host);
  const { added, gone } = drift;
  const data = { endpoint, version: host, ...drift };
  if (added.length === 0 && gone.length === 0) {
    findings.add(
      "ok",
      "schema",
      `The host documents the same ${drift.host} operations that this server knows for ${host}.`,
      { data },
    );
    return;
  }
  const parts = [
    ...(added.length > 0 ? [`${added.length} that this server does not know (${some(added)})`] : []),
    ...(gone.length > 0 ? [`${gone.length} are missing there (${some(gone)})`] : []),
  ];
  findings.add("warn", "schema", `The host documents ${drift.host} operations of ${host}: ${parts.join("; ")}.`, {
    next: "Update this server, or the node's pve-docs and pve-manager; all names are in the answer with --json.",
    data,
  });
}

function some(ids: readonly string[]): string {
  return ids.length <= SHOWN ? ids.join(", ") : `${ids.slice(0, SHOWN).join(", ")} and ${ids.length - SHOWN} more`;
}
