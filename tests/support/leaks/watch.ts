import childProcess, { type ChildProcess, type SpawnSyncReturns } from "node:child_process";
import { subscribe } from "node:diagnostics_channel";
import { readdirSync, readFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import type { Socket } from "node:net";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { stateDirectory } from "../../../src/access/state-directory.ts";
import { isHandedOut } from "./handed-out.ts";
import { type Found, Search } from "./search.ts";
import { tellEnvironment, tellJson, tellValues } from "./sources.ts";

/** Something that a program under test wrote, whole or as it came. */
interface Output {
  /** Where it was written, for the report. */
  place: string;
  chunks: Buffer[];
  /** By the id of a request, the tool that it called; of a server's protocol stream only. */
  calls?: Map<string, string>;
}

const LONGEST_MESSAGE = 1_000_000;

/** Files in a state directory that hold a secret on purpose. */
const KEPT = /^(state\.key(\.\d+)?|secrets\.json)$/;

/**
 * Everything that programs write which tests start (stdout, stderr, the files of their state directories), and every
 * secret that they are given, by their environment, by calls, by labs and servers of the tests; the ones are searched
 * for the others at the end, as a secret may become known after it was written.
 */
export class Watch {
  readonly #search = new Search();
  readonly #outputs: Output[] = [];
  readonly #directories = new Set<string>();
  /** On which programs under test serve clients, plain. */
  readonly #ports = new Set<number>();
  readonly #tell = (kind: string, secret: string): void => this.#search.add(kind, secret);

  /** From now on all programs are watched that run on Node, and all secrets that labs and test servers tell of. */
  begin(): void {
    subscribe("proxmox-mcp:lab:secret", (message) => {
      const { kind, secret } = message as { kind: string; secret: string };
      this.#tell(kind, secret);
    });
    subscribe("net.client.socket", (message) => this.#listenTo((message as { socket: Socket }).socket));
    const { spawn, spawnSync } = childProcess;
    const isOurs = (command: unknown) => command === process.execPath;
    Object.assign(childProcess, {
      spawn: (command: string, ...rest: [string[], childProcess.SpawnOptions]) => {
        const child = spawn(command, ...rest);
        if (isOurs(command)) this.#follow(child, ...rest);
        return child;
      },
      spawnSync: (command: string, ...rest: [string[], childProcess.SpawnSyncOptions]) => {
        const result = spawnSync(command, ...rest);
        if (isOurs(command)) this.#keep(result, ...rest);
        return result;
      },
    });
    syncBuiltinESMExports();
  }

  /** What was found since the last time, a line each; nothing is kept. */
  end(): string[] {
    for (const directory of this.#directories) this.#readState(directory);
    const faults = this.#outputs.flatMap((output) => {
      const bytes = Buffer.concat(output.chunks);
      return this.#search
        .find(bytes)
        .filter((found) => !isHandedOut(found, lineOf(bytes, found.at), output.calls))
        .map((found) => `${[...found.kinds].join(", ")} in ${output.place}: ${around(bytes, found)}`);
    });
    this.#outputs.length = 0;
    return [...new Set(faults)];
  }

  /** Takes a text as if a program had written it. */
  note(place: string, text: Buffer | string | null | undefined): Output {
    const output: Output = { place, chunks: text ? [Buffer.from(text)] : [] };
    this.#outputs.push(output);
    return output;
  }

  #keep(result: SpawnSyncReturns<string | Buffer>, args: string[] = [], options: childProcess.SpawnSyncOptions = {}) {
    this.#know(options.env ?? process.env);
    this.note(`stdout of ${nameOf(args)}`, result.stdout);
    this.note(`stderr of ${nameOf(args)}`, result.stderr);
  }

  #follow(child: ChildProcess, args: string[] = [], options: childProcess.SpawnOptions = {}): void {
    const env = options.env ?? process.env;
    this.#know(env);
    const name = nameOf(args);
    if (name.startsWith("index.js") && child.stderr === null && !isIgnored(options.stdio, 2)) {
      throw new Error(`stderr of ${name} goes past the search for secrets: let it be a pipe`);
    }
    const calls = new Map<string, string>();
    const out = Object.assign(this.note(`stdout of ${name}`, ""), { calls });
    tap(child.stdout, (chunk) => {
      // The operator has asked for them.
      if (args[1] === "admin" && args.includes("--print-secrets")) return;
      // A lab says on its first line how to log in to it.
      if (args[1] === "lab" && out.chunks.length === 0) tellJson(chunk.toString(), "lab", this.#tell);
      else out.chunks.push(chunk);
    });
    const errors = this.note(`stderr of ${name}`, "");
    tap(child.stderr, (chunk) => {
      errors.chunks.push(chunk);
      for (const [, port] of chunk.toString().matchAll(/serving MCP over HTTP at http:\/\/\S+?:(\d+)/g))
        this.#ports.add(Number(port));
    });
    if (env.PROXMOX_MCP_HTTP_METRICS_PORT) this.#ports.add(Number(env.PROXMOX_MCP_HTTP_METRICS_PORT));
    listenIn(child.stdin, (text) => {
      for (const line of text.split("\n").filter(Boolean)) this.#hear(line, calls);
    });
    // Tests remove the directory once the process is gone.
    child.once("exit", () => {
      this.#know(env);
      this.#readState(stateDirectory(env));
    });
  }

  /** What a program under test answers to a client over HTTP, and who the client says that it is. */
  #listenTo(socket: Socket): void {
    const calls = new Map<string, string>();
    let output: Output | undefined;
    const isOurs = () => socket.remotePort !== undefined && this.#ports.has(socket.remotePort);
    tap(socket, (chunk) => {
      if (!isOurs()) return;
      output ??= Object.assign(this.note("an answer over HTTP", ""), { calls });
      output.chunks.push(chunk);
    });
    listenIn(socket, (text) => {
      if (!isOurs()) return;
      for (const [, token] of text.matchAll(/^authorization: bearer (\S+)/gim)) this.#tell("bearer token", token!);
      for (const line of text.split("\n")) if (line.startsWith("{")) this.#hear(line, calls);
    });
  }

  /** What a client says: the tool that it calls, and the secrets that it gives. */
  #hear(line: string, calls: Map<string, string>): void {
    if (!line.includes('"tools/call"')) return;
    try {
      const { id, params } = JSON.parse(line) as { id?: unknown; params?: { name?: unknown; arguments?: unknown } };
      calls.set(JSON.stringify(id), String(params?.name));
      tellValues(params?.arguments, "argument", this.#tell);
    } catch {
      // Tests send what is no JSON, too.
    }
  }

  #know(env: NodeJS.ProcessEnv): void {
    tellEnvironment(env, this.#tell);
    // One that is encrypted tells nothing.
    if (env.PROXMOX_MCP_SECRET_FILE_PATH) this.#tellStore(env.PROXMOX_MCP_SECRET_FILE_PATH);
    // The developer's own is none of ours.
    if (env.XDG_STATE_HOME !== undefined) this.#directories.add(stateDirectory(env));
  }

  #tellStore(path: string): void {
    try {
      tellJson(readFileSync(path, "utf8"), "secret store", this.#tell);
    } catch {
      // It is there when something is put into it.
    }
  }

  #readState(directory: string): void {
    if (!this.#directories.has(directory)) return;
    try {
      this.#tell("state key", readFileSync(join(directory, "state.key"), "utf8"));
    } catch {
      // One is made when it is needed.
    }
    for (const path of filesBelow(directory)) {
      try {
        this.note(`the file ${path}`, readFileSync(path));
      } catch {
        // It was removed meanwhile.
      }
    }
  }
}

function filesBelow(directory: string): string[] {
  try {
    return readdirSync(directory, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && !KEPT.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name));
  } catch {
    return [];
  }
}

/** Sees what is pushed into a stream, and leaves alone who reads it and when. */
function tap(stream: Readable | null, take: (chunk: Buffer) => void): void {
  if (stream === null) return;
  const { push } = stream;
  stream.push = (chunk, encoding) => {
    if (chunk !== null) take(Buffer.from(chunk));
    return push.call(stream, chunk, encoding);
  };
}

function listenIn(stream: Writable | null, hear: (text: string) => void): void {
  if (stream === null) return;
  const { write } = stream;
  Object.assign(stream, {
    write(chunk: string | Uint8Array, ...rest: unknown[]) {
      // Bodies of megabytes are sent to see them refused.
      if (chunk.length < LONGEST_MESSAGE) hear(Buffer.from(chunk as string).toString());
      return Reflect.apply(write, stream, [chunk, ...rest]);
    },
  });
}

function isIgnored(stdio: childProcess.SpawnOptions["stdio"], at: number): boolean {
  return (Array.isArray(stdio) ? stdio[at] : stdio) === "ignore";
}

/** A program by its arguments, without what is secret in them. */
function nameOf([path = "node", ...args]: readonly string[]): string {
  const script = path.startsWith("-") ? "node" : path.replace(/.*\//, "");
  return [script, ...args.filter((arg) => /^[a-z][a-z-]*$/.test(arg)).slice(0, 2)].join(" ");
}

function lineOf(bytes: Buffer, at: number): string {
  const end = bytes.indexOf(10, at);
  return bytes.subarray(bytes.lastIndexOf(10, at) + 1, end < 0 ? bytes.length : end).toString();
}

/** What stands before the secret, and not the secret. */
function around(bytes: Buffer, { at, length }: Found): string {
  const line = bytes.subarray(0, at).toString().split("\n");
  const before = bytes
    .subarray(Math.max(0, at - 80), at)
    .toString()
    .replaceAll(/\s+/g, " ");
  return `line ${line.length}: …${before}<${length} bytes of it>`;
}
