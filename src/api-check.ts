import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { matchPath } from "./pve/route.ts";
import { validateCall } from "./pve/validate.ts";

/** The verdict on one line; a fault of the line or its path stands under `line`, `method`, `path` or `operation`. */
export interface LineVerdict {
  ok: boolean;
  /** Null when no operation could be made out. */
  operation: string | null;
  errors: Record<string, string>;
}

interface Call {
  method: string;
  path: string;
  params: Record<string, unknown>;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The call on a line, or what is wrong with the line. */
function readCall(line: string): Call | Record<string, string> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return { line: `is not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  if (!isObject(value)) return { line: 'must be an object, e.g. {"method":"GET","path":"/version","params":{}}' };
  const { method, path, params = {} } = value;
  if (typeof method !== "string") return { method: "must be GET, POST, PUT or DELETE" };
  if (typeof path !== "string") return { path: "must be an API path, e.g. /nodes/pve1/qemu" };
  if (!isObject(params)) return { params: "must be an object of parameters by name" };
  return { method, path, params };
}

/** Judges one call as the API schema of a version would; makes no request. */
async function checkLine(line: string, version?: string): Promise<LineVerdict> {
  const call = readCall(line);
  if (!("method" in call && "path" in call && isObject(call.params))) {
    return { ok: false, operation: null, errors: call as Record<string, string> };
  }
  const options = version === undefined ? {} : { version };
  const { method, path, params } = call as Call;
  const route = matchPath(method, path, options);
  if (!route.entry) {
    const meant = route.nearest.length > 0 ? `; near it: ${route.nearest.join(", ")}` : "";
    return { ok: false, operation: null, errors: { path: `${method} ${path} is not in the API${meant}` } };
  }
  const operation = route.entry.id;
  const conflict = Object.entries(route.params).find(
    ([name, value]) => params[name] !== undefined && params[name] !== null && String(params[name]) !== value,
  );
  if (conflict) return { ok: false, operation, errors: { [conflict[0]]: "contradicts the value in the path" } };
  const verdict = await validateCall(operation, { ...params, ...route.params }, options);
  return verdict.ok
    ? { ok: true, operation, errors: {} }
    : { ok: false, operation, errors: { ...verdict.errors, ...verdict.items } };
}

/**
 * Judges JSON lines `{"method","path","params"}` from `input` and writes one verdict a line to `output`. Resolves to
 * the exit code: 1 when any line is not ok, else 0; empty lines are passed over.
 */
export async function runApiCheck(
  input: Readable,
  output: Writable,
  options: { version?: string } = {},
): Promise<number> {
  let exitCode = 0;
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    if (line.trim() === "") continue;
    const verdict = await checkLine(line, options.version);
    if (!verdict.ok) exitCode = 1;
    if (!output.write(`${JSON.stringify(verdict)}\n`)) await new Promise((resolve) => output.once("drain", resolve));
  }
  return exitCode;
}
