import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { tellSecret } from "../../../src/lab/made-secrets.ts";

const SSHD = "/usr/sbin/sshd";

/** Why no server can be started here; undefined when one can. */
export function sshdMissing(): string | undefined {
  if (process.platform === "win32") return "sshd is not started on Windows";
  if (!existsSync(SSHD)) return `${SSHD} is not installed (apt-get install openssh-server)`;
  return undefined;
}

/** An SSH server to try the client on: OpenSSH here, the lab's own elsewhere. */
export interface SshTarget {
  address: string;
  port: number;
  username: string;
  privateKey: string;
  /** The public part of that key, a line of authorized_keys. */
  userKey: string;
  /** `SHA256:…` of its host keys, as `ssh-keygen -lf` prints each line. */
  hostKeyLines: readonly string[];
  /** Public host keys, `ssh-ed25519 AAAA…`. */
  publicKeys: readonly string[];
  /** Directory that commands and SFTP see, empty at the start; undefined where files are not shared with the test. */
  folder: string;
  /** Commands found there go before the host's own. */
  commands: string;
  /** Ends every connection, as a cable that is pulled. */
  drop(): void;
  close(): Promise<void>;
}

export interface SshdOptions {
  port?: number;
  keyTypes?: readonly ("ed25519" | "ecdsa" | "rsa")[];
  passphrase?: string;
  /** Another server whose user is let in too. */
  authorize?: SshTarget;
  /** Lines for its configuration. */
  settings?: readonly string[];
  /** Logs somebody in who is not root, where only this server and what it starts know of him. */
  as?: PrivateUser;
}

/** A user that the machine does not have, what sudo lets him do, and programs in the place of the machine's own. */
interface PrivateUser {
  name: string;
  sudoers: string;
  programs?: Readonly<Record<string, string>>;
}

/** Starts an OpenSSH server on loopback, with host keys and an authorized key of its own, as the current user. */
export async function startSshd(options: SshdOptions = {}): Promise<SshTarget> {
  const home = mkdtempSync(join(tmpdir(), "sshd-"));
  const commands = join(home, "bin");
  const folder = join(home, "files");
  for (const path of [commands, folder]) mkdirSync(path);
  const keygen = (...argv: string[]) => execFileSync("ssh-keygen", argv, { encoding: "utf8" });
  const types = options.keyTypes ?? ["ed25519", "rsa"];
  for (const type of types) keygen("-q", "-t", type, "-N", "", "-C", "root@pve1", "-f", join(home, `host_${type}`));
  keygen("-q", "-t", "ed25519", "-N", options.passphrase ?? "", "-C", "tests", "-f", join(home, "user"));
  const keys = [readFileSync(join(home, "user.pub"), "utf8"), options.authorize?.userKey ?? ""];
  writeFileSync(join(home, "authorized_keys"), keys.join(""), { mode: 0o600 });
  const port = options.port ?? (await freePort());
  const config = [
    "ListenAddress 127.0.0.1",
    `Port ${port}`,
    ...types.map((type) => `HostKey ${join(home, `host_${type}`)}`),
    `AuthorizedKeysFile ${join(home, "authorized_keys")}`,
    `PidFile ${join(home, "pid")}`,
    `SetEnv PATH=${commands}:${process.env.PATH}`,
    "UsePAM no",
    "PasswordAuthentication no",
    "KbdInteractiveAuthentication no",
    "StrictModes no",
    "PermitRootLogin yes",
    "Subsystem sftp internal-sftp",
    ...(options.settings ?? []),
  ];
  writeFileSync(join(home, "config"), `${config.join("\n")}\n`);
  if (userInfo().uid === 0) mkdirSync("/run/sshd", { recursive: true, mode: 0o755 });
  if (options.as) {
    chmodSync(home, 0o755);
    chmodSync(join(home, "authorized_keys"), 0o644);
  }
  const child = launch(home, options.as);
  await answers(port, child);
  const privateKey = readFileSync(join(home, "user"), "utf8");
  tellSecret("SSH key of tests", privateKey);
  return {
    address: "127.0.0.1",
    port,
    username: options.as?.name ?? userInfo().username,
    privateKey,
    userKey: keys[0]!,
    hostKeyLines: types.map((type) => keygen("-lf", join(home, `host_${type}.pub`)).trim()),
    publicKeys: types.map((type) =>
      readFileSync(join(home, `host_${type}.pub`), "utf8")
        .trim()
        .split(" ")
        .slice(0, 2)
        .join(" "),
    ),
    folder,
    commands,
    drop() {
      for (const pid of childrenOf(child.pid!)) kill(pid);
    },
    async close() {
      for (const pid of childrenOf(child.pid!)) kill(pid);
      await ended(child);
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** A script in the place of a command, which writes its arguments, each ended by NUL, to a file. */
export function recordArgv(target: SshTarget, name: string): { argv(): string[]; stdin(): string } {
  const at = join(target.commands, name);
  const out = join(target.folder, `${name}.argv`);
  const input = join(target.folder, `${name}.stdin`);
  writeFileSync(at, `#!/bin/sh\n: > '${out}'\nfor a; do printf '%s\\0' "$a" >> '${out}'; done\ncat > '${input}'\n`);
  chmodSync(at, 0o755);
  return {
    argv: () => readFileSync(out, "utf8").split("\0").slice(0, -1),
    stdin: () => readFileSync(input, "utf8"),
  };
}

/** A script of one's own in the place of a command. */
export function putCommand(target: SshTarget, name: string, script: string): void {
  writeFileSync(join(target.commands, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(target.commands, name), 0o755);
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function launch(home: string, as?: PrivateUser): ChildProcess {
  const argv = [SSHD, "-D", "-e", "-f", join(home, "config")];
  const [program, ...args] = as ? [...privateView(home, as), ...argv] : argv;
  return spawn(program!, args, { stdio: ["ignore", "ignore", "pipe"] });
}

/** Puts files in the place of the machine's own, for one process and what it starts. */
function privateView(home: string, { name, sudoers, programs = {} }: PrivateUser): string[] {
  const put = (path: string, text: string, mode: number) => {
    const at = join(home, path.replaceAll("/", "_"));
    writeFileSync(at, text, { mode });
    chmodSync(at, mode);
    return `mount --bind '${at}' '${path}'`;
  };
  const users = readFileSync("/etc/passwd", "utf8");
  const mounts = [
    put("/etc/passwd", `${users}${name}:*:64123:64123::${home}/files:/bin/sh\n`, 0o644),
    put("/etc/sudoers", sudoers, 0o440),
    ...Object.entries(programs).map(([path, script]) => put(path, `#!/bin/sh\n${script}\n`, 0o755)),
  ];
  const script = ["mount --make-rprivate /", ...mounts, 'exec "$@"'].join(" && ");
  return ["unshare", "-m", "sh", "-c", script, "sh"];
}

/** Why no user of one's own can be had here; undefined when one can. */
export function privateUserMissing(): string | undefined {
  if (userInfo().uid !== 0) return "only root can give a process files of its own";
  if (!existsSync("/usr/bin/sudo")) return "sudo is not installed (apt-get install sudo)";
  try {
    execFileSync("unshare", ["-m", "mount", "--make-rprivate", "/"], { stdio: "ignore" });
    return undefined;
  } catch {
    return "this machine gives no mount namespaces";
  }
}

/** Waits until the server says that it listens. */
async function answers(port: number, child: ChildProcess): Promise<void> {
  let said = "";
  await new Promise<void>((resolve, reject) => {
    child.stderr!.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes(`port ${port}`)) resolve();
    });
    child.once("exit", () => reject(new Error(`sshd ended: ${said}`)));
  });
}

/** Processes that serve the connections: the server's own children, and theirs that are sshd too. */
function childrenOf(pid: number): number[] {
  const children = (of: number): number[] => {
    try {
      return readFileSync(`/proc/${of}/task/${of}/children`, "utf8").split(" ").filter(Boolean).map(Number);
    } catch {
      return [];
    }
  };
  const isSshd = (one: number) => {
    try {
      return readFileSync(`/proc/${one}/comm`, "utf8").startsWith("sshd");
    } catch {
      return false;
    }
  };
  const own = children(pid).filter(isSshd);
  return own.flatMap((one) => [...childrenOf(one), one]);
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended.
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise((resolve) => {
    child.once("exit", resolve);
    child.kill("SIGKILL");
  });
}
