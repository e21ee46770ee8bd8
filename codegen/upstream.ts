/** A JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** One upstream method with its path, still as upstream wrote it. */
export interface UpstreamOperation {
  id: string;
  path: string;
  info: JsonObject;
  /** Whether all children of the path are literal segments; undefined when it has none. */
  literalChildren?: boolean;
}

/** An upstream schema that cannot be used: names the file and the place in it. */
class UpstreamSchemaError extends Error {
  override readonly name = "UpstreamSchemaError";
  constructor(file: string, place: string, problem: string) {
    super(`${file}: ${place}: ${problem}`);
  }
}

const OPENING = /\b(?:const|var|let)\s+(?:apiSchema|pveapi)\s*=\s*(?=\[)/;

/** The text of the array that follows `const apiSchema =`; what comes behind its closing bracket is ignored. */
function schemaText(text: string, file: string): string {
  const opening = OPENING.exec(text);
  if (!opening) throw new UpstreamSchemaError(file, "character 0", "no `const apiSchema = [` found");
  const start = opening.index + opening[0].length;
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
  throw new UpstreamSchemaError(file, `character ${text.length}`, "the file ends before the schema does");
}

/** Keywords of a tree node, an operation and a schema node: `keep` holds facts, `drop` prose or nothing of use. */
const TREE = new Set(["children", "info", "leaf", "path", "text"]);
export const OPERATION_KEYWORDS = {
  keep: [
    "allowtoken",
    "download_allowed",
    "expose_credentials",
    "parameters",
    "permissions",
    "protected",
    "proxyto",
    "returns",
  ],
  drop: ["description", "method", "name", "proxyto_callback"],
} as const;
export const SCHEMA_KEYWORDS = {
  keep: [
    "additionalProperties",
    "alias",
    "allOf",
    "default",
    "default_key",
    "enum",
    "format",
    "instance-type",
    "instance-types",
    "items",
    "keyAlias",
    "max",
    "maxLength",
    "maximum",
    "min",
    "minLength",
    "minimum",
    "oneOf",
    "optional",
    "pattern",
    "properties",
    "requires",
    "type",
    "type-property",
    "type-property-schema",
  ],
  drop: [
    "completion",
    "description",
    "format_description",
    "links",
    "renderer",
    "title",
    "typetext",
    "verbose_description",
  ],
} as const;
const PERMISSION_KEYWORDS = new Set(["check", "description", "user"]);
const METHODS = new Set(["GET", "POST", "PUT", "DELETE"]);
const TYPES = new Set(["string", "integer", "number", "boolean", "array", "object", "null", "any"]);

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const operationKeywords = new Set<string>([...OPERATION_KEYWORDS.keep, ...OPERATION_KEYWORDS.drop]);
const schemaKeywords = new Set<string>([...SCHEMA_KEYWORDS.keep, ...SCHEMA_KEYWORDS.drop]);

/** Throws at the first keyword that is not in `SCHEMA_KEYWORDS`, at any depth of a schema node. */
function checkSchemaNode(node: Json, file: string, place: string): void {
  const fail = (problem: string): never => {
    throw new UpstreamSchemaError(file, place, problem);
  };
  if (!isObject(node)) throw new UpstreamSchemaError(file, place, "a schema must be an object");
  for (const [keyword, value] of Object.entries(node)) {
    if (!schemaKeywords.has(keyword)) fail(`unknown keyword \`${keyword}\``);
    const below = `${place}.${keyword}`;
    if (keyword === "type" && !(typeof value === "string" && TYPES.has(value)))
      fail(`unknown type ${JSON.stringify(value)}`);
    if (keyword === "properties" || (keyword === "format" && typeof value === "object")) {
      if (!isObject(value)) fail(`\`${keyword}\` must be an object`);
      else for (const [name, child] of Object.entries(value)) checkSchemaNode(child, file, `${below}.${name}`);
    } else if (keyword === "items" || keyword === "type-property-schema") checkSchemaNode(value, file, below);
    else if (keyword === "additionalProperties" && isObject(value)) checkSchemaNode(value, file, below);
    else if (keyword === "oneOf" || keyword === "allOf") {
      if (!Array.isArray(value)) fail(`\`${keyword}\` must be an array`);
      else
        value.forEach((child: Json, index: number) => {
          checkSchemaNode(child, file, `${below}[${index}]`);
        });
    }
  }
}

function checkOperation(info: JsonObject, id: string, file: string): void {
  for (const keyword of Object.keys(info))
    if (!operationKeywords.has(keyword)) throw new UpstreamSchemaError(file, id, `unknown keyword \`${keyword}\``);
  checkSchemaNode(info.parameters ?? null, file, `${id} parameters`);
  checkSchemaNode(info.returns ?? null, file, `${id} returns`);
  if (info.permissions === undefined) return;
  if (!isObject(info.permissions)) throw new UpstreamSchemaError(file, `${id} permissions`, "must be an object");
  for (const keyword of Object.keys(info.permissions))
    if (!PERMISSION_KEYWORDS.has(keyword))
      throw new UpstreamSchemaError(file, `${id} permissions`, `unknown keyword \`${keyword}\``);
}

/** Reads `apidoc.js` or `apidata.js` as data and returns its operations, checked keyword by keyword. */
export function parseUpstream(text: string, file: string): UpstreamOperation[] {
  let tree: Json;
  const source = schemaText(text, file);
  try {
    tree = JSON.parse(source) as Json;
  } catch (error) {
    throw new UpstreamSchemaError(file, "JSON", error instanceof Error ? error.message : String(error));
  }
  const operations: UpstreamOperation[] = [];
  const visit = (node: Json, place: string): void => {
    if (!isObject(node)) throw new UpstreamSchemaError(file, place, "a tree node must be an object");
    for (const keyword of Object.keys(node))
      if (!TREE.has(keyword)) throw new UpstreamSchemaError(file, place, `unknown keyword \`${keyword}\``);
    const { path, info = {}, children = [] } = node;
    if (typeof path !== "string" || !path.startsWith("/"))
      throw new UpstreamSchemaError(file, place, "a tree node needs a `path`");
    if (!isObject(info)) throw new UpstreamSchemaError(file, path, "`info` must be an object");
    if (!Array.isArray(children)) throw new UpstreamSchemaError(file, path, "`children` must be an array");
    const last = (child: Json): string => (isObject(child) ? String(child.path).split("/").at(-1)! : "");
    for (const [method, value] of Object.entries(info)) {
      if (!METHODS.has(method)) throw new UpstreamSchemaError(file, path, `unknown method \`${method}\``);
      if (!isObject(value)) throw new UpstreamSchemaError(file, `${method} ${path}`, "must be an object");
      checkOperation(value, `${method} ${path}`, file);
      const operation: UpstreamOperation = { id: `${method} ${path}`, path, info: value };
      if (children.length > 0) operation.literalChildren = children.every((child) => !last(child).startsWith("{"));
      operations.push(operation);
    }
    for (const [index, child] of children.entries()) visit(child, `${path} children[${index}]`);
  };
  for (const [index, node] of (tree as readonly Json[]).entries()) visit(node, `root[${index}]`);
  if (operations.length === 0) throw new UpstreamSchemaError(file, "root", "holds no operation");
  return operations;
}
