import { loadPolicy } from "../access/index.ts";
import { loadConfig } from "../config/index.ts";
import { serveOverStdio } from "../mcp/stdio.ts";
import { packageVersion } from "../version.ts";
import { exitOnConfigError } from "./config-exit.ts";

/** Serves MCP over stdio until the client hangs up or the process is told to end. */
export async function serve(options: { skipConfirmation?: boolean } = {}): Promise<void> {
  const config = await loadConfig(process.env, options).catch(exitOnConfigError);
  const policy = await loadPolicy(config.policyFile).catch(exitOnConfigError);
  const server = serveOverStdio(config, policy, packageVersion(), process.env);
  process.on("SIGHUP", () => {
    policy.reload().then(
      () => process.stderr.write("proxmox-mcp: the policy file was read again\n"),
      (error: Error) => process.stderr.write(`proxmox-mcp: the old policy stays in force. ${error.message}\n`),
    );
  });
  let ending = false;
  const end = async (): Promise<void> => {
    if (ending) return;
    ending = true;
    await server.close().catch(() => {});
    process.exit(0);
  };
  process.once("SIGTERM", end);
  process.once("SIGINT", end);
  process.stdin.once("end", end);
  process.stdin.once("close", end);
  // A client that is gone can be told nothing more.
  process.stdout.on("error", end);
}
