export type { PinnedIdentity } from "./dial.ts";
export {
  HostConnectionLostError,
  HostFileError,
  NoHostIdentityError,
} from "./errors.ts";
export type { ExecResult } from "./exec.ts";
export type {
  HostCall,
  HostExec,
  Hosts,
  HostSession,
  HostsOptions,
} from "./hosts.ts";
export type { GuestHost, Guests } from "./guests.ts";
export { openGuests } from "./guests.ts";
export { openHosts } from "./hosts.ts";
export { quoteArgv } from "./quote.ts";
export { makeKeyPair } from "./key-pair.ts";
