import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client as ModernClient, StreamableHTTPClientTransport as ModernHttp } from "@modelcontextprotocol/client";
import { StreamableHTTPClientTransport as LegacyHttp } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { type ClientOptions, type ClientSession, clientSession, type Era, makeClient } from "./client-session.ts";
import { BIN } from "./session.ts";

/** The built server as a child that listens for HTTP. */
export interface HttpServer {
  url: string;
  metricsUrl: string;
  child: ChildProcess;
  stderr(): string;
  stdout(): string;
  /** Waits until the server has said this on stderr. */
  says(text: string): Promise<void>;
  /** Lines of the server's record of calls. */
  record(): Promise<Record<string, unknown>[]>;
  /** Value of one line of the metrics, 0 when there is none. */
  metric(line: string): Promise<number>;
  close(): Promise<void>;
}

/** Starts the built server; anybody on this machine may call it unless the environment names an issuer. */
export async function startHttpServer(
  env: Record<string, string>,
  options: { mode?: "http" | "both"; stateHome?: string } = {},
): Promise<HttpServer> {
  const stateHome = options.stateHome ?? (await mkdtemp(join(tmpdir(), "proxmox-mcp-http-")));
  const anonymous = env.PROXMOX_MCP_OIDC_ISSUER ? [] : ["--dangerously-allow-anonymous-loopback"];
  const metricsPort = await freePort();
  const child = spawn(process.execPath, [BIN, "serve", ...anonymous], {
    stdio: ["pipe", "pipe", "pipe"],
    env: {
      PATH: process.env.PATH ?? "",
      XDG_STATE_HOME: stateHome,
      PROXMOX_MCP_MODE: options.mode ?? "http",
      PROXMOX_MCP_HTTP_PORT: "0",
      PROXMOX_MCP_HTTP_METRICS_PORT: String(metricsPort),
      ...env,
    },
  });
  // A test that fails half-way leaves nothing behind.
  const orphan = () => void child.kill("SIGKILL");
  process.once("exit", orphan);
  child.once("exit", () => process.off("exit", orphan));
  let errors = "";
  let out = "";
  child.stderr!.on("data", (chunk: Buffer) => {
    errors += chunk.toString();
  });
  child.stdout!.on("data", (chunk: Buffer) => {
    out += chunk.toString();
  });
  const says = async (text: string): Promise<void> => {
    while (!errors.includes(text)) {
      if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}: ${errors}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  await says("serving MCP over HTTP at ");
  const metricsUrl = `http://127.0.0.1:${metricsPort}/metrics`;
  return {
    url: /serving MCP over HTTP at ([^\s,]+)/.exec(errors)![1]!,
    metricsUrl,
    child,
    stderr: () => errors,
    stdout: () => out,
    says,
    async record() {
      // Lines of reads are buffered for some milliseconds.
      await new Promise((resolve) => setTimeout(resolve, 120));
      const text = await readFile(join(stateHome, "proxmox-mcp", "audit.jsonl"), "utf8").catch(() => "");
      return text
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Record<string, unknown>);
    },
    async metric(line) {
      const text = await (await fetch(metricsUrl)).text();
      const found = text.split("\n").find((one) => one.startsWith(`${line} `));
      return found === undefined ? 0 : Number(found.slice(line.length));
    },
    async close() {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill("SIGKILL");
        await once(child, "exit");
      }
      if (options.stateHome === undefined) await rm(stateHome, { recursive: true, force: true });
    },
  };
}

/** A port that nobody listened on a moment ago. */
async function freePort(): Promise<number> {
  const { createServer } = await import("node:net");
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

/** A connected client over HTTP. */
export type HttpSession = ClientSession & { protocolVersion(): string | undefined; close(): Promise<void> };

/** Connects a real client of the era over HTTP, with a token where one is given. */
export async function connectHttp(
  url: string,
  {
    era = "2026-07-28",
    token,
    lists = true,
    ...options
  }: { era?: Era; token?: string /** Asks for the tools first. */; lists?: boolean } & ClientOptions = {},
): Promise<HttpSession> {
  const client = makeClient(era, options);
  const init = token === undefined ? {} : { requestInit: { headers: { authorization: `Bearer ${token}` } } };
  let version: () => string | undefined;
  let end = async (): Promise<void> => {};
  if (client instanceof ModernClient) {
    await client.connect(new ModernHttp(new URL(url), init));
    version = () => client.getNegotiatedProtocolVersion();
  } else {
    const transport = new LegacyHttp(new URL(url), init);
    await client.connect(transport as never);
    version = () => transport.protocolVersion;
    end = () => transport.terminateSession().catch(() => {});
  }
  const session = clientSession(client);
  if (lists) await client.listTools();
  return {
    ...session,
    protocolVersion: version,
    async close() {
      await end();
      await client.close();
    },
  };
}
