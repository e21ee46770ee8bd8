import { loadPolicy, redactText } from "../access/index.ts";
import { loadConfig } from "../config/index.ts";
import { serveOverStdio } from "../mcp/stdio.ts";
import { packageVersion } from "../version.ts";
import { exitOnConfigError } from "./config-exit.ts";

/** Serves MCP over stdio until the client hangs up or the process is told to end. */
export async function serve(options: { skipConfirmation?: boolean } = {}): Promise<void> {
  const config = await loadConfig(process.env, options).catch(exitOnConfigError);
  const policy = await loadPolicy(config.policyFile).catch(exitOnConfigError);
  const server = serveOverStdio(config, policy, packageVersion(), process.env);
  const say = (text: string): void => void process.stderr.write(`proxmox-mcp: ${redactText(text)}\n`);
  const reload = async (): Promise<void> => {
    await policy.reload().then(
      () => say("the policy file was read again"),
      (error: Error) => say(`the old policy stays in force. ${error.message}`),
    );
    await loadConfig(process.env, options)
      .then((fresh) => server.reload(fresh))
      .then(
        (said) => said.map(say),
        (error: Error) => say(`the old credentials stay in use. ${error.message}`),
      );
  };
  // One after the other: what was read last is what counts.
  let reloading = Promise.resolve();
  process.on("SIGHUP", () => {
    reloading = reloading.then(reload);
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
  // A promise that one call forgot is that call's fault: the others, and the jobs that they watch, go on.
  process.on("unhandledRejection", (reason) => {
    say(
      `a fault inside, please report it: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`,
    );
  });
}
