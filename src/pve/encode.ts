import type { Fact } from "../schema/facts.ts";
import type { Method, OperationId, Params } from "../schema/operation.ts";
import { composePropertyString, type Keys, PropertyStringError, propertyKeys } from "../schema/property-string.ts";
import { InvalidParametersError, PathParameterError, type RequestContext } from "./errors.ts";
import type { WireRequest } from "./transport.ts";
import { UPLOAD } from "./upload.ts";
import { operationFacts, parameterFact } from "./wire-facts.ts";

/** Path parameters that swallow the rest of the path, so that a slash stays in them (schema-facts 1.4). */
const SLASH_ALLOWED = new Set(["volume", "cidr"]);

/** The server closes the connection without a word when the headers pass 8 KiB (pve-facts 8). */
const MAX_TARGET_BYTES = 7000;

/** What an operation becomes when its last path parameter is empty, where that harms (schema-facts 1.4). */
const COLLAPSES: Readonly<Record<string, string>> = {
  "DELETE /nodes/{node}/network/{iface}": "would revert all pending network changes of the node",
  "PUT /nodes/{node}/network/{iface}": "would apply all pending network changes of the node",
};

/**
 * Encodes one call: path parameters into the path, the others into the query (GET, DELETE) or a form body (POST, PUT).
 * Throws `PathParameterError` for a path parameter that would address another endpoint.
 */
export function encodeRequest(operation: OperationId, params: Params, cluster = ""): WireRequest {
  const context: RequestContext = { cluster, operation };
  const { method, template, names } = parseOperation(operation);
  const path = template.replaceAll(/\{([^}]+)\}/g, (_, name: string) => pathSegment(context, name, params[name]));
  if (operation === UPLOAD) return { method, path, fields: uploadFields(context, params, names) };
  const encoded = encodePairs(context, params, names);
  const inQuery = method === "GET" || method === "DELETE";
  if (path.length + (inQuery ? encoded.length : 0) > MAX_TARGET_BYTES) {
    throw refuse(context, longest(params), `makes the request's address longer than ${MAX_TARGET_BYTES} bytes`);
  }
  if (encoded === "") return { method, path };
  return inQuery ? { method, path, query: encoded } : { method, path, body: encoded };
}

/** The parameters that stand before the file, and its name. */
function uploadFields(context: RequestContext, params: Params, names: ReadonlySet<string>): Record<string, string> {
  const pairs = new URLSearchParams(encodePairs(context, params, names));
  for (const [name, value] of pairs) {
    // A boundary cannot be forged in what has no line ends.
    if (/[\r\n]/.test(value)) throw refuse(context, name, "has a line end");
  }
  return Object.fromEntries(pairs);
}

/** Throws `PathParameterError` for a path parameter that is given and would address another endpoint. */
export function checkPath(operation: OperationId, params: Params, cluster = ""): void {
  for (const name of parseOperation(operation).names) {
    const value = params[name];
    if (value !== undefined && value !== null) pathSegment({ cluster, operation }, name, value);
  }
}

/** The parameters that are not in the path, as a query string or form body. */
export function encodeParams(operation: OperationId, params: Params, cluster = ""): string {
  return encodePairs({ cluster, operation }, params, parseOperation(operation).names);
}

/** Percent-encodes everything but RFC 3986 unreserved characters (pve-facts 1). */
export function percentEncode(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function longest(params: Params): string {
  const sizes = Object.entries(params).map(([name, value]) => [String(value).length, name] as const);
  return sizes.sort(([a], [b]) => b - a)[0]?.[1] ?? "";
}

function parseOperation(operation: OperationId): { method: Method; template: string; names: ReadonlySet<string> } {
  const space = operation.indexOf(" ");
  const template = operation.slice(space + 1);
  const names = new Set([...template.matchAll(/\{([^}]+)\}/g)].map((match) => match[1]!));
  return { method: operation.slice(0, space) as Method, template, names };
}

function pathSegment(context: RequestContext, name: string, value: unknown): string {
  if (value === undefined || value === null || value === "") {
    throw new PathParameterError(context, name, `is empty: the call ${collapse(context.operation, name)}.`);
  }
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "bigint") {
    throw new PathParameterError(context, name, "must be a string or a number.");
  }
  const text = String(value);
  const parts = text.split("/");
  if (parts.length > 1 && !SLASH_ALLOWED.has(name)) {
    throw new PathParameterError(context, name, "contains a slash, which would lead to another endpoint.");
  }
  for (const part of parts) {
    if (part === "." || part === "..") {
      throw new PathParameterError(
        context,
        name,
        `contains '${part}' as a path segment, which would lead to another endpoint.`,
      );
    }
    if (part === "")
      throw new PathParameterError(context, name, "contains an empty path segment, which the server drops.");
  }
  return encodeValue(context, name, text);
}

function collapse(operation: OperationId, name: string): string {
  const harm = COLLAPSES[operation];
  if (harm !== undefined && operation.endsWith(`{${name}}`)) return harm;
  if (/^DELETE .*\/ipset\/\{name\}\/\{cidr\}$/.test(operation) && name === "cidr")
    return "would delete the whole IP set";
  const other = operation.replace(`/{${name}}`, "") as OperationId;
  return operationFacts(other) === undefined
    ? "would lead to another endpoint"
    : `would become '${other}', another endpoint`;
}

function encodePairs(context: RequestContext, params: Params, skip: ReadonlySet<string>): string {
  const pairs: string[] = [];
  for (const [name, value] of Object.entries(params)) {
    if (skip.has(name) || value === undefined || value === null) continue;
    const key = encodeValue(context, name, name);
    for (const text of wireValues(context, name, value, parameterFact(context.operation, name, params))) {
      pairs.push(`${key}=${encodeValue(context, name, text)}`);
    }
  }
  return pairs.join("&");
}

/** One text for each time that the key is given. */
function wireValues(context: RequestContext, name: string, value: unknown, fact: Fact | undefined): string[] {
  if (!Array.isArray(value)) return [wireText(context, name, value, fact)];
  // `command=ls&command=-l` means the same to every release; a joined text does not (pve-facts 4).
  if (fact === undefined || fact.type === "array") {
    return value.map((item) => wireText(context, name, item, fact?.items));
  }
  if (fact.type === "string" && (isList(fact.format) || fact.format === undefined)) {
    return [value.map((item) => wireText(context, name, item, undefined)).join(",")];
  }
  throw refuse(context, name, "takes one value, not a list");
}

function isList(format: string | undefined): boolean {
  return format?.endsWith("list") === true;
}

function wireText(context: RequestContext, name: string, value: unknown, fact: Fact | undefined): string {
  switch (typeof value) {
    case "string":
      return value;
    case "boolean":
      return value ? "1" : "0";
    case "bigint":
      return String(value);
    case "number":
      if (!Number.isFinite(value)) throw refuse(context, name, "is not a finite number");
      // The server reads digits, not exponents.
      return Number.isInteger(value) ? BigInt(value).toString() : String(value);
    case "object":
      if (value !== null && !Array.isArray(value)) {
        const keys = fact === undefined ? undefined : propertyKeys(fact);
        if (keys !== undefined) return propertyString(context, name, keys, value as Readonly<Record<string, unknown>>);
      }
      throw refuse(context, name, "takes a text, not an object or a nested list");
    default:
      throw refuse(context, name, `cannot be sent (${typeof value})`);
  }
}

function propertyString(context: RequestContext, name: string, keys: Keys, value: Readonly<Record<string, unknown>>) {
  try {
    return composePropertyString(keys, value);
  } catch (error) {
    if (error instanceof PropertyStringError) throw refuse(context, name, error.message);
    throw error;
  }
}

function encodeValue(context: RequestContext, name: string, text: string): string {
  try {
    return percentEncode(text);
  } catch {
    throw refuse(context, name, "is not well-formed Unicode");
  }
}

function refuse(context: RequestContext, name: string, text: string): InvalidParametersError {
  return new InvalidParametersError(context, { [name]: text });
}
