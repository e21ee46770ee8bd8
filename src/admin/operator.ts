import { randomUUID } from "node:crypto";
import { createGate, keepSecret, loadStateKey, openRecord, stateDirectory } from "../access/index.ts";
import type { ClusterConfig, TokenAuth } from "../config/cluster-config.ts";
import type { Config } from "../config/index.ts";
import { ProxmoxMcpError } from "../errors/index.ts";
import type { RootHost } from "../provision/host-steps.ts";
import { apiLine, type PveWay } from "../provision/pve-way.ts";
import { connectCluster } from "../pve/client.ts";
import type { Cluster } from "../pve/cluster.ts";
import type { Caller, Gate } from "../pve/gate.ts";
import { logIn } from "../pve/ticket.ts";
import type { Send } from "../schema/operation.ts";
import type { SshIdentity } from "../secrets/index.ts";
import { type Hosts, openHosts } from "../ssh/index.ts";
import { openRoot, passwordOf } from "./root-login.ts";

/** By which way the operator comes to a cluster. */
export interface OperatorOptions {
  command: string;
  config: Config;
  cluster: string;
  via: "ssh" | "api";
  /** `host` or `host:port`, of sshd; the API's host when absent. */
  host?: string | undefined;
  /** The node's name, by which its host key may be pinned. */
  node?: string | undefined;
  /** `root` over SSH, `root@pam` over the API. */
  user?: string | undefined;
  /** File of the operator's own key. */
  key?: string | undefined;
  /** Asks for a password; the key's passphrase where there is a key. */
  password(question: string): Promise<string | undefined>;
  /** Host keys that are expected, as `ssh-keygen -lf` prints them. */
  hostKey?: string | undefined;
  /** Shows the operator the host key that was seen; a yes pins it. */
  confirmHostKey(place: string, fingerprint: string, type: string): Promise<boolean>;
  env: Readonly<Record<string, string | undefined>>;
}

/** The operator at work on one cluster: as root, under the gate that admits all of it and records each call. */
export interface Operator {
  readonly cluster: ClusterConfig;
  readonly way: PveWay;
  /** Over SSH only; what is done within is one entry of the record. */
  readonly ssh?: {
    node: string;
    /** Of the node, as they were compared. */
    expectedHostKeys: readonly string[];
    within<T>(params: { user: string; key: string }, work: (host: RootHost) => Promise<T>): Promise<T>;
  };
  /** The API by another token. */
  connect(token: TokenAuth): { send: Send; close(): Promise<void> };
  /** A node by another identity. */
  login(identity: SshIdentity): { hosts: Hosts; caller: Caller };
  close(): Promise<void>;
}

/** Nothing is known of the cluster that is named. */
class UnknownClusterError extends ProxmoxMcpError {
  constructor(name: string, known: readonly string[]) {
    super({
      code: "unknown-cluster",
      message: `No cluster ${JSON.stringify(name)} is configured.`,
      next: `Known: ${known.join(", ")}. Add it to the file of PROXMOX_MCP_CLUSTERS_FILE first.`,
    });
  }
}

/** The configured cluster of a name; throws when there is none. */
function clusterNamed(config: Config, name: string): ClusterConfig {
  const found = config.clusters.find((one) => one.name === name);
  if (!found)
    throw new UnknownClusterError(
      name,
      config.clusters.map((one) => one.name),
    );
  return found;
}

/** A gate for the operator's own commands: all is let through that harms nobody's root, and all is recorded. */
export function operatorGate(
  config: Config,
  env: Readonly<Record<string, string | undefined>>,
  send: (caller: Caller) => Send,
): { gate: Gate; close(): void } {
  const directory = stateDirectory(env);
  const record = openRecord(directory, { key: loadStateKey(directory, { given: config.stateKey }), ...config.audit });
  const gate = createGate({
    ceiling: "escape",
    record,
    policy: { decide: () => ({ effect: "allow", because: "a command of the operator's" }), needsGuest: false },
    cluster: () => ({ tokenUser: "root@pam", send, guest: async () => undefined }),
  });
  return { gate, close: () => record.close() };
}

/** Logs the operator in. */
export async function openOperator(options: OperatorOptions): Promise<Operator> {
  const { config, env, via } = options;
  const given = clusterNamed(config, options.cluster);
  const caller: Caller = { principal: "operator", tool: `admin-${options.command}`, requestId: randomUUID() };
  let way!: PveWay;
  const { gate, close: closeRecord } = operatorGate(
    config,
    env,
    (by) => (operation, params, more) =>
      by.tool === caller.tool ? way.send(operation, params, more) : bySender(by)(operation, params, more),
  );
  let bySender: (by: Caller) => Send = () => way.send;
  const opened: { close(): Promise<void> }[] = [];
  const close = async () => {
    await Promise.all(opened.map((one) => one.close()));
    closeRecord();
  };
  try {
    const { cluster, ssh } =
      via === "api"
        ? { cluster: given, ssh: undefined }
        : await openRoot(options, given, { gate, caller, opened, setWay: (one, by) => ([way, bySender] = [one, by]) });
    if (via === "api") {
      const root = await openApi(options, given, gate, caller);
      opened.push(root);
      way = { send: root.send(caller), line: apiLine };
      bySender = (by) => root.send(by);
    }
    return {
      cluster,
      way,
      ...(ssh ? { ssh: ssh.ssh } : {}),
      connect(token) {
        const { tokenSecret: _, ...rest } = cluster;
        const one = connectCluster({ ...rest, token }, gate);
        return { send: one.send(caller), close: () => one.close() };
      },
      login: (identity) => ({ hosts: openHosts({ ...ssh!.place, gate, identity: async () => identity }), caller }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openApi(options: OperatorOptions, cluster: ClusterConfig, gate: Gate, caller: Caller): Promise<Cluster> {
  if (cluster.endpoints.length === 0) {
    throw new ProxmoxMcpError({
      code: "not-configured",
      message: `Cluster ${cluster.name} has no address.`,
      next: "Set PROXMOX_HOST, and PROXMOX_TLS_FINGERPRINT where the certificate is self-signed; or use --via ssh.",
    });
  }
  const userid = options.user ?? "root@pam";
  const password = await passwordOf(options, `Password of ${userid} at ${cluster.endpoints[0]}: `);
  const token = await logIn(cluster, { userid, password, gate, caller });
  keepSecret(token.secret);
  const { tokenSecret: _, ...rest } = cluster;
  return connectCluster({ ...rest, token }, gate);
}
