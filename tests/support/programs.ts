import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, join } from "node:path";

/** What is needed cannot be had here: no fault of the server. */
export class Unavailable extends Error {}

const CACHE = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "proxmox-mcp-programs");

/** What npm says when a registry does not answer, or does not give what it is asked for. */
const UNREACHED =
  /^(ENOTFOUND|EAI_AGAIN|ECONN\w+|E\w*TIMEDOUT|ERR_SOCKET_TIMEOUT|E\w+UNREACH|ENOTCACHED|E4\d\d|E5\d\d)$/;

/**
 * Installs the exact versions of the lock file in `source`, unless an earlier run has, outside of the project's own
 * dependencies; gives the path of the file of it that is asked for. Throws `Unavailable`.
 */
export async function install(source: string, file: string): Promise<string> {
  const set = basename(source);
  const lock = await readFile(join(source, "package-lock.json"));
  const folder = join(CACHE, `${set}-${createHash("sha256").update(lock).digest("hex").slice(0, 12)}`);
  const path = join(folder, "node_modules", file);
  if (existsSync(path)) return path;
  await mkdir(CACHE, { recursive: true });
  const stage = await mkdtemp(join(CACHE, "installing-"));
  try {
    await cp(source, stage, { recursive: true });
    await npmInstall(stage, set);
    // Packages that depend on the platform are optional ones, without which npm is content.
    if (!existsSync(join(stage, "node_modules", file))) {
      throw new Unavailable(`${file} cannot be had, or not for this platform`);
    }
    // Another run may have been faster, with the same.
    await rename(stage, folder).catch((error) => {
      if (!existsSync(path)) throw error;
    });
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
  return path;
}

function npmInstall(folder: string, set: string): Promise<void> {
  const own = process.env.npm_execpath;
  const [command, first] = own ? [process.execPath, [own]] : ["npm", []];
  const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--fetch-retries=1"];
  const child = spawn(command, [...first, "ci", ...flags, "--fetch-retry-mintimeout=1000"], {
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => {
    errors += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.once("error", (error) => reject(new Unavailable(`npm cannot be run (${error.message})`)));
    child.once("close", (status) => {
      if (status === 0) return resolve();
      const code = /npm error code (\S+)/.exec(errors)?.[1] ?? "";
      if (UNREACHED.test(code)) reject(new Unavailable(`the packages of ${set} cannot be had (${code})`));
      else reject(new Error(`npm ci of ${set} failed: ${errors.trim()}`));
    });
  });
}
