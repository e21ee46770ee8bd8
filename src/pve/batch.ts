import { BATCH_OPERATION, type OperationId, type Params } from "../schema/operation.ts";
import { InvalidParametersError } from "./errors.ts";
import { matchPath } from "./route.ts";

/** One call of a batch, as it would be sent by itself. */
export interface BatchedCall {
  operation: OperationId;
  params: Params;
}

const METHODS = new Set(["GET", "POST", "PUT", "DELETE"]);

/**
 * The calls that a batch makes, in its order: the paths in it are relative to its node, and of the same parameter given
 * by path and by `args` the server takes neither. Throws InvalidParametersError when one of them cannot be told.
 */
export function batchedCalls(cluster: string, { node, commands }: Params): BatchedCall[] {
  const refuse = (fault: string): never => {
    throw new InvalidParametersError({ cluster, operation: BATCH_OPERATION }, { commands: fault });
  };
  return parse(commands, refuse).map((command, index): BatchedCall => {
    const at = `item ${index + 1}`;
    if (typeof command !== "object" || command === null) return refuse(`${at} must be an object`);
    const { method, path, args } = command as Record<string, unknown>;
    if (typeof method !== "string" || !METHODS.has(method)) {
      return refuse(`${at}: method must be one of: ${[...METHODS].join(", ")}`);
    }
    if (typeof path !== "string" || path.split("/").some((part) => part === "." || part === "..")) {
      return refuse(`${at}: path must be a path below the node, e.g. qemu/100/status/current`);
    }
    const given = args ?? {};
    if (typeof given !== "object" || Array.isArray(given)) return refuse(`${at}: args must be an object`);
    const route = matchPath(method, `/nodes/${String(node)}/${path}`);
    if (!route.entry) return refuse(`${at}: ${method} /nodes/{node}/${path} is not an operation of the API`);
    if (route.entry.id === BATCH_OPERATION) return refuse(`${at}: a batch cannot hold another one`);
    const twice = Object.keys(given).find((name) => Object.hasOwn(route.params, name));
    if (twice !== undefined) return refuse(`${at}: args must not give ${twice} again, which the path gives`);
    return { operation: route.entry.id, params: { ...given, ...route.params } };
  });
}

/** Checks each call of a batch as if it were sent by itself; a parameter's fault is named by where it stands. */
export async function checkBatch(
  cluster: string,
  params: Params,
  check: (call: BatchedCall) => Promise<void>,
): Promise<void> {
  for (const [index, call] of batchedCalls(cluster, params).entries()) {
    await check(call).catch((error: unknown) => {
      if (!(error instanceof InvalidParametersError)) throw error;
      const faults = Object.entries(error.errors).map(([name, fault]) => [`commands[${index}].args.${name}`, fault]);
      throw new InvalidParametersError({ cluster, operation: BATCH_OPERATION }, Object.fromEntries(faults));
    });
  }
}

function parse(commands: unknown, refuse: (fault: string) => never): unknown[] {
  let parsed: unknown;
  try {
    parsed = typeof commands === "string" ? JSON.parse(commands) : undefined;
  } catch {
    // Told below.
  }
  return Array.isArray(parsed) ? parsed : refuse('must be JSON text, a list of {"method", "path", "args"}');
}
