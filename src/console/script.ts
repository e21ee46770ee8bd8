import type { Command } from "../ssh/command-line.ts";
import { quoteArg, quoteArgv } from "../ssh/quote.ts";

/**
 * What a shell behind a terminal is given, so that one command runs there as it does without a terminal: whatever comes
 * back is in base64, as a terminal changes line ends; nothing is written to a file, and no line of it to a history.
 */

/** Two halves of a word by which lines of ours are known; typed apart, so that no echo holds the whole. */
export interface Tag {
  head: string;
  tail: string;
}

export interface Job {
  command: Command;
  stdin?: Uint8Array;
  /** Seconds after which the machine itself ends the command. */
  seconds: number;
}

/** Seconds that a command has, once told to end, before it is killed. */
export const KILL_AFTER_S = 2;

/** Bytes of a typed line: a terminal takes 4096 at most. */
const LINE = 1024;

/** What is missing where a shell cannot do it. */
export const NEEDS = ["base64", "sed", "setsid", "stty"] as const;

/** A line that any shell answers with the whole tag and a full stop, once it reads lines. */
export function probeLine({ head, tail }: Tag): string {
  // From the left edge; a shell with a history leaves out what begins with a space, if it is told to.
  return `\x15 printf %s%s. ${head} ${tail}\r`;
}

/**
 * The line by which the login shell makes room for one that reads lines of ours: without echo, each of them confirmed by
 * the tag and a plus sign; all together are the script that it then carries out. A minus sign says that a program is
 * missing. It holds no quote but those around it, so that any shell takes it.
 */
export function entranceLine({ head, tail }: Tag, sudo: boolean): string {
  const script = [
    `I=${head} J=${tail}`,
    `type ${NEEDS.join(" ")} >/dev/null 2>&1 || { printf "%s%s-\\n" "$I" "$J"; exit; }`,
    "stty -echo -opost",
    'printf "%s%s+\\n" "$I" "$J"',
    "P=",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell expands it
    'while IFS= read -r L; do case $L in "$I$J":*) P=$P${L#*:}; printf "%s%s+\\n" "$I" "$J";; "$I$J".*) break;; esac; done',
    'eval "$(printf %s "$P" | base64 -d)"',
  ].join("; ");
  return `\x15 unset HISTFILE; exec ${sudo ? "sudo -n -- " : ""}/bin/sh -c '${script}'\r`;
}

/** The lines that bring the script over; each is confirmed but the last. */
export function scriptLines({ head, tail }: Tag, job: Job): string[] {
  const text = Buffer.from(jobScript(job), "utf8").toString("base64");
  const lines: string[] = [];
  for (let at = 0; at < text.length; at += LINE) lines.push(`${head}${tail}:${text.slice(at, at + LINE)}\r`);
  return [...lines, `${head}${tail}.\r`];
}

/** Variables as over SSH: a shell of one's own may have no sbin in its path, and answers in one's own language. */
const SETTING = 'export LC_ALL=C.UTF-8 PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"; unset TERM';

/**
 * The script: stdout and stderr each through base64, a line of the terminal beginning with the tag and `o` or `e`; the
 * exit code last, after `z`. The command has a session of its own, so that it has no terminal, and a watch that ends all
 * of it when the time is up (`t`), or when the shell before the terminal is gone.
 */
function jobScript({ command, stdin, seconds }: Job): string {
  const line = typeof command === "string" ? `/bin/sh -c ${quoteArg(command)}` : quoteArgv(command);
  const input = stdin === undefined || stdin.length === 0 ? undefined : Buffer.from(stdin).toString("base64");
  const streams = '2>&1 >&3 3>&- | base64 | sed "s/^/$T""e/" >&4; } 3>&1 | base64 | sed "s/^/$T""o/" >&4';
  const run = `setsid /bin/sh -c "$W" sh "$$" "$T"`;
  return [
    SETTING,
    "T=$I$J",
    ...(input === undefined ? [] : [`S=${input}`]),
    `W=${quoteArg(wrapper(line, seconds))}`,
    "exec 4>&1 2>/dev/null",
    `R=$(exec 5>&1; { ${input === undefined ? `${run} </dev/null` : `printf %s "$S" | base64 -d | ${run}`} ${streams})`,
    "set -- $R",
    'kill "$2"',
    'printf "\\n%sz%s.\\n" "$T" "$1"',
    "exit",
  ].join("\n");
}

/** What runs in the session of its own, `$1` being the shell before the terminal; tells exit code and watch at the end. */
function wrapper(line: string, seconds: number): string {
  return [
    "exec 6>&2 2>/dev/null",
    "(",
    "trap 'kill $s; exit' TERM",
    "n=0",
    `while [ $n -lt ${seconds} ] && kill -0 "$1"; do sleep 1 & s=$!; wait $s; n=$((n+1)); done`,
    "trap '' TERM",
    `[ $n -lt ${seconds} ] || printf '\\n%st\\n' "$2" >&4`,
    "kill -TERM -$$",
    "trap 'kill $s; exit' TERM",
    `sleep ${KILL_AFTER_S} & s=$!`,
    "wait $s",
    "kill -KILL -$$",
    ") </dev/null >/dev/null 5>&- 6>&- &",
    "w=$!",
    "trap : TERM",
    `${line} 2>&6 4>&- 5>&- 6>&-`,
    'echo "$? $w" >&5',
  ].join("\n");
}
