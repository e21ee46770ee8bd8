import { escalations, manifest, removed } from "../../generated/manifest.ts";
import type { AccessClass, ManifestEntry, OperationId } from "../schema/operation.ts";

const entries = new Map<OperationId, ManifestEntry>([...removed, ...manifest].map((entry) => [entry.id, entry]));

/** The manifest's entry of an operation, of older versions too. */
export function entryOf(operation: OperationId): ManifestEntry | undefined {
  return entries.get(operation);
}

/** The parameters that make a call of this operation worse. */
export function escalationsOf(
  operation: OperationId,
): readonly { parameter: string; matches?: string; class: AccessClass }[] {
  return escalations[operation] ?? [];
}
