import * as z from "zod";
import { manifest } from "../../../generated/manifest.ts";
import { classOfCall, exceeds, maskSecrets } from "../../access/index.ts";
import type { AccessClass, ManifestEntry, Params } from "../../schema/operation.ts";
import { lazy } from "../../schema/lazy.ts";
import { ScriptError } from "../../scripts/run-script.ts";
import { cluster } from "../arguments.ts";
import type { ToolCluster, ToolContext } from "../context.ts";
import { defineTool } from "../contract.ts";
import { ArgumentError } from "../errors.ts";
import { watchJob } from "../job-answer.ts";
import { callOutput } from "./send-call.ts";
import { fitAnswer } from "./fit-answer.ts";

/** Bounds of a script; its own work counts in `workMs`, waiting for hosts only in the whole. */
const LIMITS = { memoryBytes: 64 * 2 ** 20, workMs: 5000, calls: 500 };
/** Seconds for which a script waits for a task. */
const TASK_SECONDS = 300;

const byName = lazy(() => new Map<string, ManifestEntry>(manifest.map((entry) => [entry.symbol, entry])));

export default defineTool({
  name: "proxmox_script_run",
  title: "Run a script over the API",
  description:
    "Run JavaScript over the API and answer with what it returns: many calls and much data in, little out. `await pve.getClusterResources({type: 'vm'})`; proxmox_api_describe names each operation's function. A mutating call waits for its task; destructive ones only return their plan.",
  toolset: "api",
  class: "mutate",
  idempotent: false,
  input: z.strictObject({
    cluster,
    script: z.string().min(1).max(65_536).describe("Body of an async function; ends with return"),
    timeoutSeconds: z
      .int()
      .min(1)
      .max(600)
      .default(60)
      .meta({ listed: { type: "integer" } }),
  }),
  output: z.object({
    cluster: z.string(),
    data: z.unknown(),
    shown: callOutput.shown,
    logs: z.array(z.string()).optional(),
    calls: z.int(),
  }),
  // Each call of the script is judged by itself.
  classOfCall: async () => "read",
  async run(context, { script, timeoutSeconds, ...given }) {
    const { scripts } = context.server.config;
    if (scripts === "off") {
      throw new ScriptError(
        "scripts-off",
        "Scripts are off.",
        "The operator sets PROXMOX_MCP_SCRIPTS to read or write.",
        {},
      );
    }
    const one = context.cluster(given.cluster);
    const { runScript } = await import("../../scripts/run-script.ts");
    const { data, logs, calls } = await runScript({
      code: script,
      functions: [...byName().keys()],
      call: (name, params) => callOperation(context, one, scripts === "write" ? "mutate" : "read", name, params),
      limits: { ...LIMITS, totalMs: timeoutSeconds * 1000 },
      signal: context.signal,
    });
    const fitted = fitAnswer(maskSecrets(data), { offset: 0 });
    return { data: { cluster: one.name, ...fitted, ...(logs.length > 0 ? { logs: [...logs] } : {}), calls } };
  },
});

/** One call of a script: sent when its class is allowed, answered with its plan when it is worse than scripts may do. */
async function callOperation(
  context: ToolContext,
  one: ToolCluster,
  ceiling: AccessClass,
  name: string,
  given: unknown,
): Promise<unknown> {
  const entry = byName().get(name);
  if (!entry) throw new ArgumentError("script", `calls ${name}, which there is not`, "proxmox_api_search finds them.");
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw new ArgumentError("script", `gives ${name} no object`, "Give the parameters by their names.");
  }
  const params = given as Params;
  const needed = await classOfCall(entry.id, params);
  if (exceeds(needed, ceiling)) {
    if (ceiling === "read") {
      throw new ArgumentError(
        "script",
        `calls ${entry.id}, which is of class ${needed}; scripts may only read here`,
        "Send that call by itself, outside of the script.",
      );
    }
    return { notSent: needed, plan: await one.plan([{ operation: entry.id, params: asInPath(entry, params) }]) };
  }
  const { data } = await one.send(entry.id, params);
  if (!entry.id.startsWith("GET ")) one.cluster.resources.invalidate();
  if (typeof data !== "string" || !data.startsWith("UPID:")) return maskSecrets(data);
  const { job, failed } = await watchJob(context, one, data, TASK_SECONDS);
  if (failed) throw new ScriptError(failed.code, failed.message, failed.next ?? "", {});
  return job;
}

/** The parameters as they come back when the plan is carried out by a path, which holds texts. */
function asInPath({ id }: ManifestEntry, params: Params): Params {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, id.includes(`{${name}}`) ? String(value) : value]),
  );
}
