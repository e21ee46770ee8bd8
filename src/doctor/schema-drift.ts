import { manifest, removed, schemaVersions } from "../../generated/manifest.ts";
import type { ClusterConfig } from "../config/cluster-config.ts";
import { pinnedConnector } from "../pve/connector.ts";
import { Client } from "../pve/http-library.ts";
import { versionFault } from "../schema/version-range.ts";
import type { Findings } from "./check.ts";

const PATH = "/pve-docs/api-viewer/apidoc.js";
const TIMEOUT_MS = 60_000;
const LIMIT_BYTES = 64 << 20;
/** Operations named in the message; all are in the data. */
const SHOWN = 5;

/** Compares the operations that this server knows for a version with those of the host's own documentation. */
export async function checkDrift(
  endpoint: string,
  { tls }: ClusterConfig,
  version: string | undefined,
  findings: Findings,
): Promise<void> {
  let own: Set<string>;
  try {
    own = operationsOf(await download(endpoint, tls));
  } catch (error) {
    findings.add("warn", "schema", `${endpoint}${PATH} cannot be read: ${(error as Error).message}.`, {
      next: "Nothing depends on it; the package pve-docs on the node serves it.",
      data: { endpoint },
    });
    return;
  }
  const host = version ?? schemaVersions.at(-1)!;
  const known = new Set<string>(
    [...manifest, ...removed]
      .filter((entry) => versionFault(entry, host, schemaVersions) === undefined)
      .map(({ id }) => id),
  );
  const added = without(own, known);
  const gone = without(known, own);
  const data = { endpoint, version: host, host: own.size, known: known.size, added, gone };
  if (added.length === 0 && gone.length === 0) {
    findings.add(
      "ok",
      "schema",
      `The host documents the same ${own.size} operations that this server knows for ${host}.`,
      {
        data,
      },
    );
    return;
  }
  const parts = [
    ...(added.length > 0 ? [`${added.length} that this server does not know (${some(added)})`] : []),
    ...(gone.length > 0 ? [`${gone.length} are missing there (${some(gone)})`] : []),
  ];
  findings.add("warn", "schema", `The host documents ${own.size} operations of ${host}: ${parts.join("; ")}.`, {
    next: "Update this server, or the node's pve-docs and pve-manager; all names are in the answer with --json.",
    data,
  });
}

/** The operations of one set that the other lacks, sorted; a path's variables may be named otherwise. */
function without(ids: ReadonlySet<string>, others: ReadonlySet<string>): string[] {
  const shape = (id: string) => id.replaceAll(/\{[^}]*\}/g, "{}");
  const shapes = new Set([...others].map(shape));
  return [...ids].filter((id) => !shapes.has(shape(id))).sort();
}

function some(ids: readonly string[]): string {
  return ids.length <= SHOWN ? ids.join(", ") : `${ids.slice(0, SHOWN).join(", ")} and ${ids.length - SHOWN} more`;
}

/** Fetches the file without the token: whoever can connect may read it. */
async function download(endpoint: string, tls: ClusterConfig["tls"]): Promise<string> {
  const client = new Client(endpoint, {
    connect: pinnedConnector(tls, 10_000),
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
    maxResponseSize: LIMIT_BYTES,
  });
  try {
    const { statusCode, body } = await client.request({
      path: PATH,
      method: "GET",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await body.text();
    if (statusCode !== 200) throw new Error(`HTTP status ${statusCode}`);
    return text;
  } finally {
    await client.destroy();
  }
}

/** The operations in an api-viewer file, `METHOD /path`; the file is a script that is read as data, never run. */
export function operationsOf(text: string): Set<string> {
  const opening = /\b(?:const|var|let)\s+(?:apiSchema|pveapi)\s*=\s*(?=\[)/.exec(text);
  if (!opening) throw new Error("it holds no API schema");
  const array = arrayAt(text, opening.index + opening[0].length);
  let tree: unknown;
  try {
    tree = JSON.parse(array);
  } catch {
    throw new Error("its API schema is not JSON");
  }
  const found = new Set<string>();
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) for (const one of node) walk(one);
    if (typeof node !== "object" || node === null) return;
    const { path, info, children } = node as { path?: unknown; info?: unknown; children?: unknown };
    if (typeof path === "string" && typeof info === "object" && info !== null) {
      for (const method of Object.keys(info))
        if (/^(GET|POST|PUT|DELETE)$/.test(method)) found.add(`${method} ${path}`);
    }
    if (children !== undefined) walk(children);
  };
  walk(tree);
  return found;
}

/** The text of the array that begins at `start`. */
function arrayAt(text: string, start: number): string {
  let depth = 0;
  let quoted = false;
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (quoted) {
      if (char === "\\") at++;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === "[" || char === "{") depth++;
    else if ((char === "]" || char === "}") && --depth === 0) return text.slice(start, at + 1);
  }
  throw new Error("its API schema has no end");
}
