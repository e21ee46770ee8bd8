import { quoteArg, quoteArgv } from "./quote.ts";

/** What runs on a host: a command with its arguments, or a line for its shell. */
export type Command = string | readonly string[];

/** A shell of one's own may have no sbin in its path, and answers in one's own language (pve-facts 116, 119). */
const ENVIRONMENT = 'env LC_ALL=C.UTF-8 PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"';

/** Seconds that a command has, once told to end, before it is killed. */
export const KILL_AFTER_S = 2;

/** Where hosts keep their SFTP server. */
const SFTP_SERVERS = ["/usr/lib/openssh/sftp-server", "/usr/libexec/openssh/sftp-server", "/usr/lib/ssh/sftp-server"];

/**
 * The line that the login shell of a host is given. The host itself ends the command in time, with all that it
 * started: a connection can be lost, and root's processes take no signal from the user who became root.
 */
export function commandLine(command: Command, { seconds, sudo }: { seconds: number; sudo: boolean }): string {
  const line = typeof command === "string" ? `/bin/sh -c ${quoteArg(command)}` : quoteArgv(command);
  const timed = `timeout -k ${KILL_AFTER_S} ${seconds} ${line}`;
  return sudo ? `${ENVIRONMENT} sudo -n -- ${ENVIRONMENT} ${timed}` : `${ENVIRONMENT} ${timed}`;
}

/** The line that runs the host's SFTP server as root. */
export function sudoSftpLine(): string {
  const tries = SFTP_SERVERS.map((path) => `[ -x ${path} ] && exec ${path}`).join("; ");
  return `${ENVIRONMENT} sudo -n -- /bin/sh -c ${quoteArg(`${tries}; exit 127`)}`;
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
