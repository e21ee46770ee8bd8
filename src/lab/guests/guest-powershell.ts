import type { World } from "./agent-shell.ts";
import type { Step } from "./guest-programs.ts";

function step(code: number, out = "", err = ""): Step {
  return { code, out: Buffer.from(out, "utf8"), err, ms: 0 };
}

/** A text between quotes, or a variable of the environment. */
function evaluate(expression: string, environment: ReadonlyMap<string, string>): string {
  const encoded = /FromBase64String\('([A-Za-z0-9+/=]*)'\)/.exec(expression)?.[1];
  if (encoded !== undefined) return Buffer.from(encoded, "base64").toString("utf8");
  const variable = /^\$env:(\w+)$/.exec(expression)?.[1];
  if (variable !== undefined) return environment.get(variable) ?? "";
  const quoted = /^'((?:[^']|'')*)'$|^"([^"]*)"$/.exec(expression);
  return quoted ? (quoted[1]?.replaceAll("''", "'") ?? quoted[2] ?? "") : expression;
}

/** The few statements of PowerShell that a Windows guest of the lab knows; others are not recognized. */
function script(lines: readonly string[], world: World, stdin: Uint8Array): Step {
  const environment = new Map<string, string>();
  let out = "";
  let failed = false;
  let native = 0;
  let ms = 0;
  let limit = Number.POSITIVE_INFINITY;
  const ended = (result: Step): Step => (ms > limit ? { ...result, code: 124, ms: limit } : { ...result, ms });
  for (const line of lines) {
    const set = /^\$env:(\w+)\s*=\s*(.+)$/.exec(line);
    const write = /^(?:Write-Output|echo)\s+(.+)$/i.exec(line);
    const exits = /^exit\s+(\d+)$/.exec(line);
    const cmd = /^cmd(?:\.exe)?\s+\/c\s+exit\s+(\d+)$/i.exec(line);
    const sleep = /^Start-Sleep(?: -Seconds)? (\d+)$/i.exec(line);
    // A clock in another thread of the same process, which ends it.
    const clock = /\[Environment\]::Exit\(124\).*\.AddArgument\((\d+)\)\.BeginInvoke\(\)$/.exec(line);
    if (clock) limit = Number(clock[1]) * 1000;
    else if (sleep) ms += Number(sleep[1]) * 1000;
    else if (set) environment.set(set[1]!, evaluate(set[2]!, environment));
    else if (/^if\s*\(-not \$\?\)/.test(line)) {
      if (failed) return ended(step(native || 1, out, native ? "" : NOT_RECOGNIZED));
    } else if (/^(?:\$\w+|\[[\w.]+\]::\w+)\s*=|^try\s*\{.*\}\s*catch\s*\{\}$/.test(line)) continue;
    else if (line === "$input") out += Buffer.from(stdin).toString("utf8");
    else if (write) out += `${evaluate(write[1]!, environment)}\r\n`;
    else if (exits) return ended(step(Number(exits[1]), out));
    else if (cmd) {
      native = Number(cmd[1]);
      failed = native !== 0;
    } else if (/^hostname$/i.test(line)) out += `${world.hostname}\r\n`;
    else failed = true;
  }
  return ended(step(failed ? native || 1 : 0, out, failed && !native ? NOT_RECOGNIZED : ""));
}

const NOT_RECOGNIZED =
  "The term is not recognized as the name of a cmdlet, function, script file, or operable program.\r\n";

/** Runs a program of a Windows guest; nothing when there is none of that name. */
export function powershell(
  name: string,
  args: readonly string[],
  world: World,
  stdin: Uint8Array = new Uint8Array(),
): Step | undefined {
  const program = name
    .replace(/^.*[\\/]/, "")
    .replace(/\.exe$/i, "")
    .toLowerCase();
  if (program === "hostname") return step(0, `${world.hostname}\r\n`);
  if (program === "whoami") return step(0, "nt authority\\system\r\n");
  if (program !== "powershell") return undefined;
  const at = args.findIndex((arg) => /^-e(?:nc|ncodedcommand)?$/i.test(arg));
  if (at < 0) return step(1, "", "A command is needed.\r\n");
  const text = Buffer.from(args[at + 1] ?? "", "base64").toString("utf16le");
  return script(
    text
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter(Boolean),
    world,
    stdin,
  );
}
