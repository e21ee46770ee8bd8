import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Duplex } from "node:stream";
import { parseHostKeys } from "../config/host-key-text.ts";
import type { SshWay } from "../config/index.ts";
import { Fault } from "../config/parsers.ts";
import { connectHost, type HostConnection, type HostIdentity } from "./connection.ts";
import { HostPinTextError, type HostPlace, NoHostIdentityError } from "./errors.ts";
import type { Caller } from "./gate.ts";
import { type Discover, HostPlaces } from "./host-places.ts";
import type { HostKeyPin } from "./host-keys.ts";
import { ConnectionPool, type Lease, type PoolOptions } from "./pool.ts";

/** An identity, and the host keys that are expected of the nodes. */
export interface PinnedIdentity extends HostIdentity {
  /** Each as `parseHostKeys` takes it. */
  expectedHostKeys: readonly string[];
}

export interface HostDialOptions {
  /** Name of the cluster. */
  cluster: string;
  /** The identity for a node; undefined where there is none. */
  identity(node: string): Promise<PinnedIdentity | undefined>;
  discover: Discover;
  way: SshWay;
  pool?: PoolOptions;
  readyTimeoutMs?: number;
  keepaliveMs?: number;
}

/** The use of a connection, and where it goes. */
export type PlacedLease = Lease & { place: HostPlace };

/** Opens connections to hosts by name, and shares them. */
export interface Dial {
  /** A channel's worth of the connection to a host. */
  lease(node: string, caller: Caller, signal?: AbortSignal): Promise<PlacedLease>;
}

/** Opens connections to the nodes of one cluster, and shares them. */
export class HostDial implements Dial {
  readonly #options: HostDialOptions;
  readonly #places: HostPlaces;
  readonly #pool: ConnectionPool;

  constructor(options: HostDialOptions) {
    this.#options = options;
    const { cluster, discover, way } = options;
    this.#places = new HostPlaces({ cluster, discover, overrides: way.hosts, port: way.port });
    this.#pool = new ConnectionPool(options.pool);
  }

  async lease(node: string, caller: Caller, signal?: AbortSignal): Promise<PlacedLease> {
    const identity = await this.#options.identity(node);
    if (!identity) throw new NoHostIdentityError(node);
    const pins = await this.#pins(identity, node);
    const place = await this.#places.find(node, caller, signal);
    const { readyTimeoutMs, keepaliveMs, way } = this.#options;
    const connect = () => connectThrough({ place, identity, pins, jump: way.jump, readyTimeoutMs, keepaliveMs });
    return { ...(await this.#pool.lease(keyOf(place, identity, pins), connect, signal)), place };
  }

  nodes(caller: Caller, signal?: AbortSignal): Promise<string[]> {
    return this.#places.names(caller, signal);
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  async #pins(identity: PinnedIdentity, node: string): Promise<HostKeyPin[]> {
    const { knownHostsFile } = this.#options.way;
    const own = parsePins(identity.expectedHostKeys.join("\n"), "PROXMOX_SHELL_SSH_EXPECTED_HOST_KEY", node);
    if (knownHostsFile === undefined) return own;
    let text: string;
    try {
      text = await readFile(knownHostsFile, "utf8");
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new HostPinTextError(
        "PROXMOX_SHELL_SSH_KNOWN_HOSTS_FILE",
        `names ${knownHostsFile}, which cannot be read (${code})`,
      );
    }
    return [...own, ...parsePins(text, "PROXMOX_SHELL_SSH_KNOWN_HOSTS_FILE", node)];
  }
}

/** A way to a host. */
export interface Way {
  place: HostPlace;
  identity: PinnedIdentity;
  pins: readonly HostKeyPin[];
  jump: SshWay["jump"] | undefined;
  readyTimeoutMs?: number | undefined;
  keepaliveMs?: number | undefined;
}

/** Connects to a host, where it is said by way of another one, whose key is expected too. */
export async function connectThrough(way: Way): Promise<HostConnection> {
  const { place, identity, pins, jump, readyTimeoutMs, keepaliveMs } = way;
  const limits = {
    ...(readyTimeoutMs === undefined ? {} : { readyTimeoutMs }),
    ...(keepaliveMs === undefined ? {} : { keepaliveMs }),
  };
  if (!jump) return connectHost({ ...place, ...limits, identity, pins });
  const between: HostConnection[] = [];
  const through = async (): Promise<Duplex> => {
    const entry = place.entry === undefined ? {} : { entry: place.entry };
    const hop = { node: jump.host, address: jump.host, port: jump.port ?? 22, ...entry };
    const by = { ...identity, username: jump.username ?? identity.username };
    between[0] ??= await connectHost({ ...hop, ...limits, identity: by, pins });
    return between[0].forward(place.address, place.port);
  };
  try {
    const connection = await connectHost({ ...place, ...limits, identity, pins, through });
    connection.onEnd(() => between[0]?.end());
    return connection;
  } catch (error) {
    between[0]?.end();
    throw error;
  }
}

/** Host keys out of a text; throws `HostPinTextError` that names the setting. */
export function parsePins(text: string, setting: string, node: string): HostKeyPin[] {
  if (text.trim() === "") return [];
  try {
    return parseHostKeys(text);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    throw new HostPinTextError(setting, error.message, node);
  }
}

/** By which a connection is shared: a changed identity or pin is a new one. */
export function keyOf(
  { node, address, port }: HostPlace,
  identity: PinnedIdentity,
  pins: readonly HostKeyPin[],
): string {
  const { username, privateKey = "", passphrase = "", password = "" } = identity;
  return createHash("sha256")
    .update(JSON.stringify([node, address, port, username, privateKey, passphrase, password, pins]))
    .digest("hex");
}
