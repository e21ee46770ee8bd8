import { readFile } from "node:fs/promises";
import { keepSecret, redactText } from "../access/index.ts";
import type { ClusterConfig } from "../config/cluster-config.ts";
import { hostKeyText, parseHostKeys } from "../config/host-key-text.ts";
import type { Config } from "../config/index.ts";
import { ProxmoxMcpError } from "../errors/index.ts";
import { ACCESS_OPERATION, nodeName } from "../provision/host-steps.ts";
import type { PveWay } from "../provision/pve-way.ts";
import { pveumWay } from "../provision/pveum.ts";
import type { Caller, Gate } from "../pve/gate.ts";
import type { Send } from "../schema/operation.ts";
import { HostKeyUnpinnedError } from "../ssh/errors.ts";
import { pinsFor } from "../ssh/host-keys.ts";
import { type Hosts, type HostsOptions, openHosts, type PinnedIdentity } from "../ssh/index.ts";
import type { Operator, OperatorOptions } from "./operator.ts";

/** What the way of root is built on. */
export interface Wiring {
  gate: Gate;
  caller: Caller;
  opened: { close(): Promise<void> }[];
  setWay(way: PveWay, by: (caller: Caller) => Send): void;
}

type Place = Pick<HostsOptions, "cluster" | "discover" | "way">;

/** Logs root in on a node, whose host key is known before any password is asked for. */
export async function openRoot(
  options: OperatorOptions,
  given: ClusterConfig,
  { gate, caller, opened, setWay }: Wiring,
): Promise<{ cluster: ClusterConfig; ssh: { ssh: NonNullable<Operator["ssh"]>; place: Place } }> {
  const { config, cluster: name } = options;
  const { host, port } = addressOf(options, given);
  const label = options.node ?? host;
  const username = options.user ?? "root";
  const identity: PinnedIdentity = {
    username,
    expectedHostKeys: await expectedOf(options, config),
    ...(options.key === undefined ? {} : { privateKey: await readFile(options.key, "utf8") }),
  };
  const at = (node: string): Place => ({
    cluster: name,
    discover: async () => new Map(),
    way: { ...config.sshWay, hosts: { [node]: { host, port } } },
  });
  // The host key comes first: no password is asked for before it is known whose host it goes to.
  identity.expectedHostKeys = await pinned(options, { label, host, port, gate, caller, identity, at });
  if (options.key === undefined) {
    identity.password = await passwordOf(options, `Password of ${username} at ${host}: `);
    keepSecret(identity.password);
  } else {
    keepSecret(identity.privateKey!);
    if (/ENCRYPTED|aes256/.test(identity.privateKey!)) {
      identity.passphrase = await passwordOf(options, `Passphrase of ${options.key}: `);
      keepSecret(identity.passphrase);
    }
  }
  const open = (node: string): Hosts => {
    const hosts = openHosts({ ...at(node), gate, identity: async () => identity });
    opened.push(hosts);
    return hosts;
  };
  const asRoot = (hosts: Hosts, node: string) => (by: Caller) => pveumWay(hosts, { cluster: name, node, caller: by });
  const first = open(label);
  setWay(asRoot(first, label)(caller), (by) => asRoot(first, label)(by).send);
  const call = (node: string, params: object) => ({ node, operation: ACCESS_OPERATION, params: { node, ...params } });
  const node = await first.within(caller, call(label, { user: username, key: "none" }), (session) =>
    nodeName({ node: label, session }),
  );
  if (options.node !== undefined && options.node !== node) {
    throw new ProxmoxMcpError({
      code: "another-node",
      message: `The host at ${host} is called ${node}, not ${options.node}. Nothing was changed.`,
      next: "Correct --node or --host.",
    });
  }
  if (node !== label) await first.close();
  const hosts = node === label ? first : open(node);
  const way = asRoot(hosts, node)(caller);
  setWay(way, (by) => asRoot(hosts, node)(by).send);
  const cluster = given.endpoints.length > 0 ? given : await derived(given, way, node, host);
  const place = { node, address: host, port };
  const pins = pinsFor(parseHostKeys(identity.expectedHostKeys.join("\n")), { ...place, node: label });
  return {
    cluster,
    ssh: {
      place: at(node),
      ssh: {
        node,
        expectedHostKeys: pins.map((pin) => hostKeyText(pin.kind === "fingerprint" ? { ...pin, node } : pin)),
        within: (params, work) => hosts.within(caller, call(node, params), (session) => work({ node, session })),
      },
    },
  };
}

/** Where nobody said where the API is, it is on the node, with the certificate that the node itself names. */
async function derived(given: ClusterConfig, way: PveWay, node: string, host: string): Promise<ClusterConfig> {
  const { data } = await way.send<readonly { filename?: string; fingerprint?: string }[]>(
    "GET /nodes/{node}/certificates/info",
    { node },
  );
  const served =
    data.find(({ filename }) => filename === "pveproxy-ssl.pem") ??
    data.find(({ filename }) => filename === "pve-ssl.pem");
  return {
    ...given,
    endpoints: [`https://${host.includes(":") ? `[${host}]` : host}:8006`],
    tls: { ...given.tls, fingerprints: served?.fingerprint ? [served.fingerprint] : given.tls.fingerprints },
  };
}

function addressOf(
  { host, config }: OperatorOptions,
  { endpoints, name }: ClusterConfig,
): { host: string; port: number } {
  if (host !== undefined) {
    const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d{1,5}))?$/.exec(host) ?? [];
    const address = bracketed ?? plain ?? host;
    return { host: address, port: digits === undefined ? config.sshWay.port : Number(digits) };
  }
  const [endpoint] = endpoints;
  if (endpoint === undefined) {
    throw new ProxmoxMcpError({
      code: "not-configured",
      message: `Nobody said where cluster ${name} is.`,
      next: "Give --host, the address of one of its nodes; or set PROXMOX_HOST.",
    });
  }
  return { host: new URL(endpoint).hostname.replace(/^\[|\]$/g, ""), port: config.sshWay.port };
}

async function expectedOf({ hostKey, env }: OperatorOptions, { sshWay, ssh }: Config): Promise<string[]> {
  if (hostKey !== undefined) return [hostKey];
  const variable = env.PROXMOX_SHELL_SSH_EXPECTED_HOST_KEY;
  const file = sshWay.knownHostsFile;
  return [
    ...(ssh?.expectedHostKeys ?? []),
    ...(ssh === undefined && variable ? [variable] : []),
    ...(file === undefined ? [] : [await readFile(file, "utf8").catch(() => "")]),
  ].filter((text) => text.trim() !== "");
}

/** The host keys to compare with; where there is none, the operator is shown the one that the host has. */
async function pinned(
  options: OperatorOptions,
  {
    label,
    host,
    port,
    gate,
    caller,
    identity,
    at,
  }: {
    label: string;
    host: string;
    port: number;
    gate: Gate;
    caller: Caller;
    identity: PinnedIdentity;
    at(node: string): Place;
  },
): Promise<readonly string[]> {
  const pins = identity.expectedHostKeys.length === 0 ? [] : parseHostKeys(identity.expectedHostKeys.join("\n"));
  if (pinsFor(pins, { node: label, address: host, port }).length > 0) return identity.expectedHostKeys;
  // Without a pin nothing is sent but the greeting, and the error tells the key that was shown.
  const probe = { ...identity, password: "", expectedHostKeys: pins.map(hostKeyText) };
  const hosts = openHosts({ ...at(label), gate, identity: async () => probe });
  try {
    await hosts.reach(caller, label);
    return identity.expectedHostKeys;
  } catch (error) {
    if (!(error instanceof HostKeyUnpinnedError)) throw error;
    const { fingerprint, type } = error.data as { fingerprint: string; type: string };
    if (!(await options.confirmHostKey(label, fingerprint, type))) {
      throw new ProxmoxMcpError({
        code: error.code,
        message: redactText(error.message),
        next: `Compare it with what ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub prints on the node itself, then give --host-key ${fingerprint}.`,
        data: error.data,
      });
    }
    return [fingerprint];
  } finally {
    await hosts.close();
  }
}

/** The password that the operator gives; throws where there is none. */
export async function passwordOf({ password }: OperatorOptions, question: string): Promise<string> {
  const given = await password(question);
  if (given === undefined || given === "") {
    throw new ProxmoxMcpError({
      code: "password-missing",
      message: "There is no password, and no terminal to ask for one.",
      next: "Pipe it in with --password-stdin, or log in with --key.",
    });
  }
  keepSecret(given);
  return given;
}
