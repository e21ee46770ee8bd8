import type { CommandLine, Verb, WorkerEnd } from "./command-line.ts";
import { guestPath } from "./paths.ts";

export type GuestKind = "qemu" | "lxc";

function vmidOf(line: CommandLine): string {
  return line.take("vmid") ?? "";
}

/** A command that is one call, and its worker in the foreground. */
export function worker(
  kind: GuestKind,
  method: string,
  below: string,
  options: { args?: readonly string[]; end?: WorkerEnd; prepare?: (line: CommandLine) => void } = {},
): Verb {
  return {
    args: ["vmid", ...(options.args ?? [])],
    run: async (line) => {
      const vmid = vmidOf(line);
      options.prepare?.(line);
      const path = guestPath(line.node, kind, vmid, below).replace(
        /\{(\w+)\}/g,
        (_, name: string) => line.take(name) ?? "",
      );
      return await line.follow(await line.call(method, path, line.params), options.end);
    },
  };
}

/** A guest's configuration, a key a line. */
function config(kind: GuestKind): Verb {
  return {
    args: ["vmid"],
    run: async (line) => {
      const data = await line.call("GET", guestPath(line.node, kind, vmidOf(line), "config"), line.params);
      for (const key of Object.keys(data).sort()) {
        if (key === "digest" || key === "lxc") continue;
        const value = key === "description" ? encodeURIComponent(String(data[key])).replaceAll("%20", " ") : data[key];
        line.process.out(`${key}: ${value}\n`);
      }
      return 0;
    },
  };
}

/** What is set, what will be, and what will be gone: `cur`, `new` and `del`. */
function pending(kind: GuestKind): Verb {
  return {
    args: ["vmid"],
    run: async (line) => {
      const rows = await line.call("GET", guestPath(line.node, kind, vmidOf(line), "pending"));
      for (const row of rows.sort((a: { key: string }, b: { key: string }) => (a.key < b.key ? -1 : 1))) {
        if (row.key === "digest") continue;
        if (row.delete !== undefined) line.process.out(`del ${row.key}: ${row.value}\n`);
        else if (row.value !== undefined) line.process.out(`cur ${row.key}: ${row.value}\n`);
        if (row.pending !== undefined) line.process.out(`new ${row.key}: ${row.pending}\n`);
      }
      return 0;
    },
  };
}

function status(kind: GuestKind): Verb {
  return {
    args: ["vmid"],
    run: async (line) => {
      const data = await line.call("GET", guestPath(line.node, kind, vmidOf(line), "status/current"));
      if (line.take("verbose") === undefined) line.process.out(`status: ${data.status}\n`);
      else
        for (const key of Object.keys(data).sort())
          if (typeof data[key] !== "object") line.process.out(`${key}: ${data[key]}\n`);
      return 0;
    },
  };
}

/** Snapshots as a tree that ends where the guest is now. */
function listSnapshots(kind: GuestKind): Verb {
  return {
    args: ["vmid"],
    run: async (line) => {
      const rows: { name: string; parent?: string; snaptime?: number; description?: string }[] = await line.call(
        "GET",
        guestPath(line.node, kind, vmidOf(line), "snapshot"),
      );
      const show = (parent: string | undefined, depth: number): void => {
        for (const row of rows.filter((one) => one.parent === parent)) {
          const time = row.snaptime === undefined ? "" : new Date(row.snaptime * 1000).toISOString().slice(0, 19);
          const text = row.description?.split("\n")[0] || "no-description";
          const name = `${" ".repeat(depth)}\`-> ${row.name}`;
          line.process.out(`${name.padEnd(24)} ${time.replace("T", " ").padEnd(22)} ${text}\n`);
          if (row.name !== "current") show(row.name, depth + 1);
        }
      };
      show(undefined, 0);
      return 0;
    },
  };
}

/** Takes the lock away, which only the command line can (pve-facts 52). */
function unlock(kind: GuestKind): Verb {
  return {
    args: ["vmid"],
    run: (line) => {
      const { state } = line.process.machine;
      const guest = state.guest(line.node, kind, Number(vmidOf(line)));
      delete guest.config.lock;
      state.touch(guest);
      return 0;
    },
  };
}

/** Commands that both kinds of guests have. */
export function commonVerbs(kind: GuestKind): Record<string, Verb> {
  const shared = {
    config: config(kind),
    pending: pending(kind),
    status: status(kind),
    listsnapshot: listSnapshots(kind),
    unlock: unlock(kind),
    start: worker(kind, "POST", "status/start"),
    stop: worker(kind, "POST", "status/stop"),
    shutdown: worker(kind, "POST", "status/shutdown"),
    reboot: worker(kind, "POST", "status/reboot"),
    suspend: worker(kind, "POST", "status/suspend"),
    resume: worker(kind, "POST", "status/resume"),
    destroy: worker(kind, "DELETE", ""),
    clone: worker(kind, "POST", "clone", { args: ["newid"] }),
    migrate: worker(kind, "POST", "migrate", { args: ["target"] }),
    // No code tells that these failed (pve-facts 114).
    template: worker(kind, "POST", "template", { end: "silent" }),
    resize: worker(kind, "PUT", "resize", { args: ["disk", "size"], end: "silent" }),
    snapshot: worker(kind, "POST", "snapshot", { args: ["snapname"] }),
    delsnapshot: worker(kind, "DELETE", "snapshot/{snapname}", { args: ["snapname"] }),
    rollback: worker(kind, "POST", "snapshot/{snapname}/rollback", { args: ["snapname"] }),
  };
  return shared;
}
