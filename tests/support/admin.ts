import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { nodeFiles } from "../../src/lab/shell/node-files.ts";
import type { Lab } from "../../src/lab/index.ts";
import { BIN } from "./session.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

export interface AdminRun {
  code: number | null;
  stdout: string;
  stderr: string;
  /** Both, for searching. */
  all: string;
  // biome-ignore lint/suspicious/noExplicitAny: each test knows the shape that it looks at
  json(): any;
}

/** Runs `proxmox-mcp admin …` as an operator does; `onStart` hears of the process. */
export function runAdmin(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  {
    stdin = "",
    onStart,
    way = [process.execPath, BIN, "admin"],
  }: {
    stdin?: string;
    onStart?: (kill: (signal: NodeJS.Signals) => void) => void;
    /** The package's own way, or that of a checkout. */
    way?: readonly string[];
  } = {},
): Promise<AdminRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(way[0]!, [...way.slice(1), ...args], {
      cwd: ROOT,
      env: { PATH: process.env.PATH ?? "", ...env },
      stdio: ["pipe", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    child.once("error", reject);
    child.once("close", (code) =>
      resolve({ code, stdout, stderr, all: stdout + stderr, json: () => JSON.parse(stdout) }),
    );
    child.stdin.on("error", () => {});
    child.stdin.end(stdin);
    onStart?.((signal) => child.kill(signal));
  });
}

/** All of a lab that an enrolment touches, to be compared before and after. */
export function footprint(lab: Lab): object {
  const { access } = lab.state;
  return {
    users: [...access.users].map(([userid, { tokens, comment }]) => [userid, [...tokens.keys()], comment]),
    roles: [...access.roles.keys()].sort(),
    acl: [...access.acl].map(([path, entry]) => [
      path,
      Object.entries(entry).map(([kind, grants]) => [kind, [...grants].map(([who, roles]) => [who, [...roles]])]),
    ]),
    files: [...lab.state.nodes.keys()].map((node) => {
      const files = nodeFiles(lab.state, node);
      const own = files.paths().filter((path) => /^\/etc\/(passwd|sudoers)|^\/(home|root)\//.test(path));
      return [
        node,
        own.map((path) => [path, Buffer.from(files.find(path)?.bytes ?? "").toString("utf8"), files.find(path)?.mode]),
        files.list("/home"),
        files.isDirectory("/etc/sudoers.d") ? files.list("/etc/sudoers.d") : [],
      ];
    }),
  };
}
