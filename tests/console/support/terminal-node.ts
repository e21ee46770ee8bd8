import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type WebSocket, WebSocketServer } from "ws";
import { type Consoles, type ConsolesOptions, openConsoles } from "../../../src/console/consoles.ts";
import { CALLER, connectTo, recordingGate, reply, type SeenRequest, startServer } from "../../pve/test-server.ts";

export { CALLER };

/** A ticket as a node of 9.2 gives it: for nobody's eyes but the console's. */
export const TICKET = "PVEVNC:6B02EBF7::c29tZXRpY2tldHRoYXRub2JvZHlzaG91bGRzZWU=";
const USER = "root@pam!mcp";

/** Why there can be no real terminal here. */
export function ptyMissing(): string | undefined {
  try {
    execFileSync("script", ["-qec", "exit 7", "/dev/null"], { stdio: "ignore" });
  } catch (error) {
    return (error as { status?: number }).status === 7 ? undefined : "no script(1), which gives a terminal";
  }
  return "script(1) tells no exit code";
}

export interface TerminalNodeOptions {
  /** What runs before the terminal; a login shell of bash when absent. */
  shell?: string;
  version?: string;
  /** Answers the websocket's request with this status. */
  refuse?: number;
  cmode?: string;
  /** Called after each typing. */
  onTyped?(visit: Visit): void;
}

interface Visit {
  socket: WebSocket;
  process: ChildProcess;
  /** What the visitor typed, as it came. */
  typed: string;
}

/** A node whose terminal is a real one: a shell on a pty, behind the protocol of termproxy. */
export interface TerminalNode {
  home: string;
  /** Where its programs put what they need for a while. */
  temporary: string;
  requests: SeenRequest[];
  url: string;
  fingerprint: string;
  visits: Visit[];
  /** Its consoles, with a gate that writes down what passes. */
  consoles(options?: Partial<ConsolesOptions> & { fingerprint?: string }): Consoles & {
    gate: ReturnType<typeof recordingGate>;
    requests: ReturnType<typeof recordingGate>;
  };
  close(): Promise<void>;
}

export async function startTerminalNode(options: TerminalNodeOptions = {}): Promise<TerminalNode> {
  const folder = mkdtempSync(join(tmpdir(), "terminal-node-"));
  const home = join(folder, "home");
  const temporary = join(folder, "tmp");
  mkdirSync(home);
  mkdirSync(temporary);
  const shell = options.shell ?? "bash -il";
  const environment = {
    HOME: home,
    TMPDIR: temporary,
    PATH: process.env.PATH ?? "",
    TERM: "xterm-256color",
    SHELL: "/bin/bash",
    FOLDER: folder,
  };
  const server = await startServer((request, response) => {
    const { pathname } = new URL(request.url, "https://node");
    if (pathname.endsWith("/version")) reply(response, 200, { data: { version: options.version ?? "9.2.1" } });
    else if (pathname.endsWith("/config")) {
      reply(response, 200, { data: options.cmode === undefined ? {} : { cmode: options.cmode } });
    } else if (pathname.endsWith("/termproxy")) {
      reply(response, 200, {
        data: { user: USER, ticket: TICKET, port: "5900", upid: "UPID:pve1:1:2:3:vncshell::x:" },
      });
    } else reply(response, 501, { data: null }, "not here");
  });
  const visits: Visit[] = [];
  const upgrades = new WebSocketServer({ noServer: true, perMessageDeflate: false, handleProtocols: () => "binary" });
  server.server.on("upgrade", (request, socket, head) => {
    server.requests.push({ method: "UPGRADE", url: request.url!, headers: request.headers, body: "" });
    if (options.refuse !== undefined) {
      socket.end(`HTTP/1.1 ${options.refuse} permission denied - invalid PVEVNC ticket\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    upgrades.handleUpgrade(request, socket, head, (web) => serve(web));
  });

  function serve(socket: WebSocket): void {
    let bytes = Buffer.alloc(0);
    let visit: Visit | undefined;
    socket.on("message", (data) => {
      bytes = Buffer.concat([bytes, data as Buffer]);
      if (!visit) {
        const end = bytes.indexOf("\n");
        if (end < 0) return;
        if (bytes.subarray(0, end).toString() !== `${USER}:${TICKET}`) return socket.close();
        bytes = bytes.subarray(end + 1);
        socket.send(Buffer.from("OK"));
        visit = begin(socket);
      }
      for (;;) {
        const text = bytes.subarray(0, 40).toString("latin1");
        const size = /^1:\d+:\d+:/.exec(text);
        const keys = /^0:(\d+):/.exec(text);
        if (text.startsWith("2")) bytes = bytes.subarray(1);
        else if (size) bytes = bytes.subarray(size[0].length);
        else if (keys && bytes.length >= keys[0].length + Number(keys[1])) {
          const end = keys[0].length + Number(keys[1]);
          visit.typed += bytes.subarray(keys[0].length, end).toString("latin1");
          visit.process.stdin!.write(bytes.subarray(keys[0].length, end));
          bytes = bytes.subarray(end);
          options.onTyped?.(visit);
        } else return;
      }
    });
    // The far end of a terminal that closes hangs up on whoever sits before it.
    socket.on("close", () => visit?.process.kill("SIGKILL"));
  }

  function begin(socket: WebSocket): Visit {
    const child = spawn("script", ["-qfc", shell, "/dev/null"], { env: environment, cwd: home, stdio: "pipe" });
    child.stdin.on("error", () => {});
    child.stdout.on("data", (chunk: Buffer) => socket.send(chunk));
    child.on("close", () => socket.close());
    const visit = { socket, process: child, typed: "" };
    visits.push(visit);
    return visit;
  }

  const opened: Consoles[] = [];
  return {
    home,
    temporary,
    visits,
    requests: server.requests,
    url: server.url,
    fingerprint: server.fingerprint,
    consoles({ fingerprint = server.fingerprint, ...more } = {}) {
      const requests = recordingGate();
      const gate = recordingGate();
      const cluster = connectTo([{ url: server.url, fingerprint }], { gate: requests });
      const consoles = openConsoles({ cluster, gate, hasSsh: async () => false, ...more });
      opened.push(consoles);
      return { ...consoles, gate, requests };
    },
    async close() {
      for (const consoles of opened) await consoles.close();
      for (const { process: child } of visits) child.kill("SIGKILL");
      upgrades.close();
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What a shell line is to the gate. */
export function line(command: string, more: object = {}) {
  const operation = "RUN /nodes/{node}/terminal" as const;
  return { node: "pve1", operation, params: { node: "pve1", command }, command, timeoutMs: 20_000, ...more };
}

/** A program that asks for a login as /bin/login does: the echo is off while the password is typed. */
export function loginProgram(
  folder: string,
  { user = "root", password = "s3cret pass", shell = "bash -il" } = {},
): string {
  const path = join(folder, "login");
  writeFileSync(
    path,
    `#!/bin/sh
for try in 1 2 3; do
  printf '\\npve1 login: '
  IFS= read -r name || exit 1
  stty -echo
  printf 'Password: '
  IFS= read -r word
  stty echo
  printf '\\n'
  if [ "$name:$word" = '${user}:${password}' ]; then
    printf 'Last login: Fri Nov 27 07:00:00 UTC 2026 on pts/0\\nThere were 2 failed login attempts.\\n'
    exec ${shell}
  fi
  sleep 0.5
  printf '\\nLogin incorrect\\n'
done
`,
  );
  chmodSync(path, 0o755);
  return path;
}
