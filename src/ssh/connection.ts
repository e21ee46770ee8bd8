import type { Duplex } from "node:stream";
import type { Client, ClientChannel, ConnectConfig, SFTPWrapper } from "ssh2";
import {
  HostBusyError,
  HostConnectionLostError,
  HostIdentityError,
  HostKeyMismatchError,
  HostKeyRevokedError,
  HostKeyUnpinnedError,
  HostLoginError,
  type HostPlace,
  HostUnreachableError,
} from "./errors.ts";
import {
  algorithmsOf,
  fingerprintOf,
  type HostKeyPin,
  judgeHostKey,
  pinnedAlgorithms,
  pinsFor,
  typeOfKey,
} from "./host-keys.ts";

/** What is needed to log in: a key, or the password of an operator who is just setting things up. */
export interface HostIdentity {
  username: string;
  privateKey?: string;
  passphrase?: string;
  password?: string;
}

export interface ConnectOptions extends HostPlace {
  identity: HostIdentity;
  pins: readonly HostKeyPin[];
  /** Opens another way than a connection of its own, as through a jump host. */
  through?: () => Promise<Duplex>;
  readyTimeoutMs?: number;
  keepaliveMs?: number;
}

/** An open, verified connection to one host. */
export interface HostConnection {
  readonly node: string;
  readonly username: string;
  /** False once it has ended, whoever ended it. */
  readonly isOpen: boolean;
  /** Called once when the connection ends; ends with the function that it gives. */
  onEnd(listener: () => void): () => void;
  /** Starts a command; `listen` is called at once, as a fast host tells the end in the same breath as the start. */
  exec(command: string, listen: (channel: ClientChannel) => void): Promise<void>;
  /** Opens SFTP; with `server`, by running that command instead of the subsystem. */
  sftp(server?: string): Promise<SFTPWrapper>;
  /** A stream through this host to another. */
  forward(address: string, port: number): Promise<Duplex>;
  end(): void;
}

/** Key types in the order in which a host is asked for them. */
const KEY_TYPES = ["ED25519", "ECDSA", "RSA"];

/**
 * Connects, compares the host's key with the pins before anything is sent, and logs in. A pin that does not say its
 * type is compared with each type of key that the host has: it is the right host if any of them is the expected one.
 */
export async function connectHost(options: ConnectOptions): Promise<HostConnection> {
  const known = pinnedAlgorithms(pinsFor(options.pins, options));
  if (known !== undefined) return attempt(options, known);
  let first: unknown;
  for (const skipped of [0, 1, 2]) {
    const algorithms = KEY_TYPES.slice(skipped).flatMap(algorithmsOf);
    try {
      return await attempt(options, algorithms);
    } catch (error) {
      if (!(error instanceof HostKeyMismatchError)) throw first ?? error;
      first ??= error;
    }
  }
  throw first;
}

async function attempt(options: ConnectOptions, algorithms: readonly string[] | undefined): Promise<HostConnection> {
  const { default: ssh2 } = await import("ssh2");
  const { identity, pins } = options;
  const { privateKey, passphrase, password } = identity;
  const key = privateKey === undefined ? undefined : ssh2.utils.parseKey(privateKey, passphrase);
  if (key instanceof Error) throw new HostIdentityError(options, key.message.replace(/\.$/, ""));
  const sock = await options.through?.();
  const client = new ssh2.Client();
  let refused: Error | undefined;
  const config: ConnectConfig = {
    ...(sock ? { sock: sock as never } : { host: options.address, port: options.port }),
    username: identity.username,
    ...(privateKey === undefined ? {} : { privateKey }),
    ...(passphrase === undefined ? {} : { passphrase }),
    ...(password === undefined ? {} : { password, tryKeyboard: true }),
    readyTimeout: options.readyTimeoutMs ?? 20_000,
    keepaliveInterval: options.keepaliveMs ?? 15_000,
    keepaliveCountMax: 3,
    ...(algorithms ? { algorithms: { serverHostKey: algorithms as never } } : {}),
    hostVerifier: (shown: Buffer) => {
      refused = refusalOf(pins, options, shown);
      return refused === undefined;
    },
  };
  await new Promise<void>((resolve, reject) => {
    client.once("ready", resolve);
    client.once("error", (error) => reject(refused ?? failure(error, options)));
    client.once("close", () => reject(refused ?? new HostUnreachableError(options, "it closed the connection")));
    // Some hosts ask for the password as a question, which is the only one that is answered.
    if (password !== undefined) {
      client.on("keyboard-interactive", (_name, _text, _language, questions, finish) =>
        finish(questions.map(() => password)),
      );
    }
    client.connect(config);
    // Each command is two small writes and more: the second would wait for the host's delayed ACK, 40 ms.
    client.setNoDelay(true);
  }).catch((error: unknown) => {
    client.on("error", () => {});
    client.destroy();
    throw error;
  });
  return connectionOf(client, options);
}

function refusalOf(pins: readonly HostKeyPin[], place: ConnectOptions, shown: Buffer): Error | undefined {
  const { node, address, port, entry } = place;
  const at = { node, address, port, ...(entry === undefined ? {} : { entry }) };
  const verdict = judgeHostKey(pins, at, shown);
  const fingerprint = fingerprintOf(shown);
  const type = typeOfKey(shown);
  switch (verdict.is) {
    case "expected":
      return undefined;
    case "revoked":
      return new HostKeyRevokedError(at, fingerprint);
    case "unpinned":
      return new HostKeyUnpinnedError(at, fingerprint, type);
    default:
      return new HostKeyMismatchError(at, fingerprint, type, verdict.expected);
  }
}

function failure(error: Error & { level?: string; code?: string }, options: ConnectOptions): Error {
  const { node, address, port, entry } = options;
  const place = { node, address, port, ...(entry === undefined ? {} : { entry }) };
  if (error.level === "client-authentication")
    return new HostLoginError(place, options.identity.username, options.identity.privateKey === undefined);
  const why =
    error.level === "client-timeout"
      ? "it did not answer in time"
      : /no matching (host key|key exchange|.*cipher|.*mac)/i.test(error.message) ||
          /handshake failed/i.test(error.message)
        ? `no common algorithm (${error.message})`
        : (error.code ?? error.message);
  return new HostUnreachableError(place, why, error);
}

function connectionOf(client: Client, { node, identity }: ConnectOptions): HostConnection {
  let isOpen = true;
  const listeners = new Set<() => void>();
  const ended = () => {
    if (!isOpen) return;
    isOpen = false;
    for (const listener of listeners) listener();
  };
  client.on("error", ended).on("close", ended).on("end", ended);
  const ask = <T>(what: string, start: (done: (error: Error | undefined, value: T) => void) => unknown) =>
    new Promise<T>((resolve, reject) => {
      const lost = () => reject(new HostConnectionLostError(node, `opening ${what}`));
      if (!isOpen) return lost();
      listeners.add(lost);
      const settle = (error: Error | undefined, value: T) => {
        listeners.delete(lost);
        if (!error) resolve(value);
        else if (isOpen) reject(new HostBusyError(node, error.message));
        else lost();
      };
      try {
        start(settle);
      } catch (error) {
        listeners.delete(lost);
        ended();
        reject(new HostConnectionLostError(node, `opening ${what}`, error));
      }
    });
  return {
    node,
    username: identity.username,
    get isOpen() {
      return isOpen;
    },
    onEnd(listener) {
      if (isOpen) listeners.add(listener);
      else listener();
      return () => void listeners.delete(listener);
    },
    exec: (command, listen) =>
      ask<void>("a command", (done) =>
        client.exec(command, (error, channel) => {
          if (!error) listen(channel);
          done(error, undefined);
        }),
      ),
    sftp: (server) =>
      ask<SFTPWrapper>("SFTP", (done) => {
        if (server !== undefined) runInsteadOfSubsystem(client, server);
        return client.sftp(done);
      }),
    forward: (address, port) =>
      ask<Duplex>("a way through", (done) => client.forwardOut("127.0.0.1", 0, address, port, done as never)),
    end: () => void client.end(),
  };
}

/**
 * Makes the connection's SFTP run over a command, as `sudo` with the host's own sftp-server: the library offers the
 * subsystem only, which runs as the user who logged in. All SFTP of one connection goes one way, so it is set for good.
 */
function runInsteadOfSubsystem(client: Client, command: string): void {
  const { _protocol: protocol } = client as unknown as {
    _protocol: {
      exec(channel: number, command: string, wantReply: boolean): void;
      subsystem(channel: number, name: string, wantReply: boolean): void;
    };
  };
  protocol.subsystem = (channel, _name, wantReply) => protocol.exec(channel, command, wantReply);
}
