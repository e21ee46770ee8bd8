import type { Answer, OperationId, Params, Send } from "../schema/operation.ts";

/** One request, as a closure over a generated client function. */
export type Request<T = unknown> = (send: Send) => Promise<Answer<T>>;

/** How Proxmox VE is spoken to: over the API, or by its commands on a node. */
export interface PveWay {
  readonly send: Send;
  /** The request or command, as a person reads it. */
  line(operation: OperationId, params: Params): string;
}

/** The line of a request; nothing is sent. */
export async function lineOf(way: PveWay, request: Request): Promise<string> {
  const { operation, params } = await requestOf(request);
  return way.line(operation, params);
}

/** The operation and the parameters of a request; nothing is sent. */
export async function requestOf(request: Request): Promise<{ operation: OperationId; params: Params }> {
  let seen: { operation: OperationId; params: Params } | undefined;
  await request(async <T>(operation: OperationId, params: object = {}) => {
    seen = { operation, params: params as Params };
    return { data: undefined as T };
  });
  return seen!;
}

/** A request to the API as a line. */
export function apiLine(operation: OperationId, params: Params): string {
  const [method, template] = operation.split(" ") as [string, string];
  const inPath = new Set<string>();
  const path = template.replace(/\{([^}]+)\}/g, (_, name: string) => {
    inPath.add(name);
    return encodeURIComponent(String(params[name])).replaceAll("%40", "@");
  });
  const rest = Object.entries(params).filter(([name, value]) => !inPath.has(name) && value !== undefined);
  return [method, path, ...rest.map(([name, value]) => `${name}=${String(value === true ? 1 : value)}`)].join(" ");
}
