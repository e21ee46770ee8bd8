import type { ClusterState } from "../state/cluster.ts";
import { guestName } from "../state/report.ts";
import type { LabGuest } from "../state/types.ts";
import { type ExecResult, runCommand } from "./agent-shell.ts";
import { GuestFiles } from "./guest-files.ts";
import { isWindows } from "./guest-system.ts";

/** A process that the agent started; it is forgotten once its end was told (pve-facts 73). */
interface Process {
  readyAt: number;
  result: ExecResult;
}

/** What is inside a VM, as its agent sees it. */
export class Inside {
  readonly files: GuestFiles;
  readonly #processes = new Map<number, Process>();
  readonly passwords = new Map<string, string>();
  frozen = false;
  calls = 0;
  #pid = 1200;

  constructor(guest: LabGuest) {
    const windows = isWindows(guest);
    this.files = new GuestFiles({ windows });
    const name = guestName(guest);
    const files = windows
      ? [["C:/Windows/System32/drivers/etc/hosts", `127.0.0.1 localhost\r\n127.0.0.1 ${name}\r\n`]]
      : [
          ["/etc/hostname", `${name}\n`],
          ["/etc/hosts", `127.0.0.1\tlocalhost\n127.0.1.1\t${name}\n`],
          ["/etc/os-release", 'PRETTY_NAME="Debian GNU/Linux 13 (trixie)"\nID=debian\nVERSION_ID="13"\n'],
          ["/etc/motd", "Welcome to the café.\n"],
          ["/etc/passwd", "root:x:0:0:root:/root:/bin/bash\ndebian:x:1000:1000::/home/debian:/bin/bash\n"],
        ];
    for (const [path, text] of files) this.files.plant(path!, text!);
  }

  start(guest: LabGuest, command: readonly string[], input: Uint8Array): number {
    const world = { files: this.files, hostname: guestName(guest), windows: isWindows(guest) };
    const result = runCommand(world, command, input);
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
