import { randomBytes } from "node:crypto";
import type { Command, Run } from "./command-line.ts";
import { Collector } from "./collector.ts";
import type { HostConnection } from "./connection.ts";
import { CommandTooLongError, HostConnectionLostError } from "./errors.ts";

/** Characters that a line of the login shell has at most. */
const LONGEST = { cmd: 8000, other: 32_000 };

const POWERSHELL = "powershell -NoProfile -NonInteractive -OutputFormat Text -EncodedCommand";

/** What OpenSSH on Windows starts for a command; cmd.exe unless its DefaultShell is another. */
type LoginShell = keyof typeof LONGEST;

const shells = new WeakMap<HostConnection, Promise<LoginShell>>();

/**
 * A run of a line of PowerShell on Windows. The script carries its own clock, as sshd ends no command there: after
 * `seconds` it ends what it started, and itself with 124. It begins with a mark, so that its command line can be found.
 */
export async function windowsRun(
  connection: HostConnection,
  command: Command,
  env: Readonly<Record<string, string>>,
  seconds: number,
): Promise<Run> {
  if (typeof command !== "string") throw new TypeError("a Windows guest runs lines of PowerShell only");
  let shell = shells.get(connection);
  if (!shell) {
    shell = loginShell(connection);
    shells.set(connection, shell);
    shell.catch(() => shells.delete(connection));
  }
  const mark = `$r='${randomBytes(9).toString("hex")}'`;
  const encoded = encode(script(mark, command, env, seconds));
  const code = (await shell) === "cmd" ? "" : "; exit $LASTEXITCODE";
  const line = `${POWERSHELL} ${encoded}${code}`;
  if (line.length > LONGEST[await shell]) throw new CommandTooLongError(connection.node, LONGEST[await shell]);
  // Three bytes are four characters of base64: what follows the mark does not change these.
  const begins = encode(mark).slice(0, Math.floor((mark.length * 2) / 3) * 4);
  const find = `Get-CimInstance Win32_Process -Filter "CommandLine LIKE '%${begins}%'"`;
  return { line, end: `${POWERSHELL} ${encode(`${find}|%{taskkill /T /F /PID $_.ProcessId}`)}` };
}

function script(mark: string, line: string, env: Readonly<Record<string, string>>, seconds: number): string {
  const text = (value: string) =>
    `[Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('${Buffer.from(value, "utf8").toString("base64")}'))`;
  const children = `Get-CimInstance Win32_Process -Filter "ParentProcessId=$p"`;
  const clock = `param($p,$s)Start-Sleep $s;${children}|%{taskkill /T /F /PID $_.ProcessId};[Environment]::Exit(124)`;
  return [
    mark,
    "$ProgressPreference='SilentlyContinue'",
    // Without a console it cannot be set.
    "try{[Console]::OutputEncoding=New-Object Text.UTF8Encoding $false}catch{}",
    `$null=[powershell]::Create().AddScript({${clock}}).AddArgument($PID).AddArgument(${seconds}).BeginInvoke()`,
    ...Object.entries(env).map(([name, value]) => `$env:${name} = ${text(value)}`),
    line,
    "if(-not $?){if($LASTEXITCODE){exit $LASTEXITCODE}else{exit 1}}",
  ].join("\n");
}

function encode(text: string): string {
  return Buffer.from(text, "utf16le").toString("base64");
}

/** Only cmd.exe reads %OS%; PowerShell tells no exit code of a program unless it is told to. */
async function loginShell(connection: HostConnection): Promise<LoginShell> {
  const out = new Collector(1000);
  await new Promise<void>((resolve, reject) => {
    const stop = connection.onEnd(() => reject(new HostConnectionLostError(connection.node, "asking for its shell")));
    connection
      .exec("echo %OS%", (channel) => {
        channel.on("data", (chunk: Buffer) => out.push(chunk));
        channel.stderr.resume();
        channel.on("error", () => {});
        channel.on("close", () => {
          stop();
          resolve();
        });
        channel.end();
      })
      .catch(reject);
  });
  return /^Windows_NT\s*$/.test(out.end()) ? "cmd" : "other";
}
