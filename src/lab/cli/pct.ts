import { insideOf } from "../guests/agent-inside.ts";
import { runCommand } from "../guests/agent-shell.ts";
import { pause } from "../shell/process.ts";
import { guestName } from "../state/report.ts";
import type { LabGuest } from "../state/types.ts";
import { type CommandLine, family, type Verb } from "./command-line.ts";
import { commonVerbs } from "./guest-verbs.ts";
import { guestPath } from "./paths.ts";

const list: Verb = {
  args: [],
  run: ({ node, process: { machine, out } }) => {
    const guests = [...machine.state.guests.values()].filter((one) => one.type === "lxc" && one.node === node);
    if (guests.length === 0) return 0;
    const row = (cells: readonly string[]): string =>
      `${cells[0]!.padEnd(10)} ${cells[1]!.padEnd(10)} ${cells[2]!.padEnd(12)} ${cells[3]!.padEnd(20)}\n`;
    out(row(["VMID", "Status", "Lock", "Name"]));
    for (const guest of guests.sort((a, b) => a.vmid - b.vmid))
      out(
        row([
          String(guest.vmid),
          guest.running ? "running" : "stopped",
          String(guest.config.lock ?? ""),
          String(guest.config.hostname ?? ""),
        ]),
      );
    return 0;
  },
};

/** The container of a command, which has to be on this node and to run. */
function running(line: CommandLine): LabGuest {
  const vmid = Number(line.take("vmid"));
  const guest = line.process.machine.state.guest(line.node, "lxc", vmid);
  if (!guest.running) throw new Error(`container '${vmid}' not running!`);
  return guest;
}

/** Commands that read what they are given; only these wait for its end. */
const READS =
  /(?:^|[\s;|&({])(?:(?:sudo )?(?:tee\b|(?:ba|da)?sh(?: -s)?$|base64 (?:-d|--decode)|cat\s*(?:$|[>|;)}]|-(?:\s|$))))/;

/** `pct exec ID -- COMMAND…` ends with the command's own code (pve-facts 78, 118). */
const exec: Verb = {
  args: ["vmid"],
  run: async (line) => {
    const guest = running(line);
    const { machine, out, err, stdin } = line.process;
    if (line.rest.length === 0) throw new Error("400 not enough arguments");
    const { files } = insideOf(machine.state, guest);
    const input = READS.test(line.rest.join(" ")) ? await stdin.all() : new Uint8Array();
    let result: ReturnType<typeof runCommand>;
    try {
      result = runCommand({ files, hostname: guestName(guest), windows: false }, line.rest, input);
    } catch {
      err(
        `lxc-attach: ${guest.vmid}: ../src/lxc/attach.c: lxc_attach_run_command: 1851 No such file or directory - Failed to exec "${line.rest[0]}"\n`,
      );
      return 127;
    }
    await pause(line.process, result.ms);
    out(result.out);
    err(result.err);
    return result.exitcode ?? 128 + (result.signal ?? 0);
  },
};

const push: Verb = {
  args: ["vmid", "file", "destination"],
  run: (line) => {
    const guest = running(line);
    const source = line.process.files.read(line.take("file") ?? "");
    const mode = Number.parseInt(line.take("perms") ?? "644", 8);
    const target = line.take("destination") ?? "";
    const { files } = insideOf(line.process.machine.state, guest);
    files.write(target, source.bytes, mode);
    Object.assign(files.read(target), {
      mode,
      owner: `${line.take("user") ?? "root"}:${line.take("group") ?? "root"}`,
    });
    return 0;
  },
};

const pull: Verb = {
  args: ["vmid", "path", "destination"],
  run: (line) => {
    const guest = running(line);
    const source = insideOf(line.process.machine.state, guest).files.read(line.take("path") ?? "");
    const mode = Number.parseInt(line.take("perms") ?? "644", 8);
    line.process.files.write(line.take("destination") ?? "", source.bytes, mode);
    return 0;
  },
};

const set: Verb = {
  args: ["vmid"],
  run: async (line) => {
    const vmid = line.take("vmid") ?? "";
    await line.call("PUT", guestPath(line.node, "lxc", vmid, "config"), line.params);
    return 0;
  },
};

const create: Verb = {
  args: ["vmid", "ostemplate"],
  run: async (line) => await line.follow(await line.call("POST", `/nodes/${line.node}/lxc`, line.params)),
};

/** What needs a terminal (pve-facts 118). */
const terminal: Verb = {
  args: ["vmid"],
  run: ({ process: { err, tty } }) => {
    if (tty) return 0;
    err("lxc-attach: must be run from a terminal\n");
    return 255;
  },
};

/** `pct`: the containers of this node. */
export const pct = family("pct", {
  ...commonVerbs("lxc"),
  list,
  exec,
  push,
  pull,
  set,
  create,
  enter: terminal,
  console: terminal,
});
