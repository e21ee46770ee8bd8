import type { Client, ClientChannel, ConnectConfig, SFTPWrapper } from "ssh2";
import ssh2 from "ssh2";
import type { Lab } from "../../../src/lab/index.ts";

export interface Ran {
  code: number | undefined;
  signal: string | undefined;
  out: string;
  err: string;
  /** The connection ended without an exit code or a signal. */
  lost: boolean;
}

/** Logs in on a node with the lab's key. */
export function connect(lab: Lab, node = "pve1", config: ConnectConfig = {}): Promise<Client> {
  const { host, port } = lab.ssh!.nodes[node]!;
  const client = new ssh2.Client();
  return new Promise((resolve, reject) => {
    client
      .on("ready", () => resolve(client))
      .on("error", reject)
      .on("close", () => reject(new Error("closed")));
    client.connect({ host, port, username: "root", privateKey: lab.ssh!.privateKey, ...config });
  });
}

/** Runs one command on a connection of its own. */
export async function run(
  lab: Lab,
  command: string,
  { node, stdin, ...config }: ConnectConfig & { node?: string; stdin?: string } = {},
): Promise<Ran> {
  const client = await connect(lab, node, config);
  try {
    return await new Promise<Ran>((resolve, reject) => {
      client.exec(command, (error: Error | undefined, channel: ClientChannel) => {
        if (error) {
          reject(error);
          return;
        }
        const ran: Ran = { code: undefined, signal: undefined, out: "", err: "", lost: true };
        channel.on("data", (chunk: Buffer) => (ran.out += chunk.toString("utf8")));
        channel.stderr.on("data", (chunk: Buffer) => (ran.err += chunk.toString("utf8")));
        channel.on("exit", (code: number | null, signal?: string) => {
          ran.code = code ?? undefined;
          ran.signal = signal ?? undefined;
          ran.lost = false;
        });
        channel.on("close", () => resolve(ran));
        client.on("close", () => resolve(ran));
        channel.end(stdin ?? "");
      });
    });
  } finally {
    client.end();
  }
}

/** Opens SFTP on a connection of its own. */
export async function openSftp(lab: Lab, config: ConnectConfig = {}): Promise<{ sftp: SFTPWrapper; end(): void }> {
  const client = await connect(lab, "pve1", config);
  const sftp = await new Promise<SFTPWrapper>((resolve, reject) =>
    client.sftp((error, wrapper) => (error ? reject(error) : resolve(wrapper))),
  );
  return { sftp, end: () => client.end() };
}
