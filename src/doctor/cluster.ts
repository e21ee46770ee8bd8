import { getVersion } from "../../generated/clients/version.ts";
import type { ClusterConfig, TokenAuth } from "../config/cluster-config.ts";
import { connectCluster } from "../pve/client.ts";
import type { Cluster } from "../pve/cluster.ts";
import { AuthenticationError } from "../pve/errors.ts";
import type { Caller, Gate } from "../pve/gate.ts";
import type { AccessClass } from "../schema/operation.ts";
import type { Hosts } from "../ssh/hosts.ts";
import { checkCertificate, explainNoConnection, shakeHands } from "./certificate.ts";
import type { Findings } from "./check.ts";
import { checkClock } from "./clock.ts";
import { checkConsole } from "./console.ts";
import { checkMapped, type MappedToken } from "./identities.ts";
import { checkNodes, nextOf, reason } from "./nodes.ts";
import { explainRefusal, type TokenPlaces } from "./refused-token.ts";
import { checkDrift } from "./schema-drift.ts";
import { checkSsh } from "./ssh.ts";
import { checkToken } from "./token.ts";

export interface ClusterOptions {
  gate: Gate;
  caller: Caller;
  ceiling: AccessClass;
  /** The cluster comes from PROXMOX_MCP_CLUSTERS_FILE. */
  fromFile: boolean;
  schema: boolean;
  now: () => number;
  /** Its nodes over SSH, where there is an identity. */
  hosts(cluster: Cluster): Hosts | undefined;
  /** User of the nodes' consoles, where one is configured. */
  consoleUser: string | undefined;
  /** Tokens of people who act with one of their own. */
  mapped: readonly MappedToken[];
  /** Hears of each connection, so that the gate can ask by name. */
  onConnect(cluster: Cluster): void;
}

/** Everything about one cluster, from the connection up; what depends on a failed step is not asked. */
export async function checkCluster(config: ClusterConfig, options: ClusterOptions, findings: Findings): Promise<void> {
  const sound = await checkConnections(config, options, findings);
  if (sound.length === 0) return;
  // Why there is no token was said when the secret store was looked at.
  if (config.token !== undefined) await checkAsServer({ ...config, token: config.token }, sound, options, findings);
  await checkPeople({ ...config, endpoints: sound }, options, findings);
}

/** With this server's own token. */
async function checkAsServer(
  config: ClusterConfig & { token: TokenAuth },
  sound: readonly string[],
  options: ClusterOptions,
  findings: Findings,
): Promise<void> {
  const { token } = config;
  const answering: string[] = [];
  let version: string | undefined;
  for (const endpoint of sound) {
    const cluster = connect({ ...config, endpoints: [endpoint] }, options);
    try {
      version ??= (await getVersion(cluster.send(options.caller))).data.version;
      if (answering.length > 0) await getVersion(cluster.send(options.caller));
      else findings.add("ok", "token", `${cluster.config.tokenUser} is accepted.`, { data: { endpoint } });
      checkClock(endpoint, cluster.clockSkewMs(), findings);
      answering.push(endpoint);
    } catch (error) {
      checkClock(endpoint, cluster.clockSkewMs(), findings);
      if (error instanceof AuthenticationError) {
        const next = explainRefusal(error.message, token, placesOf(config, options.fromFile));
        findings.add("fail", "token", `${endpoint}: ${error.message}`, { next, data: { endpoint, status: 401 } });
        // Endpoints share their users: what one refuses, all do.
        if (answering.length === 0) break;
      } else {
        findings.add("fail", "api", `${endpoint}: ${reason(error)}`, { ...nextOf(error), data: { endpoint } });
      }
    } finally {
      await cluster.close();
    }
  }
  if (answering.length > 0) {
    const cluster = connect({ ...config, endpoints: answering }, options);
    try {
      const send = cluster.send(options.caller);
      await checkNodes(send, findings);
      const hosts = options.hosts(cluster);
      if (hosts) await checkSsh(hosts, options.caller, findings);
      else if (options.ceiling === "escape") checkConsole(version, options.consoleUser, findings);
      await checkToken(send, token, { ceiling: options.ceiling, version, now: options.now() }, findings);
    } finally {
      await cluster.close();
    }
  }
  if (options.schema) await checkDrift(sound[0]!, config, version, findings);
}

/** Each by a connection with a token of theirs. */
async function checkPeople(config: ClusterConfig, options: ClusterOptions, findings: Findings): Promise<void> {
  const opened: Cluster[] = [];
  const sendWith = (token: TokenAuth) => {
    const cluster = connect({ ...config, token }, options);
    opened.push(cluster);
    return cluster.send(options.caller);
  };
  try {
    await checkMapped(options.mapped, sendWith, options.now(), findings);
  } finally {
    await Promise.all(opened.map((cluster) => cluster.close()));
  }
}

/** The endpoints that the client would send to. */
async function checkConnections(
  config: ClusterConfig,
  { fromFile, now }: ClusterOptions,
  findings: Findings,
): Promise<string[]> {
  const setting = (fingerprint: string) =>
    fromFile
      ? `"fingerprint": "${fingerprint}"    (cluster ${config.name} in PROXMOX_MCP_CLUSTERS_FILE)`
      : `PROXMOX_TLS_FINGERPRINT=${[...config.tls.fingerprints.slice(0, config.endpoints.length - 1), fingerprint].join(",")}`;
  const timeoutMs = Math.min(config.requestTimeoutMs, 10_000);
  const shaken = await Promise.all(
    config.endpoints.map(async (endpoint) => ({
      endpoint,
      seen: await shakeHands(endpoint, config.tls.ca, timeoutMs),
    })),
  );
  const reached = shaken.filter(({ seen }) => seen.code === undefined).length;
  const sound: string[] = [];
  for (const { endpoint, seen } of shaken) {
    if (seen.code === undefined) {
      findings.add("ok", "reachable", `${endpoint} takes connections.`, { data: { endpoint } });
      if (checkCertificate(endpoint, seen, config.tls, setting, findings, now())) sound.push(endpoint);
      continue;
    }
    const { why, next } = explainNoConnection(seen.code);
    // With another endpoint the server goes on.
    const [status, rest] =
      reached > 0 ? (["warn", " Calls go to the other endpoints."] as const) : (["fail", ""] as const);
    findings.add(status, "reachable", `No connection to ${endpoint}: ${why}.${rest}`, {
      next,
      data: { endpoint, reason: seen.code },
    });
  }
  return sound;
}

function connect(config: ClusterConfig, { gate, onConnect }: ClusterOptions): Cluster {
  const cluster = connectCluster(config, gate);
  onConnect(cluster);
  return cluster;
}

function placesOf({ name: cluster, tokenSecret }: ClusterConfig, fromFile: boolean): TokenPlaces {
  if (tokenSecret !== undefined) {
    const at = (key: string) => `${key} in the secret ${tokenSecret}`;
    return { user: at("user"), realm: at("realm"), id: at("id"), secret: at("secret") };
  }
  if (!fromFile) {
    return {
      user: "PROXMOX_API_TOKEN_USER",
      realm: "PROXMOX_API_TOKEN_REALM",
      id: "PROXMOX_API_TOKEN_ID",
      secret: "PROXMOX_API_TOKEN_SECRET",
    };
  }
  const at = (key: string) => `token.${key} of cluster ${cluster}`;
  return { user: at("user"), realm: at("realm"), id: at("id"), secret: `the secret of cluster ${cluster}` };
}
