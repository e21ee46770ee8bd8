import { randomUUID } from "node:crypto";
import { createGate, loadStateKey, openRecord, stateDirectory } from "../access/index.ts";
import type { Config } from "../config/index.ts";
import { createJobs } from "../jobs/index.ts";
import { connectCluster } from "../pve/client.ts";
import type { Caller } from "../pve/gate.ts";
import type { ServerFacts, ToolCluster, ToolContext } from "../tools/context.ts";
import { UnknownClusterError } from "../tools/errors.ts";

/** What the tool calls of one server process share: connections, resource indexes, the gate, the record. */
export interface Services {
  /** The context of one tool call. */
  context(call: {
    tool: string;
    principal: string;
    signal: AbortSignal;
    progress: (message: string, elapsedMs?: number) => void;
  }): ToolContext;
  close(): Promise<void>;
}

/** Wires the layers below the tools; opens no connection and no file. */
export function createServices(
  config: Config,
  facts: Omit<ServerFacts, "config" | "recordPath" | "recordProblem">,
  env: Readonly<Record<string, string | undefined>>,
): Services {
  const directory = stateDirectory(env);
  const record = openRecord(directory);
  const gate = createGate({ ceiling: config.access, record });
  const jobs = createJobs(loadStateKey(directory));
  const clusters = config.clusters.map((one) => connectCluster(one, gate));
  const server: ServerFacts = { ...facts, config, recordPath: record.path, recordProblem: () => record.problem() };

  return {
    context({ tool, principal, signal, progress }) {
      const caller: Caller = { principal, tool, requestId: randomUUID() };
      const bound: ToolCluster[] = clusters.map((cluster) => ({
        name: cluster.name,
        cluster,
        caller,
        send: (operation, params, options) => cluster.send(caller)(operation, params, { signal, ...options }),
        judge: gate.judge,
      }));
      return {
        server,
        jobs,
        principal,
        signal,
        progress,
        clusters: bound,
        cluster(name) {
          const found = name === undefined && bound.length === 1 ? bound[0] : bound.find((one) => one.name === name);
          if (!found)
            throw new UnknownClusterError(
              name,
              bound.map((one) => one.name),
            );
          return found;
        },
      };
    },
    async close() {
      await Promise.all(clusters.map((cluster) => cluster.close()));
      record.close();
    },
  };
}
