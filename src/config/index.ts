import type { AccessClass } from "../schema/operation.ts";
import type { Toolset } from "../schema/toolsets.ts";
import type { ClusterConfig } from "./cluster-config.ts";
import { ConfigError } from "./config-error.ts";
import type { GuestEntry } from "./guest-entry.ts";
import type { HttpSettings } from "./http-settings.ts";
import type { Identities } from "./identity-entry.ts";
import type { HostEntry } from "./parsers.ts";
import { readPem } from "./pem.ts";
import { readSecretSettings, readSsh, type SecretSettings, type SshSettings } from "./secret-settings.ts";
import type { HostAddress } from "./ssh-parsers.ts";
import { readToken } from "./token-settings.ts";
import { type Environment, variableReader } from "./variable-reader.ts";

export type { GuestEntry } from "./guest-entry.ts";
export type { HttpSettings, OidcSettings } from "./http-settings.ts";
export type { Identities, IdentityEntry } from "./identity-entry.ts";

/** How nodes are reached by SSH. */
export interface SshWay {
  readonly port: number;
  /** By `node` or `cluster/node`. */
  readonly hosts: Readonly<Record<string, HostAddress>>;
  /** Host to go through. */
  readonly jump?: HostAddress & { username?: string };
  readonly knownHostsFile?: string;
}

/** The validated configuration of one server process. */
export interface Config {
  access: AccessClass;
  mode: "stdio" | "http" | "both";
  /** Present unless the mode is stdio. */
  http?: HttpSettings;
  confirm: "plan" | "human" | "skip";
  stateKey?: Buffer;
  /** Whose files may be uploaded to a storage. */
  uploadDirectory?: string;
  /** Redis that replicas share. */
  redisUrl?: string;
  policyFile?: string;
  /** Limits of the audit log's files. */
  audit: { readonly maxBytes: number; readonly keep: number };
  /** What scripts may do; `write` includes calls that mutate, and never worse ones. */
  scripts: "off" | "read" | "write";
  /** What is listed of the tools. */
  toolsets: readonly (Toolset | "all" | "minimal")[];
  /** Most tokens of one answer, about. */
  outputTokens: number;
  artifacts: { readonly maxBytes: number; readonly keepMs: number };
  clusters: readonly ClusterConfig[];
  secrets: SecretSettings;
  /** The SSH identity of the environment. */
  ssh?: SshSettings;
  /** How the nodes are reached by SSH, whoever logs in. */
  sshWay: SshWay;
  /** Guests with SSH of their own. */
  guests: readonly GuestEntry[];
  /** A login for the nodes' consoles. */
  consoleLogin?: { readonly username: string; readonly password: string };
  /** Whose Proxmox token whoever signs in acts with; absent where all act with this server's own. */
  identities?: Identities;
  /** Every secret that was read so far, to be masked wherever it turns up. */
  secretTexts: readonly string[];
}

/** What the command line adds to the environment. */
export interface ConfigOptions {
  skipConfirmation?: boolean;
  /** `unknown` where the command line is not that of the server. */
  anonymousLoopback?: boolean | "unknown";
}

/** For commands that read a server's environment, but not its command line. */
export const NO_COMMAND_LINE: ConfigOptions = { anonymousLoopback: "unknown" };

/** Builds the configuration from environment variables; throws `ConfigError` naming variable, fault and allowed values. */
export async function loadConfig(env: Environment, options: ConfigOptions = {}): Promise<Config> {
  const variables = variableReader(env);
  const { read } = variables;
  const requestTimeoutMs = read("PROXMOX_REQUEST_TIMEOUT_MS") ?? 30_000;
  const mode = read("PROXMOX_MCP_MODE") ?? "stdio";
  const authMode = read("PROXMOX_MCP_AUTH_MODE");
  if (mode === "stdio" && authMode === "oidc") {
    throw new ConfigError(
      "PROXMOX_MCP_AUTH_MODE",
      "is oidc, though over stdio nobody signs in",
      "none, or an HTTP mode",
    );
  }
  const http =
    mode === "stdio"
      ? undefined
      : (await import("./http-settings.ts")).readHttpSettings(variables, { authMode, ...options });
  const secrets = await readSecretSettings(variables);
  const ssh = secrets.backend === "env" ? await readSsh(variables) : undefined;
  // Whoever gives an SSH identity means it to be used.
  const guestsFile = read("PROXMOX_SHELL_SSH_GUESTS_FILE");
  const access = read("PROXMOX_MCP_ACCESS") ?? ((ssh ?? guestsFile) === undefined ? "destructive" : "escape");
  const jump = read("PROXMOX_SHELL_SSH_JUMP");
  const knownHostsFile = read("PROXMOX_SHELL_SSH_KNOWN_HOSTS_FILE");
  const confirm = options.skipConfirmation ? "skip" : (read("PROXMOX_MCP_CONFIRM") ?? "plan");
  const stateKey = read("PROXMOX_MCP_STATE_KEY");
  const uploadDirectory = read("PROXMOX_MCP_UPLOAD_DIRECTORY");
  const redisUrl = read("PROXMOX_MCP_REDIS_URL");
  if (redisUrl !== undefined && stateKey === undefined) {
    throw new ConfigError(
      "PROXMOX_MCP_REDIS_URL",
      "is set, and PROXMOX_MCP_STATE_KEY is not, without which no replica takes another's plans",
      "both, the key the same for all replicas; or neither",
    );
  }
  const policyFile = read("PROXMOX_MCP_POLICY_FILE");
  const consolePassword = read("PROXMOX_SHELL_CONSOLE_PASSWORD");
  const consoleUser = read("PROXMOX_SHELL_CONSOLE_USERNAME") ?? "root";
  const common = {
    access,
    mode,
    ...(http === undefined ? {} : { http }),
    confirm,
    audit: {
      maxBytes: (read("PROXMOX_MCP_AUDIT_FILE_MIB") ?? 64) * 2 ** 20,
      keep: read("PROXMOX_MCP_AUDIT_KEEP") ?? 15,
    },
    scripts: read("PROXMOX_MCP_SCRIPTS") ?? "off",
    toolsets: read("PROXMOX_MCP_TOOLSETS") ?? ["all"],
    outputTokens: read("PROXMOX_MCP_OUTPUT_TOKENS") ?? 6000,
    artifacts: {
      maxBytes: (read("PROXMOX_MCP_ARTIFACT_MIB") ?? 64) * 2 ** 20,
      keepMs: (read("PROXMOX_MCP_ARTIFACT_MINUTES") ?? 60) * 60_000,
    },
    ...(stateKey === undefined ? {} : { stateKey }),
    ...(redisUrl === undefined ? {} : { redisUrl }),
    ...(uploadDirectory === undefined ? {} : { uploadDirectory }),
    ...(policyFile === undefined ? {} : { policyFile }),
    secrets,
    ...(ssh === undefined ? {} : { ssh }),
    ...(consolePassword === undefined ? {} : { consoleLogin: { username: consoleUser, password: consolePassword } }),
    sshWay: {
      port: read("PROXMOX_SHELL_SSH_PORT") ?? 22,
      hosts: read("PROXMOX_SHELL_SSH_HOSTS") ?? {},
      ...(jump === undefined ? {} : { jump }),
      ...(knownHostsFile === undefined ? {} : { knownHostsFile }),
    },
  } as const;
  const defaults = {
    node: read("PROXMOX_DEFAULT_NODE"),
    bridge: read("PROXMOX_DEFAULT_BRIDGE"),
    vmStorage: read("PROXMOX_DEFAULT_VM_STORAGE"),
    snippetStorage: read("PROXMOX_DEFAULT_SNIPPET_STORAGE"),
  };
  const identitiesFile = read("PROXMOX_MCP_IDENTITIES_FILE");
  const finish = async (clusters: readonly ClusterConfig[], tokens: readonly string[] = []): Promise<Config> => {
    const names = clusters.map(({ name }) => name);
    const guests =
      guestsFile === undefined
        ? []
        : (await import("./guests-file.ts")).readGuestsFile(guestsFile, variables, {
            clusters: names,
            backend: secrets.backend,
          });
    const identities =
      identitiesFile === undefined
        ? undefined
        : (await import("./identities-file.ts")).readIdentitiesFile(identitiesFile, {
            clusters: names,
            backend: secrets.backend,
            issuer: http?.oidc?.issuer,
          });
    return freeze({
      ...common,
      clusters,
      guests,
      ...(identities ? { identities } : {}),
      secretTexts: [...variables.secrets, ...tokens, ...passwordOf(redisUrl)],
    });
  };
  const file = read("PROXMOX_MCP_CLUSTERS_FILE");
  if (file !== undefined) {
    if (read("PROXMOX_HOST") !== undefined) {
      throw new ConfigError("PROXMOX_MCP_CLUSTERS_FILE", "is set together with PROXMOX_HOST", "one of the two");
    }
    const { readClustersFile } = await import("./clusters-file.ts");
    const clusters = readClustersFile(file, variables, { requestTimeoutMs, defaults, backend: secrets.backend });
    return finish(
      clusters,
      clusters.flatMap(({ token }) => token?.secret ?? []),
    );
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
  const token = secrets.backend === "env" ? readToken(variables) : undefined;
  const own: Partial<ClusterConfig> =
    secrets.backend !== "env" ? { tokenSecret: `${cluster.name}/token` } : token === undefined ? {} : { token };
  return finish([{ ...cluster, ...own }]);
}

function freeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) {
    if (typeof part === "object" && part !== null && !Buffer.isBuffer(part)) freeze(part);
  }
  return Object.freeze(value);
}

/** As it stands in a URL, and as it is sent. */
function passwordOf(url: string | undefined): string[] {
  const { password } = url === undefined ? { password: "" } : new URL(url);
  return password === "" ? [] : [password, decodeURIComponent(password)];
}
