import { connectThrough, type Dial, keyOf, parsePins, type PlacedLease } from "./dial.ts";
import { NoHostIdentityError } from "./errors.ts";
import type { Caller } from "./gate.ts";
import type { GuestHost, GuestPlace, GuestsOptions } from "./guests.ts";
import { ConnectionPool } from "./pool.ts";
import { hostsBy } from "./ssh-hosts.ts";

/** Opens connections to guests; all of one cluster share the pool. */
export class GuestDials {
  readonly #options: GuestsOptions;
  readonly #pool: ConnectionPool;

  constructor(options: GuestsOptions) {
    this.#options = options;
    this.#pool = new ConnectionPool(options.pool);
  }

  /** The way into one guest. */
  at(place: GuestPlace): GuestHost {
    const { cluster, gate } = this.#options;
    const { os, sudo } = place.entry;
    const dial: Dial = { lease: (node, _: Caller, signal) => this.#lease(node, place, signal) };
    return hostsBy(dial, { cluster, gate, windows: os === "windows", sudo });
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  async #lease(guest: string, { entry, locate }: GuestPlace, signal?: AbortSignal): Promise<PlacedLease> {
    const identity = await this.#options.identity(entry);
    if (!identity) throw new NoHostIdentityError(guest, entry.place);
    const setting = `hostKeys of ${entry.place} in PROXMOX_SHELL_SSH_GUESTS_FILE`;
    const pins = parsePins(identity.expectedHostKeys.join("\n"), setting, guest);
    const address = entry.address ?? (await locate(signal));
    const place = { node: guest, address, port: entry.port, entry: entry.place };
    const { readyTimeoutMs, keepaliveMs } = this.#options;
    const connect = () => connectThrough({ place, identity, pins, jump: entry.jump, readyTimeoutMs, keepaliveMs });
    return { ...(await this.#pool.lease(keyOf(place, identity, pins), connect, signal)), place };
  }
}
