import type { Connection, ServerChannel } from "ssh2";
import { KilledBySignal, type Machine } from "../shell/process.ts";
import { maySudo } from "../shell/programs.ts";
import { type HostCommandRecord, runHostCommand } from "../shell/session.ts";
import { openConsole } from "../shell/terminal.ts";
import { serveSftp } from "./sftp.ts";

/** Variables that a host takes from a client, as Debian's sshd does. */
const TAKEN = /^(?:LANG|LC_.*|COLORTERM|NO_COLOR)$/;

/** The host's own SFTP server, run as root by a command rather than as the subsystem. */
const SFTP_SERVER = /\bsudo -n\b.*?(\/\S*\/sftp-server)\b/;

/** Who has logged in. */
export interface Login {
  user: string;
  /** Where commands are put on record. */
  commands: HostCommandRecord[];
  /** Cuts the connection without a word. */
  hangUp(): void;
}

/** Serves what a client that has logged in asks for: commands, shells and files. */
export function serveSession(connection: Connection, machine: Machine, { user, commands, hangUp }: Login): void {
  connection.on("session", (accept) => {
    const session = accept();
    const variables: Record<string, string> = {};
    let tty = false;
    const abort = new AbortController();
    session.on("env", (acceptEnv, _reject, { key, val }) => {
      if (TAKEN.test(key)) variables[key] = val;
      acceptEnv?.();
    });
    session.on("pty", (acceptPty) => {
      tty = true;
      acceptPty?.();
    });
    session.on("window-change", (acceptChange) => acceptChange?.());
    session.on("signal", (acceptSignal) => {
      abort.abort();
      acceptSignal?.();
    });
    session.on("exec", (acceptExec, _reject, { command }) => {
      const channel = acceptExec();
      const server = SFTP_SERVER.exec(command)?.[1];
      if (server !== undefined && maySudo(machine, user, [server])) {
        commands.push({ node: machine.node, user, command });
        serveSftp(channel, machine, "root");
        return;
      }
      void serveCommand(channel, hangUp, { machine, user, command, variables, tty, abort }, commands);
    });
    session.on("shell", (acceptShell) => {
      const channel = acceptShell();
      const terminal = openConsole(machine, user, (bytes) => channel.write(bytes), {
        commands,
        ended: () => {
          channel.exit(0);
          channel.end();
        },
      });
      channel.on("data", (bytes: Buffer) => terminal.type(bytes));
      channel.on("close", () => terminal.close());
    });
    // Not the library's own file server: that one does not offer what OpenSSH adds to the protocol.
    session.on("subsystem", (acceptSubsystem, rejectSubsystem, { name }) => {
      if (name !== "sftp") rejectSubsystem?.();
      else serveSftp(acceptSubsystem(), machine, user);
    });
  });
}

interface Wanted {
  machine: Machine;
  user: string;
  command: string;
  variables: Record<string, string>;
  tty: boolean;
  abort: AbortController;
}

async function serveCommand(
  channel: ServerChannel,
  hangUp: () => void,
  { machine, user, command, variables, tty, abort }: Wanted,
  commands: HostCommandRecord[],
): Promise<void> {
  const record: HostCommandRecord = { node: machine.node, user, command };
  commands.push(record);
  channel.on("close", () => abort.abort());
  channel.on("error", () => abort.abort());
  const { dropAfterBytes } = machine.troubles;
  let written = 0;
  const write = (stream: { write(bytes: Uint8Array): unknown }, text: string | Uint8Array): void => {
    if (abort.signal.aborted) return;
    let bytes: Uint8Array = Buffer.from(text as string);
    if (dropAfterBytes !== undefined) bytes = bytes.subarray(0, Math.max(0, dropAfterBytes - written));
    written += bytes.length;
    if (bytes.length > 0) stream.write(bytes);
  };
  try {
    const code = await runHostCommand({
      machine,
      user,
      command,
      variables,
      stdin: { all: () => everything(channel) },
      out: (text) => write(channel, text),
      err: (text) => write(channel.stderr, text),
      signal: abort.signal,
      tty,
    });
    record.code = code;
    if (dropAfterBytes !== undefined) {
      // What was written goes out first.
      setTimeout(hangUp, 20);
      return;
    }
    channel.exit(code);
  } catch (error) {
    if (error instanceof KilledBySignal) {
      record.signal = error.signal;
      channel.exit(error.signal, false, "");
    } else {
      channel.stderr.write(`lab: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      channel.exit(255);
    }
  }
  channel.end();
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
