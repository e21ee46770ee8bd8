import type { AccessClass } from "../schema/operation.ts";
import type { ClusterConfig } from "./cluster-config.ts";
import { ConfigError } from "./config-error.ts";
import { Fault, type HostEntry } from "./parsers.ts";
import { readPem } from "./pem.ts";
import { VARIABLES, type VariableName } from "./variables.ts";

/** The validated configuration of one server process. */
export interface Config {
  access: AccessClass;
  mode: "stdio";
  confirm: "plan" | "human" | "skip";
  stateKey?: Buffer;
  policyFile?: string;
  /** Limits of the audit log's files. */
  audit: { readonly maxBytes: number; readonly keep: number };
  /** Most tokens of one answer, about. */
  outputTokens: number;
  artifacts: { readonly maxBytes: number; readonly keepMs: number };
  clusters: readonly ClusterConfig[];
}

type Environment = Readonly<Record<string, string | undefined>>;
type Value<N extends VariableName> = ReturnType<(typeof VARIABLES)[N]["parse"]>;

/** Builds the configuration from environment variables; throws `ConfigError` naming variable, fault and allowed values. */
export async function loadConfig(env: Environment, options: { skipConfirmation?: boolean } = {}): Promise<Config> {
  const read = <N extends VariableName>(name: N): Value<N> | undefined => readVariable(env, name);
  const requestTimeoutMs = read("PROXMOX_REQUEST_TIMEOUT_MS") ?? 30_000;
  const mode = read("PROXMOX_MCP_MODE") ?? "stdio";
  read("PROXMOX_MCP_AUTH_MODE");
  read("PROXMOX_MCP_SECRET_BACKEND");
  const access = read("PROXMOX_MCP_ACCESS") ?? "destructive";
  const confirm = options.skipConfirmation ? "skip" : (read("PROXMOX_MCP_CONFIRM") ?? "plan");
  const stateKey = read("PROXMOX_MCP_STATE_KEY");
  const policyFile = read("PROXMOX_MCP_POLICY_FILE");
  const common = {
    access,
    mode,
    confirm,
    audit: {
      maxBytes: (read("PROXMOX_MCP_AUDIT_FILE_MIB") ?? 64) * 2 ** 20,
      keep: read("PROXMOX_MCP_AUDIT_KEEP") ?? 15,
    },
    outputTokens: read("PROXMOX_MCP_OUTPUT_TOKENS") ?? 6000,
    artifacts: {
      maxBytes: (read("PROXMOX_MCP_ARTIFACT_MIB") ?? 64) * 2 ** 20,
      keepMs: (read("PROXMOX_MCP_ARTIFACT_MINUTES") ?? 60) * 60_000,
    },
    ...(stateKey === undefined ? {} : { stateKey }),
    ...(policyFile === undefined ? {} : { policyFile }),
  } as const;
  const defaults = {
    node: read("PROXMOX_DEFAULT_NODE"),
    bridge: read("PROXMOX_DEFAULT_BRIDGE"),
    vmStorage: read("PROXMOX_DEFAULT_VM_STORAGE"),
    snippetStorage: read("PROXMOX_DEFAULT_SNIPPET_STORAGE"),
  };
  const file = read("PROXMOX_MCP_CLUSTERS_FILE");
  if (file !== undefined) {
    if (read("PROXMOX_HOST") !== undefined) {
      throw new ConfigError("PROXMOX_MCP_CLUSTERS_FILE", "is set together with PROXMOX_HOST", "one of the two");
    }
    const { readClustersFile } = await import("./clusters-file.ts");
    return freeze({ ...common, clusters: readClustersFile(file, env, { requestTimeoutMs, defaults }) });
  }
  const port = read("PROXMOX_API_PORT") ?? 8006;
  const caFile = read("PROXMOX_TLS_CA_FILE");
  const cluster: ClusterConfig = {
    name: "default",
    endpoints: (read("PROXMOX_HOST") ?? []).map((entry: HostEntry) => `https://${entry.host}:${entry.port ?? port}`),
    tls: {
      verify: read("PROXMOX_TLS_REJECT_UNAUTHORIZED") ?? true,
      fingerprints: read("PROXMOX_TLS_FINGERPRINT") ?? [],
      ...(caFile === undefined ? {} : { ca: readPem("PROXMOX_TLS_CA_FILE", caFile) }),
    },
    requestTimeoutMs,
    defaults,
  };
  const token = readToken(read);
  return freeze({ ...common, clusters: [token === undefined ? cluster : { ...cluster, token }] });
}

function readVariable<N extends VariableName>(env: Environment, name: N): Value<N> | undefined {
  const text = env[name];
  if (text === undefined || text === "") return undefined;
  const entry = VARIABLES[name];
  try {
    return entry.parse(text) as Value<N>;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    throw new ConfigError(name, error.message, entry.allowed);
  }
}

function readToken(read: <N extends VariableName>(name: N) => Value<N> | undefined): ClusterConfig["token"] {
  const given = read("PROXMOX_API_TOKEN_USER");
  const id = read("PROXMOX_API_TOKEN_ID");
  const secret = read("PROXMOX_API_TOKEN_SECRET");
  if (given === undefined && id === undefined && secret === undefined) return undefined;
  const missing = (name: VariableName): never => {
    throw new ConfigError(name, "is not set, though other parts of the token are", VARIABLES[name].allowed);
  };
  if (given === undefined) return missing("PROXMOX_API_TOKEN_USER");
  const at = given.lastIndexOf("@");
  const user = at > 0 ? given.slice(0, at) : given;
  const realmInUser = at > 0 ? given.slice(at + 1) : undefined;
  const realm = read("PROXMOX_API_TOKEN_REALM") ?? realmInUser ?? "pam";
  if (realmInUser !== undefined && realmInUser !== realm) {
    throw new ConfigError(
      "PROXMOX_API_TOKEN_USER",
      `names the realm ${JSON.stringify(realmInUser)}, but PROXMOX_API_TOKEN_REALM is ${JSON.stringify(realm)}`,
      VARIABLES.PROXMOX_API_TOKEN_USER.allowed,
    );
  }
  return {
    user,
    realm,
    id: id ?? missing("PROXMOX_API_TOKEN_ID"),
    secret: secret ?? missing("PROXMOX_API_TOKEN_SECRET"),
  };
}

function freeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) {
    if (typeof part === "object" && part !== null && !Buffer.isBuffer(part)) freeze(part);
  }
  return Object.freeze(value);
}
