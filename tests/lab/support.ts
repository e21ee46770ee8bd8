import { connect, type TLSSocket } from "node:tls";
import { gunzipSync } from "node:zlib";
import type { Lab, TokenIdentity } from "../../src/lab/index.ts";

export interface WireAnswer {
  status: number;
  reason: string;
  headers: Record<string, string>;
  body: string;
  /** The server ended the connection after it. */
  closed: boolean;
}

/** The value of an Authorization header. */
export function authorization(token: TokenIdentity): string {
  return `PVEAPIToken=${token.user}@${token.realm}!${token.id}=${token.secret}`;
}

/** Opens a connection to a lab. */
export function open(lab: Lab): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: lab.host, port: lab.port, rejectUnauthorized: false }, () => resolve(socket));
    socket.once("error", reject);
  });
}

function complete(
  bytes: Buffer,
  noBody: boolean,
): { answer: Omit<WireAnswer, "closed">; needsClose: boolean } | undefined {
  const split = bytes.indexOf("\r\n\r\n");
  if (split < 0) return undefined;
  const [line = "", ...fields] = bytes.subarray(0, split).toString("utf8").split("\r\n");
  const match = /^HTTP\/1\.1 (\d+) ?(.*)$/.exec(line);
  if (!match) throw new Error(`not an HTTP answer: ${line}`);
  const headers = Object.fromEntries(
    fields.map((field) => {
      const at = field.indexOf(":");
      return [field.slice(0, at).toLowerCase(), field.slice(at + 1).trim()];
    }),
  );
  const length = headers["content-length"];
  const rest = bytes.subarray(split + 4);
  if (length !== undefined && !noBody && rest.length < Number(length)) return undefined;
  const raw = length === undefined ? rest : rest.subarray(0, Number(length));
  const body = headers["content-encoding"] === "gzip" ? gunzipSync(raw).toString("utf8") : raw.toString("utf8");
  return {
    answer: { status: Number(match[1]), reason: match[2] ?? "", headers, body },
    needsClose: headers.connection?.toLowerCase() === "close",
  };
}

/** Writes bytes on a connection and reads one answer; rejects when the connection ends without one. */
export function exchange(socket: TLSSocket, bytes: string | Buffer): Promise<WireAnswer> {
  return new Promise((resolve, reject) => {
    let seen = Buffer.alloc(0);
    const done = (closed: boolean): void => {
      const got = complete(seen, String(bytes).startsWith("HEAD"));
      if (!got) {
        if (closed) reject(new Error("connection closed without an answer"));
        return;
      }
      if (got.needsClose && !closed) return;
      socket.off("data", onData).off("close", onClose).off("error", onError);
      resolve({ ...got.answer, closed });
    };
    const onData = (chunk: Buffer): void => {
      seen = Buffer.concat([seen, chunk]);
      done(false);
    };
    const onClose = (): void => done(true);
    const onError = (): void => {};
    socket.on("data", onData).on("close", onClose).on("error", onError);
    socket.write(bytes);
  });
}

export interface CallOptions {
  token?: TokenIdentity | string | null;
  /** Sent as a form unless `headers` names another content type. */
  body?: string;
  headers?: Record<string, string>;
}

/** The bytes of a request for a path below `/api2/json`, or for any path that starts with `/api2` or `//`. */
export function requestBytes(lab: Lab, method: string, path: string, options: CallOptions = {}): string {
  const token = options.token === undefined ? lab.token : options.token;
  const headers: Record<string, string> = { Host: "lab", ...options.headers };
  if (token !== null) headers.Authorization = typeof token === "string" ? token : authorization(token);
  if (options.body !== undefined) {
    headers["Content-Type"] ??= "application/x-www-form-urlencoded";
    headers["Content-Length"] ??= String(Buffer.byteLength(options.body));
  } else if (method === "POST" || method === "PUT") headers["Content-Length"] ??= "0";
  const target = path.startsWith("/api2") || path.startsWith("!") ? path.replace(/^!/, "") : `/api2/json${path}`;
  const lines = Object.entries(headers).filter(([, value]) => value !== "");
  return `${method} ${target} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n${options.body ?? ""}`;
}

/** One request on a connection of its own. */
export async function wire(lab: Lab, method: string, path: string, options: CallOptions = {}): Promise<WireAnswer> {
  const socket = await open(lab);
  try {
    return await exchange(socket, requestBytes(lab, method, path, options));
  } finally {
    socket.destroy();
  }
}

/** One request, its body read as JSON. */
export async function call(
  lab: Lab,
  method: string,
  path: string,
  options: CallOptions = {},
  // biome-ignore lint/suspicious/noExplicitAny: answers have any shape, and tests say which
): Promise<{ status: number; reason: string; data: any; total?: number; errors?: any; message?: string }> {
  const { status, reason, body } = await wire(lab, method, path, options);
  return { status, reason, ...(body.startsWith("{") ? JSON.parse(body) : { data: null }) };
}

/** Waits until `check` holds, or fails after a while. */
export async function until(check: () => boolean | Promise<boolean>, ms = 5000): Promise<void> {
  const end = Date.now() + ms;
  while (!(await check())) {
    if (Date.now() > end) throw new Error("waited in vain");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Follows a task to its end; gives its exit status and its log. */
export async function finish(lab: Lab, upid: string): Promise<{ exitstatus: string; log: string[] }> {
  const node = upid.split(":")[1];
  const path = `/nodes/${node}/tasks/${encodeURIComponent(upid)}`;
  let exitstatus = "";
  await until(async () => {
    const { data } = await call(lab, "GET", `${path}/status`);
    exitstatus = data?.exitstatus ?? "";
    return data?.status === "stopped";
  });
  const { data } = await call(lab, "GET", `${path}/log?limit=0`);
  return { exitstatus, log: data.map((line: { t: string }) => line.t) };
}
