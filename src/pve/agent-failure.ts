import { type RequestContext, RequestError } from "./errors.ts";

/** Why no agent answers; Proxmox tells the three apart by their texts alone (pve-facts 71). */
export type AgentCause = "not-configured" | "vm-stopped" | "not-answering";

/** What to do about it. */
export const AGENT_NEXT: Readonly<Record<AgentCause, string>> = {
  "not-configured":
    "Switch it on in the VM's configuration (agent=1); a VM that runs gets the agent's device when it is stopped and started, not by a reboot from inside.",
  "vm-stopped": "Start the VM, then ask again.",
  "not-answering":
    "While the guest boots, try again in some seconds. Otherwise install and start qemu-guest-agent in it; when the agent option was switched on while the VM ran, stop and start the VM once.",
};

/** No agent answers. */
export class AgentUnavailableError extends RequestError {
  readonly agentCause: AgentCause;

  constructor(context: RequestContext, status: number, text: string, cause: AgentCause) {
    super("agent-unavailable", {
      context,
      status,
      message: text,
      next: AGENT_NEXT[cause],
      data: { cause },
    });
    this.agentCause = cause;
  }
}

/** The agent answers, and refuses: mostly a command that its own configuration disables (pve-facts 72, 73). */
class AgentRefusedError extends RequestError {
  constructor(context: RequestContext, status: number, text: string) {
    super("agent-refused", {
      context,
      status,
      message: text,
      next: /disabled|not been found|not found|not supported/i.test(text)
        ? "The guest's own agent configuration decides that (block-rpcs or allow-rpcs in qemu-ga.conf, FILTER_RPC_ARGS or BLACKLIST_RPC in /etc/sysconfig/qemu-ga); some distributions disable guest-exec and guest-file-* by default. A person has to change it inside the guest. While a backup has frozen the guest, it refuses as well: then wait."
        : "Read the agent's own words above.",
    });
  }
}

/** A file inside the guest cannot be opened. */
class GuestFileError extends RequestError {
  constructor(context: RequestContext, status: number, text: string) {
    const isMissing = /No such file or directory|cannot find the (?:file|path)/i.test(text);
    super(isMissing ? "guest-file-not-found" : "guest-file-failed", {
      context,
      status,
      message: text,
      next: isMissing
        ? "Check the path inside the guest: absolute, and its directory has to exist."
        : "The agent works with its own rights in the guest: check the path, its permissions and free space, and SELinux or AppArmor.",
    });
  }
}

/** The guest has no such program. */
export class GuestProgramError extends RequestError {
  constructor(context: RequestContext, status: number, text: string) {
    super("guest-program-failed", {
      context,
      status,
      message: text,
      next: "The first word is the program itself, found by the agent's PATH: give its absolute path. Pipes, wildcards and variables need a shell.",
    });
  }
}

type Rule = readonly [RegExp, (context: RequestContext, status: number, text: string) => RequestError];

const unavailable =
  (cause: AgentCause): Rule[1] =>
  (context, status, text) =>
    new AgentUnavailableError(context, status, text, cause);

/** Texts that speak of the agent, whatever call they answer. */
const ANYWHERE: readonly Rule[] = [
  [/No QEMU guest agent configured/i, unavailable("not-configured")],
  [/QEMU guest agent is not running/i, unavailable("not-answering")],
];

/** Texts that do so only where the agent was asked; in order, the first that matches decides. */
const ASKED: readonly Rule[] = [
  [/\bVM \d+ (?:is )?not running\b/i, unavailable("vm-stopped")],
  // The agent went away, or hangs, between the server's own ping and the command.
  [
    /command 'guest-[\w-]+' failed - (?:got timeout|unable to connect|client closed|.*reset)/i,
    unavailable("not-answering"),
  ],
  [
    /^The guest agent refuses|command guest-[\w-]+ has (?:been disabled|not been found)|CommandNotFound/i,
    (...given) => new AgentRefusedError(...given),
  ],
  [/failed to open file/i, (...given) => new GuestFileError(...given)],
  [/failed to execute child process/i, (...given) => new GuestProgramError(...given)],
];

/** What a failed call of a guest's agent means; nothing for texts that do not speak of it. */
export function agentFailure(context: RequestContext, status: number, text: string): RequestError | undefined {
  const rules = /\/\{vmid\}\/agent(?:\/|$)/.test(context.operation) ? [...ANYWHERE, ...ASKED] : ANYWHERE;
  const rule = rules.find(([pattern]) => pattern.test(text));
  return rule?.[1](context, status, text);
}
