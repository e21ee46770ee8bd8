import { ProxmoxMcpError } from "../errors/index.ts";

/** Base of every error of enrolling, rotating and their like. */
export class ProvisionError extends ProxmoxMcpError {}

/** Something of that name is there already, and is not taken over. */
export class AlreadyThereError extends ProvisionError {
  constructor(what: readonly string[], name: string) {
    super({
      code: "already-there",
      message: `${what.join(", ")} ${what.length === 1 ? "is" : "are"} there already. Nothing was changed.`,
      next: `What exists is never taken over: enroll under another name (--name), or remove it with proxmox-mcp admin deprovision --name ${name} if it is yours.`,
      data: { there: what },
    });
  }
}

/** Something on the host that has to be there is not. */
export class HostNeedsError extends ProvisionError {
  constructor(node: string, what: string, next: string) {
    super({ code: "host-lacks", message: `${what} on ${node}. Nothing was changed.`, next, data: { node } });
  }
}

/** A remote command ended badly. */
export class RemoteCommandError extends ProvisionError {
  constructor(node: string, command: string, code: number | undefined, said: string) {
    const text = said.trim().replace(/\s+/g, " ").slice(0, 300);
    super({
      code: "remote-command-failed",
      message: `On ${node}, ${command} ended with ${code ?? "no exit code"}${text === "" ? "" : `: ${text}`}.`,
      next: "Put right what it complains of, and begin again.",
      data: { node, command, ...(code === undefined ? {} : { exitcode: code }) },
    });
  }
}

/** One thing that could not be taken back. */
export interface Leftover {
  what: string;
  why: string;
  /** How a person takes it back. */
  lines: readonly string[];
}

/** A step failed; those before it were taken back, as far as that went. */
export class RolledBackError extends ProvisionError {
  readonly undone: readonly string[];
  readonly left: readonly Leftover[];

  constructor(step: string, cause: unknown, undone: readonly string[], left: readonly Leftover[]) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const next = cause instanceof ProxmoxMcpError ? cause.next : undefined;
    const back = undone.length === 0 ? "There was nothing to take back." : `Taken back: ${undone.join(", ")}.`;
    const rest = left.map(({ what, why: reason }) => `${what} (${reason})`).join("; ");
    super({
      code: left.length > 0 ? "rollback-incomplete" : "rolled-back",
      message: `${step} failed: ${why} ${back}${left.length > 0 ? ` Not taken back: ${rest}.` : ""}`,
      next:
        left.length > 0
          ? `Remove by hand what is left: ${left.flatMap(({ lines }) => lines).join("; ")}`
          : (next ?? "Nothing is left behind: begin again when the cause is put right."),
      data: { step, undone, left },
      cause,
    });
    this.undone = undone;
    this.left = left;
  }
}
