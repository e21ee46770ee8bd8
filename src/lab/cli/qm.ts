import { pause } from "../shell/process.ts";
import { type CommandLine, family, type Verb } from "./command-line.ts";
import { commonVerbs, worker } from "./guest-verbs.ts";
import { guestPath } from "./paths.ts";
import { perlJson } from "./table.ts";

const MIB = 1_048_576;
const GIB = 1024 * MIB;
/** Seconds that a command in a guest is waited for (pve-facts 118). */
const EXEC_SECONDS = 30;

const list: Verb = {
  args: [],
  run: ({ node, process: { machine, out } }) => {
    const { state } = machine;
    const row = (cells: readonly string[]): string =>
      `${cells[0]!.padStart(10)} ${cells[1]!.padEnd(20)} ${cells[2]!.padEnd(10)} ${cells[3]!.padEnd(10)} ${cells[4]!.padStart(12)} ${cells[5]!.padEnd(10)}\n`;
    const guests = [...state.guests.values()].filter((guest) => guest.type === "qemu" && guest.node === node);
    // Without a VM there is not even a head.
    if (guests.length > 0) out(row(["VMID", "NAME", "STATUS", "MEM(MB)", "BOOTDISK(GB)", "PID"]));
    for (const guest of guests.sort((a, b) => a.vmid - b.vmid))
      out(
        row([
          String(guest.vmid),
          String(guest.config.name ?? `VM ${guest.vmid}`),
          guest.running ? (guest.paused ? "paused" : "running") : "stopped",
          String(Math.round(guest.maxmem / MIB)),
          (guest.maxdisk / GIB).toFixed(2),
          String(guest.pid),
        ]),
      );
    return 0;
  },
};

/** `--sshkeys` names a file here, while the API takes its text in percent signs (pve-facts 117). */
function readKeys(line: CommandLine): void {
  const path = line.take("sshkeys");
  if (path === undefined) return;
  const text = Buffer.from(line.process.files.read(path).bytes).toString("utf8").trim();
  line.params.sshkeys = encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16)}`);
}

const set: Verb = {
  args: ["vmid"],
  run: async (line) => {
    const vmid = line.take("vmid") ?? "";
    readKeys(line);
    const changes = Object.entries(line.params).map(([key, value]) => `-${key} ${value}`);
    await line.call("PUT", guestPath(line.node, "qemu", vmid, "config"), line.params);
    line.process.out(`update VM ${vmid}: ${changes.join(" ")}\n`);
    return 0;
  },
};

/** Runs a program in a guest: the code is 0 whatever the program's own was, which the JSON holds (pve-facts 118). */
const guestExec: Verb = {
  args: ["vmid"],
  run: async (line) => {
    const agent = guestPath(line.node, "qemu", line.take("vmid") ?? "", "agent");
    const seconds = Number(line.take("timeout") ?? EXEC_SECONDS);
    const synchronous = line.take("synchronous") !== "0";
    const input = line.take("pass-stdin") === undefined ? undefined : await line.process.stdin.all();
    const started = await line.call("POST", `${agent}/exec`, {
      command: [...line.rest],
      ...(input === undefined ? {} : { "input-data": Buffer.from(input).toString("utf8") }),
    });
    const { out, err, signal } = line.process;
    const end = Date.now() + seconds * 1000;
    while (synchronous && !signal.aborted) {
      const told = await line.call("GET", `${agent}/exec-status`, { pid: started.pid });
      if (told.exited) {
        out(`${perlJson(told, true)}\n`);
        return 0;
      }
      if (seconds > 0 && Date.now() >= end) {
        err(`timeout reached, returning pid\n`);
        break;
      }
      await pause(line.process, 10);
    }
    out(`${perlJson({ pid: started.pid }, true)}\n`);
    return 0;
  },
};

const AGENT_READS = /^(?:get-|info$|network-get|fsfreeze-status$)/;

const guestCommand: Verb = {
  args: ["vmid", "command"],
  run: async (line) => {
    const command = line.take("command") ?? "";
    const method = AGENT_READS.test(command) ? "GET" : "POST";
    const data = await line.call(method, guestPath(line.node, "qemu", line.take("vmid") ?? "", `agent/${command}`));
    if (data?.result !== undefined) line.process.out(`${perlJson(data.result, true)}\n`);
    return 0;
  },
};

const showCommand: Verb = {
  args: ["vmid"],
  run: ({ node, params, process: { machine, out } }) => {
    const guest = machine.state.guest(node, "qemu", Number(params.vmid));
    const { name = `vm${guest.vmid}`, cores = 1, sockets = 1, memory = 512 } = guest.config;
    out(
      `/usr/bin/kvm -id ${guest.vmid} -name '${name},debug-threads=on' -no-shutdown -daemonize -smp '${sockets},sockets=${sockets},cores=${cores},maxcpus=${Number(sockets) * Number(cores)}' -nodefaults -m ${memory}\n`,
    );
    return 0;
  },
};

/** What needs a terminal (pve-facts 118). */
const terminal: Verb = {
  args: ["vmid"],
  run: ({ process: { err, tty } }) => {
    if (tty) return 0;
    err("please run this in a terminal\n");
    return 255;
  },
};

const cloudinit: Verb = {
  args: ["vmid", "type"],
  run: async (line) => {
    const path = guestPath(line.node, "qemu", line.take("vmid") ?? "", "cloudinit/dump");
    line.process.out(`${await line.call("GET", path, { type: line.take("type") })}\n`);
    return 0;
  },
};

/** `qm`: the VMs of this node. */
export const qm = family("qm", {
  ...commonVerbs("qemu"),
  list,
  set,
  create: {
    args: ["vmid"],
    run: async (line) => {
      readKeys(line);
      return await line.follow(await line.call("POST", `/nodes/${line.node}/qemu`, line.params));
    },
  },
  reset: worker("qemu", "POST", "status/reset"),
  "disk resize": worker("qemu", "PUT", "resize", { args: ["disk", "size"], end: "silent" }),
  "disk move": worker("qemu", "POST", "move_disk", { args: ["disk", "storage"] }),
  "move-disk": worker("qemu", "POST", "move_disk", { args: ["disk", "storage"] }),
  "guest exec": guestExec,
  "guest cmd": guestCommand,
  agent: guestCommand,
  "cloudinit dump": cloudinit,
  "cloudinit update": worker("qemu", "PUT", "cloudinit"),
  showcmd: showCommand,
  terminal,
  monitor: terminal,
});
