import type { Redis } from "ioredis";
import type { StateKey } from "../state-key.ts";
import { MARK_LIFETIME_MS, type PlanMarks } from "./marks.ts";
import { PlanStoreError } from "./plan-errors.ts";

/** Milliseconds after which a server that does not answer counts as away. */
const PATIENCE_MS = 2000;

/**
 * Marks in a Redis or Valkey that replicas share. Connects at the first use; while it is away every use fails at once,
 * so that nothing is sent which another replica may have sent already, and it is connected to again by itself.
 */
export function redisMarks(url: string, key: StateKey): PlanMarks {
  // Installations with other keys may share the server: their plans never meet.
  const prefix = `proxmox-mcp:${key.tag("redis")}:plan:`;
  const used = (nonce: string, part: number) => `${prefix}${nonce}:${part}`;
  const approved = (nonce: string) => `${prefix}${nonce}:approved`;
  let connecting: Promise<Redis> | undefined;
  /** Why there is no connection. */
  let fault: unknown;

  const connect = async (): Promise<Redis> => {
    const { Redis: Client } = await import("./redis-library.ts");
    const client = new Client(url, {
      lazyConnect: true,
      connectTimeout: PATIENCE_MS,
      commandTimeout: PATIENCE_MS,
      // A connection on which nothing comes any more is given up for a new one, before its commands are.
      socketTimeout: PATIENCE_MS - 100,
      // One that still loads its data says so by itself.
      enableReadyCheck: false,
      maxRetriesPerRequest: 0,
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      retryStrategy: (times) => Math.min(times * 100, PATIENCE_MS),
    });
    // Whoever needs it is told: what a command fails with says only that there is no connection.
    client.on("error", (error: unknown) => (fault = error));
    client.on("close", () => (fault ??= new Error("the connection was lost")));
    client.on("ready", () => (fault = undefined));
    await client.connect().catch((error: unknown) => {
      client.disconnect();
      throw error;
    });
    return client;
  };

  const reach = async (): Promise<Redis> => {
    connecting ??= connect();
    const current = connecting;
    try {
      return await current;
    } catch (error) {
      // Tried again by the next use; a connection that is lost later comes back by itself.
      if (connecting === current) connecting = undefined;
      throw new PlanStoreError(url, fault ?? error);
    }
  };
  const ask = async <T>(question: (client: Redis) => Promise<T>): Promise<T> => {
    const client = await reach();
    return question(client).catch((error: unknown) => {
      throw new PlanStoreError(url, fault ?? error);
    });
  };

  return {
    async claim(nonce, part) {
      const client = await reach();
      const isSent = client.status === "ready";
      try {
        return (await client.set(used(nonce, part), "", "PX", MARK_LIFETIME_MS, "NX")) === "OK";
      } catch (error) {
        // The mark may be there, and only its answer lost: then nobody sends. What Redis itself refuses is not there.
        const unproven = isSent && (error as Error).name !== "ReplyError";
        throw new PlanStoreError(url, fault ?? error, { unproven });
      }
    },
    isClaimed: async (nonce, part) => (await ask((client) => client.exists(used(nonce, part)))) === 1,
    async approve(nonce, tag) {
      await ask((client) => client.set(approved(nonce), tag, "PX", MARK_LIFETIME_MS));
    },
    approval: async (nonce) => (await ask((client) => client.get(approved(nonce)))) ?? undefined,
    async close() {
      const client = await connecting?.catch(() => undefined);
      connecting = undefined;
      client?.disconnect();
    },
  };
}
