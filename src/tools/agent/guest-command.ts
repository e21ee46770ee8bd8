import { ArgumentError } from "../errors.ts";
import type { GuestSystem } from "./guest-system.ts";

/** What is to run in a guest: a program with its arguments, or a line for the guest's shell. */
export interface GuestCommand {
  argv?: readonly string[] | undefined;
  line?: string | undefined;
  /** Never interpolated into a command. */
  env?: Readonly<Record<string, string>> | undefined;
  timeoutSeconds: number;
}

/** Seconds from the signal that asks a command to end to the one that ends it. */
export const KILL_AFTER = 5;

/** A command line of Windows has at most 32,767 characters. */
const LONGEST_ENCODED = 32_000;

/** The argv that carries a command out in a guest of that system, and what has to be said about it. */
export function argvFor(command: GuestCommand, system: GuestSystem): { argv: string[]; warnings: string[] } {
  const texts = [...(command.argv ?? []), command.line ?? "", ...Object.values(command.env ?? {})];
  if (texts.some((text) => text.includes("\0"))) {
    throw new ArgumentError(
      "command",
      "holds a NUL character, which no command can",
      "Leave it out; nothing was sent.",
    );
  }
  for (const name of Object.keys(command.env ?? {})) {
    if (/^[A-Za-z_]\w*$/.test(name)) continue;
    throw new ArgumentError(`env.${name}`, "is no name of a variable", "Use letters, digits and _; nothing was sent.");
  }
  return system === "windows" ? onWindows(command) : { argv: onUnix(command), warnings: [] };
}

function onUnix({ argv, line, env = {}, timeoutSeconds }: GuestCommand): string[] {
  const inner = line === undefined ? [...(argv ?? [])] : ["/bin/sh", "-c", line];
  const assignments = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  if (assignments.length > 0 && inner[0]!.includes("=")) {
    throw new ArgumentError("command", "names a program with = in it, which env takes for a variable", "Use shell.");
  }
  // The agent itself never ends a command (pve-facts 73).
  const limit = ["timeout", "-k", String(KILL_AFTER), String(timeoutSeconds)];
  return [...limit, ...(assignments.length > 0 ? ["env", ...assignments] : []), ...inner];
}

function onWindows({ argv, line, env = {}, timeoutSeconds }: GuestCommand): { argv: string[]; warnings: string[] } {
  const warnings = [
    `Nothing ends a command in a Windows guest: after ${timeoutSeconds} s only the waiting ends, and the command runs on.`,
  ];
  if (line === undefined) {
    if (Object.keys(env).length > 0) {
      throw new ArgumentError("env", "needs shell in a Windows guest", "Give the command as shell, for PowerShell.");
    }
    return { argv: [...(argv ?? [])], warnings };
  }
  const encoded = Buffer.from(powershellScript(line, env), "utf16le").toString("base64");
  if (encoded.length > LONGEST_ENCODED) {
    throw new ArgumentError(
      "command",
      `is too long for a Windows command line (${line.length} characters)`,
      "Write it to a file with proxmox_file_write, and run that.",
    );
  }
  const options = ["-NoProfile", "-NonInteractive", "-OutputFormat", "Text"];
  return { argv: ["powershell.exe", ...options, "-EncodedCommand", encoded], warnings };
}

/** The line, with UTF-8 output, its variables set from data, and a native program's exit code passed on. */
function powershellScript(line: string, env: Readonly<Record<string, string>>): string {
  const decode = (value: string) =>
    `[Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('${Buffer.from(value, "utf8").toString("base64")}'))`;
  return [
    "$ProgressPreference = 'SilentlyContinue'",
    // Without a console it cannot be set.
    "try { [Console]::OutputEncoding = New-Object Text.UTF8Encoding $false } catch {}",
    ...Object.entries(env).map(([name, value]) => `$env:${name} = ${decode(value)}`),
    line,
    "if (-not $?) { if ($LASTEXITCODE) { exit $LASTEXITCODE } else { exit 1 } }",
  ].join("\n");
}
