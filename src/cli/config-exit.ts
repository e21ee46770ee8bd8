import { PolicyFileError } from "../access/index.ts";
import { ConfigError } from "../config/config-error.ts";

/** EX_CONFIG of sysexits. */
const EXIT_CONFIG = 78;

/** Ends the process over a bad setting with one short block on stderr; any other error goes on. */
export function exitOnConfigError(error: unknown): never {
  if (!(error instanceof ConfigError || error instanceof PolicyFileError)) throw error;
  process.stderr.write(`proxmox-mcp: cannot start\n  ${error.message}\n  ${error.next}\n`);
  process.exit(EXIT_CONFIG);
}
