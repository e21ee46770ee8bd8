import { ProxmoxMcpError } from "../errors/index.ts";

/** What everything that one enrolment makes is called, so that two of them never meet. */
export interface Names {
  /** Of the enrolment. */
  readonly name: string;
  /** `name@pve`. */
  readonly userid: string;
  /** The role for one ACL path. */
  role(path: string, below: boolean): string;
  readonly sshUser: string;
  readonly home: string;
  readonly sudoers: string;
  /** By which what is made here is known again. */
  readonly comment: string;
}

/** What it is called where nobody says otherwise. */
export const USUAL_NAME = "proxmox-mcp";

/** A user of Linux, of Proxmox VE, and a file that sudo reads: what suits all three. */
const NAME = /^[a-z][a-z0-9-]{1,30}$/;
/** Users that every host has; nothing of ours is called like them. */
const TAKEN = new Set(["root", "admin", "backup", "daemon", "mail", "nobody", "proxy", "sshd", "www-data"]);

/** The name cannot be used. */
class EnrolmentNameError extends ProxmoxMcpError {
  constructor(name: string) {
    super({
      code: "invalid-argument",
      message: `${JSON.stringify(name)} cannot be the name of an enrolment.`,
      next: "It takes 2 to 31 lower-case letters, digits and hyphens, begins with a letter, and is no user of the system, e.g. proxmox-mcp.",
    });
  }
}

/** The names of one enrolment; throws `EnrolmentNameError`. */
export function namesOf(name: string): Names {
  if (!NAME.test(name) || TAKEN.has(name)) throw new EnrolmentNameError(name);
  return {
    name,
    userid: `${name}@pve`,
    role: (path, below) => `${name}-${path === "/" ? (below ? "all" : "cluster") : path.slice(1).replaceAll("/", "-")}`,
    sshUser: name,
    home: `/home/${name}`,
    sudoers: `/etc/sudoers.d/${name}`,
    comment: "made by proxmox-mcp admin enroll",
  };
}

/** The first of `server`, `server-2`, … that is free. */
export function freeTokenId(taken: readonly string[]): string {
  for (let number = 1; ; number++) {
    const id = number === 1 ? "server" : `server-${number}`;
    if (!taken.includes(id)) return id;
  }
}
