import { Worker } from "node:worker_threads";
import { ProxmoxMcpError } from "../errors/index.ts";
import type { FromScript, ScriptStart, ToScript } from "./protocol.ts";

/** What bounds one script. */
export interface ScriptLimits {
  memoryBytes: number;
  /** Milliseconds of the script's own work. */
  workMs: number;
  /** Milliseconds in all, waiting for hosts included. */
  totalMs: number;
  calls: number;
}

export interface ScriptRun {
  code: string;
  functions: readonly string[];
  /** Carries out one call of `pve`; what it rejects with is thrown in the script. */
  call(name: string, params: unknown): Promise<unknown>;
  limits: ScriptLimits;
  signal: AbortSignal;
}

export interface ScriptResult {
  data: unknown;
  logs: readonly string[];
  calls: number;
}

/** A script that did not end well; what it had done by then stands, and is counted. */
export class ScriptError extends ProxmoxMcpError {
  constructor(code: string, message: string, next: string, data: Readonly<Record<string, unknown>>) {
    super({ code, message, next, data });
  }
}

/** Milliseconds that the engine may need to notice that its time is over. */
const GRACE_MS = 1000;

/** The thread is a bundle of its own beside the server's; from the source, too, the built one is started. */
const THREAD = new URL(
  import.meta.url.endsWith(".ts") ? "../../dist/script-thread.js" : "../script-thread.js",
  import.meta.url,
);

/** Runs a script in a thread of its own until it ends or meets one of its limits, and ends the thread in any case. */
export async function runScript({ code, functions, call, limits, signal }: ScriptRun): Promise<ScriptResult> {
  signal.throwIfAborted();
  const workerData: ScriptStart = { code, functions, memoryBytes: limits.memoryBytes, workMs: limits.workMs };
  const worker = new Worker(THREAD, {
    workerData,
    // Nothing of this process is there: no environment, and no output.
    env: {},
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: Math.ceil(limits.memoryBytes / 2 ** 20) + 64 },
  });
  const inner = new AbortController();
  let calls = 0;
  let timer: NodeJS.Timeout | undefined;
  let working: NodeJS.Timeout | undefined;
  try {
    return await new Promise<ScriptResult>((resolve, reject) => {
      const stop = (error: unknown) => {
        inner.abort();
        reject(error);
      };
      const answer = (message: ToScript) => worker.postMessage(message);
      timer = setTimeout(() => stop(timedOut(limits.totalMs, calls)), limits.totalMs);
      signal.addEventListener("abort", () => stop(signal.reason), { signal: inner.signal });
      worker.on("message", (message: FromScript) => {
        if (inner.signal.aborted) return;
        clearTimeout(working);
        if (message.kind === "rests") return;
        if (message.kind === "works") {
          working = setTimeout(() => stop(overworked(limits, { calls })), limits.workMs + GRACE_MS);
          return;
        }
        if (message.kind === "done") {
          const data = message.result === undefined ? null : (JSON.parse(message.result) as unknown);
          resolve({ data, logs: message.logs, calls });
        } else if (message.kind === "failed") {
          stop(failed(message.error, message.logs, limits, calls));
        } else if (calls >= limits.calls) {
          stop(tooManyCalls(limits.calls));
        } else {
          calls += 1;
          const { id } = message;
          const done = (value: unknown) => answer({ kind: "answer", id, value: JSON.stringify(value ?? null) });
          const refused = (error: unknown) => answer({ kind: "answer", id, error: messageOf(error) });
          // A script may give what is no JSON; that is its own fault, and no end of this process.
          void Promise.resolve(message)
            .then(({ name, params }) => call(name, JSON.parse(params)))
            .then(done, refused);
        }
      });
      worker.on("error", (error) => stop(crashed(error, calls)));
      worker.on("exit", () => stop(crashed(new Error("its thread ended"), calls)));
    });
  } finally {
    inner.abort();
    clearTimeout(timer);
    clearTimeout(working);
    await worker.terminate();
  }
}

function messageOf(error: unknown): string {
  if (!(error instanceof ProxmoxMcpError)) return error instanceof Error ? error.message : String(error);
  return `[${error.code}] ${error.message}`;
}

const SO_FAR = "What it had changed by then stands; calls says how many it made.";

function timedOut(totalMs: number, calls: number): ScriptError {
  return new ScriptError(
    "script-timeout",
    `The script took longer than ${totalMs / 1000} s and was ended.`,
    `Ask for less, or give more timeoutSeconds. ${SO_FAR}`,
    { calls },
  );
}

function tooManyCalls(limit: number): ScriptError {
  return new ScriptError(
    "script-calls",
    `The script made more than ${limit} calls and was ended.`,
    `GET /cluster/resources has all guests in one call. ${SO_FAR}`,
    { calls: limit },
  );
}

function crashed(error: Error, calls: number): ScriptError {
  return new ScriptError("script-failed", `The script was ended: ${error.message}.`, `Keep less at once. ${SO_FAR}`, {
    calls,
  });
}

function overworked({ workMs }: ScriptLimits, data: Readonly<Record<string, unknown>>): ScriptError {
  const text = `The script worked longer than ${workMs / 1000} s without waiting and was ended.`;
  return new ScriptError("script-timeout", text, `Look for a loop that does not end. ${SO_FAR}`, data);
}

function failed(
  { name, message, line }: { name: string; message: string; line?: number },
  logs: readonly string[],
  limits: ScriptLimits,
  calls: number,
): ScriptError {
  const data = { ...(line === undefined ? {} : { line }), calls, ...(logs.length > 0 ? { logs } : {}) };
  if (name === "InternalError" && message === "interrupted") return overworked(limits, data);
  if (name === "InternalError" && message === "out of memory") {
    const text = `The script used more than ${limits.memoryBytes / 2 ** 20} MiB and was ended.`;
    return new ScriptError("script-memory", text, `Keep less at once. ${SO_FAR}`, data);
  }
  const at = line === undefined ? "" : ` in line ${line}`;
  return new ScriptError("script-error", `The script failed${at}: ${name}: ${message}`, SO_FAR, data);
}
