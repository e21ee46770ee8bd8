import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client as ModernClient } from "@modelcontextprotocol/client";
import { StdioClientTransport as ModernStdio } from "@modelcontextprotocol/client/stdio";
import { StdioClientTransport as LegacyStdio } from "@modelcontextprotocol/sdk/client/stdio.js";
import { labEnvironment as apiEnvironment } from "../../src/cli/lab-environment.ts";
import { type Lab, type LabOptions, startLab } from "../../src/lab/index.ts";
import { type ClientOptions, type ClientSession, clientSession, type Era, makeClient } from "./client-session.ts";

export type { ClientOptions, Era, ToolOutcome } from "./client-session.ts";

type Data = Record<string, unknown>;

/** The bin, as it is published. */
export const BIN = fileURLToPath(new URL("../../dist/index.js", import.meta.url));

export interface Session extends ClientSession {
  /** What the server wrote to stderr so far. */
  stderr(): string;
  protocolVersion(): string | undefined;
  /** Sends SIGHUP and waits until the server has said this on stderr. */
  hangUp(says: string): Promise<void>;
  /** Lines of the server's record of calls. */
  record(): Promise<Data[]>;
  /** The private state directory of this session. */
  stateHome: string;
  /** Ends the server as a crash would, and waits until it is gone; its state directory stays. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

/** Environment that points a server at a lab. */
export function labEnvironment(lab: Lab, token = lab.token): Record<string, string> {
  return { ...apiEnvironment(lab, token), ...(lab.ssh ? sshEnvironment(lab.ssh) : {}) };
}

/** Environment by which a server logs in to a lab's nodes. */
function sshEnvironment({ nodes, privateKey }: NonNullable<Lab["ssh"]>): Record<string, string> {
  const each = Object.entries(nodes);
  return {
    PROXMOX_SHELL_SSH_USERNAME: "root",
    PROXMOX_SHELL_SSH_PRIVATE_KEY: privateKey,
    PROXMOX_SHELL_SSH_EXPECTED_HOST_KEY: each.map(([node, { hostKey }]) => `${node}=${hostKey}`).join(","),
    PROXMOX_SHELL_SSH_HOSTS: each.map(([node, { host, port }]) => `${node}=${host}:${port}`).join(","),
  };
}

/** Starts the built server as a child over stdio and connects a real client of the given era. */
export async function openSession(
  env: Record<string, string>,
  options: { era?: Era; stateHome?: string } & ClientOptions = {},
): Promise<Session> {
  const stateHome = options.stateHome ?? (await mkdtemp(join(tmpdir(), "proxmox-mcp-test-")));
  const parameters = {
    command: process.execPath,
    args: [BIN, ...(options.args ?? [])],
    stderr: "pipe" as const,
    env: { PATH: process.env.PATH ?? "", XDG_STATE_HOME: stateHome, ...env },
  };
  let errors = "";
  const listen = (transport: { stderr: unknown }) =>
    (transport.stderr as NodeJS.ReadableStream | null)?.on("data", (chunk: Buffer) => {
      errors += chunk.toString();
    });

  const client = makeClient(options.era ?? "2026-07-28", options);
  let pid: () => number | null;
  let protocolVersion: () => string | undefined;
  if (client instanceof ModernClient) {
    const transport = new ModernStdio(parameters);
    listen(transport);
    await client.connect(transport);
    pid = () => transport.pid;
    protocolVersion = () => client.getNegotiatedProtocolVersion();
  } else {
    const transport = new LegacyStdio(parameters);
    let version: string | undefined;
    Object.assign(transport, { setProtocolVersion: (given: string) => (version = given) });
    listen(transport);
    await client.connect(transport);
    pid = () => transport.pid;
    protocolVersion = () => version;
  }
  const session = clientSession(client);
  // Clients check structured answers against the output schemas that they have listed.
  await client.listTools();

  return {
    ...session,
    stateHome,
    protocolVersion,
    stderr: () => errors,
    async hangUp(says) {
      errors = "";
      process.kill(pid()!, "SIGHUP");
      for (let tries = 0; tries < 200 && !errors.includes(says); tries++) {
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      if (!errors.includes(says)) throw new Error(`the server did not say ${JSON.stringify(says)}: ${errors}`);
    },
    async record() {
      // Lines of reads are buffered for some milliseconds.
      await new Promise((resolve) => setTimeout(resolve, 120));
      const text = await readFile(join(stateHome, "proxmox-mcp", "audit.jsonl"), "utf8").catch(() => "");
      return text
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Data);
    },
    async kill() {
      const one = pid()!;
      process.kill(one, "SIGKILL");
      while (isAlive(one)) await new Promise((resolve) => setTimeout(resolve, 20));
    },
    async close() {
      await client.close();
      if (options.stateHome === undefined) await rm(stateHome, { recursive: true, force: true });
    },
  };
}

/** A lab with a session on it; tasks run fast, refusals are not held back. */
export async function openLabSession(
  lab: LabOptions = {},
  env: Record<string, string> = {},
  era: Era = "2026-07-28",
  client: ClientOptions = {},
): Promise<Session & { lab: Lab }> {
  const it = await startLab({ authDelayMs: 0, taskMs: 100, ...lab });
  const session = await openSession({ ...labEnvironment(it), ...env }, { era, ...client });
  return {
    ...session,
    lab: it,
    async close() {
      await session.close();
      await it.close();
    },
  };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
