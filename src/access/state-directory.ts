import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

/** The directory where this server keeps its key and its records, by the platform's own convention; not created here. */
export function stateDirectory(env: Environment, platform: NodeJS.Platform = process.platform): string {
  if (env.XDG_STATE_HOME) return join(env.XDG_STATE_HOME, "proxmox-mcp");
  if (platform === "win32")
    return join(env.LOCALAPPDATA ?? join(homedir(), "AppData", "Local"), "proxmox-mcp", "State");
  if (platform === "darwin") return join(homedir(), "Library", "Application Support", "proxmox-mcp");
  return join(homedir(), ".local", "state", "proxmox-mcp");
}

/** Creates the directory for its owner alone. */
export function makeStateDirectory(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
}
