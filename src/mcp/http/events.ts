import { randomUUID } from "node:crypto";
import type { EventId, EventStore, JSONRPCMessage, StreamId } from "@modelcontextprotocol/server";

interface Kept {
  stream: StreamId;
  message: JSONRPCMessage | undefined;
  size: number;
  at: number;
}

/** Characters and messages that are kept of one session, and for how long. */
const MOST = 256 * 1024;
const EVENTS = 64;
const KEEP_MS = 30_000;

/**
 * What a session's client was last sent, so that one whose connection broke can take it up again (`Last-Event-ID`). It
 * is little and short: whoever comes later finds the jobs of its calls by `job_list`.
 */
export class SessionEvents implements EventStore {
  readonly #kept = new Map<EventId, Kept>();
  #size = 0;

  async storeEvent(stream: StreamId, message: JSONRPCMessage): Promise<EventId> {
    const id = randomUUID();
    // The first event of a stream has no message: it is there to be come back to.
    const isEmpty = Object.keys(message).length === 0;
    const size = isEmpty ? 0 : JSON.stringify(message).length;
    this.#kept.set(id, { stream, message: isEmpty ? undefined : message, size, at: Date.now() });
    this.#size += size;
    this.#forget();
    return id;
  }

  async getStreamIdForEventId(id: EventId): Promise<StreamId | undefined> {
    return this.#kept.get(id)?.stream;
  }

  async replayEventsAfter(
    last: EventId,
    { send }: { send: (id: EventId, message: JSONRPCMessage) => Promise<void> },
  ): Promise<StreamId> {
    const from = this.#kept.get(last);
    if (!from) throw new Error("the event is not kept any more");
    let isAfter = false;
    for (const [id, { stream, message }] of [...this.#kept]) {
      if (isAfter && stream === from.stream && message) await send(id, message);
      isAfter ||= id === last;
    }
    return from.stream;
  }

  #forget(): void {
    const before = Date.now() - KEEP_MS;
    for (const [id, { at, size }] of this.#kept) {
      if (this.#kept.size <= 1 || (at >= before && this.#size <= MOST && this.#kept.size <= EVENTS)) break;
      this.#kept.delete(id);
      this.#size -= size;
    }
  }
}
