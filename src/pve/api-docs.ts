import type { ClusterConfig } from "../config/cluster-config.ts";
import { pinnedConnector } from "./connector.ts";
import { Client } from "./http-library.ts";

/** Where a host serves the documentation of its own API. */
export const API_DOCS_PATH = "/pve-docs/api-viewer/apidoc.js";
const TIMEOUT_MS = 60_000;
const LIMIT_BYTES = 64 << 20;

/** What a host says of one of its operations; Proxmox's own words, so none of it is kept. */
export interface OperationDocs {
  description?: string;
  /** By parameter. */
  parameters: Readonly<Record<string, string>>;
}

/** The operations that a host documents, by `METHOD /path`; read without the token, as whoever can connect may do. */
export async function readApiDocs(endpoint: string, tls: ClusterConfig["tls"]): Promise<Map<string, OperationDocs>> {
  return parseApiDocs(await download(endpoint, tls));
}

async function download(endpoint: string, tls: ClusterConfig["tls"]): Promise<string> {
  const client = new Client(endpoint, {
    connect: pinnedConnector(tls, 10_000),
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
    maxResponseSize: LIMIT_BYTES,
  });
  try {
    const { statusCode, body } = await client.request({
      path: API_DOCS_PATH,
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

/** The operations in an api-viewer file, which is a script that is read as data, never run. */
export function parseApiDocs(text: string): Map<string, OperationDocs> {
  const opening = /\b(?:const|var|let)\s+(?:apiSchema|pveapi)\s*=\s*(?=\[)/.exec(text);
  if (!opening) throw new Error("it holds no API schema");
  const array = arrayAt(text, opening.index + opening[0].length);
  let tree: unknown;
  try {
    tree = JSON.parse(array);
  } catch {
    throw new Error("its API schema is not JSON");
  }
  const found = new Map<string, OperationDocs>();
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) for (const one of node) walk(one);
    if (typeof node !== "object" || node === null) return;
    const { path, info, children } = node as { path?: unknown; info?: unknown; children?: unknown };
    if (typeof path === "string" && typeof info === "object" && info !== null) {
      for (const [method, operation] of Object.entries(info))
        if (/^(GET|POST|PUT|DELETE)$/.test(method)) found.set(`${method} ${path}`, docsOf(operation));
    }
    if (children !== undefined) walk(children);
  };
  walk(tree);
  return found;
}

interface Described {
  description?: unknown;
  parameters?: { properties?: Record<string, Described> };
}

function docsOf(operation: Described | null): OperationDocs {
  const entries = Object.entries(operation?.parameters?.properties ?? {}).flatMap(([name, one]) =>
    typeof one?.description === "string" ? [[name, one.description] as const] : [],
  );
  return {
    ...(typeof operation?.description === "string" ? { description: operation.description } : {}),
    parameters: Object.fromEntries(entries),
  };
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
