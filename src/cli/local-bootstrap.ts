import { randomBytes } from "node:crypto";
import { lookup } from "node:dns/promises";
import { BlockList, isIP, isIPv6 } from "node:net";
import { keepSecret, redactText } from "../access/index.ts";
import { openOperator } from "../admin/operator.ts";
import { ConfigError } from "../config/config-error.ts";
import { parseHostKeys } from "../config/host-key-text.ts";
import { type Config, loadConfig } from "../config/index.ts";
import { type Environment, type VariableReader, variableReader } from "../config/variable-reader.ts";
import { VARIABLES, type VariableName } from "../config/variables.ts";
import { typedUsages } from "../doctor/rights/usages.ts";
import { ProxmoxMcpError } from "../errors/index.ts";
import { type Enrolled, type Enrolment, prepareEnrolment } from "../provision/enroll.ts";
import { type Grant, grantsFor } from "../provision/grants.ts";
import { hostRemoval, type RootHost } from "../provision/host-steps.ts";
import { type Names, namesOf } from "../provision/names.ts";
import { carryOut, type Step, takeBack } from "../provision/steps.ts";
import { exitOnConfigError } from "./config-exit.ts";
import type { EndSignals } from "./end-signals.ts";

/** A server's own credentials on a disposable lab, for as long as it runs. */
export interface LocalBootstrap {
  /** The environment with those credentials in it. */
  env: Environment;
  /** Removes them, and says what is left. */
  end(): Promise<void>;
}

const SWITCH = "PROXMOX_MCP_LOCAL_BOOTSTRAP";
/** Seconds after which a token ends that nobody could remove. */
const LIFETIME_S = 24 * 3600;

/** What would be other credentials, or another way of serving. */
const IN_THE_WAY = [
  "PROXMOX_MCP_CLUSTERS_FILE",
  "PROXMOX_API_TOKEN_USER",
  "PROXMOX_API_TOKEN_ID",
  "PROXMOX_API_TOKEN_SECRET",
  "PROXMOX_SHELL_SSH_PRIVATE_KEY",
  "PROXMOX_SHELL_SSH_PRIVATE_KEY_PATH",
  "PROXMOX_SHELL_SSH_JUMP",
] as const satisfies readonly VariableName[];

/** Variables of this way alone, which the server itself never sees. */
const OWN = [
  SWITCH,
  "PROXMOX_BOOTSTRAP_SSH_USERNAME",
  "PROXMOX_BOOTSTRAP_SSH_PASSWORD",
  "PROXMOX_BOOTSTRAP_SSH_PASSWORD_FILE",
  "PROXMOX_SSH_USERNAME",
  "PROXMOX_SSH_PASSWORD",
  "PROXMOX_SSH_PASSWORD_FILE",
] as const;

/**
 * Makes a user, a token and an SSH user with root's password, where `PROXMOX_MCP_LOCAL_BOOTSTRAP` asks for it; undefined
 * where it does not. Refuses everything but one disposable lab that is near, over stdio: throws `ConfigError`.
 */
export async function bootstrapLocally(
  env: Environment,
  say: (text: string) => void,
  signal?: AbortSignal,
): Promise<LocalBootstrap | undefined> {
  const variables = variableReader(env);
  if (!variables.read(SWITCH)) return undefined;
  const { username, password, hostKey } = settingsOf(variables, env);
  keepSecret(password);
  const plain = without(env, [...OWN, "PROXMOX_SHELL_SSH_EXPECTED_HOST_KEY", "PROXMOX_SHELL_SSH_USERNAME"]);
  const config = await loadConfig(plain);
  const [cluster] = config.clusters;
  await requireNear(config);
  const { host, port } = addressOf(config);
  const [said] = Object.keys(config.sshWay.hosts);
  const named =
    said ?? parseHostKeys(hostKey).flatMap((pin) => (pin.kind === "fingerprint" ? (pin.node ?? []) : []))[0];
  const open = () =>
    openOperator({
      command: "local-bootstrap",
      config,
      env,
      cluster: cluster!.name,
      via: "ssh",
      host: `${isIPv6(host) ? `[${host}]` : host}:${port}`,
      node: named,
      user: username,
      password: async () => password,
      hostKey,
      confirmHostKey: async () => false,
    });
  const names = namesOf(`mcp-lab-${randomBytes(3).toString("hex")}`);
  const ceiling = variables.read("PROXMOX_MCP_ACCESS") ?? "escape";
  const operator = await open();
  const { ssh, way } = operator;
  const made = { pve: [] as Step[] };
  let outcome!: Enrolled;
  try {
    outcome = await ssh!.within({ user: names.sshUser, key: "a new one" }, async (root) => {
      const enrolment: Enrolment = {
        names,
        keep: keepSecret,
        token: {
          way,
          secret: { cluster: cluster!.name, kind: "token" },
          grants: (known) => [everywhere(grantsFor({ usages: typedUsages(), ceiling, known }))],
          expire: Math.floor(Date.now() / 1000) + LIFETIME_S,
          connect: operator.connect,
        },
        login: {
          host: root,
          secret: { cluster: cluster!.name, kind: "ssh", node: root.node },
          reach: ceiling === "escape" ? "all" : "cli",
          expectedHostKeys: ssh!.expectedHostKeys,
          connect: operator.login,
        },
      };
      const prepared = await prepareEnrolment(enrolment);
      await carryOut(prepared.steps, { signal });
      made.pve = prepared.steps.filter(({ request }) => request !== undefined);
      return prepared.outcome;
    });
  } finally {
    await operator.close();
  }
  const node = ssh!.node;
  say(
    `local bootstrap: made ${outcome.tokenName} and the SSH user ${names.sshUser} on ${node}; both are removed when this server ends`,
  );
  return {
    env: {
      ...plain,
      PROXMOX_API_TOKEN_USER: outcome.token!.user,
      PROXMOX_API_TOKEN_REALM: outcome.token!.realm,
      PROXMOX_API_TOKEN_ID: outcome.token!.id,
      PROXMOX_API_TOKEN_SECRET: outcome.token!.secret,
      PROXMOX_SHELL_SSH_USERNAME: names.sshUser,
      PROXMOX_SHELL_SSH_PRIVATE_KEY: outcome.identity!.privateKey,
      PROXMOX_SHELL_SSH_EXPECTED_HOST_KEY: outcome.identity!.expectedHostKeys.join(","),
      PROXMOX_SHELL_SSH_HOSTS: [env.PROXMOX_SHELL_SSH_HOSTS, `${node}=${isIPv6(host) ? `[${host}]` : host}:${port}`]
        .filter(Boolean)
        .join(","),
    },
    end: once(async () => {
      const left = await remove(open, made.pve, names).catch((error: Error) => [
        { what: "everything", why: error.message, lines: [`proxmox-mcp admin deprovision --name ${names.name}`] },
      ]);
      if (left.length === 0) say("local bootstrap: removed the token and the SSH user again");
      for (const { what, why, lines } of left) {
        say(`local bootstrap: LEFT BEHIND: ${what} (${why}); by hand: ${lines.join("; ")}`);
      }
    }),
  };
}

/**
 * As `bootstrapLocally`; what is wrong ends the process, after what was made so far is taken back. So does a signal, until
 * the caller says what it does instead.
 */
export async function bootstrapOrExit(env: Environment, signals: EndSignals): Promise<LocalBootstrap | undefined> {
  const say = (text: string) => void process.stderr.write(`proxmox-mcp: ${redactText(text)}\n`);
  const calledOff = new AbortController();
  signals.do(() => calledOff.abort(new Error("it was called off.")));
  try {
    const made = await bootstrapLocally(env, say, calledOff.signal);
    const end = () => void made?.end().finally(() => process.exit(0));
    signals.do(end);
    if (!calledOff.signal.aborted) return made;
    // The end came when all was made already.
    await made?.end();
    return process.exit(0);
  } catch (error) {
    if (error instanceof ConfigError || !(error instanceof ProxmoxMcpError)) return exitOnConfigError(error);
    say(["cannot start", error.message, error.next].filter(Boolean).join("\n  "));
    return process.exit(1);
  }
}

/** One entry for all of it: on a disposable lab it matters more that it is soon gone again. */
function everywhere(grants: readonly Grant[]): Grant {
  const privileges = [...new Set(grants.flatMap((grant) => grant.privileges))].sort();
  return { path: "/", below: true, privileges };
}

type Leftovers = Awaited<ReturnType<typeof takeBack>>["left"];

/** A client waits for a few seconds only until it kills a server that does not end: what can be done at once is. */
async function remove(
  open: () => ReturnType<typeof openOperator>,
  pve: readonly Step[],
  names: Names,
): Promise<Leftovers> {
  const operator = await open();
  try {
    // The steps were bound to the connection of the start, which is gone: they go over this one.
    const again = pve.map((step) => ({ ...step, undo: () => step.undoOver!(operator.way.send) }));
    const of = (prefix: string) => again.filter(({ what }) => what.startsWith(prefix));
    const onHost = operator.ssh!.within({ user: names.sshUser, key: "all" }, async (root: RootHost) => {
      const ends = await Promise.all(hostRemoval(root, names).map((step) => takeBack([step])));
      return ends.flatMap((end) => end.left);
    });
    const inPve = takeBack([...of("role "), ...of("user "), ...of("token "), ...of("rights ")]);
    return [...(await inPve).left, ...(await onHost)];
  } finally {
    await operator.close();
  }
}

function settingsOf(
  { read, isSet }: VariableReader,
  env: Environment,
): { username: string; password: string; hostKey: string } {
  const username = read("PROXMOX_BOOTSTRAP_SSH_USERNAME") ?? read("PROXMOX_SSH_USERNAME") ?? "root";
  const password = read("PROXMOX_BOOTSTRAP_SSH_PASSWORD") ?? read("PROXMOX_SSH_PASSWORD");
  const mode = read("PROXMOX_MCP_MODE") ?? "stdio";
  if (mode !== "stdio") throw refusal(SWITCH, `is set, and PROXMOX_MCP_MODE is ${mode}`, "it serves over stdio only");
  const backend = read("PROXMOX_MCP_SECRET_BACKEND") ?? "env";
  if (backend !== "env") {
    throw refusal(SWITCH, `is set, and PROXMOX_MCP_SECRET_BACKEND is ${backend}`, "nothing is kept of what it makes");
  }
  const other = IN_THE_WAY.find(isSet);
  if (other !== undefined)
    throw refusal(SWITCH, `is set together with ${other}`, "it makes its own credentials, on one cluster");
  if (password === undefined) {
    throw refusal(
      "PROXMOX_BOOTSTRAP_SSH_PASSWORD",
      `is not set, though ${SWITCH} is`,
      VARIABLES.PROXMOX_SSH_PASSWORD.allowed,
    );
  }
  const hostKey = env.PROXMOX_SHELL_SSH_EXPECTED_HOST_KEY ?? "";
  if (hostKey === "") {
    throw refusal(
      "PROXMOX_SHELL_SSH_EXPECTED_HOST_KEY",
      `is not set, though ${SWITCH} is: a password goes to no host of which nobody vouches`,
      VARIABLES.PROXMOX_SHELL_SSH_EXPECTED_HOST_KEY.allowed,
    );
  }
  return { username, password, hostKey };
}

function refusal(setting: string, fault: string, allowed: string): ConfigError {
  return new ConfigError(setting, fault, allowed);
}

/** Addresses that are not routed on the internet. */
const PRIVATE = new BlockList();
for (const [network, bits] of [
  ["10.0.0.0", 8],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
] as const) {
  PRIVATE.addSubnet(network, bits, "ipv4");
}
for (const [network, bits] of [
  ["::1", 128],
  ["fc00::", 7],
  ["fe80::", 10],
] as const) {
  PRIVATE.addSubnet(network, bits, "ipv6");
}

/** A disposable lab is on this machine or in its own network. */
async function requireNear({ clusters }: Config): Promise<void> {
  const endpoints = clusters[0]!.endpoints;
  if (endpoints.length !== 1)
    throw refusal(
      "PROXMOX_HOST",
      `names ${endpoints.length} hosts, and ${SWITCH} is set`,
      "the one node of a disposable lab",
    );
  const host = new URL(endpoints[0]!).hostname.replace(/^\[|\]$/g, "");
  const addresses =
    isIP(host) !== 0 ? [host] : (await lookup(host, { all: true }).catch(() => [])).map(({ address }) => address);
  const isNear = addresses.length > 0 && addresses.every((one) => PRIVATE.check(one, isIPv6(one) ? "ipv6" : "ipv4"));
  if (!isNear) {
    throw refusal(
      "PROXMOX_HOST",
      `is ${host}, which is not in a private network, and ${SWITCH} is set`,
      "the private address of a disposable lab; a real cluster is enrolled: proxmox-mcp admin enroll",
    );
  }
}

/** Where sshd of the lab is: where it is said to be for its only node, else at the API's host. */
function addressOf({ clusters, sshWay }: Config): { host: string; port: number } {
  const [said] = Object.values(sshWay.hosts);
  const host = new URL(clusters[0]!.endpoints[0]!).hostname.replace(/^\[|\]$/g, "");
  return { host: said?.host ?? host, port: said?.port ?? sshWay.port };
}

function without(env: Environment, names: readonly string[]): Environment {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)));
}

/** What is called a second time waits for the first. */
function once(act: () => Promise<void>): () => Promise<void> {
  let acting: Promise<void> | undefined;
  return () => {
    acting ??= act();
    return acting;
  };
}
