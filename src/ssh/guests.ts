import { type GuestEntry, guestEntryOf, type NamedGuest } from "../config/guest-entry.ts";
import type { HostDialOptions, PinnedIdentity } from "./dial.ts";
import type { Gate } from "./gate.ts";
import type { Hosts } from "./hosts.ts";

/** A guest, and the entry of the table that leads there. */
export interface GuestPlace {
  entry: GuestEntry;
  /** Asks where the guest is; used where the entry has no address. */
  locate(signal?: AbortSignal): Promise<string>;
}

/** What can be done in one guest; the calls name it as their `node`. */
export type GuestHost = Pick<Hosts, "exec" | "readFile" | "writeFile">;

/** The guests of one cluster that have SSH of their own. Everything passes the gate before a connection is opened. */
export interface Guests {
  /** The entry of the table that is for a guest. */
  entryOf(guest: NamedGuest): GuestEntry | undefined;
  at(place: GuestPlace): GuestHost;
  close(): Promise<void>;
}

export interface GuestsOptions extends Pick<HostDialOptions, "cluster" | "pool" | "readyTimeoutMs" | "keepaliveMs"> {
  gate: Gate;
  entries: readonly GuestEntry[];
  /** Who logs in; undefined where nobody is configured. */
  identity(entry: GuestEntry): Promise<PinnedIdentity | undefined>;
}

/** Prepares the guests of one cluster; the library and all code that needs it are loaded at the first call. */
export function openGuests(options: GuestsOptions): Guests {
  let opened: Promise<import("./guest-dial.ts").GuestDials> | undefined;
  const dials = () => {
    opened ??= import("./guest-dial.ts").then(({ GuestDials }) => new GuestDials(options));
    return opened;
  };
  return {
    entryOf: (guest) => guestEntryOf(options.entries, options.cluster, guest),
    at: (place) => ({
      exec: async (caller, run) => (await dials()).at(place).exec(caller, run),
      readFile: async (caller, read) => (await dials()).at(place).readFile(caller, read),
      writeFile: async (caller, write) => (await dials()).at(place).writeFile(caller, write),
    }),
    close: async () => (await opened)?.close(),
  };
}
