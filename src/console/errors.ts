import { ProxmoxMcpError } from "../errors/index.ts";

/** Where a console leads: a node, or a container on it. */
export interface ConsolePlace {
  node: string;
  vmid?: number;
}

const named = ({ node, vmid }: ConsolePlace): string => (vmid === undefined ? `node ${node}` : `container ${vmid}`);

const SSH = "PROXMOX_SHELL_SSH_PRIVATE_KEY_PATH and PROXMOX_SHELL_SSH_EXPECTED_HOST_KEY";

/** Terminals do not know API tokens before 9.1 (pve-facts 85). */
export class ConsoleVersionError extends ProxmoxMcpError {
  constructor(place: ConsolePlace, version: string) {
    super({
      code: "console-refused",
      message: `Proxmox VE ${version} has no terminals for API tokens, as it has from 9.1 on. Nothing was run.`,
      next: `Let the operator set ${SSH}: SSH needs no terminal.`,
      data: { ...place, version },
    });
  }
}

/** Who opens the console is asked for a login, and none is configured, or it was not taken. */
export class ConsoleLoginError extends ProxmoxMcpError {
  constructor(place: ConsolePlace, user?: string) {
    super({
      code: "console-login",
      message:
        user === undefined
          ? `The console of ${named(place)} asks for a login: Proxmox lets only root@pam in without one, and an API token never. Nothing was run.`
          : `The console of ${named(place)} did not let user ${user} in. Nothing was run.`,
      next:
        user === undefined
          ? `Let the operator set PROXMOX_SHELL_CONSOLE_USERNAME and PROXMOX_SHELL_CONSOLE_PASSWORD to a login of the nodes, or ${SSH}.`
          : "Check PROXMOX_SHELL_CONSOLE_USERNAME and PROXMOX_SHELL_CONSOLE_PASSWORD against the node's own users (/etc/passwd); a second factor cannot be given.",
      data: { ...place, ...(user === undefined ? {} : { user }) },
    });
  }
}

/** A container's console that is no shell: a login of the container's own, which nobody configures here. */
export class ConsoleNoShellError extends ProxmoxMcpError {
  constructor(place: ConsolePlace & { vmid: number }, mode: string) {
    super({
      code: "console-no-shell",
      message: `The console of container ${place.vmid} is no shell but a login (cmode ${mode}), and there is no other way into it. Nothing was run.`,
      next: `Set its option cmode to shell (proxmox_api_call PUT /nodes/${place.node}/lxc/${place.vmid}/config), or let the operator set PROXMOX_SHELL_CONSOLE_PASSWORD, or ${SSH}: then pct exec on the node leads into it.`,
      data: { ...place, cmode: mode },
    });
  }
}

/** The console answers otherwise than a shell does. */
export class ConsoleUnsuitableError extends ProxmoxMcpError {
  constructor(place: ConsolePlace, why: string, said = "") {
    super({
      code: "console-unsuitable",
      message: `The console of ${named(place)} ${why}${said === "" ? "" : ` (it said ${JSON.stringify(said)})`}. Nothing was run.`,
      next: `Is it running, and is its login shell a POSIX shell with stty, base64, sed and setsid? Otherwise SSH is the way: ${SSH}.`,
      data: { ...place },
    });
  }
}

/** The connection ended while the command may have run. */
export class ConsoleConnectionLostError extends ProxmoxMcpError {
  constructor(place: ConsolePlace) {
    super({
      code: "console-connection-lost",
      message: `The console of ${named(place)} closed while the command was running: whether it was done is unknown, and what was left of it is ended with its terminal.`,
      next: "Look at what it was to change before doing it again.",
      data: { ...place, outcome: "unknown" },
    });
  }
}

/** sudo does not let the user of the console become root. */
export class ConsoleSudoError extends ProxmoxMcpError {
  constructor(place: ConsolePlace, user: string, said: string) {
    super({
      code: "sudo-refused",
      message: `sudo on ${named(place)} does not let user ${user} run this without a password (${said}). Nothing was run.`,
      next: `On the node: add the line "${user} ALL=(root) NOPASSWD: ALL" to /etc/sudoers.d/proxmox-mcp; or let the console log in as root.`,
      data: { ...place, user },
    });
  }
}

/** More than a terminal is fed with. */
export class ConsoleTooLongError extends ProxmoxMcpError {
  constructor(what: string, bytes: number, most: number) {
    super({
      code: "invalid-argument",
      message: `${what} has ${bytes} bytes, and a console takes ${most} at most. Nothing was run.`,
      next: "Let the command fetch it from elsewhere, or do it in several calls; over SSH there is no such limit.",
      data: { argument: what, bytes },
    });
  }
}
