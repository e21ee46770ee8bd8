import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";

/** How a program ended, and what it said. */
export interface Outcome {
  status: number | null;
  out: string;
  errors: string;
}

/** Hears each line that a program says, and may say some or end it. */
export type Talk = (line: string, program: { say(line: string): void; end(): void }) => void;

/** A home of its own for a client, out of which it reaches nothing but this machine. */
export interface Place {
  home: string;
  /** What it asked for outside of this machine, which is refused. */
  outside: readonly string[];
  /** Writes a private file below the home; gives its path. */
  file(path: string, text: string): Promise<string>;
  /** Runs a program, which `talk` may talk with line by line. */
  run(command: readonly string[], env?: Record<string, string>, talk?: Talk): Promise<Outcome>;
  close(): Promise<void>;
}

/** Milliseconds after which a client is ended. */
const PATIENCE = 90_000;

export async function openPlace(): Promise<Place> {
  const home = await mkdtemp(join(tmpdir(), "proxmox-mcp-clients-"));
  const work = join(home, "work");
  await mkdir(work);
  const outside: string[] = [];
  const guard = createServer((request, response) => {
    outside.push(hostOf(request.url));
    response.writeHead(403).end();
  });
  guard.on("connect", (request, socket) => {
    outside.push(hostOf(request.url));
    socket.on("error", () => {});
    socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
  });
  guard.listen(0, "127.0.0.1");
  await once(guard, "listening");
  const proxy = `http://127.0.0.1:${(guard.address() as AddressInfo).port}`;
  const here = "127.0.0.1,localhost";
  const surroundings = {
    PATH: process.env.PATH ?? "",
    HOME: home,
    USERPROFILE: home,
    TERM: "xterm-256color",
    ...both("HTTP_PROXY", proxy),
    ...both("HTTPS_PROXY", proxy),
    ...both("ALL_PROXY", proxy),
    ...both("NO_PROXY", here),
  };
  return {
    home,
    outside,
    async file(path, text) {
      const at = join(home, path);
      await mkdir(dirname(at), { recursive: true });
      await writeFile(at, text, { mode: 0o600 });
      return at;
    },
    run: (command, env = {}, talk) => run(command, { env: { ...surroundings, ...env }, cwd: work }, talk),
    async close() {
      guard.closeAllConnections();
      guard.close();
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function both(name: string, value: string): Record<string, string> {
  return { [name]: value, [name.toLowerCase()]: value };
}

function hostOf(address = ""): string {
  return address.replace(/^https?:\/\//, "").replace(/[/?].*$/, "");
}

/** Ends what runs, each a program with all that it has started. */
const running = new Set<() => void>();
process.once("exit", () => {
  for (const end of running) end();
});

/** Runs a program as the head of a group of processes, none of which outlives it. */
async function run(
  [command, ...args]: readonly string[],
  surroundings: { env: Record<string, string>; cwd: string },
  talk?: Talk,
): Promise<Outcome> {
  const stdin = talk === undefined ? "ignore" : "pipe";
  const child = spawn(command!, args, { ...surroundings, stdio: [stdin, "pipe", "pipe"], detached: true });
  const end = (): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    } catch {
      // All of them have ended.
    }
  };
  running.add(end);
  const timer = setTimeout(end, PATIENCE);
  const said = { out: "", errors: "" };
  child.stdout!.on("data", (chunk: Buffer) => {
    said.out += chunk.toString();
  });
  if (talk !== undefined) {
    const program = { say: (line: string) => void child.stdin!.write(`${line}\n`), end: () => void child.stdin!.end() };
    child.stdin!.on("error", () => {});
    createInterface({ input: child.stdout! }).on("line", (line) => talk(line, program));
    talk("", program);
  }
  child.stderr!.on("data", (chunk: Buffer) => {
    said.errors += chunk.toString();
  });
  try {
    return await new Promise<Outcome>((resolve, reject) => {
      child.once("error", reject);
      // A process that it leaves behind may hold its output open.
      child.once("exit", () => setTimeout(end, 500).unref());
      child.once("close", (status) => resolve({ status, ...said }));
    });
  } finally {
    clearTimeout(timer);
    end();
    running.delete(end);
  }
}
