import { parentPort, workerData } from "node:worker_threads";
import variant from "@jitl/quickjs-singlefile-mjs-release-sync";
import { newQuickJSWASMModuleFromVariant, type QuickJSDeferredPromise } from "quickjs-emscripten-core";
import type { FromScript, ScriptStart, ToScript } from "./protocol.ts";

// One script in a thread of its own: an engine inside of WebAssembly that has JavaScript's own objects and nothing else.

/** Bytes of the stack; deeper recursion ends as an error of the script. */
const STACK_BYTES = 256 * 1024;
/** Lines that a script may say, and characters of each. */
const LOG_LINES = 50;
const LOG_CHARACTERS = 500;

/** What a script finds: `pve` with a function for each operation, `console.log`, and JavaScript itself. */
const PRELUDE = `(() => {
  const { stringify, parse } = JSON;
  const call = globalThis.__call, say = globalThis.__say;
  delete globalThis.__call; delete globalThis.__say;
  const functions = Object.create(null);
  for (const name of globalThis.__functions.split(",")) {
    functions[name] = async (params = {}) => {
      const text = await call(name, stringify(params));
      return text === undefined ? undefined : parse(text);
    };
  }
  delete globalThis.__functions;
  globalThis.pve = Object.freeze(functions);
  const log = (...values) => say(values.map((one) => typeof one === "string" ? one : stringify(one)).join(" "));
  globalThis.console = Object.freeze({ log, info: log, warn: log, error: log });
})()`;

const start = workerData as ScriptStart;
const port = parentPort!;
const send = (message: FromScript): void => port.postMessage(message);
const logs: string[] = [];
const waiting = new Map<number, QuickJSDeferredPromise>();
let calls = 0;
let workedMs = 0;

const engine = await newQuickJSWASMModuleFromVariant(variant);
const runtime = engine.newRuntime();
runtime.setMemoryLimit(start.memoryBytes);
runtime.setMaxStackSize(STACK_BYTES);
const context = runtime.newContext();

/** Lets the script work, within the time that it has left. */
function work<T>(step: () => T): T {
  const began = performance.now();
  const left = start.workMs - workedMs;
  runtime.setInterruptHandler(() => performance.now() - began > left);
  // The engine looks at its clock between steps, which can be long: so the server does too.
  send({ kind: "works" });
  try {
    return step();
  } finally {
    workedMs += performance.now() - began;
    send({ kind: "rests" });
  }
}

/** Runs what waits for its turn; nothing more comes once the script has ended. */
function goOn(): void {
  const jobs = work(() => runtime.executePendingJobs());
  if (jobs.error) fail(context.dump(jobs.error));
}

function fail(thrown: unknown): void {
  const { name = "Error", message = String(thrown), stack } = (thrown ?? {}) as Record<string, string | undefined>;
  const line = /script\.js:(\d+)/.exec(stack ?? "")?.[1];
  const error = { name, message, ...(line === undefined ? {} : { line: Number(line) }) };
  send({ kind: "failed", error, logs });
}

port.on("message", (message: ToScript) => {
  const promise = waiting.get(message.id);
  if (!promise) return;
  waiting.delete(message.id);
  if ("value" in message) context.newString(message.value).consume((value) => promise.resolve(value));
  else context.newError(message.error).consume((error) => promise.reject(error));
  goOn();
});

context
  .newFunction("__call", (name, params) => {
    const promise = context.newPromise();
    const id = ++calls;
    waiting.set(id, promise);
    send({ kind: "call", id, name: context.getString(name), params: context.getString(params) });
    return promise.handle;
  })
  .consume((handle) => context.setProp(context.global, "__call", handle));
context
  .newFunction("__say", (text) => {
    if (logs.length < LOG_LINES) logs.push(context.getString(text).slice(0, LOG_CHARACTERS));
  })
  .consume((handle) => context.setProp(context.global, "__say", handle));
context.newString(start.functions.join(",")).consume((names) => context.setProp(context.global, "__functions", names));
context.unwrapResult(context.evalCode(PRELUDE, "prelude.js")).dispose();

// A function of no name, so that its lines count from the script's own first; its result leaves as JSON.
const wrapped = `(async () => JSON.stringify(await (async () => {${start.code}\n})()))()`;
const begun = work(() => context.evalCode(wrapped, "script.js"));
if (begun.error) fail(context.dump(begun.error));
else {
  const result = context.resolvePromise(begun.value);
  goOn();
  const settled = await result;
  if (settled.error) fail(context.dump(settled.error));
  else {
    const value = context.dump(settled.value) as unknown;
    send({ kind: "done", result: typeof value === "string" ? value : undefined, logs });
  }
}
