import type { ClusterState } from "./cluster.ts";

/** Why a node cannot open a connection to a host, if it cannot: nothing else listens on its own addresses. */
export function unreachable(state: ClusterState, host: string): string | undefined {
  const bare = host.replace(/^\[|\]$/g, "");
  if (/^(?:localhost$|127\.|0\.0\.0\.0$|::1$)/.test(bare)) return "Connection refused";
  if (state.datacenter.internet) return undefined;
  return /^[\d.]+$|:/.test(bare) ? "Connection refused" : "Temporary failure in name resolution";
}

/** How a client says that it got no answer from an address; nothing when it would get one. */
export function connectProblem(state: ClusterState, url: string): string | undefined {
  const [, scheme = "http", host = "", port] = /^(https?):\/\/(\[[^\]]+\]|[^/:]+)(?::(\d+))?/i.exec(url) ?? [];
  const why = unreachable(state, host);
  const given = port ?? (scheme.toLowerCase() === "https" ? "443" : "80");
  return why === undefined ? undefined : `Can't connect to ${host}:${given} (${why})`;
}
