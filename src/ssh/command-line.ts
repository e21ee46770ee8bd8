import { quoteArg, quoteArgv } from "./quote.ts";

/** What runs on a host: a command with its arguments, or a line for its shell. */
export type Command = string | readonly string[];

/** A shell of one's own may have no sbin in its path, and answers in one's own language (pve-facts 116, 119). */
const ENVIRONMENT = 'env LC_ALL=C.UTF-8 PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"';

/** Variable that marks the processes of one run. */
const RUN_ID = "PROXMOX_MCP_RUN";

/** Seconds that a command has, once told to end, before it is killed. */
export const KILL_AFTER_S = 2;

/** Where hosts keep their SFTP server. */
const SFTP_SERVERS = ["/usr/lib/openssh/sftp-server", "/usr/libexec/openssh/sftp-server", "/usr/lib/ssh/sftp-server"];

/** How one run of a command is carried out. */
export interface Run {
  /** By which its processes are found. */
  id: string;
  /** Seconds after which the host ends it. */
  seconds: number;
  sudo: boolean;
}

/**
 * The line that the login shell of a host is given. The host itself ends the command in time, with all that it
 * started: a connection can be lost, and sshd passes no signal on to a session of root's.
 */
export function commandLine(command: Command, { id, seconds, sudo }: Run): string {
  const line = typeof command === "string" ? `/bin/sh -c ${quoteArg(command)}` : quoteArgv(command);
  return asUser(sudo, `timeout -k ${KILL_AFTER_S} ${seconds} env ${RUN_ID}=${id} ${line}`);
}

/** The line that ends a run: its `timeout` passes the signal on, and kills what is left after a while. */
export function endLine({ id, sudo }: Run): string {
  // The bracket keeps the pattern from finding itself.
  return asUser(sudo, `pkill -TERM -f '[${RUN_ID[0]}]${RUN_ID.slice(1)}=${id}'`);
}

function asUser(sudo: boolean, line: string): string {
  return sudo ? `${ENVIRONMENT} sudo -n -- ${ENVIRONMENT} ${line}` : `${ENVIRONMENT} ${line}`;
}

/** The line that runs the host's SFTP server as root. */
export function sudoSftpLine(): string {
  const tries = SFTP_SERVERS.map((path) => `[ -x ${path} ] && exec ${path}`).join("; ");
  return asUser(true, `/bin/sh -c ${quoteArg(`${tries}; exit 127`)}`);
}

/** What sudo says when it refuses; undefined when it did not. */
export function sudoRefusal(code: number | undefined, stderr: string): string | undefined {
  if (code !== 1 && code !== 127) return undefined;
  const said =
    /^sudo: (?:a password is required|a terminal is required|no tty present|interactive authentication)[^\n]*|^[^\n]*(?:is not in the sudoers file|may not run sudo|is not allowed to execute)[^\n]*|^env: .?sudo.?: [^\n]*/m.exec(
      stderr,
    )?.[0];
  return said?.trim().slice(0, 200);
}
