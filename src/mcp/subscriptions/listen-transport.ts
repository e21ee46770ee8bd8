import {
  type JSONRPCMessage,
  SUBSCRIPTION_ID_META_KEY,
  type Transport,
  type TransportSendOptions,
} from "@modelcontextprotocol/server";

/** Hears of the streams that a client of the 2026 era opens with `subscriptions/listen`. */
export interface ListenObserver {
  /** A stream was acknowledged for these addresses. */
  opened(stream: string | number, uris: readonly string[]): void;
  closed(stream: string | number): void;
  ended(): void;
}

type Note = { method?: string; params?: Record<string, unknown>; id?: string | number };

/**
 * A transport that passes everything through. The SDK answers `subscriptions/listen` before any server sees it, so
 * that what a client listens for can only be learned on the way.
 */
export class ListenTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: Transport["onmessage"];
  readonly #wire: Transport;
  readonly #observer: ListenObserver;
  readonly #open = new Set<string | number>();

  constructor(wire: Transport, observer: ListenObserver) {
    this.#wire = wire;
    this.#observer = observer;
  }

  start(): Promise<void> {
    this.#wire.onmessage = (message, extra) => {
      const { method, params } = message as Note;
      if (method === "notifications/cancelled") this.#close(params?.requestId as string | number);
      this.onmessage?.(message, extra);
    };
    this.#wire.onerror = (error) => this.onerror?.(error);
    this.#wire.onclose = () => {
      this.#observer.ended();
      this.onclose?.();
    };
    return this.#wire.start();
  }

  send(message: JSONRPCMessage, options?: TransportSendOptions): Promise<void> {
    const { method, params, id } = message as Note;
    if (method === "notifications/subscriptions/acknowledged") {
      const meta = params?._meta as Record<string, string | number> | undefined;
      const { resourceSubscriptions = [] } = (params?.notifications ?? {}) as { resourceSubscriptions?: string[] };
      const stream = meta?.[SUBSCRIPTION_ID_META_KEY];
      if (stream !== undefined && resourceSubscriptions.length > 0) {
        this.#open.add(stream);
        this.#observer.opened(stream, resourceSubscriptions);
      }
    } else if (method === undefined && id !== undefined) {
      this.#close(id);
    }
    return this.#wire.send(message, options);
  }

  close(): Promise<void> {
    return this.#wire.close();
  }

  #close(stream: string | number): void {
    if (this.#open.delete(stream)) this.#observer.closed(stream);
  }
}
