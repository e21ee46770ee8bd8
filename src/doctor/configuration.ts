import { readFileSync } from "node:fs";
import { loadPolicy, type Policy, PolicyFileError } from "../access/index.ts";
import { ALL_VARIABLES, isVariable } from "../config/all-variables.ts";
import { ConfigError } from "../config/config-error.ts";
import { type Config, loadConfig, NO_COMMAND_LINE } from "../config/index.ts";
import { nearest } from "../schema/nearest.ts";
import type { Findings } from "./check.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** What `serve` would run with; undefined when it would not start. */
export interface Setting {
  config: Config;
  policy: Policy;
}

/** Looks at the variables, the files that they name, and the policy; values are never repeated. */
export async function checkConfiguration(env: Environment, findings: Findings): Promise<Setting | undefined> {
  const set = namesOf(env);
  let config: Config;
  try {
    config = await loadConfig(env, NO_COMMAND_LINE);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    findings.add("fail", "configuration", error.message, {
      ...(error.next === undefined ? {} : { next: error.next }),
      data: { setting: error.setting, set },
    });
    checkNames(env, findings, []);
    return undefined;
  }
  const [first] = config.clusters;
  const incomplete = [
    ...(first?.endpoints.length === 0 ? ["PROXMOX_HOST"] : []),
    ...(first?.token === undefined && first?.tokenSecret === undefined
      ? [
          "PROXMOX_API_TOKEN_USER",
          "PROXMOX_API_TOKEN_REALM",
          "PROXMOX_API_TOKEN_ID",
          "PROXMOX_API_TOKEN_SECRET",
        ].filter((name) => (env[name] ?? "") === "")
      : []),
  ];
  if (set.length === 0) {
    findings.add("fail", "configuration", "No PROXMOX_ variable is set, so there is no cluster to look at.", {
      next: `Set ${incomplete.join(", ")}, and PROXMOX_TLS_FINGERPRINT for a self-signed host; or try proxmox-mcp demo, which needs none.`,
      data: { set, missing: incomplete },
    });
  } else if (incomplete.length > 0) {
    findings.add("fail", "configuration", `Set: ${set.join(", ")}. Missing: ${incomplete.join(", ")}.`, {
      next: `Set ${incomplete.join(", ")} where the client starts this server (the "env" of its entry); a shell's variables do not reach it by themselves.`,
      data: { set, missing: incomplete },
    });
  } else {
    const clusters = config.clusters.length === 1 ? "1 cluster" : `${config.clusters.length} clusters`;
    findings.add("ok", "configuration", `${clusters}, from ${set.join(", ")}.`, { data: { set } });
  }
  checkNames(env, findings, [
    ...secretVariables(env.PROXMOX_MCP_CLUSTERS_FILE),
    ...phraseVariables(env.PROXMOX_SHELL_SSH_GUESTS_FILE),
    ...(env.PROXMOX_MCP_SECRET_VAULT_TOKEN_ENV ? [env.PROXMOX_MCP_SECRET_VAULT_TOKEN_ENV] : []),
  ]);
  checkCeiling(config, findings);
  const policy = await checkPolicy(config.policyFile, findings);
  return policy && incomplete.length === 0 ? { config, policy } : undefined;
}

/** The variables that are set and count; Vault's own one is there for other programs too. */
function namesOf(env: Environment): string[] {
  return Object.keys(ALL_VARIABLES)
    .filter((name) => name.startsWith("PROXMOX_") || env.PROXMOX_MCP_SECRET_BACKEND === "vault")
    .flatMap((name) => [name, `${name}_FILE`])
    .filter((name) => (env[name] ?? "") !== "" && isVariable(name));
}

/** A variable that looks like one of this server's and is none is most often one misspelt. */
function checkNames(env: Environment, findings: Findings, known: readonly string[]): void {
  for (const name of Object.keys(env).sort()) {
    if (!/^PROXMOX_/.test(name) || isVariable(name) || known.includes(name.replace(/_FILE$/, ""))) continue;
    const [meant] = nearest(name, Object.keys(ALL_VARIABLES), 1);
    findings.add("warn", "variable", `${name} is set, and this server does not read it.`, {
      next: meant === undefined ? "Remove it, or correct its name." : `If ${meant} is meant, correct the name.`,
      data: { variable: name },
    });
  }
}

/** The variables that a file of clusters takes its secrets from. */
function secretVariables(path: string | undefined): string[] {
  if (!path) return [];
  try {
    const { clusters } = JSON.parse(readFileSync(path, "utf8")) as { clusters: { token?: { secretEnv?: string } }[] };
    return clusters.flatMap(({ token }) => token?.secretEnv ?? []);
  } catch {
    return [];
  }
}

/** The variables that a table of guests takes its passphrases from. */
function phraseVariables(path: string | undefined): string[] {
  if (!path) return [];
  try {
    const { guests } = JSON.parse(readFileSync(path, "utf8")) as { guests: { passphraseEnv?: string }[] };
    return guests.flatMap(({ passphraseEnv }) => passphraseEnv ?? []);
  } catch {
    return [];
  }
}

function checkCeiling({ access, confirm }: Config, findings: Findings): void {
  const worst = {
    read: "nothing is changed",
    mutate: "destructive calls are refused",
    destructive: "escape calls are refused",
    escape: "every call is allowed",
  }[access];
  const asked =
    access === "read" || access === "mutate"
      ? ""
      : confirm === "human"
        ? "; a person has to confirm each destructive call"
        : "; a destructive call goes out once the object's name was typed";
  findings.add("ok", "access", `PROXMOX_MCP_ACCESS=${access}: ${worst}${asked} (PROXMOX_MCP_CONFIRM=${confirm}).`, {
    data: { ceiling: access, confirm },
  });
}

async function checkPolicy(path: string | undefined, findings: Findings): Promise<Policy | undefined> {
  try {
    const policy = await loadPolicy(path);
    findings.add(
      "ok",
      "policy",
      path === undefined ? "No policy file: the access ceiling alone decides." : `${path} is valid.`,
    );
    return policy;
  } catch (error) {
    if (!(error instanceof PolicyFileError)) throw error;
    findings.add("fail", "policy", error.message, { next: `${error.next} The server does not start before.` });
    return undefined;
  }
}
