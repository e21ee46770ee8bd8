import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

// Packs the project as it would be published, installs it into an empty folder, and uses the bin from there.
const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "proxmox-mcp-pack-"));

try {
  const run = (command: string, args: readonly string[], input = ""): string =>
    execFileSync(command, args, { cwd: folder, input, encoding: "utf8", stdio: ["pipe", "pipe", "inherit"] });

  const [packed] = JSON.parse(
    execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], {
      cwd: root,
      encoding: "utf8",
    }),
  ) as [{ filename: string; size: number; files: { path: string }[] }];
  const paths = packed.files.map((file) => file.path);
  const strangers = paths.filter((path) => !/^(dist\/|package\.json$|README\.md$|LICENSE$|NOTICE$)/.test(path));
  assert.deepEqual(strangers, [], "the package holds files that a user does not need");

  run("npm", [
    "install",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
    "--prefix",
    folder,
    join(folder, packed.filename),
  ]);
  const bin = join(folder, "node_modules/.bin/proxmox-mcp");
  if (process.platform !== "win32") assert.ok(statSync(bin).mode & 0o111, "the bin is executable");

  assert.match(run(bin, ["--version"]), /^\d+\.\d+\.\d+\n$/);
  const verdict = JSON.parse(run(bin, ["api", "check"], '{"method":"GET","path":"/version","params":{}}\n')) as object;
  assert.deepEqual(verdict, { ok: true, operation: "GET /version", errors: {} });
  await initialize(bin);
  console.log(`pack: ${paths.length} files, ${Math.round(packed.size / 1024)} KiB packed; the installed bin serves`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** One handshake with the installed server, without a client library. */
async function initialize(bin: string): Promise<void> {
  const child = spawn(bin, [], { cwd: folder, stdio: ["pipe", "pipe", "inherit"] });
  const send = (message: object) => child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
  send({
    id: 1,
    method: "initialize",
    params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "smoke", version: "0" } },
  });
  let text = "";
  for await (const chunk of child.stdout) {
    text += chunk;
    if (text.includes("\n")) break;
  }
  const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
  child.stdin.end();
  const answer = JSON.parse(text) as { result: { serverInfo: { name: string } } };
  assert.equal(answer.result.serverInfo.name, "proxmox-mcp");
  assert.equal(await exited, 0, "the server ends when its client hangs up");
}
