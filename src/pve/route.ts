import { manifest, removed, schemaVersion, schemaVersions } from "../../generated/manifest.ts";
import { lazy } from "../schema/lazy.ts";
import { nearest } from "../schema/nearest.ts";
import type { ManifestEntry, Method, OperationId } from "../schema/operation.ts";
import { hasSpace } from "../schema/text.ts";
import { versionFault } from "../schema/version-range.ts";

/** An operation and the values of its path's variables; or the paths that may have been meant. */
export type Route = { entry: ManifestEntry; params: Record<string, string> } | { entry?: undefined; nearest: string[] };

interface Node {
  literal: Map<string, Node>;
  variable?: Node;
  /** Variables that take the rest of the path, slashes included. */
  rest?: Node;
  operations: { entry: ManifestEntry; names: readonly string[] }[];
}

/** Variables whose value may hold slashes: the server hands them the rest of the path (pve-facts 19). */
const OPEN_ENDED: ReadonlySet<string> = new Set(["volume", "cidr"]);

const newNode = (): Node => ({ literal: new Map(), operations: [] });
const variableName = (segment: string): string | undefined => /^\{(.+)\}$/.exec(segment)?.[1];
const pathOf = (id: OperationId): string => id.slice(id.indexOf(" ") + 1);
const splitPath = (path: string): string[] => path.split("/").filter((segment) => segment !== "");

function insert(root: Node, entry: ManifestEntry): void {
  const segments = splitPath(pathOf(entry.id));
  const names: string[] = [];
  let node = root;
  for (const [index, segment] of segments.entries()) {
    const name = variableName(segment);
    if (name === undefined) {
      const next = node.literal.get(segment) ?? newNode();
      node.literal.set(segment, next);
      node = next;
      continue;
    }
    names.push(name);
    const place = index === segments.length - 1 && OPEN_ENDED.has(name) ? "rest" : "variable";
    node[place] ??= newNode();
    node = node[place];
  }
  node.operations.push({ entry, names });
}

const tree = lazy((): Node => {
  const root = newNode();
  for (const entry of [...manifest, ...removed]) insert(root, entry);
  return root;
});

const byId = lazy(() => new Map([...manifest, ...removed].map((entry) => [entry.id, entry])));

/** The manifest entry of an operation, removed ones included. */
export function findOperation(id: OperationId): ManifestEntry | undefined {
  return byId().get(id);
}

/** The ids of all operations of the newest version, sorted by path. */
export function operationIds(): readonly OperationId[] {
  return manifest.map(({ id }) => id);
}

/** The node of a path and the values of its variables; a literal segment goes before a variable, as on the server. */
function descend(segments: readonly string[]): { node: Node; values: string[] } | undefined {
  const values: string[] = [];
  let node = tree();
  for (const [index, segment] of segments.entries()) {
    const literal = node.literal.get(segment);
    if (literal) {
      node = literal;
      continue;
    }
    // A value with whitespace matches no path on the server.
    if (node.rest && !node.variable) {
      const rest = segments.slice(index).join("/");
      return hasSpace(rest) ? undefined : { node: node.rest, values: [...values, rest] };
    }
    if (!node.variable || hasSpace(segment)) return undefined;
    values.push(segment);
    node = node.variable;
  }
  return { node, values };
}

/** The operations whose path is most like this one, variables standing for any segment. */
function nearestIds(method: string, segments: readonly string[]): string[] {
  const path = `/${segments.join("/")}`;
  const ids = new Map<string, OperationId>();
  for (const { id } of manifest) {
    if (!id.startsWith(`${method} `)) continue;
    const template = splitPath(pathOf(id));
    const filled = template.map((part, index) => (variableName(part) === undefined ? part : (segments[index] ?? part)));
    ids.set(`/${filled.join("/")}`, id);
  }
  return nearest(path, ids.keys(), 3).map((candidate) => ids.get(candidate)!);
}

/**
 * The operation of a method and a decoded path, e.g. `/nodes/pve1/qemu/100`. Empty segments count as none, as on the
 * server. With a version, an operation that this version has goes before one that it lacks.
 */
export function matchPath(method: Method | (string & {}), path: string, options: { version?: string } = {}): Route {
  const segments = splitPath(path);
  const found = descend(segments);
  if (!found) return { nearest: nearestIds(method, segments) };
  const { node, values } = found;
  const candidates = node.operations.filter(({ entry }) => entry.id.startsWith(`${method} `));
  const host = options.version ?? schemaVersion;
  const match =
    candidates.find(({ entry }) => versionFault(entry, host, schemaVersions) === undefined) ?? candidates[0];
  if (match) {
    return { entry: match.entry, params: Object.fromEntries(match.names.map((name, index) => [name, values[index]!])) };
  }
  const others = node.operations.map(({ entry }) => entry.id as string);
  return { nearest: others.length > 0 ? others.slice(0, 3) : nearestIds(method, segments) };
}
