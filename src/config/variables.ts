import { ACCESS_CLASSES } from "../schema/operation.ts";
import { TOOLSETS } from "../schema/toolsets.ts";
import {
  directory,
  fingerprints,
  flag,
  hostList,
  integer,
  key,
  nonEmpty,
  oneOf,
  redisUrl,
  someOf,
  typed,
} from "./parsers.ts";
import { hostAddresses, jumpHost, privateKey } from "./ssh-parsers.ts";
import { variable } from "./variable.ts";
import { vaultAddress } from "./vault-parsers.ts";

/** The environment variables that are read at every start; `all-variables.ts` has the others too. */
export const VARIABLES = {
  PROXMOX_HOST: variable({
    description: "Where the Proxmox VE API is; several entries are endpoints of one and the same cluster.",
    allowed: "a host, host:port or https URL, or several separated by commas",
    parse: hostList,
  }),
  PROXMOX_API_PORT: variable({
    description: "Port for the entries of PROXMOX_HOST that name none.",
    allowed: "an integer from 1 to 65535",
    default: "8006",
    parse: integer(1, 65535),
  }),
  PROXMOX_API_TOKEN_USER: variable({
    description: "User that the API token belongs to, without its realm.",
    allowed: "a user name such as root or mcp; user@realm is taken apart",
    parse: nonEmpty,
  }),
  PROXMOX_API_TOKEN_REALM: variable({
    description: "Realm of that user.",
    allowed: "a realm such as pam or pve",
    default: "pam",
    parse: nonEmpty,
  }),
  PROXMOX_API_TOKEN_ID: variable({
    description: "Name of the API token, the part after the exclamation mark.",
    allowed: "a token name such as mcp",
    parse: nonEmpty,
  }),
  PROXMOX_API_TOKEN_SECRET: variable({
    description: "Secret of the API token.",
    allowed: "the UUID that Proxmox showed when the token was made",
    secret: true,
    parse: nonEmpty,
  }),
  PROXMOX_TLS_FINGERPRINT: variable({
    description: "SHA-256 fingerprint of the host's certificate; a match replaces the check of its chain.",
    allowed: "64 hexadecimal digits, with or without colons; several separated by commas",
    parse: fingerprints,
  }),
  PROXMOX_TLS_CA_FILE: variable({
    description: "PEM file with a CA that is trusted in addition, such as a copy of /etc/pve/pve-root-ca.pem.",
    allowed: "a path of a readable PEM file",
    parse: nonEmpty,
  }),
  PROXMOX_TLS_REJECT_UNAUTHORIZED: variable({
    description: "Whether a certificate that cannot be verified is refused.",
    allowed: "true, false, 1 or 0",
    default: "true",
    parse: flag,
  }),
  PROXMOX_REQUEST_TIMEOUT_MS: variable({
    description: "How long one request may take, in milliseconds.",
    allowed: "an integer from 100 to 600000",
    default: "30000",
    parse: integer(100, 600_000),
  }),
  PROXMOX_MCP_TOOLSETS: variable({
    description:
      "Which tools are listed; minimal lists ten, under 1,000 tokens, by which all others and the whole API are found and called.",
    allowed: `all, minimal, or several of ${TOOLSETS.join(", ")}, separated by commas`,
    default: "all",
    parse: someOf(["all", "minimal", ...TOOLSETS], ["all", "minimal"]),
  }),
  PROXMOX_MCP_SCRIPTS: variable({
    description: "Whether a model may run JavaScript of its own over the API, in a sandbox, and what its calls may do.",
    allowed: "off, read or write",
    default: "off",
    parse: oneOf(["off", "read", "write"]),
  }),
  PROXMOX_MCP_CLUSTERS_FILE: variable({
    description: "JSON file that names several clusters; takes the place of PROXMOX_HOST.",
    allowed: "a path of a readable JSON file",
    parse: nonEmpty,
  }),
  PROXMOX_MCP_ACCESS: variable({
    description: "The worst class of call that this server may make; escape where a PROXMOX_SHELL_SSH_ key is set.",
    allowed: ACCESS_CLASSES.join(", "),
    default: "destructive",
    parse: oneOf(ACCESS_CLASSES),
  }),
  PROXMOX_MCP_CONFIRM: variable({
    description: "Who may confirm a destructive call: whoever types the object's name, or a person only.",
    allowed: "plan, human",
    default: "plan",
    parse: oneOf(["plan", "human"] as const),
  }),
  PROXMOX_MCP_POLICY_FILE: variable({
    description: "YAML or JSON file with the operator's rules; read again on SIGHUP.",
    allowed: "a path of a readable file as docs/policy.schema.json describes it",
    parse: nonEmpty,
  }),
  PROXMOX_MCP_STATE_KEY: variable({
    description: "Key that seals plans, job ids and the audit log; without it one is made in the state directory.",
    allowed: "32 bytes as base64 or as 64 hexadecimal digits",
    secret: true,
    parse: key,
  }),
  PROXMOX_MCP_REDIS_URL: variable({
    description:
      "Redis or Valkey that replicas share, so that a plan is carried out once by all of them; with PROXMOX_MCP_STATE_KEY.",
    allowed: "a URL such as rediss://user:password@redis.example.net:6379/0",
    secret: true,
    parse: redisUrl,
  }),
  PROXMOX_MCP_AUDIT_FILE_MIB: variable({
    description: "Size in MiB after which a file of the audit log is put aside and a new one begun.",
    allowed: "an integer from 1 to 4096",
    default: "64",
    parse: integer(1, 4096),
  }),
  PROXMOX_MCP_AUDIT_KEEP: variable({
    description: "Full files of the audit log that are kept; older ones are removed.",
    allowed: "an integer from 1 to 10000",
    default: "15",
    parse: integer(1, 10_000),
  }),
  PROXMOX_MCP_OUTPUT_TOKENS: variable({
    description: "Most tokens of one answer, about; what is larger is cut, and kept whole as an artifact.",
    allowed: "an integer from 1000 to 1000000",
    default: "6000",
    parse: integer(1000, 1_000_000),
  }),
  PROXMOX_MCP_UPLOAD_DIRECTORY: variable({
    description: "Directory whose files may be uploaded to a storage by their names; without it none are.",
    allowed: "the absolute path of a directory",
    parse: directory,
  }),
  PROXMOX_MCP_ARTIFACT_MIB: variable({
    description: "Size in MiB of all artifacts of one caller; the oldest make room for a new one.",
    allowed: "an integer from 1 to 4096",
    default: "64",
    parse: integer(1, 4096),
  }),
  PROXMOX_MCP_ARTIFACT_MINUTES: variable({
    description: "How long an artifact is kept, in minutes.",
    allowed: "an integer from 1 to 1440",
    default: "60",
    parse: integer(1, 1440),
  }),
  PROXMOX_MCP_IDENTITIES_FILE: variable({
    description: "File that says with which Proxmox token each person who signs in acts; read again at SIGHUP.",
    allowed: "a path of a readable YAML or JSON file, as docs/deployment.md describes it",
    parse: nonEmpty,
  }),
  PROXMOX_MCP_MODE: variable({
    description: "How clients connect.",
    allowed: "stdio, http, both",
    default: "stdio",
    parse: oneOf(["stdio", "http", "both"] as const),
  }),
  PROXMOX_MCP_AUTH_MODE: variable({
    description: "How clients prove who they are; over stdio the operating system has done so.",
    allowed: "none, oidc; over HTTP it is oidc",
    parse: oneOf(["none", "oidc"] as const),
  }),
  PROXMOX_MCP_SECRET_BACKEND: variable({
    description: "Where credentials are read from: these variables, an (encrypted) file, or HashiCorp Vault.",
    allowed: "env, file, vault",
    default: "env",
    parse: oneOf(["env", "file", "vault"] as const),
  }),
  PROXMOX_MCP_SECRET_FILE_PATH: variable({
    description: "File of the backend file; must have mode 0600.",
    allowed: "a path",
    parse: nonEmpty,
  }),
  PROXMOX_MCP_SECRET_FILE_KEY: variable({
    description: "Key that encrypts that file; without it the secrets stand in it as they are.",
    allowed: "32 bytes as base64 or as 64 hexadecimal digits",
    secret: true,
    parse: key,
  }),
  PROXMOX_MCP_SECRET_VAULT_ADDR: variable({
    description: "Where Vault is, for the backend vault.",
    allowed: "an https URL without a path; http only for a loopback address",
    parse: vaultAddress,
  }),
  PROXMOX_SHELL_CONSOLE_USERNAME: variable({
    description:
      "User of the nodes' own for their consoles, which ask API tokens for a login; used where there is no SSH.",
    allowed: "a user name such as root",
    default: "root",
    parse: typed,
  }),
  PROXMOX_SHELL_CONSOLE_PASSWORD: variable({
    description: "Password of that user; commands on nodes then work by console, with PROXMOX_MCP_ACCESS=escape.",
    allowed: "a password, one line",
    secret: true,
    parse: typed,
  }),
  PROXMOX_SHELL_SSH_USERNAME: variable({
    description: "User to log in with on the nodes by SSH.",
    allowed: "a user name",
    default: "root",
    parse: nonEmpty,
  }),
  PROXMOX_SHELL_SSH_PRIVATE_KEY: variable({
    description: "Private key of that user.",
    allowed: "a private key in PEM or OpenSSH form",
    secret: true,
    parse: privateKey,
  }),
  PROXMOX_SHELL_SSH_PRIVATE_KEY_PATH: variable({
    description: "File with that key; only its owner may be able to read it.",
    allowed: "a path",
    parse: nonEmpty,
  }),
  PROXMOX_SHELL_SSH_PRIVATE_KEY_PASSPHRASE: variable({
    description: "Passphrase of that key, where it is encrypted.",
    allowed: "any text",
    secret: true,
    parse: (text: string) => text,
  }),
  PROXMOX_SHELL_SSH_EXPECTED_HOST_KEY: variable({
    description: "Host keys of the nodes, of which one must be shown; without one nothing is sent.",
    allowed:
      "SHA256:… fingerprints as ssh-keygen -lf prints them, node=SHA256:…, or known_hosts lines; several by commas or lines",
    // Taken apart where an identity is read: `ssh-settings.ts`.
    parse: nonEmpty,
  }),
  PROXMOX_SHELL_SSH_KNOWN_HOSTS_FILE: variable({
    description: "File with more of them, such as a copy of /etc/ssh/ssh_known_hosts of a node.",
    allowed: "a path of a readable file of known_hosts lines",
    parse: nonEmpty,
  }),
  PROXMOX_SHELL_SSH_PORT: variable({
    description: "Port of sshd on the nodes.",
    allowed: "an integer from 1 to 65535",
    default: "22",
    parse: integer(1, 65535),
  }),
  PROXMOX_SHELL_SSH_HOSTS: variable({
    description: "Addresses for SSH, where they are not the ones by which the cluster knows its nodes.",
    allowed: "node=address or node=address:port, several separated by commas",
    parse: hostAddresses,
  }),
  PROXMOX_SHELL_SSH_JUMP: variable({
    description: "Host to go through by SSH with the same key; its host key is expected too, under its own name.",
    allowed: "[user@]host[:port]",
    parse: jumpHost,
  }),
  PROXMOX_SHELL_SSH_GUESTS_FILE: variable({
    description: "Guests that are reached by SSH of their own (docs/guest-ssh.md).",
    allowed: "a path of a readable JSON file",
    parse: nonEmpty,
  }),
  PROXMOX_MCP_LOCAL_BOOTSTRAP: variable({
    description:
      "Makes credentials on a disposable lab at the start, with root's password, and removes them at the end.",
    allowed: "true, false, 1 or 0; over stdio, for one node with a private address",
    default: "false",
    parse: flag,
  }),
  PROXMOX_BOOTSTRAP_SSH_USERNAME: variable({
    description: "User to make them with.",
    allowed: "a user name, who is root there",
    default: "root",
    parse: nonEmpty,
  }),
  PROXMOX_BOOTSTRAP_SSH_PASSWORD: variable({
    description: "Password of that user.",
    allowed: "a password",
    secret: true,
    parse: typed,
  }),
  PROXMOX_SSH_USERNAME: variable({
    description: "Another spelling of PROXMOX_BOOTSTRAP_SSH_USERNAME, which goes before it.",
    allowed: "a user name",
    parse: nonEmpty,
  }),
  PROXMOX_SSH_PASSWORD: variable({
    description: "Another spelling of PROXMOX_BOOTSTRAP_SSH_PASSWORD, which goes before it.",
    allowed: "a password",
    secret: true,
    parse: typed,
  }),
  PROXMOX_DEFAULT_NODE: variable({
    description: "Node to use where a tool wants one and none is given.",
    allowed: "a node name",
    parse: nonEmpty,
  }),
  PROXMOX_DEFAULT_BRIDGE: variable({
    description: "Bridge to use where a tool wants one and none is given.",
    allowed: "a bridge name such as vmbr0",
    parse: nonEmpty,
  }),
  PROXMOX_DEFAULT_VM_STORAGE: variable({
    description: "Storage for guest disks where none is given.",
    allowed: "a storage name such as local-lvm",
    parse: nonEmpty,
  }),
  PROXMOX_DEFAULT_SNIPPET_STORAGE: variable({
    description: "Storage for cloud-init snippets where none is given.",
    allowed: "a storage name such as local",
    parse: nonEmpty,
  }),
};

export type VariableName = keyof typeof VARIABLES;
