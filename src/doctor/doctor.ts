import { randomUUID } from "node:crypto";
import { schemaVersions } from "../../generated/manifest.ts";
import {
  type CallRecord,
  createGate,
  loadStateKey,
  openPlanMarks,
  openRecord,
  stateDirectory,
} from "../access/index.ts";
import { ALL_VARIABLES } from "../config/all-variables.ts";
import type { Config } from "../config/index.ts";
import type { Cluster } from "../pve/cluster.ts";
import type { Caller } from "../pve/gate.ts";
import { hostsOfCluster } from "../ssh/cluster-hosts.ts";
import { type Check, Findings } from "./check.ts";
import { checkCluster } from "./cluster.ts";
import { checkConfiguration, type Setting } from "./configuration.ts";
import { checkHttp } from "./http.ts";
import { checkPlanMarks } from "./plan-marks.ts";
import { hideSecrets, type Report, renderText } from "./render.ts";
import { type KnownSecrets, readSecrets } from "./secrets.ts";
import { checkAuditLog, checkStateDirectory } from "./state.ts";

type Environment = Readonly<Record<string, string | undefined>>;

export interface DoctorOptions {
  env: Environment;
  version: string;
  /** Compare the schema with the host's own. */
  schema?: boolean;
  json?: boolean;
  colour?: boolean;
  now?: () => number;
}

/** EX_CONFIG of sysexits. */
const EXIT_CONFIG = 78;
/** Checks whose failure is a fault of the configuration. */
const CONFIGURATION: readonly string[] = ["configuration", "policy"];

/** Looks at everything a server with this environment would depend on, writes a report, resolves to the exit code. */
export async function runDoctor(options: DoctorOptions, output: { write(text: string): unknown }): Promise<number> {
  const { report, secrets } = await examine(options);
  const text = options.json ? `${JSON.stringify(report, null, 1)}\n` : renderText(report, options.colour === true);
  output.write(hideSecrets(text, secrets));
  return report.exitCode;
}

async function examine(options: DoctorOptions): Promise<{ report: Report; secrets: string[] }> {
  const { env } = options;
  const server = new Findings("server");
  const setting = await checkConfiguration(env, server);
  const directory = stateDirectory(env);
  const givenKey = setting?.config.stateKey;
  const keyGiven = [env.PROXMOX_MCP_STATE_KEY, env.PROXMOX_MCP_STATE_KEY_FILE].some(Boolean);
  const sound = checkStateDirectory(directory, keyGiven, server);
  // A key is made where a server would make it, and only once there is something to record.
  const key = loadStateKey(directory, { given: givenKey, make: sound && setting !== undefined });
  const notes: string[] = [];
  const record =
    setting && openRecord(directory, { key, ...setting.config.audit, note: (text) => void notes.push(text) });
  const secrets = secretsOf(env, setting?.config);
  let clusters: Check[] = [];
  try {
    if (setting && record) {
      const known = await readSecrets(setting.config, (secret) => void secrets.push(secret), server);
      clusters = await examineClusters(setting, known, record, options);
    }
    const { redisUrl, http } = setting?.config ?? {};
    if (http) await checkHttp(http, server, options.now ?? Date.now);
    if (redisUrl !== undefined) await checkPlanMarks(openPlanMarks({ directory, key, redisUrl }), redisUrl, server);
    if (sound) checkAuditLog(record, directory, notes, server);
  } finally {
    record?.close();
  }
  const checks = [...server.checks, ...clusters];
  const failed = checks.filter(({ status }) => status === "fail");
  const count = (status: Check["status"]) => checks.filter((check) => check.status === status).length;
  return {
    report: {
      version: options.version,
      schemaVersions,
      exitCode: failed.length === 0 ? 0 : failed.some(({ check }) => CONFIGURATION.includes(check)) ? EXIT_CONFIG : 1,
      summary: { ok: count("ok"), warn: count("warn"), fail: count("fail") },
      checks,
    },
    secrets,
  };
}

/** All clusters at once, each through the client and a gate that lets nothing but reads pass. */
async function examineClusters(
  { config, policy }: Setting,
  known: KnownSecrets,
  record: CallRecord,
  { env, schema = false, now = Date.now }: DoctorOptions,
): Promise<Check[]> {
  const connected = new Map<string, Cluster>();
  const gate = createGate({
    ceiling: "read",
    record,
    policy,
    cluster: (name) => {
      const cluster = connected.get(name)!;
      return {
        get tokenUser() {
          return cluster.tokenUser();
        },
        send: (caller) => cluster.send(caller),
        // The doctor asks about no guest.
        guest: async () => undefined,
      };
    },
  });
  const caller: Caller = { principal: "local", tool: "doctor", requestId: randomUUID() };
  const all = await Promise.all(
    known.clusters.map(async (cluster) => {
      const findings = new Findings(cluster.name);
      await checkCluster(
        cluster,
        {
          gate,
          caller,
          ceiling: config.access,
          fromFile: (env.PROXMOX_MCP_CLUSTERS_FILE ?? "") !== "",
          schema,
          now,
          hosts: (one) => {
            const identity = known.ssh.get(one.name);
            return identity && hostsOfCluster(one, { gate, identity: async () => identity, way: config.sshWay });
          },
          consoleUser: config.consoleLogin?.username,
          mapped: known.mapped.get(cluster.name) ?? [],
          onConnect: (one) => connected.set(one.name, one),
        },
        findings,
      );
      return findings.checks;
    }),
  );
  return all.flat();
}

function secretsOf(env: Environment, config: Config | undefined): string[] {
  const set = Object.entries(ALL_VARIABLES).flatMap(([name, { secret }]) =>
    secret && env[name] ? [env[name].trim()] : [],
  );
  return [...set, ...(config?.secretTexts ?? [])];
}
