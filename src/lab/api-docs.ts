import { manifest, removed } from "../../generated/manifest.ts";
import { wire } from "../../generated/wire.ts";
import type { ManifestEntry } from "../schema/operation.ts";
import { isIn } from "./versions.ts";
import type { Rendered } from "./wire/formats.ts";

/** Where a node serves the documentation of its API. */
export const API_DOCS_PATH = "/pve-docs/api-viewer/apidoc.js";

interface Documented {
  method: string;
  description: string;
  parameters: { properties: Record<string, { description: string; type?: string }> };
}

interface DocumentedPath {
  path: string;
  text: string;
  info: Record<string, Documented>;
  children: DocumentedPath[];
}

function describeOperation(entry: ManifestEntry, method: string, version: string): Documented {
  const facts = Object.entries(wire.operations[entry.id]?.parameters ?? {})
    .map(([name, index]) => [name, wire.facts[index]!] as const)
    .filter(([, fact]) => isIn(version, fact));
  return {
    method,
    description: `${entry.summary}.`,
    parameters: {
      properties: Object.fromEntries(
        facts.map(([name, { type }]) => [name, { description: `The ${name} of it.`, ...(type ? { type } : {}) }]),
      ),
    },
  };
}

/** The script that a node's API viewer loads: a tree of what this version documents, in this project's own words. */
export function apiDocs(version: string): Rendered {
  const roots: DocumentedPath[] = [];
  const known = new Map<string, DocumentedPath>();
  const place = (path: string): DocumentedPath => {
    const found = known.get(path);
    if (found) return found;
    const made: DocumentedPath = { path, text: path.slice(path.lastIndexOf("/") + 1), info: {}, children: [] };
    known.set(path, made);
    const parent = path.slice(0, path.lastIndexOf("/"));
    (parent === "" ? roots : place(parent).children).push(made);
    return made;
  };
  for (const entry of [...manifest, ...removed].filter((one) => isIn(version, one))) {
    const [method = "", path = ""] = entry.id.split(" ");
    place(path).info[method] = describeOperation(entry, method, version);
  }
  const bytes = Buffer.from(`const apiSchema = ${JSON.stringify(roots)}\n;\n`);
  return { status: 200, reason: "OK", type: "application/javascript", body: undefined, bytes };
}
