import { spawn } from "node:child_process";

/** The plainest client over stdio, which costs next to nothing beside the server. */
export interface RawClient {
  readonly pid: number;
  initialize(): Promise<void>;
  /** Gives the result; throws for an error, a failed call's too. */
  request(method: string, params?: object): Promise<unknown>;
  end(): Promise<void>;
}

type Message = { id?: number; error?: object; result?: { isError?: boolean } };

const HELLO = { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "bench", version: "0" } };

export function openRaw(args: readonly string[], env: Record<string, string>): RawClient {
  const child = spawn(process.execPath, args, { env, stdio: ["pipe", "pipe", "ignore"] });
  const ended = new Promise((resolve) => child.once("close", resolve));
  const waiting = new Map<number, (message: Message) => void>();
  let chunks: string[] = [];
  child.stdout.setEncoding("utf8");
  child.stdout.on("data", (chunk: string) => {
    if (!chunk.includes("\n")) return void chunks.push(chunk);
    const lines = [...chunks, chunk].join("").split("\n");
    chunks = [lines.pop()!];
    for (const line of lines) {
      const message = JSON.parse(line) as Message;
      if (message.id === undefined) continue;
      waiting.get(message.id)?.(message);
      waiting.delete(message.id);
    }
  });
  const send = (message: object) => child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
  let last = 0;
  const request = async (method: string, params?: object): Promise<unknown> => {
    const id = ++last;
    const answered = new Promise<Message>((resolve) => waiting.set(id, resolve));
    send({ id, method, ...(params ? { params } : {}) });
    const { error, result } = await answered;
    if (error || result?.isError) throw new Error(JSON.stringify(error ?? result));
    return result;
  };
  return {
    pid: child.pid!,
    request,
    async initialize() {
      await request("initialize", HELLO);
      send({ method: "notifications/initialized" });
    },
    async end() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
