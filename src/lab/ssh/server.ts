import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import type { AuthContext, ClientInfo, Connection, utils } from "ssh2";
import { accountOf } from "../shell/accounts.ts";
import { nodeFiles } from "../shell/node-files.ts";
import type { HostTroubles, Machine } from "../shell/process.ts";
import { type HostCommandRecord, homeOf } from "../shell/session.ts";
import { GuestServers } from "./guests.ts";
import { fingerprintOf, type KeyPair } from "./keys.ts";
import { judgeKey, newKeyPair } from "./login.ts";
import { serveSession } from "./session.ts";

/** How to reach a node over SSH. */
export interface SshNode {
  host: string;
  port: number;
  /** The node's host key as `ssh-keygen -lf` prints its fingerprint. */
  hostKey: string;
  /** The same key as a line of `known_hosts`. */
  knownHosts: string;
}

/** The lab's SSH side: a port and a host key of its own for every node. */
export interface LabSsh {
  /** By node name. */
  nodes: Record<string, SshNode>;
  /**
   * How to reach a guest that runs: a server of its own, started when it is first asked for. Its users are root and
   * debian, who may use sudo, or Administrator, with the same key. Nodes also forward to it by the guest's address.
   */
  guest(vmid: number): Promise<SshNode>;
  /** A key that root and `admin`, who may use sudo, log in with on every node. */
  privateKey: string;
  publicKey: string;
  /** Every command that reached a host, oldest first; may be emptied. */
  commands: HostCommandRecord[];
  /** Ends every connection. */
  drop(): void;
  close(): Promise<void>;
}

/** What the server says that it is. */
const IDENT = "OpenSSH_10.0p2 Debian-7";

/** Who the lab's own key lets in. */
const USERS = new Set(["root", "admin"]);

/** What starts the SSH side of a lab. */
export interface SshOptions {
  host: string;
  troubles: HostTroubles;
  commands: HostCommandRecord[];
  machine(node: string): Machine;
}

/** Starts an SSH server for every node and resolves once all of them listen. */
export async function startSsh(nodes: readonly string[], options: SshOptions): Promise<LabSsh> {
  const { default: ssh2 } = await import("ssh2");
  const newKey = (comment: string): KeyPair => newKeyPair(ssh2.utils, comment);
  const client = newKey("lab");
  const guests = new GuestServers(ssh2, { ...options, state: options.machine("").state, publicKey: client.publicKey });
  const sockets = new Set<Socket>();
  const servers: Server[] = [];
  const table: Record<string, SshNode> = {};

  for (const node of nodes) {
    const machine = options.machine(node);
    admit(machine, client.publicKey);
    const hostKey = newKey(`root@${node}`);
    const otherKey = newKey(`root@${node}`);
    const accept = (connection: Connection, { port }: ClientInfo): void => {
      let user = "root";
      connection.on("error", () => {});
      connection.on("authentication", (context) => {
        user = context.username;
        authenticate(machine, context, ssh2.utils.parseKey);
      });
      connection.on("tcpip", (acceptStream, reject, { destIP }) => guests.forward(destIP, acceptStream, reject));
      connection.on("ready", () =>
        serveSession(connection, machine, {
          user,
          commands: options.commands,
          hangUp: () => {
            for (const socket of sockets) if (socket.remotePort === port) socket.destroy();
          },
        }),
      );
    };
    const [usual, changed] = [hostKey, otherKey].map(
      ({ privateKey }) => new ssh2.Server({ hostKeys: [privateKey], ident: IDENT }, accept),
    );
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on("close", () => sockets.delete(socket));
      socket.on("error", () => socket.destroy());
      // A node that is down takes nobody; one that was set up anew shows another key (pve-facts 119).
      if (!machine.state.nodes.get(node)?.online) socket.destroy();
      else (options.troubles.otherHostKey ? changed : usual)?.injectSocket(socket);
    });
    servers.push(server);
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(0, options.host, resolve);
    });
    const { port } = server.address() as AddressInfo;
    table[node] = {
      host: options.host,
      port,
      hostKey: fingerprintOf(hostKey.publicKey),
      knownHosts: `[${options.host}]:${port} ${hostKey.publicKey.split(" ").slice(0, 2).join(" ")}`,
    };
  }
  const drop = (): void => {
    for (const socket of sockets) socket.destroy();
    guests.drop();
  };
  return {
    nodes: table,
    guest: (vmid) => guests.start(vmid),
    ...client,
    commands: options.commands,
    drop,
    close: async () => {
      drop();
      await guests.close();
      await Promise.all(servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve()))));
    },
  };
}

/** Lets a key in for every user of a node. */
function admit({ state, node }: Machine, publicKey: string): void {
  const files = nodeFiles(state, node);
  for (const user of USERS) {
    const path = `${homeOf(user)}/.ssh/authorized_keys`;
    const before = Buffer.from(files.find(path)?.bytes ?? "").toString("utf8");
    const line = `${publicKey}\n`;
    if (!before.includes(line)) files.write(path, Buffer.from(before + line), 0o600);
  }
}

/**
 * Users and keys are looked up in the node's files, so that one that somebody adds there is good at once. Root may log in
 * by the password of root@pam too.
 */
function authenticate({ state, node, troubles }: Machine, context: AuthContext, parseKey: typeof utils.parseKey): void {
  const { username } = context;
  const refuse = (): void => context.reject(["publickey", "password"]);
  const files = nodeFiles(state, node);
  if (troubles.refuseLogin || !accountOf(files, username)) {
    refuse();
    return;
  }
  if (context.method === "password") {
    const password = username === "root" ? state.access.users.get("root@pam")?.password : undefined;
    if (password !== undefined && context.password === password) context.accept();
    else refuse();
    return;
  }
  if (context.method !== "publickey") {
    refuse();
    return;
  }
  const file = files.find(`${homeOf(username)}/.ssh/authorized_keys`);
  judgeKey(context, Buffer.from(file?.bytes ?? "").toString("utf8"), parseKey, refuse);
}
