import { manifest, removed, schemaVersions } from "../../generated/manifest.ts";
import { versionFault } from "../schema/version-range.ts";

/** How the operations that a host documents differ from those that this program knows for its version. */
export interface SchemaDrift {
  /** Operations that the host documents. */
  host: number;
  /** Operations that this program knows. */
  known: number;
  /** Only the host has them. */
  added: string[];
  /** Only this program has them. */
  gone: string[];
}

/** Compares operation by operation; a path's variables may be named otherwise. */
export function schemaDrift(documented: Iterable<string>, version: string): SchemaDrift {
  const own = new Set(documented);
  const known = new Set<string>(
    [...manifest, ...removed]
      .filter((entry) => versionFault(entry, version, schemaVersions) === undefined)
      .map(({ id }) => id),
  );
  return { host: own.size, known: known.size, added: without(own, known), gone: without(known, own) };
}

/** The operations of one set that the other lacks, sorted. */
function without(ids: ReadonlySet<string>, others: ReadonlySet<string>): string[] {
  const shape = (id: string) => id.replaceAll(/\{[^}]*\}/g, "{}");
  const shapes = new Set([...others].map(shape));
  return [...ids].filter((id) => !shapes.has(shape(id))).sort();
}
