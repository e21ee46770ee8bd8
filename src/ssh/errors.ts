import { ProxmoxMcpError } from "../errors/index.ts";

/** Where a connection goes, for errors. */
export interface HostPlace {
  node: string;
  address: string;
  port: number;
  /** Of a guest: the entry of the table that leads there. */
  entry?: string;
}

const TABLE = "PROXMOX_SHELL_SSH_GUESTS_FILE";

const at = ({ node, address, port }: HostPlace) =>
  `${node} (${address.includes(":") ? `[${address}]` : address}:${port})`;

/** No SSH identity is configured for the node. */
export class NoHostIdentityError extends ProxmoxMcpError {
  constructor(node: string, entry?: string) {
    super({
      code: "no-ssh-identity",
      message: `No SSH identity is configured for ${entry === undefined ? "node " : ""}${node}. Nothing was sent.`,
      next:
        entry === undefined
          ? "Let the operator set PROXMOX_SHELL_SSH_PRIVATE_KEY_PATH and PROXMOX_SHELL_SSH_EXPECTED_HOST_KEY."
          : `Let the operator set keyFile or secretName of ${entry} in ${TABLE}.`,
      data: { node },
    });
  }
}

/** The configured key cannot be used; its text is never repeated. */
export class HostIdentityError extends ProxmoxMcpError {
  constructor({ node, entry }: HostPlace, why: string) {
    const isLocked = /passphrase|encrypted/i.test(why);
    super({
      code: "ssh-key-unusable",
      message: `The SSH private key for ${entry === undefined ? "node " : ""}${node} cannot be used: ${why}.`,
      next:
        entry !== undefined
          ? `Check ${isLocked ? "passphraseEnv" : "keyFile or secretName"} of ${entry} in ${TABLE}.`
          : isLocked
            ? "Set PROXMOX_SHELL_SSH_PRIVATE_KEY_PASSPHRASE, or use a key that is not encrypted."
            : "Check PROXMOX_SHELL_SSH_PRIVATE_KEY or the file of PROXMOX_SHELL_SSH_PRIVATE_KEY_PATH.",
      data: { node },
    });
  }
}

/** Nobody said which host key the node has, so nobody can say that this is the node. */
export class HostKeyUnpinnedError extends ProxmoxMcpError {
  constructor(place: HostPlace, fingerprint: string, type: string) {
    super({
      code: "host-key-unpinned",
      message: `The SSH host key of ${at(place)} is ${fingerprint} (${type}), and none is configured to compare it with. Nothing was sent.`,
      next: `Compare it with what ssh-keygen -lf /etc/ssh/ssh_host_${fileOf(type)}_key.pub prints on ${machineOf(place)} itself; then ${pinFor(place, fingerprint)}`,
      data: { ...place, fingerprint, type },
    });
  }
}

/** The node shows another key than the configured ones. */
export class HostKeyMismatchError extends ProxmoxMcpError {
  constructor(place: HostPlace, fingerprint: string, type: string, expected: readonly string[]) {
    super({
      code: "host-key-mismatch",
      message: `The SSH host key of ${at(place)} is ${fingerprint} (${type}), but ${expected.join(" or ")} is expected: either somebody stands between, or ${machineOf(place)} was installed anew. Nothing was sent.`,
      next: `Only if ${machineOf(place)} is known to be re-installed, and its console shows the new fingerprint, ${pinFor(place, fingerprint)}`,
      data: { ...place, fingerprint, type, expected },
    });
  }
}

/** The node shows a key that is marked as revoked. */
export class HostKeyRevokedError extends ProxmoxMcpError {
  constructor(place: HostPlace, fingerprint: string) {
    super({
      code: "host-key-revoked",
      message: `The SSH host key of ${at(place)} is ${fingerprint}, which the configuration marks as @revoked. Nothing was sent.`,
      next: "Somebody may hold that key: make new host keys on the node, and configure the new fingerprint.",
      data: { ...place, fingerprint },
    });
  }
}

/** What is configured of host keys cannot be read. */
export class HostPinTextError extends ProxmoxMcpError {
  constructor(setting: string, fault: string, node?: string) {
    super({
      code: "host-keys-unreadable",
      message: `${setting} ${fault}. Nothing was sent.`,
      next: "It takes SHA256:… fingerprints as ssh-keygen -lf prints them, node=SHA256:…, or lines of known_hosts.",
      data: { setting, ...(node === undefined ? {} : { node }) },
    });
  }
}

/** The node cannot be reached by SSH. */
export class HostUnreachableError extends ProxmoxMcpError {
  constructor(place: HostPlace, why: string, cause?: unknown) {
    super({
      code: "host-unreachable",
      message: `${at(place)} cannot be reached by SSH: ${why}. Nothing was sent.`,
      next:
        place.entry === undefined
          ? `Is the node on, and does sshd listen there? PROXMOX_SHELL_SSH_HOSTS=${place.node}=ADDRESS sets another address, PROXMOX_SHELL_SSH_PORT another port.`
          : `Does sshd listen there, and can this machine reach it? address, port and jump are set in ${place.entry} of ${TABLE}.`,
      data: { ...place },
      cause,
    });
  }
}

/** The node does not take the identity. */
export class HostLoginError extends ProxmoxMcpError {
  constructor(place: HostPlace, username: string, byPassword = false) {
    super({
      code: "ssh-login-refused",
      message: `${at(place)} does not take the ${byPassword ? "password" : "configured SSH key"} for user ${username}.`,
      next: byPassword
        ? "Check the password, and PermitRootLogin and PasswordAuthentication in the node's sshd_config; or log in with a key."
        : place.entry === undefined
          ? `Add its public key to ~${username}/.ssh/authorized_keys on the node (a cluster shares root's), or set PROXMOX_SHELL_SSH_USERNAME.`
          : `Add its public key to the user's authorized_keys in the guest (administrators of Windows: C:\\ProgramData\\ssh\\administrators_authorized_keys), or correct username or key of ${place.entry} in ${TABLE}.`,
      data: { ...place, username },
    });
  }
}

/** The node's address is not known. */
export class HostAddressError extends ProxmoxMcpError {
  constructor(node: string, known: readonly string[]) {
    super({
      code: "host-address-unknown",
      message: `The cluster tells no address of a node ${JSON.stringify(node)}. Nothing was sent.`,
      next: `${known.length > 0 ? `Its nodes are ${known.slice(0, 32).join(", ")}. ` : ""}PROXMOX_SHELL_SSH_HOSTS=NODE=ADDRESS sets an address.`,
      data: { node, known: known.slice(0, 32) },
    });
  }
}

/** The connection ended while something was under way. */
export class HostConnectionLostError extends ProxmoxMcpError {
  constructor(node: string, doing: string, cause?: unknown) {
    super({
      code: "host-connection-lost",
      message: `The SSH connection to ${node} was lost while ${doing}; whether it was done is unknown.`,
      next: "Look at what it was to change before doing it again.",
      data: { node, outcome: "unknown" },
      cause,
    });
  }
}

/** The host opens no further channel. */
export class HostBusyError extends ProxmoxMcpError {
  constructor(node: string, why: string) {
    super({
      code: "host-refuses-channel",
      message: `${node} opened no SSH channel: ${why}. Nothing was done.`,
      next: "Try again; if it stays so, look at MaxSessions and at the sftp subsystem in its sshd_config.",
      data: { node },
    });
  }
}

/** The user may not become root without a password. */
export class SudoRefusedError extends ProxmoxMcpError {
  constructor(node: string, username: string, said: string) {
    const missing = /not found|No such file/i.test(said);
    super({
      code: "sudo-refused",
      message: missing
        ? `sudo is not installed on ${node}, and user ${username} is not root. Nothing was done.`
        : `sudo on ${node} does not let user ${username} run this without a password (${said}). Nothing was done.`,
      next: `On ${node}: ${missing ? "apt install sudo, and " : ""}add the line "${username} ALL=(root) NOPASSWD: ALL" to /etc/sudoers.d/proxmox-mcp; or log in as root. docs/security.md has narrower rules.`,
      data: { node, username },
    });
  }
}

/** A shell of Windows takes no longer line. */
export class CommandTooLongError extends ProxmoxMcpError {
  constructor(node: string, longest: number) {
    super({
      code: "invalid-argument",
      message: `The command is too long for the shell of ${node}, whose lines have ${longest} characters at most. Nothing was sent.`,
      next: "Write it to a file with proxmox_file_write, and run that.",
      data: { node },
    });
  }
}

/** No command line can hold it. */
export class UnquotableArgumentError extends ProxmoxMcpError {
  constructor(argument: string, why: string) {
    super({
      code: "invalid-argument",
      message: `The argument ${JSON.stringify(argument.slice(0, 60))} ${why}. Nothing was sent.`,
      next: "Give it by standard input or in a file.",
    });
  }
}

/** What was asked of the transport is not what the gate was asked for. */
export class OffTheRecordError extends ProxmoxMcpError {
  constructor(operation: string, why: string) {
    super({
      code: "off-the-record",
      message: `${operation}: ${why}. Nothing was sent.`,
      next: "This is a fault of this server: report it.",
      data: { operation },
    });
  }
}

/** A file that cannot be read or written; `code` says why. */
export class HostFileError extends ProxmoxMcpError {
  constructor(code: string, node: string, path: string, why: string, next: string, data: Record<string, unknown> = {}) {
    super({ code, message: `${path} on ${node} ${why}.`, next, data: { node, path, ...data } });
  }
}

const machineOf = ({ entry }: HostPlace): string => (entry === undefined ? "the node" : "the guest");

function pinFor({ node, entry }: HostPlace, fingerprint: string): string {
  return entry === undefined
    ? `set PROXMOX_SHELL_SSH_EXPECTED_HOST_KEY to ${node}=${fingerprint}`
    : `add ${JSON.stringify(`${node}=${fingerprint}`)} to hostKeys of ${entry} in ${TABLE}`;
}

function fileOf(type: string): string {
  return /ed25519/i.test(type) ? "ed25519" : /ecdsa/i.test(type) ? "ecdsa" : "rsa";
}
