import type { ServerResponse } from "node:http";

/** Bytes that are handed to a connection at a time. */
const PIECE = 64 * 1024;

/** How long a client may take over a piece, and who is told when it took longer. */
export interface Patience {
  slowMs: number;
  dropped(): void;
}

/** Sends the SDK's answer. Ends when all of it is with the operating system, or the client is gone or too slow. */
export async function respond(to: ServerResponse, answer: Response, patience: Patience): Promise<void> {
  to.statusCode = answer.status;
  answer.headers.forEach((value, name) => {
    if (name !== "connection") to.setHeader(name, value);
  });
  if (answer.body === null) return finish(to, undefined, patience);
  if (!answer.headers.get("content-type")?.startsWith("text/event-stream")) {
    const bytes = Buffer.from(await answer.arrayBuffer());
    to.setHeader("content-length", bytes.length);
    to.setHeader("cache-control", "no-store");
    return finish(to, bytes, patience);
  }
  const reader = answer.body.getReader();
  const gone = () => void reader.cancel().catch(() => {});
  to.once("close", gone);
  to.flushHeaders();
  for (;;) {
    const { done, value } = await reader.read();
    if (done || to.destroyed) break;
    if (!to.write(value)) await drained(to, patience);
  }
  to.off("close", gone);
  if (to.destroyed) return gone();
  return finish(to, undefined, patience);
}

async function finish(to: ServerResponse, bytes: Buffer | undefined, patience: Patience): Promise<void> {
  let at = 0;
  for (; bytes !== undefined && bytes.length - at > PIECE; at += PIECE) {
    if (to.destroyed) return;
    if (!to.write(bytes.subarray(at, at + PIECE))) await drained(to, patience);
  }
  if (to.destroyed) return;
  const ended = within(to, "finish", patience);
  to.end(bytes?.subarray(at));
  await ended;
}

function drained(to: ServerResponse, patience: Patience): Promise<void> {
  return within(to, "drain", patience);
}

/** Waits for the event, or the end of the connection, which a client that takes too long brings about. */
function within(to: ServerResponse, event: "drain" | "finish", { slowMs, dropped }: Patience): Promise<void> {
  return new Promise((resolve) => {
    if (to.destroyed) return resolve();
    const timer = setTimeout(() => {
      dropped();
      to.destroy();
    }, slowMs);
    const over = () => {
      clearTimeout(timer);
      to.off(event, over);
      to.off("close", over);
      resolve();
    };
    to.once(event, over);
    to.once("close", over);
  });
}
