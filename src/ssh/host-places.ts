import { isIP } from "node:net";
import type { HostAddress } from "../config/ssh-parsers.ts";
import { HostAddressError, type HostPlace } from "./errors.ts";
import type { Caller } from "./gate.ts";

/** Asks the cluster for the addresses of its nodes, by name. */
export type Discover = (caller: Caller, signal?: AbortSignal) => Promise<ReadonlyMap<string, string>>;

export interface PlaceOptions {
  cluster: string;
  discover: Discover;
  /** Addresses that the operator set, by node; they go before what the cluster tells. */
  overrides: Readonly<Record<string, HostAddress>>;
  port: number;
  now?: () => number;
}

/** Milliseconds for which what the cluster told is believed. */
const FRESH_MS = 60_000;

/**
 * Where the nodes of one cluster are: the address by which the cluster itself knows them is not always the one that
 * SSH is to take (pve-facts 119).
 */
export class HostPlaces {
  readonly #options: PlaceOptions;
  #known: { at: number; addresses: Promise<ReadonlyMap<string, string>> } | undefined;

  constructor(options: PlaceOptions) {
    this.#options = options;
  }

  async find(node: string, caller: Caller, signal?: AbortSignal): Promise<HostPlace> {
    const { cluster, overrides, port } = this.#options;
    const key = [`${cluster}/${node}`, node].find((name) => Object.hasOwn(overrides, name));
    const override = key === undefined ? undefined : overrides[key];
    if (override) return { node, address: override.host, port: override.port ?? port };
    const addresses = await this.#discover(caller, signal);
    const address = addresses.get(node);
    if (address === undefined || isIP(address) === 0) throw new HostAddressError(node, [...addresses.keys()]);
    return { node, address, port };
  }

  /** The nodes that the cluster names. */
  async names(caller: Caller, signal?: AbortSignal): Promise<string[]> {
    return [...(await this.#discover(caller, signal)).keys()].sort();
  }

  #discover(caller: Caller, signal: AbortSignal | undefined): Promise<ReadonlyMap<string, string>> {
    const now = (this.#options.now ?? Date.now)();
    if (this.#known && now - this.#known.at < FRESH_MS) return this.#known.addresses;
    const addresses = this.#options.discover(caller, signal);
    const known = { at: now, addresses };
    this.#known = known;
    addresses.catch(() => {
      if (this.#known === known) this.#known = undefined;
    });
    return addresses;
  }
}
