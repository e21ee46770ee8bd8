import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";

/** A Redis of the test's own, which keeps nothing on disk. */
export interface RedisServer {
  port: number;
  password: string;
  url: string;
  /** Ends it as a crash does. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** Why there is none to be had; undefined where there is. */
export function redisMissing(): string | undefined {
  const { status } = spawnSync("redis-server", ["--version"]);
  return status === 0 ? undefined : "redis-server is not installed (Debian: apt-get install redis-server)";
}

export async function startRedis(): Promise<RedisServer> {
  const free = createServer().listen(0, "127.0.0.1");
  await once(free, "listening");
  const { port } = free.address() as { port: number };
  free.close();
  const password = "correct-horse-battery";
  let child: ReturnType<typeof spawn> | undefined;
  const start = async () => {
    const own = ["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--requirepass", password];
    child = spawn("redis-server", ["--port", String(port), ...own], { stdio: ["ignore", "pipe", "ignore"] });
    const orphan = () => void child?.kill("SIGKILL");
    process.once("exit", orphan);
    child.once("exit", () => process.off("exit", orphan));
    let said = "";
    for await (const chunk of child.stdout!) {
      said += String(chunk);
      if (said.includes("Ready to accept connections")) break;
    }
  };
  const stop = async () => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  };
  await start();
  return { port, password, url: `redis://:${password}@127.0.0.1:${port}`, stop, start };
}
