import { manifest } from "../../generated/manifest.ts";
import { createCertificate, type LabCertificate } from "./certificate.ts";
import { serveWebSocket } from "./console/websocket.ts";
import type { FaultControls } from "./faults/definition.ts";
import { Faults } from "./faults.ts";
import { localApi } from "./local-call.ts";
import { Router } from "./router.ts";
import { routes } from "./routes/index.ts";
import { ROOT_INDEX } from "./routes/root.ts";
import { plant, SEEDS, type SeedName } from "./seed/index.ts";
import { type AddToken, plantTokens, type TokenIdentity } from "./seed/tokens.ts";
import { type LabRequest, serve } from "./service.ts";
import type { HostTroubles, Machine } from "./shell/process.ts";
import type { HostCommandRecord } from "./shell/session.ts";
import { type LabSsh, startSsh } from "./ssh/server.ts";
import { ClusterState } from "./state/cluster.ts";
import { syntheticRoutes } from "./synthetic/index.ts";
import { dialectOf, isIn, type LabVersion, VERSIONS } from "./versions.ts";
import { type Conditions, listen } from "./wire/server.ts";
import { Workers } from "./workers.ts";

export type { TokenIdentity };

export interface LabOptions {
  seed?: SeedName;
  /** Any free one when absent. */
  port?: number;
  /** Address to listen on; the loopback one unless told. */
  host?: string;
  /** The cluster's name; a single node is standalone without one. */
  name?: string;
  /** Node names are this and a number. */
  nodePrefix?: string;
  firstVmid?: number;
  /** Decides all that is random in the seed. */
  random?: number;
  /** Version of PVE to behave like: its operations, its parameters, its way of telling errors. */
  version?: LabVersion;
  /** Replaces parts of the token with all rights. */
  token?: Partial<TokenIdentity>;
  /** With which root@pam logs in; made up when absent. */
  rootPassword?: string;
  /** Milliseconds by which a 401 is late. */
  authDelayMs?: number;
  /** Milliseconds that a guest's start takes; all else follows from it. */
  taskMs?: number;
  /** Milliseconds before a new task can be read; a twentieth of `taskMs` when absent. */
  taskVisibleMs?: number;
  /** Milliseconds from an HA request to its effect; ten times `taskMs` when absent. */
  haMs?: number;
  /** Milliseconds by which a 595 for an offline node is late. */
  offlineMs?: number;
  /** Milliseconds that a dead node's guests count as running; a hundred times `taskMs` when absent. */
  staleMs?: number;
  /** Milliseconds that a silent guest agent takes to be given up. */
  agentMs?: number;
  /** Calls that a node carries out at a time; three on a real one. */
  workers?: number;
  /** Serves SSH too, every node on a port of its own. */
  ssh?: boolean;
}

/** A running simulated cluster. */
export interface Lab {
  host: string;
  port: number;
  /** SHA-256 of the served certificate, `AA:BB:…`. */
  readonly fingerprint: string;
  /** PEM text of the served certificate. */
  readonly certificate: string;
  /** `https://host:port`. */
  url: string;
  /** A token with all rights. */
  token: TokenIdentity;
  /** A token without any right, made when it is first asked for. */
  readonly powerless: TokenIdentity;
  /** With which root@pam logs in. */
  rootPassword: string;
  /** How many there were at the start. */
  nodes: number;
  guests: number;
  state: ClusterState;
  faults: Faults;
  /** Every request seen, oldest first; may be emptied. */
  requests: LabRequest[];
  /** Every command that reached a host over SSH or a console, oldest first; may be emptied. */
  commands: HostCommandRecord[];
  /** How to reach the nodes over SSH; absent without the option. */
  ssh?: LabSsh;
  /** Adds a token with rights by path, which hold below it too. */
  addToken: AddToken;
  close(): Promise<void>;
}

const DEFAULT_TASK_MS = 300;

/** Starts a simulated cluster and resolves once it answers. */
export async function startLab(options: LabOptions = {}): Promise<Lab> {
  const seed = options.seed ?? "small";
  const version = options.version ?? "9.2";
  const host = options.host ?? "127.0.0.1";
  const nodePrefix = options.nodePrefix ?? "pve";
  const taskMs = options.taskMs ?? DEFAULT_TASK_MS;
  const newCertificate = (): Promise<LabCertificate> =>
    createCertificate(
      `${nodePrefix}1`,
      [`${nodePrefix}1`, "localhost"],
      [...new Set(["127.0.0.1", "::1", ...(/^[\d.]+$/.test(host) ? [host] : [])])],
    );
  let certificate = await newCertificate();
  const state = new ClusterState(options.name ?? (SEEDS[seed].nodes === 1 ? undefined : "lab"), {
    taskMs,
    taskVisibleMs: options.taskVisibleMs ?? taskMs / 20,
    haMs: options.haMs ?? taskMs * 10,
    authDelayMs: options.authDelayMs ?? 3000,
    offlineMs: options.offlineMs ?? 0,
    agentMs: options.agentMs ?? taskMs,
    staleMs: options.staleMs ?? taskMs * 100,
  });
  plant(state, seed, {
    firstVmid: options.firstVmid ?? 100,
    nodePrefix,
    fingerprint: certificate.fingerprint,
    version: VERSIONS[version],
    random: options.random ?? 9211,
  });
  state.hosts.of(state.entry.name).certificates.served = certificate.certificate;

  const { addToken, token, rootPassword } = plantTokens(state, options);
  let powerless: TokenIdentity | undefined;

  const documented = new Set<string>(manifest.filter((entry) => isIn(version, entry)).map((entry) => entry.id));
  documented.add(ROOT_INDEX);
  const simulated = routes.filter((route) => documented.has(route.id));
  const troubles: HostTroubles = { otherHostKey: false, refuseLogin: false, localeNoise: false, sudoPassword: false };
  const commands: HostCommandRecord[] = [];
  const conditions: Conditions = { refuse: false, oversizedHeadMs: 0 };
  const controls: FaultControls = {
    state,
    token,
    conditions,
    hosts: troubles,
    async renewCertificate() {
      certificate = await newCertificate();
      state.entry.fingerprint = certificate.fingerprint;
      state.hosts.of(state.entry.name).certificates.served = certificate.certificate;
      server.renew(certificate);
      server.drop();
    },
    dropConnections: () => server.drop(),
  };
  const service = {
    state,
    dialect: dialectOf(version),
    workers: new Workers(options.workers ?? 3),
    faults: new Faults(controls),
    requests: [] as LabRequest[],
    router: new Router([...simulated, ...syntheticRoutes(simulated, version)], documented),
  };
  const api = localApi(service);
  const machine = (node: string): Machine => ({ state, node, api, troubles });
  const server = await listen(
    certificate,
    host,
    options.port ?? 0,
    conditions,
    (request, response, keepAlive) => serve(service, request, response, keepAlive),
    (request, socket) => void serveWebSocket({ service, machine, commands }, request, socket),
  );
  const ssh = options.ssh ? await startSsh([...state.nodes.keys()], { host, troubles, commands, machine }) : undefined;
  return {
    host,
    port: server.port,
    get fingerprint() {
      return certificate.fingerprint;
    },
    get certificate() {
      return certificate.certificate;
    },
    url: `https://${host.includes(":") ? `[${host}]` : host}:${server.port}`,
    token,
    get powerless() {
      powerless ??= addToken({ user: "nobody", realm: "pve", id: "powerless" }, {});
      return powerless;
    },
    rootPassword,
    nodes: state.nodes.size,
    guests: state.guests.size,
    state,
    faults: service.faults,
    requests: service.requests,
    commands,
    ...(ssh ? { ssh } : {}),
    addToken,
    close: async () => {
      state.timers.close();
      await ssh?.close();
      await server.close();
    },
  };
}
