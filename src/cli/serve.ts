import "./no-eval.ts";
import { loadPolicy, redactText } from "../access/index.ts";
import { type ConfigOptions, loadConfig } from "../config/index.ts";
import { createStack } from "../mcp/stack.ts";
import { serveOverStdio } from "../mcp/stdio.ts";
import { tracesWanted } from "../telemetry/wanted.ts";
import { packageVersion } from "../version.ts";
import { exitOnConfigError } from "./config-exit.ts";
import { EndSignals } from "./end-signals.ts";

/** Serves MCP until the client hangs up, where there is only the one on stdio, or the process is told to end. */
export async function serve(options: ConfigOptions = {}): Promise<void> {
  const signals = new EndSignals();
  const local = process.env.PROXMOX_MCP_LOCAL_BOOTSTRAP
    ? await (await import("./local-bootstrap.ts")).bootstrapOrExit(process.env, signals)
    : undefined;
  const env = local?.env ?? process.env;
  const giveUp = async (error: unknown): Promise<never> => {
    await local?.end();
    return exitOnConfigError(error);
  };
  const config = await loadConfig(env, options).catch(giveUp);
  const policy = await loadPolicy(config.policyFile).catch(giveUp);
  // Most servers list all tools, and need not know more of them yet.
  const only = config.toolsets.includes("all")
    ? undefined
    : await (await import("../mcp/toolsets.ts")).listedTools(config);
  const flush = await startTelemetry(env);
  const stack = createStack(config, policy, packageVersion(), env, only);
  const { services, say } = stack;
  const http =
    config.http &&
    (await (await import("../mcp/http/serve.ts")).serveOverHttp(stack, config.http).catch(exitOnConfigError));
  const stdio = config.mode === "http" ? undefined : serveOverStdio(stack);
  // After the first look at the client, which does not need it.
  setImmediate(stack.begin);
  const reload = async (): Promise<void> => {
    await policy.reload().then(
      () => say("the policy file was read again"),
      (error: Error) => say(`the old policy stays in force. ${error.message}`),
    );
    await loadConfig(env, options)
      .then((fresh) => services.reload(fresh))
      .then(
        (said) => said.map(say),
        (error: Error) => say(`the old credentials stay in use. ${error.message}`),
      );
    http?.reload();
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
    await http?.close();
    await stdio?.close().catch(() => {});
    await services.close().catch(() => {});
    await Promise.all([local?.end(), flush?.()]);
    process.exit(0);
  };
  let isTold = false;
  signals.do(() => {
    // Who asks again does not want to wait. What the local bootstrap made is removed all the same.
    if (isTold && !local) process.exit(1);
    isTold = true;
    void end();
  });
  if (stdio) {
    // Whoever came over HTTP stays when the client on stdio goes.
    const gone = () => void (http ? stdio.close() : end());
    process.stdin.once("end", gone);
    process.stdin.once("close", gone);
    // A client that is gone can be told nothing more.
    process.stdout.on("error", gone);
  }
  // A promise that one call forgot is that call's fault: the others, and the jobs that they watch, go on.
  process.on("unhandledRejection", (reason) => {
    say(
      `a fault inside, please report it: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`,
    );
  });
}

/** Traces, where the environment asks for them; gives what sends the last ones. */
async function startTelemetry(env: NodeJS.ProcessEnv): Promise<(() => Promise<void>) | undefined> {
  const { wanted, fault } = tracesWanted(env);
  const say = (text: string) => void process.stderr.write(`proxmox-mcp: ${redactText(text)}\n`);
  if (fault) say(fault);
  if (!wanted) return undefined;
  const { startTracing } = await import("../telemetry/otel.ts");
  return startTracing({ version: packageVersion(), say });
}
