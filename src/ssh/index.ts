export type { Command } from "./command-line.ts";
export type { PinnedIdentity } from "./dial.ts";
export {
  HostConnectionLostError,
  HostFileError,
  NoHostIdentityError,
  SudoRefusedError,
} from "./errors.ts";
export type { ExecResult } from "./exec.ts";
export type {
  HostCall,
  HostExec,
  HostFinding,
  HostRead,
  Hosts,
  HostSession,
  HostsOptions,
  HostWrite,
} from "./hosts.ts";
export type { GuestHost, GuestPlace, Guests } from "./guests.ts";
export { openGuests } from "./guests.ts";
export { openHosts } from "./hosts.ts";
export { quoteArg, quoteArgv } from "./quote.ts";
export { type KeyPair, makeKeyPair } from "./key-pair.ts";
