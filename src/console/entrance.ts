import type { ConsoleLogin } from "./consoles.ts";
import { ConsoleLoginError, type ConsolePlace, ConsoleSudoError, ConsoleUnsuitableError } from "./errors.ts";
import { entranceLine, NEEDS, probeLine, type Tag } from "./script.ts";
import type { Terminal } from "./terminal.ts";

/** Milliseconds without a word after which whoever is there waits for us. */
const QUIET_MS = 300;
/** Milliseconds after which a shell that has no prompt is asked whether it is there. */
const SILENT_MS = 10_000;
/** Milliseconds for an answer to one attempt, and for all of the way to a shell. */
const ANSWER_MS = 3000;
const READY_MS = 30_000;
/** Milliseconds for a login's verdict, which is held back when it is bad. */
const VERDICT_MS = 10_000;

const LOGIN = /login: ?$/;
const PASSWORD = /pass(?:word|wort|phrase)[^\n]*: ?$/i;

/** Goes on until a shell reads the script's lines: past a login, where there is one. */
export async function enter(
  terminal: Terminal,
  place: ConsolePlace,
  tag: Tag,
  { login, sudo }: { login: ConsoleLogin | undefined; sudo: boolean },
  signal: AbortSignal,
): Promise<void> {
  const word = tag.head + tag.tail;
  const late = performance.now() + READY_MS;
  const fail = (why: string): never => {
    throw new ConsoleUnsuitableError(place, why, lastWords(terminal));
  };
  let mark = terminal.length;
  let asked: "name" | "password" | undefined;
  const said = () => terminal.from(mark);
  const refused = () =>
    asked !== undefined && /^(Login incorrect|Authentication failure|Login timed out)/m.test(visible(said()));

  for (;;) {
    await settled(terminal, late, signal);
    if (terminal.ended) {
      if (asked !== undefined) throw new ConsoleLoginError(place, login!.username);
      fail(terminal.admitted ? "closed before there was a shell" : "did not take the ticket");
    }
    if (performance.now() > late) fail("gave no shell in time");
    if (!terminal.admitted) continue;
    const screen = visible(said());
    if (asked === "name" && PASSWORD.test(screen)) {
      // The prompt has switched the echo off: only here may it be typed.
      mark = terminal.length;
      asked = "password";
      terminal.type(`${login!.password}\r`);
      await terminal.until(() => terminal.ended || visible(said()).trim() !== "", VERDICT_MS, signal);
    } else if (LOGIN.test(screen)) {
      if (login === undefined) throw new ConsoleLoginError(place);
      if (asked !== undefined) throw new ConsoleLoginError(place, login.username);
      mark = terminal.length;
      asked = "name";
      terminal.type(`${login.username}\r`);
      await terminal.until(() => terminal.ended || PASSWORD.test(visible(said())), ANSWER_MS, signal);
    } else {
      if (refused()) throw new ConsoleLoginError(place, login!.username);
      terminal.type(probeLine(tag));
      if (await terminal.until(() => terminal.ended || said().includes(`${word}.`), ANSWER_MS, signal)) {
        if (!terminal.ended) break;
      }
    }
  }

  mark = terminal.length;
  terminal.type(entranceLine(tag, sudo));
  const answer = new RegExp(`${word}[-+]`);
  await terminal.until(() => terminal.ended || answer.test(said()), READY_MS, signal);
  const [found] = answer.exec(said()) ?? [];
  if (found?.endsWith("+")) return;
  const [refusal] =
    /sudo: [^\r\n]*|[^\r\n]*not in the sudoers[^\r\n]*/.exec(visible(said()).replace(/^.*exec sudo.*$/m, "")) ?? [];
  if (sudo && refusal !== undefined) throw new ConsoleSudoError(place, login!.username, refusal.slice(0, 200));
  fail(found === undefined ? "has no shell that takes a script" : `lacks one of ${NEEDS.join(", ")}`);
}

/** Waits until something was written and nothing more comes, nothing is written at all, or the terminal is gone. */
async function settled(terminal: Terminal, late: number, signal: AbortSignal): Promise<void> {
  const left = () => Math.max(0, late - performance.now());
  const isThere = () => terminal.ended || (terminal.admitted && terminal.length > 0);
  await terminal.until(isThere, Math.min(SILENT_MS, left()), signal);
  while (!terminal.ended && terminal.quietMs < QUIET_MS && left() > 0) {
    await terminal.until(() => terminal.ended, QUIET_MS - terminal.quietMs, signal);
  }
}

/** A screen's text without what only moves the cursor or paints. */
function visible(text: string): string {
  return text
    .replace(/\x1b(?:\[[0-9;?]*[A-Za-z]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[()][A-Z0-9]|[=>])/g, "")
    .replace(/[\x00-\x09\x0b-\x1f\x7f]/g, "");
}

/** The last that was written, for an error. */
function lastWords(terminal: Terminal): string {
  const text = Buffer.from(visible(terminal.from(0)), "latin1").toString("utf8");
  return text.trim().split("\n").slice(-2).join(" ").trim().slice(-160);
}
