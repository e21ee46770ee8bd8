import { readFileSync } from "node:fs";

/** Set by the build, so that the bundle does not look for its package.json. */
declare const PROXMOX_MCP_VERSION: string | undefined;

/** Version of this package. */
export function packageVersion(): string {
  if (typeof PROXMOX_MCP_VERSION === "string") return PROXMOX_MCP_VERSION;
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
