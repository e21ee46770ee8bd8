import type { IncomingMessage, ServerResponse } from "node:http";
import { Refusal } from "./refusal.ts";

/** Reads a JSON body of at most `most` bytes; nothing of a larger one is kept. */
export async function readJson(request: IncomingMessage, response: ServerResponse, most: number): Promise<unknown> {
  if (!/^application\/json\s*(;|$)/i.test(request.headers["content-type"] ?? "")) {
    throw new Refusal(415, "media-type", "The body has to be application/json.");
  }
  const encoding = request.headers["content-encoding"];
  if (encoding !== undefined && encoding !== "identity") {
    throw new Refusal(415, "media-type", "The body may not be compressed.");
  }
  if (Number(request.headers["content-length"]) > most) throw tooLarge(most);
  if (request.headers.expect !== undefined) response.writeContinue();
  const text = (await readBytes(request, most)).toString("utf8");
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Refusal(400, "json", "Parse error: the body is not valid JSON.", { code: -32_700 });
  }
}

function readBytes(request: IncomingMessage, most: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= most) chunks.push(chunk);
      else {
        chunks.length = 0;
        reject(tooLarge(most));
      }
    });
    const cut = () => request.complete || reject(new Refusal(400, "body", "The body ended early."));
    request.once("end", () => resolve(Buffer.concat(chunks)));
    request.once("error", cut);
    request.once("close", cut);
  });
}

function tooLarge(most: number): Refusal {
  return new Refusal(413, "body-size", `The body may have ${most} bytes.`);
}
