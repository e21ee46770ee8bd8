import { keepSecret } from "../access/index.ts";
import { parseSecretName, type SecretName } from "../config/secret-name.ts";
import { ProxmoxMcpError } from "../errors/index.ts";
import type { RootHost } from "../provision/host-steps.ts";
import { prepareKeyRotation, prepareTokenRotation, type Rotated, type Rotation } from "../provision/rotate.ts";
import { carryOut } from "../provision/steps.ts";
import { openSecretStore } from "../secrets/index.ts";
import { type OperatorOptions, openOperator } from "./operator.ts";
import type { Report } from "./report.ts";

export interface RotateOptions extends Omit<OperatorOptions, "command"> {
  only?: "token" | "ssh" | undefined;
  /** Seconds since the epoch; 0 for never. */
  expire?: number | undefined;
  /** Servers that are told by SIGHUP; others find the new token by themselves. */
  pids: readonly number[];
  /** Milliseconds between telling them and removing the old one. */
  graceMs: number;
  dryRun: boolean;
  signal: AbortSignal;
}

/** Puts new credentials in the place of the stored ones. Resolves to the exit code. */
export async function rotate(options: RotateOptions, report: Report): Promise<number> {
  const { config, cluster, dryRun } = options;
  if (config.secrets.backend === "env") {
    throw new ProxmoxMcpError({
      code: "secret-read-only",
      message: "The backend env cannot be written, so that nothing can be put in the place of what is there.",
      next: "Enroll anew under another --name, change the variables, then deprovision the old name.",
    });
  }
  const operator = await openOperator({ ...options, command: "rotate" });
  const store = await openSecretStore(config, { keep: keepSecret });
  const rotated: Rotated[] = [];
  const dry: { what: string; lines: readonly string[] }[] = [];
  let warned = false;
  const turn = async ({ steps, outcome, retire }: Rotation): Promise<void> => {
    if (dryRun) {
      dry.push(
        ...[...steps, { ...retire, what: `removal of the ${retire.what}` }].map(({ what, lines }) => ({ what, lines })),
      );
      return;
    }
    await carryOut(steps, { done: (what) => report.line(`+ ${what}`), signal: options.signal });
    await tell(options.pids, options.graceMs, report);
    rotated.push(outcome);
    try {
      await retire.do();
      report.line(`- ${retire.what}`);
    } catch (error) {
      warned = true;
      report.line(`The new one is in use; the ${retire.what} could not be removed: ${(error as Error).message}`);
      report.line(`By hand: ${retire.lines.join("; ")}`);
    }
  };
  try {
    if (options.only !== "ssh") {
      const { way, connect } = operator;
      const secret = tokenSecret(options);
      await turn(await prepareTokenRotation({ way, store, secret, expire: options.expire, connect, keep: keepSecret }));
    }
    const { ssh } = operator;
    const secret: SecretName<"ssh"> | undefined = ssh && { cluster, kind: "ssh", node: ssh.node };
    if (options.only !== "token" && ssh && secret) {
      const stored = await store.read(secret);
      if (stored || options.only === "ssh") {
        const work = async (host: RootHost) =>
          turn(await prepareKeyRotation({ host, store, secret, connect: operator.login, keep: keepSecret }));
        await ssh.within({ user: stored?.value.username ?? "none", key: "a new one" }, work);
      }
    }
  } finally {
    await store.close();
    await operator.close();
  }
  if (dryRun) {
    report.line(`Nothing was changed. On cluster ${cluster} this would be done, in this order:`);
    for (const { what, lines } of dry) {
      report.line(`- ${what}`);
      for (const line of lines) report.line(`    ${line}`);
    }
    report.object({ ok: true, dryRun: true, steps: dry });
    return 0;
  }
  for (const { secret, from, to } of rotated) report.line(`${secret}: ${to}, in the place of ${from}`);
  report.object({ ok: !warned, cluster, rotated });
  return warned ? 1 : 0;
}

/** Where the cluster's token is. */
export function tokenSecret({ config, cluster }: Pick<OperatorOptions, "config" | "cluster">): SecretName<"token"> {
  const named = config.clusters.find(({ name }) => name === cluster)?.tokenSecret;
  const parsed = named === undefined ? undefined : parseSecretName(named);
  return parsed?.kind === "token" ? (parsed as SecretName<"token">) : { cluster, kind: "token" };
}

/** Tells running servers, and gives them the time to take the new one up. */
async function tell(pids: readonly number[], graceMs: number, report: Report): Promise<void> {
  for (const pid of pids) {
    try {
      process.kill(pid, "SIGHUP");
      report.line(`told process ${pid} (SIGHUP)`);
    } catch (error) {
      report.line(`process ${pid} could not be told (${(error as NodeJS.ErrnoException).code})`);
    }
  }
  if (graceMs > 0) await new Promise((resolve) => setTimeout(resolve, graceMs));
}
