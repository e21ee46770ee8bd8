import type { GuestFiles } from "../guests/guest-files.ts";

/** One command that somebody may run as root without a password; `*` in its arguments stands for anything. */
interface Rule {
  user: string;
  command: string;
}

const FOLDER = "/etc/sudoers.d";
const RULE = /^([a-z_][a-z0-9_-]*)\s+ALL\s*=\s*\(([^)]*)\)\s*NOPASSWD:\s*(.+)$/;
const DEFAULTS = /^Defaults(?:[:@!>]\S+)?\s+\S.*$/;
/** An absolute path with arguments, or everything. */
const COMMAND = /^(?:ALL|\/[\w./+-]+(?:\s+\S.*)?)$/;

/** Lines of a file, those that go on behind a backslash joined, comments left out. */
function linesOf(text: string): { line: string; number: number }[] {
  return text
    .replace(/\\\n/g, (match) => `${match.length > 0 ? " " : ""}\u0000`)
    .split("\n")
    .map((line, index) => ({
      line: line
        .replaceAll("\u0000", "")
        .replace(/^\s*#.*$/, "")
        .trim(),
      number: index + 1,
    }))
    .filter(({ line }) => line !== "");
}

/** Commas part commands, unless a backslash is before them. */
function commandsOf(list: string): string[] {
  return list.split(/(?<!\\),/).map((one) => one.trim());
}

/** The first line that sudo could not read; nothing when all of it is well. */
export function sudoersFault(text: string): number | undefined {
  if (text !== "" && !text.endsWith("\n")) return linesOf(text).at(-1)?.number ?? 1;
  return linesOf(text).find(({ line }) => {
    if (DEFAULTS.test(line)) return false;
    const rule = RULE.exec(line);
    return !rule || !commandsOf(rule[3]!).every((command) => COMMAND.test(command));
  })?.number;
}

/** The rules of all files that sudo reads: names with a dot are passed over, as is what others could write. */
function rulesOf(files: GuestFiles): Rule[] {
  if (!files.isDirectory(FOLDER)) return [];
  return files.list(FOLDER).flatMap((name) => {
    const file = files.find(`${FOLDER}/${name}`);
    if (!file || /[.]|~$/.test(name) || (file.mode & 0o022) !== 0 || !file.owner.startsWith("root:")) return [];
    const text = Buffer.from(file.bytes).toString("utf8");
    if (sudoersFault(text) !== undefined) return [];
    return linesOf(text).flatMap(({ line }) => {
      const [, user, as, list] = RULE.exec(line) ?? [];
      if (user === undefined || !/\b(?:root|ALL)\b/.test(as!)) return [];
      return commandsOf(list!).map((command) => ({ user, command }));
    });
  });
}

/** Whether a user may run a command, given by its full path, as root without a password. */
export function isAllowed(files: GuestFiles, user: string, [path = "", ...args]: readonly string[]): boolean {
  return rulesOf(files).some((rule) => {
    if (rule.user !== user) return false;
    if (rule.command === "ALL") return true;
    const [wanted = "", ...patterns] = rule.command.replaceAll("\\,", ",").split(/\s+/);
    if (wanted !== path) return false;
    // A regular expression, from 1.9.10 on.
    const expression = rule.command.slice(wanted.length).trim();
    if (/^\^.*\$$/.test(expression)) return new RegExp(expression, "s").test(args.join(" "));
    if (patterns.length === 0) return true;
    if (patterns.length === 1 && patterns[0] === '""') return args.length === 0;
    const source = patterns
      .join(" ")
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*");
    return new RegExp(`^${source}$`, "s").test(args.join(" "));
  });
}
