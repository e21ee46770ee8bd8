import { randomInt } from "node:crypto";
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
 * Where Proxmox keeps its command-line families: a rule of sudoers that names a program without its folder would let
 * any folder of that name in.
 */
const FAMILIES: ReadonlyMap<string, string> = new Map([
  ...["qm", "pct", "pvesm", "pveum", "ha-manager"].map((name) => [name, `/usr/sbin/${name}`] as const),
  ...["pvesh", "pvenode", "pvecm", "pveceph", "pvesr", "vzdump", "apt"].map(
    (name) => [name, `/usr/bin/${name}`] as const,
  ),
]);

/** One run of a command, as the login shell of a host is told. */
export interface Run {
  line: string;
  /** Ends it, from another channel. */
  end: string;
}

/**
 * A run that the host itself ends in time, with all that it started: a connection can be lost, and sshd passes no signal
 * on to a session of root's. It is root's own `timeout` that does so, as sudo passes signals to the command alone, and
 * dies of a SIGKILL without it. What stands behind sudo is the same for every run of a program, so that a rule of sudoers
 * can name it (docs/security.md); its seconds have a fraction that no other run has, by which it is found. Where
 * `timeout` is busybox's, nothing is: that one becomes the command, and only its own clock can end it.
 */
export function posixRun(command: Command, { seconds, sudo }: { seconds: number; sudo: boolean }): Run {
  const unique = `${seconds}.${String(randomInt(10 ** 12)).padStart(12, "0")}`;
  const limit = `timeout -k ${KILL_AFTER_S} ${unique}`;
  const isKnown = "timeout --version >/dev/null 2>&1";
  const end = `${isKnown} && exec ${sudo ? SUDO : ""}pkill -TERM -f '^${limit}'`;
  return {
    line: `${ENVIRONMENT} ${sudo ? SUDO : ""}${limit} ${programLine(command, sudo)}`,
    end: `${ENVIRONMENT} /bin/sh -c ${quoteArg(end)}`,
  };
}

const SUDO = "sudo -n -- ";

function programLine(command: Command, sudo: boolean): string {
  if (typeof command === "string") return `/bin/sh -c ${quoteArg(command)}`;
  const path = sudo ? FAMILIES.get(command[0] ?? "") : undefined;
  return quoteArgv(path === undefined ? command : [path, ...command.slice(1)]);
}

/** The line that runs the host's SFTP server as root. */
export function sudoSftpLine(): string {
  const tries = SFTP_SERVERS.map((path) => `[ -x ${path} ] && exec ${SUDO}${path}`).join("; ");
  return `${ENVIRONMENT} /bin/sh -c ${quoteArg(`${tries}; exit 127`)}`;
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
