import { randomUUID } from "node:crypto";
import type { EventId, EventStore, JSONRPCMessage, StreamId } from "@modelcontextprotocol/server";

interface Kept {
  stream: StreamId;
  /** JSON; empty for the event that every stream begins with. */
  text: string;
  at: number;
}

/** Characters and events that are kept of one session. */
const MOST = 256 * 1024;
const EVENTS = 64;

/** Streams that are kept beyond their answer, which hardly any client comes back for, and for how many milliseconds. */
const ANSWERED = 2;
const KEEP_MS = 30_000;

/**
 * What a session's client was last sent, so that one whose connection broke can take it up again (`Last-Event-ID`). It
 * is little and short: whoever comes later finds the jobs of its calls by `job_list`.
 */
export class SessionEvents implements EventStore {
  readonly #kept = new Map<EventId, Kept>();
  readonly #answered: StreamId[] = [];
  #size = 0;

  async storeEvent(stream: StreamId, message: JSONRPCMessage): Promise<EventId> {
    const id = randomUUID();
    // The first event of a stream has no message: it is there to be come back to.
    const text = Object.keys(message).length === 0 ? "" : JSON.stringify(message);
    this.#kept.set(id, { stream, text, at: Date.now() });
    this.#size += text.length;
    if ("result" in message || "error" in message) this.#answered.push(stream);
    this.#forget(id);
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
    for (const [id, { stream, text }] of [...this.#kept]) {
      if (isAfter && stream === from.stream && text !== "") await send(id, JSON.parse(text) as JSONRPCMessage);
      isAfter ||= id === last;
    }
    return from.stream;
  }

  #forget(newest: EventId): void {
    const before = Date.now() - KEEP_MS;
    const over = new Set(this.#answered.splice(0, Math.max(0, this.#answered.length - ANSWERED)));
    for (const [id, { at, stream }] of this.#kept) {
      if (id === newest) break;
      const isFull = this.#size > MOST || this.#kept.size > EVENTS;
      const isOld = at < before && this.#answered.includes(stream);
      if (over.has(stream) || isOld || isFull) this.#drop(id);
    }
  }

  #drop(id: EventId): void {
    this.#size -= this.#kept.get(id)!.text.length;
    this.#kept.delete(id);
  }
}
