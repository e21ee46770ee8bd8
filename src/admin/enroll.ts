import { keepSecret } from "../access/index.ts";
import type { Usage } from "../doctor/rights/needs.ts";
import { ProxmoxMcpError } from "../errors/index.ts";
import { type Enrolled, type Prepared, prepareEnrolment, type WantedLogin } from "../provision/enroll.ts";
import { type Grant, grantsFor } from "../provision/grants.ts";
import type { RootHost } from "../provision/host-steps.ts";
import { namesOf } from "../provision/names.ts";
import { carryOut } from "../provision/steps.ts";
import type { SudoReach } from "../provision/sudo-rules.ts";
import type { AccessClass } from "../schema/operation.ts";
import { openSecretStore } from "../secrets/index.ts";
import { variablesFileStep, variableLines } from "./variables-file.ts";
import { type Operator, type OperatorOptions, openOperator } from "./operator.ts";
import type { Report } from "./report.ts";

export interface EnrollOptions extends Omit<OperatorOptions, "command"> {
  name: string;
  only?: "token" | "ssh" | undefined;
  access: AccessClass;
  /** Names of the tools that the token is for; all when absent. */
  tools?: readonly string[] | undefined;
  usages: readonly Usage[];
  /** Seconds since the epoch. */
  expire?: number | undefined;
  sudo: SudoReach;
  families?: readonly string[] | undefined;
  dryRun: boolean;
  /** For the backend env: prints the variables, secrets and all. */
  printSecrets: boolean;
  /** For the backend env: a new file of the variables. */
  variablesFile?: string | undefined;
  signal: AbortSignal;
  /** Writes what `printSecrets` asks for, as it is. */
  printRaw(text: string): void;
}

/** The environment is the operator's to write. */
class EnvironmentBackendError extends ProxmoxMcpError {
  constructor() {
    super({
      code: "secret-read-only",
      message: "The backend env cannot be written: what would be made here could not be kept. Nothing was changed.",
      next: "Use --secret-backend file (with --secret-file PATH) or vault; or --variables-file PATH for a new file of variables, or --print-secrets to have them printed.",
    });
  }
}

/** Makes what a server needs on a cluster, and puts it into the secret store. Resolves to the exit code. */
export async function enroll(options: EnrollOptions, report: Report): Promise<number> {
  const { config, dryRun, variablesFile, printSecrets } = options;
  const isEnv = config.secrets.backend === "env";
  if (isEnv && !dryRun && variablesFile === undefined && !printSecrets) throw new EnvironmentBackendError();
  if (options.only === "ssh" && options.via === "api") {
    throw new ProxmoxMcpError({
      code: "invalid-argument",
      message: "A user over SSH cannot be made over the API.",
      next: "Leave --via api out.",
    });
  }
  const names = namesOf(options.name);
  const operator = await openOperator({ ...options, command: "enroll" });
  const store = isEnv ? undefined : await openSecretStore(config, { keep: keepSecret });
  const withLogin = options.only !== "token" && operator.ssh !== undefined;
  const prepare = (host?: RootHost): Promise<Prepared<Enrolled>> => {
    const login: WantedLogin | undefined = host && {
      host,
      secret: { cluster: options.cluster, kind: "ssh", node: host.node },
      reach: options.sudo,
      families: options.families,
      expectedHostKeys: operator.ssh!.expectedHostKeys,
      connect: operator.login,
    };
    return prepareEnrolment({
      names,
      keep: keepSecret,
      store,
      login,
      ...(options.only === "ssh"
        ? {}
        : {
            token: {
              way: operator.way,
              secret: { cluster: options.cluster, kind: "token" },
              grants: (known) => grantsFor({ ...options, ceiling: options.access, known }),
              expire: options.expire,
              connect: operator.connect,
            },
          }),
    });
  };
  const work = async (host?: RootHost): Promise<number> => {
    const { steps, outcome } = await prepare(host);
    if (variablesFile !== undefined)
      steps.push(
        variablesFileStep(variablesFile, () => variableLines(outcome, settingsOf(options, operator, outcome))),
      );
    if (dryRun) {
      report.line(`Nothing was changed. On cluster ${options.cluster} this would be done, in this order:`);
      for (const { what, lines } of steps) {
        report.line(`- ${what}`);
        for (const line of lines) report.line(`    ${line}`);
      }
      report.object({ ok: true, dryRun: true, steps: steps.map(({ what, lines }) => ({ what, lines })) });
      return 0;
    }
    await carryOut(steps, { done: (what) => report.line(`+ ${what}`), signal: options.signal });
    return finish(outcome, options, operator, report);
  };
  try {
    if (!withLogin) return await work();
    return await operator.ssh!.within({ user: names.sshUser, key: "a new one" }, work);
  } finally {
    await store?.close();
    await operator.close();
  }
}

function finish(outcome: Enrolled, options: EnrollOptions, operator: Operator, report: Report): number {
  const { variablesFile, printSecrets, cluster } = options;
  const settings = settingsOf(options, operator, outcome);
  const { userid, tokenName, sshUser, node, fingerprint, grants = [], stored } = outcome;
  report.line("");
  report.line(`Enrolled on cluster ${cluster}:`);
  if (tokenName) {
    const end = options.expire ? `until ${new Date(options.expire * 1000).toISOString()}` : "without an end";
    report.line(`  token ${tokenName}, ${end}, of the user ${userid}`);
    for (const grant of grants) report.line(`    ${wordsOf(grant)}`);
  }
  if (sshUser) report.line(`  SSH user ${sshUser} on ${node}, key ${fingerprint}`);
  for (const { secret, place } of stored) report.line(`  ${secret} is in ${place}`);
  if (variablesFile !== undefined)
    report.line(`  the variables are in ${variablesFile}, which only its owner can read`);
  report.line("");
  report.line("The server takes it with these settings:");
  for (const [name, value] of Object.entries(settings)) report.line(`  ${name}=${value}`);
  if (printSecrets) options.printRaw(`${variableLines(outcome, {}).join("\n")}\n`);
  report.object({
    ok: true,
    cluster,
    ...(tokenName ? { token: tokenName, user: userid, grants } : {}),
    ...(options.expire ? { expire: options.expire } : {}),
    ...(sshUser ? { ssh: { user: sshUser, node, fingerprint } } : {}),
    stored,
    ...(variablesFile === undefined ? {} : { variablesFile }),
    settings,
  });
  return 0;
}

function wordsOf({ path, below, privileges }: Grant): string {
  return `${path}${below ? " and below" : ""}: ${privileges.join(", ")}`;
}

/** What the server has to be told beside the secrets. */
function settingsOf(
  { config, access }: EnrollOptions,
  { cluster }: Operator,
  { identity }: Enrolled,
): Record<string, string> {
  const { secrets } = config;
  return {
    ...(config.clusters.length > 1
      ? {}
      : {
          PROXMOX_HOST: cluster.endpoints.map((url) => new URL(url).host).join(","),
          ...(cluster.tls.fingerprints.length > 0
            ? { PROXMOX_TLS_FINGERPRINT: cluster.tls.fingerprints.join(",") }
            : {}),
        }),
    ...(secrets.backend === "env" ? {} : { PROXMOX_MCP_SECRET_BACKEND: secrets.backend }),
    ...(secrets.backend === "file" ? { PROXMOX_MCP_SECRET_FILE_PATH: secrets.path } : {}),
    ...(secrets.backend === "vault" ? { PROXMOX_MCP_SECRET_VAULT_ADDR: secrets.address } : {}),
    ...ceilingOf(access, identity !== undefined, secrets.backend),
  };
}

/** What the server may do at worst, where it is not what it would be anyway. */
function ceilingOf(access: AccessClass, withIdentity: boolean, backend: string): Record<string, string> {
  // Whoever asked for less does not get commands on nodes for it.
  if (access === "read" || access === "mutate") return { PROXMOX_MCP_ACCESS: access };
  // A store does not tell before it is asked that there is an identity in it.
  return withIdentity && backend !== "env" ? { PROXMOX_MCP_ACCESS: "escape" } : {};
}
