import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** What the model says next: a call of a tool of the server under test, a search for tools, or its last words. */
export type Action = { call: string; args: Record<string, unknown> } | { search: string } | { say: string };

/** A tool as the client declares it to the model. */
export interface DeclaredTool {
  name: string;
  json: string;
}

/** A request by which a client asks for the model's next step. */
export interface Turn {
  tools: readonly DeclaredTool[];
  /** What the client gave back for each call so far. */
  results: readonly string[];
  /** The request's body. */
  text: string;
}

/** One way of talking to a model. */
export interface Dialect {
  /** Paths of requests for the next step. */
  turns: RegExp;
  /** What the client calls a tool of the server. */
  nameOf(tool: string): string;
  read(body: Record<string, unknown>): Pick<Turn, "tools" | "results">;
  /** The model's step as an event stream. */
  write(action: Action, id: number): string;
}

/** Decides by what was given back so far; the same question always gets the same answer. */
export type Script = (turn: Turn) => Action;

export interface Model {
  url: string;
  turns: readonly Turn[];
  /** Requests for anything but a step, as method and path. */
  others: readonly string[];
  close(): Promise<void>;
}

/** A model on loopback that says what a script tells it, and keeps what it was told. */
export async function startModel(dialect: Dialect, script: Script): Promise<Model> {
  const turns: Turn[] = [];
  const others: string[] = [];
  const server = createServer(async (request, response) => {
    const text = await textOf(request);
    const path = request.url ?? "";
    if (request.method !== "POST" || !dialect.turns.test(path)) {
      others.push(`${request.method} ${path.split("?")[0]}`);
      response.writeHead(200, { "content-type": "application/json" }).end("{}");
      return;
    }
    const turn = { ...dialect.read(JSON.parse(text)), text };
    turns.push(turn);
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.end(dialect.write(script(turn), turns.length));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    turns,
    others,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** Events of a stream, by name and data. */
export function events(all: readonly (readonly [string, object])[]): string {
  return all.map(([name, data]) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`).join("");
}
