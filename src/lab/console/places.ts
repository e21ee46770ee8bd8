import { insideOf } from "../guests/agent-inside.ts";
import { PROGRAMS } from "../guests/guest-programs.ts";
import { KilledBySignal, type Machine, type Program } from "../shell/process.ts";
import { simple, TERMINAL_PROGRAMS } from "../shell/programs.ts";
import { type HostCommandRecord, runLine, surroundingsOf } from "../shell/session.ts";
import { lineTerminal, openConsole, type Terminal, type TerminalOptions } from "../shell/terminal.ts";
import { guestName } from "../state/report.ts";
import type { LabGuest } from "../state/types.ts";
import type { ConsoleOffer } from "./offers.ts";

type Write = (bytes: Uint8Array) => void;

/** The password of root inside of guests that were given none. */
const GUEST_PASSWORD = "lab";

/** A login before whatever follows it: a name, a password that is not shown, and three tries or more. */
function withLogin(
  write: Write,
  host: string,
  check: (user: string, password: string) => boolean,
  enter: (user: string) => Terminal,
): Terminal {
  let inner: Terminal | undefined;
  let user: string | undefined;
  let line = "";
  write(Buffer.from(`\r\n${host} login: `));
  const take = (char: string): void => {
    if (char !== "\r" && char !== "\n") {
      line += char;
      if (user === undefined) write(Buffer.from(char));
      return;
    }
    const said = line.trim();
    line = "";
    write(Buffer.from("\r\n"));
    if (user === undefined) {
      if (said === "") write(Buffer.from(`${host} login: `));
      else {
        user = said;
        write(Buffer.from("Password: "));
      }
    } else if (check(user, said)) inner = enter(user);
    else {
      user = undefined;
      write(Buffer.from(`\r\nLogin incorrect\r\n${host} login: `));
    }
  };
  return {
    type: (bytes) => {
      const text = Buffer.from(bytes).toString("utf8");
      for (const [at, char] of [...text].entries()) {
        if (inner) {
          inner.type(Buffer.from([...text].slice(at).join("")));
          return;
        }
        take(char);
      }
    },
    resize: (columns, rows) => inner?.resize(columns, rows),
    close: () => inner?.close(),
  };
}

/** A shell inside of a guest, before its terminal. */
function guestShell(machine: Machine, guest: LabGuest, write: Write, options: TerminalOptions): Terminal {
  const hostname = guestName(guest);
  const { files } = insideOf(machine.state, guest);
  // Its processes are no others' than the guest's own.
  const inside: Machine = { ...machine, node: `${machine.node}/${guest.vmid}` };
  const find = (word: string): Program | undefined => {
    const name = word.replace(/^\/(?:usr\/)?s?bin\//, "");
    if (Object.hasOwn(TERMINAL_PROGRAMS, name)) return TERMINAL_PROGRAMS[name];
    return Object.hasOwn(PROGRAMS, name) ? simple(name, hostname) : undefined;
  };
  const around = surroundingsOf(find, () => files);
  return lineTerminal(
    write,
    () => `root@${hostname}:~# `,
    async (command, { show, stdin, settings, signal, leave }) => {
      const line = { machine: inside, user: "root", command, stdin, signal, out: show, err: show, files };
      await runLine({ ...line, tty: true, terminal: settings, left: leave }, around).catch((error: unknown) => {
        if (!(error instanceof KilledBySignal)) throw error;
      });
    },
    options,
  );
}

/** What is behind a console: a node's shell, or a guest's, each with a login before it unless it has none. */
export function openPlace(
  machine: Machine,
  offer: ConsoleOffer,
  write: Write,
  ended: () => void,
  commands: HostCommandRecord[],
): Terminal {
  const { state } = machine;
  const guest = offer.vmid === undefined ? undefined : state.guests.get(offer.vmid);
  if (guest) {
    if (!guest.running) {
      write(Buffer.from(`unable to find ${guest.type === "lxc" ? "console" : "serial interface"}\r\n`));
      setImmediate(ended);
    }
    const enter = (): Terminal => guestShell(machine, guest, write, { ended });
    if (guest.type === "lxc" && guest.config.cmode === "shell") return enter();
    const known = insideOf(state, guest).passwords;
    const check = (user: string, password: string): boolean =>
      user === "root" && password === (known.get("root") ?? GUEST_PASSWORD);
    return withLogin(write, guestName(guest), check, enter);
  }
  const shell = (user: string): Terminal => openConsole(machine, user, write, { commands, ended });
  // Only the user root itself is let in as it is; a token of root's is not root (pve-facts 85).
  if (offer.user === "root@pam") return shell("root");
  const check = (user: string, password: string): boolean =>
    state.access.users.get(`${user}@pam`)?.password === password;
  return withLogin(write, offer.node, check, shell);
}
