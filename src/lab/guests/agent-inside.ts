import type { ClusterState } from "../state/cluster.ts";
import { guestName } from "../state/report.ts";
import type { LabGuest } from "../state/types.ts";
import { type ExecResult, runCommand } from "./agent-shell.ts";

/** A process that the agent started; it is forgotten once its end was told (pve-facts 73). */
interface Process {
  readyAt: number;
  result: ExecResult;
}

/** What is inside a VM, as its agent sees it. */
export class Inside {
  readonly files: Map<string, Uint8Array>;
  readonly #processes = new Map<number, Process>();
  readonly passwords = new Map<string, string>();
  frozen = false;
  calls = 0;
  #pid = 1200;

  constructor(guest: LabGuest) {
    const text = (value: string): Uint8Array => Buffer.from(value, "utf8");
    this.files = new Map([
      ["/etc/hostname", text(`${guestName(guest)}\n`)],
      ["/etc/hosts", text(`127.0.0.1\tlocalhost\n127.0.1.1\t${guestName(guest)}\n`)],
      ["/etc/os-release", text('PRETTY_NAME="Debian GNU/Linux 13 (trixie)"\nID=debian\nVERSION_ID="13"\n')],
      ["/etc/motd", text("Welcome to the café.\n")],
      ["/etc/passwd", text("root:x:0:0:root:/root:/bin/bash\ndebian:x:1000:1000::/home/debian:/bin/bash\n")],
    ]);
  }

  start(guest: LabGuest, command: readonly string[], input: string): number {
    const result = runCommand({ files: this.files, hostname: guestName(guest) }, command, input);
    this.#pid += 1;
    this.#processes.set(this.#pid, { readyAt: Date.now() + result.ms, result });
    return this.#pid;
  }

  /** How a process is; nothing for one that is unknown, or whose end was told already. */
  poll(pid: number): ExecResult | "running" | undefined {
    const process = this.#processes.get(pid);
    if (!process) return undefined;
    if (Date.now() < process.readyAt) return "running";
    this.#processes.delete(pid);
    return process.result;
  }
}

const insides = new WeakMap<ClusterState, Map<number, Inside>>();

/** The inside of a VM, the same one from start to stop. */
export function insideOf(state: ClusterState, guest: LabGuest): Inside {
  let known = insides.get(state);
  if (!known) {
    known = new Map();
    insides.set(state, known);
  }
  let inside = known.get(guest.vmid);
  if (!inside) {
    inside = new Inside(guest);
    known.set(guest.vmid, inside);
  }
  return inside;
}
