import { randomUUID } from "node:crypto";
import { getAccessPermissions } from "../../generated/clients/access-permissions.ts";
import { getVersion } from "../../generated/clients/version.ts";
import { keepSecret } from "../access/index.ts";
import type { TokenAuth } from "../config/cluster-config.ts";
import type { Config } from "../config/index.ts";
import { type SecretName, secretNameText } from "../config/secret-name.ts";
import { ProxmoxMcpError } from "../errors/index.ts";
import { connectCluster } from "../pve/client.ts";
import { tokenName } from "../pve/token-holder.ts";
import { openSecretStore, type SecretStore, secretTexts } from "../secrets/index.ts";
import { hostsOfCluster } from "../ssh/cluster-hosts.ts";
import { operatorGate } from "./operator.ts";
import type { Report } from "./report.ts";

export interface StatusOptions {
  config: Config;
  /** All that are configured when absent. */
  cluster?: string | undefined;
  /** Days before its end from which a token is warned about. */
  warnDays: number;
  env: Readonly<Record<string, string | undefined>>;
  now: number;
}

/** One credential, and what became of trying it. */
interface Finding {
  secret: string;
  state: "ok" | "warn" | "fail";
  what: string;
  /** Where it is a login: the node. */
  node?: string;
  /** Seconds since the epoch. */
  expire?: number;
  next?: string;
}

/** Tries every credential of the store with a live call. Resolves to the exit code: 1 when one does not work. */
export async function status(options: StatusOptions, report: Report): Promise<number> {
  const { config, env } = options;
  const store = await openSecretStore(config, { keep: keepSecret });
  const findings: Finding[] = [];
  try {
    const names = config.clusters.map(({ name }) => name).filter((name) => (options.cluster ?? name) === name);
    if (names.length === 0)
      throw new ProxmoxMcpError({ code: "unknown-cluster", message: `No cluster ${options.cluster} is configured.` });
    for (const name of names) findings.push(...(await clusterStatus(name, store, options, env)));
    if (options.cluster === undefined) {
      for (const { cluster, ...name } of await store.list()) {
        if (names.includes(cluster)) continue;
        const secret = secretNameText({ cluster, ...name });
        findings.push({ secret, state: "warn", what: `is stored for a cluster ${cluster} that is not configured` });
      }
    }
  } finally {
    await store.close();
  }
  report.line(`Secrets in ${store.place}:`);
  for (const { secret, state, what, next } of findings) {
    report.line(`${state.padEnd(4)}  ${secret}  ${what}`);
    if (next !== undefined && state !== "ok") report.line(`      ${next}`);
  }
  if (findings.length === 0) report.line("none");
  const failed = findings.filter(({ state }) => state === "fail").length;
  report.object({ ok: failed === 0, backend: store.backend, place: store.place, findings });
  return failed === 0 ? 0 : 1;
}

async function clusterStatus(
  name: string,
  store: SecretStore,
  { config, warnDays, now }: StatusOptions,
  env: StatusOptions["env"],
): Promise<Finding[]> {
  const cluster = config.clusters.find((one) => one.name === name)!;
  const findings: Finding[] = [];
  const secret = cluster.tokenSecret ?? `${name}/token`;
  let token: TokenAuth | undefined;
  const caller = { principal: "operator", tool: "admin-status", requestId: randomUUID() };
  const { gate, close } = operatorGate(config, env, (by) => live.send(by));
  try {
    token = cluster.token ?? (await readToken(store, cluster.tokenSecret, name));
  } catch (error) {
    findings.push(failed(secret, error));
  }
  const live = connectCluster({ ...cluster, ...(token ? { token } : {}) }, gate);
  try {
    if (token) findings.push(await tokenStatus(live.send(caller), secret, token, { warnDays, now }));
    else if (findings.length === 0) {
      findings.push({ secret, state: "fail", what: "is not there", next: "Run proxmox-mcp admin enroll." });
    }
    const identities = new Map<string, SecretName<"ssh">>();
    for (const one of await store.list()) {
      if (one.cluster === name && one.kind === "ssh") identities.set(one.node ?? "", one as SecretName<"ssh">);
    }
    const identity = async (node: string) => {
      const found = identities.get(node) ?? identities.get("");
      const stored = found && (await store.read(found));
      for (const text of stored ? secretTexts(stored.value) : []) keepSecret(text);
      return stored?.value;
    };
    const hosts = hostsOfCluster(live, { gate, identity, way: config.sshWay });
    const at = (node: string) => secretNameText(identities.get(node) ?? { cluster: name, kind: "ssh" });
    try {
      const nodes = identities.has("") ? (await hosts.survey(caller)).map(({ node }) => node) : [...identities.keys()];
      for (const node of nodes) {
        findings.push(
          await hosts.reach(caller, node).then(
            ({ address, port }): Finding => ({
              secret: at(node),
              node,
              state: "ok",
              what: `logs in on ${node} (${address}:${port}), whose host key is the expected one`,
            }),
            (error: unknown) => ({ ...failed(at(node), error), node }),
          ),
        );
      }
    } catch (error) {
      findings.push(failed(at(""), error));
    } finally {
      await hosts.close();
    }
  } finally {
    await live.close();
    close();
  }
  return findings;
}

async function readToken(
  store: SecretStore,
  named: string | undefined,
  cluster: string,
): Promise<TokenAuth | undefined> {
  const [, at = cluster, node] = /^([^/]+)\/token(?:\/(.+))?$/.exec(named ?? "") ?? [];
  const name: SecretName<"token"> = { cluster: at, kind: "token", ...(node === undefined ? {} : { node }) };
  const found = await store.read(name);
  if (found) keepSecret(found.value.secret);
  return found?.value;
}

async function tokenStatus(
  send: Parameters<typeof getVersion>[0],
  secret: string,
  token: TokenAuth,
  { warnDays, now }: { warnDays: number; now: number },
): Promise<Finding> {
  const name = tokenName(token);
  try {
    const { version } = (await getVersion(send)).data as { version?: string };
    const paths = Object.keys((await getAccessPermissions(send)).data ?? {}).length;
    const expire = token.expire ?? 0;
    const ends = expire === 0 ? "" : `, ends ${new Date(expire * 1000).toISOString()}`;
    const what = `${name} is taken by Proxmox VE ${version ?? "?"}, with rights on ${paths} paths${ends}`;
    const base = { secret, what, ...(expire === 0 ? {} : { expire }) };
    if (paths === 0)
      return { ...base, state: "fail", next: "It holds no privilege at all: proxmox-mcp doctor says what it needs." };
    if (expire !== 0 && expire * 1000 - now < warnDays * 86_400_000) {
      return { ...base, state: "warn", next: "Run proxmox-mcp admin rotate before it ends." };
    }
    return { ...base, state: "ok" };
  } catch (error) {
    return failed(secret, error);
  }
}

function failed(secret: string, error: unknown): Finding {
  const { message, next } = error as Error & { next?: string };
  return { secret, state: "fail", what: message, ...(next === undefined ? {} : { next }) };
}
