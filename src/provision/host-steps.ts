import type { OperationId } from "../schema/operation.ts";
import { type ExecResult, type HostSession, quoteArgv } from "../ssh/index.ts";
import { AlreadyThereError, HostNeedsError, RemoteCommandError } from "./errors.ts";
import type { Names } from "./names.ts";
import { readsExpressions } from "./sudo-rules.ts";
import type { Step } from "./steps.ts";

/** What setting up a user on a node is to gate, policy and audit. */
export const ACCESS_OPERATION: OperationId = "RUN /nodes/{node}/access/key";

const COMMAND_MS = 30_000;

/** A node on which root sets up a user. */
export interface RootHost {
  node: string;
  session: HostSession;
}

/** Runs a command; one that does not end with one of `fine` is an error. */
async function run(
  { node, session }: RootHost,
  command: readonly string[],
  fine: readonly number[] = [0],
): Promise<ExecResult> {
  const result = await session.exec({ command, timeoutMs: COMMAND_MS });
  if (result.code !== undefined && fine.includes(result.code)) return result;
  throw new RemoteCommandError(node, command.slice(0, 2).join(" "), result.code, result.stderr || result.stdout);
}

/** What of an enrolment's names is taken on a node already; refuses a node without a sudo that reads the rules. */
export async function takenOnHost(
  host: RootHost,
  names: Names,
  { expressions }: { expressions: boolean },
): Promise<string[]> {
  const { node, session } = host;
  const version = await session.exec({ command: ["sudo", "-V"], timeoutMs: COMMAND_MS });
  if (version.code !== 0) {
    throw new HostNeedsError(
      node,
      "sudo is not installed",
      "Run apt install sudo there, or enroll the token alone (--only token).",
    );
  }
  const [, found = ""] = /^Sudo version (\S+)/m.exec(version.stdout) ?? [];
  if (expressions && !readsExpressions(found)) {
    throw new HostNeedsError(
      node,
      `sudo ${found} cannot read the rules that narrow what the user may do`,
      "Use --sudo all, by which the user may do everything as root; or a newer Proxmox VE.",
    );
  }
  const taken: string[] = [];
  if ((await run(host, ["getent", "passwd", names.sshUser], [0, 2])).code === 0)
    taken.push(`user ${names.sshUser} on ${node}`);
  for (const path of [names.sudoers, `${names.sudoers}.new`, names.home]) {
    if ((await run(host, ["test", "-e", path], [0, 1])).code === 0) taken.push(`${path} on ${node}`);
  }
  return taken;
}

/** The name by which Proxmox VE knows the node. */
export async function nodeName(host: RootHost): Promise<string> {
  return (await run(host, ["hostname"])).stdout.trim().split(".")[0]!;
}

export interface HostStepsOptions {
  names: Names;
  /** `ssh-ed25519 AAAA…`. */
  publicKey: string;
  /** Content of the sudoers file. */
  rules: string;
}

/** A user, its key, and what sudo lets it do; the rules are read by visudo before sudo ever sees them. */
export function hostSteps(host: RootHost, { names, publicKey, rules }: HostStepsOptions): Step[] {
  const { node, session } = host;
  const { sshUser: user, home, sudoers } = names;
  const folder = `${home}/.ssh`;
  const keys = `${folder}/authorized_keys`;
  const made = ["useradd", "--create-home", "--shell", "/bin/sh", "--comment", names.comment, "--password", "*", user];
  const gone = ["userdel", "--force", "--remove", user];
  const commands = (list: readonly (readonly string[])[]) => list.map((command) => quoteArgv(command));
  const folderMade = ["install", "-d", "-m", "0700", "-o", user, "-g", user, folder];
  const keysOwned = ["chown", `${user}:${user}`, keys];
  const draft = `${sudoers}.new`;
  const checked = ["visudo", "-cf", draft];
  const placed = ["mv", "-T", draft, sudoers];
  const dropped = ["rm", "-f", draft, sudoers];
  return [
    {
      what: `user ${user} on ${node}`,
      lines: commands([made]),
      do: async () => {
        const { code } = await run(host, made, [0, 9]);
        // It was not there a moment ago: somebody else has made it.
        if (code === 9) throw new AlreadyThereError([`user ${user} on ${node}`], names.name);
      },
      undo: async () => void (await run(host, gone, [0, 6])),
      undoLines: commands([gone]),
    },
    {
      what: `key of ${user} on ${node}`,
      lines: [...commands([folderMade]), `write ${keys} (mode 0600): the public key`, ...commands([keysOwned])],
      do: async () => {
        await run(host, folderMade);
        await session.writeFile({
          path: keys,
          bytes: Buffer.from(`${keyLine(publicKey)}\n`),
          mode: 0o600,
          exclusive: true,
        });
        await run(host, keysOwned);
      },
      undo: async () => void (await run(host, ["rm", "-f", keys])),
      undoLines: commands([["rm", "-f", keys]]),
    },
    {
      what: `${sudoers} on ${node}`,
      lines: [`write ${draft} (mode 0440):\n${rules.trimEnd().replace(/^/gm, "    ")}`, ...commands([checked, placed])],
      do: async () => {
        await session.writeFile({ path: draft, bytes: Buffer.from(rules), mode: 0o440, exclusive: true });
        await run(host, checked);
        await run(host, placed);
      },
      undo: async () => void (await run(host, dropped)),
      undoLines: commands([dropped]),
    },
  ];
}

/** The key lets in, and does nothing else: no terminal, no forwarding, no agent. */
export function keyLine(publicKey: string): string {
  return `restrict ${publicKey}`;
}

/** Takes away what `hostSteps` made, whatever of it is there; the lines of it. */
export function hostRemoval(host: RootHost, names: Names): Step[] {
  return hostSteps(host, { names, publicKey: "", rules: "" }).reverse();
}
