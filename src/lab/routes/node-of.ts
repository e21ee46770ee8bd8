import type { NodeHost } from "../state/node-host.ts";
import { type Call, type Route, text } from "./route.ts";

/** Name of the node that the call is for. */
export function nodeName(call: Call): string {
  return text(call, "node") ?? "";
}

/** The host of the node that the call is for. */
export function hostOf(call: Call): NodeHost {
  return call.state.hosts.of(nodeName(call));
}

/** A directory: what its entries are called, under which key. */
export function directory(id: string, names: string, key = "name", local?: true): Route {
  const data = names.split(" ").map((name) => ({ [key]: name }));
  return { id, ...(local ? { local } : {}), run: () => ({ data }) };
}
