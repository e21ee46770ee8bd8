import assert from "node:assert/strict";
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, realpathSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { labEnvironment } from "../src/cli/lab-environment.ts";

// Packs the project as it would be published, installs it globally into an empty folder, and uses it from there.
const root = fileURLToPath(new URL("..", import.meta.url));
const folder = realpathSync(mkdtempSync(join(tmpdir(), "proxmox-mcp-pack-")));
const isWindows = process.platform === "win32";
const bin = join(folder, isWindows ? "proxmox-mcp.cmd" : "bin/proxmox-mcp");
const installed = join(folder, isWindows ? "" : "lib", "node_modules/proxmox-mcp");
/** Nothing of this machine's settings. */
const bare = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(PROXMOX_|XDG_|NODE_)/.test(name)));
const env = { ...bare, XDG_STATE_HOME: join(folder, "state"), XDG_CACHE_HOME: join(folder, "cache") };

let lab: ChildProcess | undefined;
try {
  const { files, size, filename } = pack();
  npm(
    folder,
    "install",
    "--global",
    "--prefix",
    folder,
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
    join(folder, filename),
  );
  if (!isWindows) assert.ok(statSync(bin).mode & 0o111, "the bin is executable");

  assert.match(run(["--version"]), /^\d+\.\d+\.\d+\n$/);
  lists(run(["--help"]), ["serve", "lab", "demo", "doctor", "admin", "api"]);
  lists(run(["admin", "--help"]), ["enroll", "rotate", "status", "deprovision", "audit", "approve", "policy"]);
  const verdict = JSON.parse(
    run(["api", "check"], { input: '{"method":"GET","path":"/version","params":{}}\n' }),
  ) as object;
  assert.deepEqual(verdict, { ok: true, operation: "GET /version", errors: {} });

  lab = start([bin, "lab"], isWindows);
  const cluster = labEnvironment(JSON.parse(await firstLine(lab)));
  const report = JSON.parse(run(["doctor", "--json"], { cluster }));
  assert.equal(report.exitCode, 0, `the doctor finds nothing wrong with a lab: ${JSON.stringify(report)}`);
  assert.match(run(["demo"]), /All steps did what they should/);
  await initialize([process.execPath, join(installed, "dist/index.js")]);
  if (!isWindows) await initialize([bin]);
  console.log(
    `pack: ${files.length} files, ${Math.round(size / 1024)} KiB packed; installed globally it serves, ` +
      "and its lab, demo, doctor and help work",
  );
} finally {
  if (lab && lab.exitCode === null) {
    const gone = once(lab, "exit");
    // On Windows the lab is a child of the shell that runs the .cmd file.
    if (isWindows) spawnSync("taskkill", ["/pid", String(lab.pid), "/t", "/f"]);
    else lab.kill();
    await gone;
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** Packs the project; fails where the package holds what a user does not need, or what must not be published. */
function pack(): { filename: string; size: number; files: { path: string }[] } {
  const [packed] = JSON.parse(npm(root, "pack", "--json", "--ignore-scripts", "--pack-destination", folder)) as [
    { filename: string; size: number; files: { path: string }[] },
  ];
  const strangers = packed.files
    .map(({ path }) => path)
    .filter(
      (path) =>
        !/^(dist\/(chunks\/)?[\w.-]+\.js|dist\/THIRD-PARTY-LICENSES\.txt|package\.json|README\.md|LICENSE|NOTICE)$/.test(
          path,
        ),
    );
  assert.deepEqual(strangers, [], "the package holds files that a user does not need");
  return packed;
}

function npm(cwd: string, ...args: string[]): string {
  return execFileSync("npm", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"], shell: isWindows });
}

/** Runs the installed bin to its end, from a folder that is not the package's; says what it wrote to stdout. */
function run(args: readonly string[], { input = "", cluster = {} }: { input?: string; cluster?: object } = {}): string {
  return execFileSync(bin, args, {
    cwd: folder,
    input,
    encoding: "utf8",
    stdio: ["pipe", "pipe", "inherit"],
    shell: isWindows,
    env: { ...env, ...cluster },
  });
}

function lists(help: string, commands: readonly string[]): void {
  for (const command of commands) assert.match(help, new RegExp(`^  ${command}\\b`, "m"));
}

function start([command, ...args]: readonly string[], shell = false): ChildProcess {
  return spawn(command!, args, { cwd: folder, stdio: ["pipe", "pipe", "inherit"], env, shell });
}

async function firstLine(child: ChildProcess): Promise<string> {
  let text = "";
  for await (const chunk of child.stdout!.iterator({ destroyOnReturn: false })) {
    text += String(chunk);
    if (text.includes("\n")) break;
  }
  return text.slice(0, text.indexOf("\n"));
}

/** One handshake with the installed server, without a client library. */
async function initialize(command: readonly string[]): Promise<void> {
  const child = start(command);
  const params = { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "smoke", version: "0" } };
  child.stdin!.write(`${JSON.stringify({ jsonrpc: "2.0", id: 1, method: "initialize", params })}\n`);
  const answer = JSON.parse(await firstLine(child)) as { result: { serverInfo: { name: string } } };
  const exited = once(child, "exit");
  child.stdin!.end();
  assert.equal(answer.result.serverInfo.name, "proxmox-mcp");
  assert.equal((await exited)[0], 0, "the server ends when its client hangs up");
}
