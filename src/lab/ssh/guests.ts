import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { AuthContext, Connection, ServerChannel } from "ssh2";
import { insideOf } from "../guests/agent-inside.ts";
import { type ExecResult, runCommand } from "../guests/agent-shell.ts";
import type { GuestFiles } from "../guests/guest-files.ts";
import { isWindows } from "../guests/guest-system.ts";
import type { HostTroubles } from "../shell/process.ts";
import type { HostCommandRecord } from "../shell/session.ts";
import type { ClusterState } from "../state/cluster.ts";
import { guestName } from "../state/report.ts";
import type { LabGuest } from "../state/types.ts";
import { fingerprintOf } from "./keys.ts";
import { judgeKey, newKeyPair } from "./login.ts";
import type { SshNode } from "./server.ts";
import { serveFiles } from "./sftp.ts";

interface GuestOptions {
  host: string;
  troubles: HostTroubles;
  commands: HostCommandRecord[];
  state: ClusterState;
  /** The key that all users take. */
  publicKey: string;
}

type Library = typeof import("ssh2");

/** Where each user of a guest has his keys. */
const KEYS: Readonly<Record<"linux" | "windows", Readonly<Record<string, string>>>> = {
  linux: { root: "/root/.ssh/authorized_keys", debian: "/home/debian/.ssh/authorized_keys" },
  windows: { Administrator: "C:/ProgramData/ssh/administrators_authorized_keys" },
};

/** Characters of a line that cmd.exe takes. */
const LONGEST_LINE = 8191;

interface Started {
  server: InstanceType<Library["Server"]>;
  listener: Server;
  node: SshNode;
}

/** SSH servers inside of guests, each started when it is first asked for. */
export class GuestServers {
  readonly #ssh: Library;
  readonly #options: GuestOptions;
  readonly #started = new Map<number, Promise<Started>>();
  readonly #sockets = new Set<Duplex>();

  constructor(ssh: Library, options: GuestOptions) {
    this.#ssh = ssh;
    this.#options = options;
  }

  async start(vmid: number): Promise<SshNode> {
    let started = this.#started.get(vmid);
    if (!started) {
      started = this.#start(vmid);
      this.#started.set(vmid, started);
    }
    return (await started).node;
  }

  /** A stream to the guest of that address, as a host on the way to it gives it. */
  forward(address: string, accept: () => Duplex, reject: () => void): void {
    const guest = [...this.#options.state.guests.values()].find((one) => one.addresses.includes(address));
    const started = guest && this.#started.get(guest.vmid);
    if (!guest?.running || !started) {
      reject();
      return;
    }
    void started.then(({ server }) => {
      const stream = accept();
      this.#keep(stream);
      server.injectSocket(stream as Socket);
    });
  }

  drop(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.drop();
    for (const one of this.#started.values()) {
      const { listener } = await one;
      await new Promise<void>((resolve) => listener.close(() => resolve()));
    }
  }

  #keep(socket: Duplex): void {
    this.#sockets.add(socket);
    socket.on("close", () => this.#sockets.delete(socket));
    socket.on("error", () => socket.destroy());
  }

  #guest(vmid: number): LabGuest {
    const guest = this.#options.state.guests.get(vmid);
    if (!guest) throw new Error(`the lab has no guest ${vmid}`);
    return guest;
  }

  async #start(vmid: number): Promise<Started> {
    const { state, host, publicKey } = this.#options;
    const guest = this.#guest(vmid);
    const { files } = insideOf(state, guest);
    for (const path of Object.values(KEYS[systemOf(guest)])) files.plant(path, `${publicKey}\n`, { mode: 0o600 });
    const [own, other] = [1, 2].map(() => newKeyPair(this.#ssh.utils, `root@${guestName(guest)}`));
    const serve = (connection: Connection) => this.#serve(connection, vmid);
    const ident = systemOf(guest) === "windows" ? "OpenSSH_for_Windows_9.5" : "OpenSSH_10.0p2 Debian-7";
    const [server, changed] = [own!, other!].map(
      ({ privateKey }) => new this.#ssh.Server({ hostKeys: [privateKey], ident }, serve),
    );
    const listener = createServer((socket) => {
      this.#keep(socket);
      socket.setNoDelay(true);
      if (!this.#guest(vmid).running) socket.destroy();
      else (this.#options.troubles.otherHostKey ? changed : server)!.injectSocket(socket);
    });
    await new Promise<void>((resolve, reject) => {
      listener.once("error", reject);
      listener.listen(0, host, resolve);
    });
    const { port } = listener.address() as AddressInfo;
    const hostKey = fingerprintOf(own!.publicKey);
    const knownHosts = `[${host}]:${port} ${own!.publicKey.split(" ").slice(0, 2).join(" ")}`;
    return { server: server!, listener, node: { host, port, hostKey, knownHosts } };
  }

  #serve(connection: Connection, vmid: number): void {
    const { state, troubles, commands } = this.#options;
    const guest = this.#guest(vmid);
    const { files } = insideOf(state, guest);
    let user = "root";
    connection.on("error", () => {});
    connection.on("authentication", (context: AuthContext) => {
      user = context.username;
      const path = KEYS[systemOf(guest)][user];
      const refuse = () => context.reject(["publickey"]);
      if (context.method !== "publickey" || path === undefined || troubles.refuseLogin) refuse();
      else judgeKey(context, textOf(files, path), this.#ssh.utils.parseKey, refuse);
    });
    connection.on("ready", () =>
      connection.on("session", (accept) => {
        const session = accept();
        session.on("exec", (acceptExec, _, { command }) => {
          const channel = acceptExec();
          const record: HostCommandRecord = { node: guestName(guest), user, command };
          commands.push(record);
          if (/\bsudo -n\b.*\/sftp-server\b/.test(command)) serveFiles(channel, placeOf(files, guest, troubles));
          else void this.#run(channel, guest, record);
        });
        session.on("subsystem", (acceptSubsystem, reject, { name }) => {
          if (name === "sftp") serveFiles(acceptSubsystem(), placeOf(files, guest, troubles));
          else reject?.();
        });
      }),
    );
  }

  /** Commands that run, by what ends them. */
  readonly #running = new Map<string, () => void>();

  async #run(channel: ServerChannel, guest: LabGuest, record: HostCommandRecord): Promise<void> {
    const { state } = this.#options;
    const { command } = record;
    const input = await everything(channel);
    const mark = markToEnd(command);
    if (mark !== undefined) for (const [line, end] of this.#running) if (line.includes(mark)) end();
    const windows = systemOf(guest) === "windows";
    const world = { files: insideOf(state, guest).files, hostname: guestName(guest), windows };
    const result = windows
      ? onWindows(command, (argv) => runCommand(world, argv, input))
      : runCommand(world, ["/bin/sh", "-c", command], input);
    let ended = false;
    await new Promise<void>((resolve) => {
      const cancel = state.timers.after(result.ms, resolve);
      const end = () => {
        cancel();
        ended = true;
        resolve();
      };
      this.#running.set(command, end);
      channel.on("close", end);
    });
    this.#running.delete(command);
    channel.write(Buffer.from(result.out));
    channel.stderr.write(Buffer.from(result.err));
    record.code = ended ? (windows ? 1 : 124) : (result.exitcode ?? 128 + (result.signal ?? 0));
    channel.exit(record.code);
    channel.end();
  }
}

function systemOf(guest: LabGuest): "linux" | "windows" {
  return isWindows(guest) ? "windows" : "linux";
}

function textOf(files: GuestFiles, path: string): string {
  return Buffer.from(files.find(path)?.bytes ?? "").toString("utf8");
}

/** Windows has its drives below the root. */
function placeOf(files: GuestFiles, guest: LabGuest, troubles: HostTroubles) {
  const real = (path: string): string => {
    const parts: string[] = [];
    for (const part of path.replace(/^\/(?=[A-Za-z]:)/, "").split("/")) {
      if (part === "..") parts.pop();
      else if (part !== "" && part !== ".") parts.push(part);
    }
    return isWindows(guest) ? parts.join("/") : `/${parts.join("/")}`;
  };
  return { files, troubles, real, disk: () => ({ maxdisk: guest.maxdisk, useddisk: 0 }) };
}

/** What a command that ends others looks for in theirs. */
function markToEnd(command: string): string | undefined {
  const posix = /pkill -TERM -f '\\''\^(timeout [^']+)'/.exec(command)?.[1];
  if (posix !== undefined) return posix;
  const encoded = /-EncodedCommand (\S+)/.exec(command)?.[1];
  if (encoded === undefined) return undefined;
  const script = Buffer.from(encoded, "base64").toString("utf16le");
  return /CommandLine LIKE '%([^%']+)%'.*taskkill/.exec(script)?.[1];
}

/** What cmd.exe, which OpenSSH on Windows starts for every command, makes of a line. */
function onWindows(line: string, run: (argv: string[]) => ExecResult): ExecResult {
  const say = (exitcode: number, out: string, err = "") => ({
    exitcode,
    out: Buffer.from(out),
    err: Buffer.from(err),
    ms: 0,
  });
  if (line.length > LONGEST_LINE) return say(1, "", "The command line is too long.\r\n");
  if (line === "echo %OS%") return say(0, "Windows_NT\r\n");
  try {
    return run(line.split(" "));
  } catch {
    const name = line.split(" ")[0];
    return say(
      1,
      "",
      `'${name}' is not recognized as an internal or external command,\r\noperable program or batch file.\r\n`,
    );
  }
}

/** All that comes in, up to its end. */
function everything(channel: ServerChannel): Promise<Uint8Array> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const done = (): void => resolve(Buffer.concat(chunks));
    channel.on("data", (chunk: Buffer) => chunks.push(chunk));
    channel.once("end", done).once("close", done);
  });
}
