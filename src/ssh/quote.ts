import { UnquotableArgumentError } from "./errors.ts";

/** Words that no POSIX shell reads as anything but themselves. */
const PLAIN = /^[A-Za-z0-9_@%+:,./-]+$/;

/** One argument as a POSIX shell reads it back, byte for byte (pve-facts 117). Refuses what no argument can hold. */
export function quoteArg(argument: string): string {
  if (argument.includes("\0")) throw new UnquotableArgumentError(argument, "holds a NUL character");
  if (/\p{Surrogate}/u.test(argument)) throw new UnquotableArgumentError(argument, "is not well-formed Unicode");
  return PLAIN.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}

/** A command and its arguments as one shell line, in which every argument arrives as it was given. */
export function quoteArgv(argv: readonly string[]): string {
  if (argv.length === 0) throw new UnquotableArgumentError("", "is no command at all");
  return argv.map(quoteArg).join(" ");
}
