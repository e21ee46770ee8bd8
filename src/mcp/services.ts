import { randomUUID } from "node:crypto";
import {
  createGate,
  createPlans,
  loadStateKey,
  openPlanMarks,
  openRecord,
  type Policy,
  redactText,
  stateDirectory,
} from "../access/index.ts";
import { type Artifacts, createArtifacts } from "../artifacts/index.ts";
import type { Config } from "../config/index.ts";
import { createJobs } from "../jobs/index.ts";
import { connectCluster } from "../pve/client.ts";
import type { Caller, Grant } from "../pve/gate.ts";
import type { ServerFacts, ToolCluster, ToolContext } from "../tools/context.ts";
import { UnknownClusterError } from "../tools/errors.ts";
import { setOutputBudget } from "../tools/output-budget.ts";
import { consolesOf } from "./consoles.ts";
import { serverCredentials } from "./credentials.ts";
import { guestsOf, hostsOf } from "./hosts.ts";
import { createIdentities, OwnWaysError } from "./identities.ts";
import type { Requester } from "./requester.ts";
import { createSubscriptions, type Subscriptions } from "./subscriptions/index.ts";

export type CallContext = ToolContext;

/** What the tool calls of one server process share: connections, resource indexes, the gate, the record. */
export interface Services {
  /** The context of one tool call. */
  context(call: {
    tool: string;
    requester: Requester;
    signal: AbortSignal;
    progress: (message: string, percent?: number) => void;
    grant?: Grant;
  }): CallContext;
  readonly confirm: Config["confirm"];
  /** There is a cluster to choose. */
  readonly severalClusters: boolean;
  readonly artifacts: Artifacts;
  readonly subscriptions: Subscriptions;
  /** Whether the operator has let this plan pass. */
  isApproved(planId: string): Promise<boolean>;
  /** Records a call that was refused before it began, as its caller's scopes do not reach so far. */
  denied(call: { tool: string; requester: Requester; class: string; scope: string }): void;
  /** Records a request whose caller was not let in. */
  notSignedIn(refused: { outcome: string; detail: string }): void;
  /** Ends the waits of running calls early, so that they answer with the jobs that they wait for. */
  hurry(): void;
  /** Begins to read the credentials; resolves to what is wrong with them, for the operator. */
  begin(): Promise<string[]>;
  /** Puts the credentials of a configuration that was loaded anew in use; resolves to what became of each. */
  reload(fresh: Config): Promise<string[]>;
  close(): Promise<void>;
}

/** Wires the layers below the tools; opens no connection and no file. */
export function createServices(
  config: Config,
  policy: Policy,
  facts: Omit<ServerFacts, "config" | "recordPath" | "recordProblem">,
  env: Readonly<Record<string, string | undefined>>,
): Services {
  const credentials = serverCredentials(config, (text) => process.stderr.write(`proxmox-mcp: ${redactText(text)}\n`));
  const { loadToken } = credentials;
  const directory = stateDirectory(env);
  const key = loadStateKey(directory, { given: config.stateKey });
  const record = openRecord(directory, { key, ...config.audit });
  const marks = openPlanMarks({ directory, key, redisUrl: config.redisUrl });
  const plans = config.confirm === "skip" ? undefined : createPlans({ key, marks, confirm: config.confirm });
  const gate = createGate({
    ceiling: config.access,
    record,
    ...(plans ? { plans } : {}),
    policy,
    cluster: (name, identity) => {
      const cluster = identities.clusterOf(name, identity);
      return {
        ...(config.identities ? { others: () => identities.ownTokens(name) } : {}),
        get tokenUser() {
          return cluster.tokenUser();
        },
        send: (caller) => cluster.send(caller),
        guest: async (vmid, caller, fresh) => {
          const guest = (await cluster.resources.get(caller, fresh ? { maxAgeMs: 0 } : {})).guests.get(vmid);
          return guest && { tags: guest.tags?.split(/[;, ]+/) ?? [], ...(guest.pool ? { pool: guest.pool } : {}) };
        },
      };
    },
  });
  const jobs = createJobs(key);
  const artifacts = createArtifacts(directory, config.artifacts);
  setOutputBudget(config.outputTokens);
  let tidied = false;
  const clusters = config.clusters.map((one) =>
    connectCluster(one, gate, {
      ...(loadToken ? { loadToken: () => loadToken(one.name) } : {}),
      ...(config.uploadDirectory === undefined ? {} : { uploadDirectory: config.uploadDirectory }),
    }),
  );
  const identities = createIdentities(config, clusters, credentials);
  const hosts = hostsOf(config, clusters, gate, credentials);
  const ending = new AbortController();
  const guests = guestsOf(config, gate, credentials);
  const consoles = consolesOf(config, clusters, gate, credentials);
  const server: ServerFacts = { ...facts, config, recordPath: record.path, recordProblem: () => record.problem() };

  const services: Services = {
    confirm: config.confirm,
    severalClusters: config.clusters.length > 1,
    artifacts,
    subscriptions: createSubscriptions((requester, signal) =>
      services.context({ tool: "subscription", requester, signal, progress: () => {} }),
    ),
    isApproved: async (planId) => (await plans?.isApproved(planId)) ?? false,
    context({ tool, requester, signal, progress, grant: given }) {
      const { principal, scopes } = requester;
      const standing = identities.standingOf(requester);
      const grant = given && { ...given, since: Date.now() };
      if (!tidied) void artifacts.tidy().catch(() => {});
      tidied = true;
      const asker = { principal, ...(scopes ? { scopes } : {}), requestId: randomUUID() };
      const pinned = grant && plans ? plans.pins(grant.planId) : {};
      const pins: Record<string, unknown> = {};
      const bound = standing.clusters.map(({ cluster, identity }): ToolCluster => {
        const { name } = cluster;
        const whose = { ...asker, ...(identity === undefined ? {} : { identity }) };
        const caller: Caller = { ...whose, tool, ...(grant ? { grant } : {}) };
        const reader: Caller = { ...whose, tool: "plan" };
        return {
          name,
          cluster,
          caller,
          ownWays: standing.ownWays,
          ...(standing.ownWays && hosts.has(name) ? { hosts: hosts.get(name)! } : {}),
          ...(standing.ownWays && guests.has(name) ? { guests: guests.get(name)! } : {}),
          ...(standing.ownWays && consoles.has(name) ? { consoles: consoles.get(name)! } : {}),
          send: (operation, params, options) => cluster.send(caller)(operation, params, { signal, ...options }),
          async credentials() {
            if (!standing.ownWays) throw new OwnWaysError();
            const { toolCredentials } = await import("./tool-credentials.ts");
            return toolCredentials({ config, cluster, gate, caller, credentials });
          },
          plan: async (calls) => {
            // Plans need the manifest and the permission trees, which a server that only reads never loads.
            const { describePlan } = await import("../access/plan/describe-plan.ts");
            return describePlan(
              {
                principal,
                cluster: name,
                send: (id, input, options) => cluster.send(reader)(id, input, { signal, ...options }),
                judge: (id, input) => gate.judge({ cluster: name, operation: id, params: input, caller }),
                plans,
                pins,
              },
              calls,
            );
          },
          intend: (calls) => gate.intend(calls.map((call) => ({ ...call, cluster: name, caller }))),
        };
      });
      return {
        server,
        jobs,
        artifacts: { put: (input) => artifacts.put(principal, input) },
        principal,
        signal,
        ending: ending.signal,
        progress,
        clusters: bound,
        async pin<T>(name: string, make: () => T | Promise<T>): Promise<T> {
          const value = Object.hasOwn(pinned, name) ? (pinned[name] as T) : await make();
          pins[name] = value;
          return value;
        },
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
    notSignedIn(refused) {
      const line = { ...ids(), principal: "unknown", tool: "", class: "read", cluster: "*", operation: "sign-in" };
      void record.append({ phase: "denied", ...line, ...refused }).catch(() => {});
    },
    denied({ tool, requester, class: its, scope }) {
      const line = { ...ids(), principal: requester.principal, tool, class: its };
      const at = { cluster: config.clusters.length === 1 ? config.clusters[0]!.name : "*", operation: "tools/call" };
      const why = { outcome: "insufficient-scope", detail: `needs ${scope}` };
      void identities
        .soleToken(requester)
        .then((pveToken) => (pveToken === undefined ? {} : { pveToken }))
        .then((whose) => record.append({ phase: "denied", ...line, ...whose, ...at, ...why }))
        .catch(() => {});
    },
    hurry: () => ending.abort(),
    begin: () => identities.begin(),
    async reload(fresh) {
      if (fresh.identities) identities.renew(fresh.identities);
      const said = await credentials.reload(fresh, clusters, identities.inUse());
      return fresh.identities ? ["the file of identities was read again", ...said] : said;
    },
    async close() {
      services.subscriptions.close();
      await credentials.close();
      artifacts.close();
      await Promise.all(
        [...consoles.values(), ...hosts.values(), ...guests.values(), ...clusters, marks].map((one) => one.close()),
      );
      record.close();
    },
  };
  return services;
}

const ids = () => ({ requestId: randomUUID(), call: randomUUID() });
