import * as z from "zod";
import { classOfCall, maskSecrets } from "../../access/index.ts";
import { matchPath } from "../../pve/route.ts";
import type { ManifestEntry, Params } from "../../schema/operation.ts";
import { cluster, dryRun, waitSeconds } from "../arguments.ts";
import { change } from "../change.ts";
import type { ToolContext } from "../context.ts";
import { defineTool, type ToolAnswer } from "../contract.ts";
import { ArgumentError, UnknownPathError } from "../errors.ts";
import { jobOutput, watchJob } from "../job-answer.ts";
import { planOutput } from "../plan.ts";
import { fitAnswer } from "./fit-answer.ts";

const input = z.strictObject({
  cluster,
  method: z.enum(["GET", "POST", "PUT", "DELETE"]),
  path: z.string().startsWith("/").describe("Decoded path, e.g. /nodes/pve1/qemu/100/snapshot"),
  params: z
    .record(z.string(), z.unknown())
    .default({})
    .describe("By the API's own names; arrays, booleans and objects for property strings are encoded"),
  fields: z.array(z.string()).min(1).optional().describe("For a list: only these keys of each row"),
  offset: z.int().min(0).default(0).describe("For a list: first row"),
  limit: z.int().min(1).optional().describe("For a list: most rows"),
  waitSeconds,
  dryRun,
});

const output = z.object({
  cluster: z.string(),
  operation: z.string(),
  data: z.unknown().optional(),
  total: z.int().optional(),
  changes: z.string().optional(),
  shown: z
    .object({ from: z.int(), count: z.int(), of: z.int(), unit: z.string(), hint: z.string() })
    .optional()
    .describe("Present when data is only a part"),
  job: jobOutput.optional(),
  plan: planOutput.optional(),
});

export default defineTool({
  name: "proxmox_api_call",
  title: "Call any API operation",
  description:
    "Call any documented Proxmox VE API operation by method and path. Path and parameters are checked against the official schema before anything is sent; a task is waited for.",
  toolset: "api",
  class: "escape",
  idempotent: false,
  input,
  output,
  async classOfCall(args) {
    const given = input.safeParse(args);
    if (!given.success) return "read";
    try {
      const { entry, params } = resolve(given.data.method, given.data.path, given.data.params);
      return await classOfCall(entry.id, params);
    } catch {
      // The call itself says what is wrong with its path.
      return "read";
    }
  },
  async run(context, given): Promise<ToolAnswer<z.input<typeof output>>> {
    const one = context.cluster(given.cluster);
    const { entry, params } = resolve(given.method, given.path, given.params);
    const head = { cluster: one.name, operation: entry.id };
    if (given.dryRun) {
      const { data } = await change(context, one, (send) => send(entry.id, params), given);
      return { data: { ...head, ...data } };
    }
    const answer = await one.send(entry.id, params);
    if (given.method !== "GET") one.cluster.resources.invalidate();
    if (typeof answer.data === "string" && answer.data.startsWith("UPID:")) {
      const { job, failed } = await watchJob(context, one, answer.data, given.waitSeconds);
      return { data: { ...head, job }, ...(failed ? { failed } : {}) };
    }
    if (entry.task && answer.data === "OK") {
      return {
        data: { ...head, data: answer.data },
        failed: {
          code: "nothing-done",
          message: `${entry.id} answered OK without a task: no guest that it names is on this node, so nothing was done.`,
          next: "Send it to the node where the guest is; proxmox_vm_list shows that.",
        },
      };
    }
    // Masked before it is cut: half a secret is one too.
    const data = maskSecrets(answer.data);
    const fitted = fitAnswer(data, given);
    // Whoever pages has seen the reference with the first page.
    const isFirst = fitted.shown !== undefined && given.offset === 0 && given.limit === undefined;
    const whole = isFirst ? await keepWhole(context, head, data) : undefined;
    return {
      data: {
        ...head,
        ...fitted,
        ...(answer.total === undefined ? {} : { total: answer.total }),
        ...(answer.changes === undefined ? {} : { changes: answer.changes }),
      },
      ...(whole ? { artifact: whole } : {}),
    };
  },
});

/** The whole of an answer that is only shown in part; without it the answer can still be paged. */
function keepWhole(context: ToolContext, head: { cluster: string; operation: string }, data: unknown) {
  const file = { name: "answer.json", mimeType: "application/json", cluster: head.cluster };
  return context.artifacts.put({ ...file, data: { untrusted: ["data"], ...head, data } }).catch(() => undefined);
}

/** The operation of a path, and its parameters with those that stand in the path. */
function resolve(
  method: "GET" | "POST" | "PUT" | "DELETE",
  given: string,
  extra: Params,
): { entry: ManifestEntry; params: Params } {
  if (given.includes("?")) {
    throw new ArgumentError("path", "holds a query string", "Give those values in params.");
  }
  const path = given.replace(/^\/api2\/(json|extjs)(?=\/)/, "");
  const route = matchPath(method, path);
  if (!route.entry) throw new UnknownPathError(method, path, route.nearest);
  const params: Record<string, unknown> = { ...extra };
  for (const [name, value] of Object.entries(route.params)) {
    if (value === `{${name}}`) {
      if (extra[name] === undefined) {
        throw new ArgumentError(
          "path",
          `leaves {${name}} open`,
          `Write its value into the path, or give ${name} in params.`,
        );
      }
    } else if (extra[name] !== undefined && String(extra[name]) !== value) {
      throw new ArgumentError(
        `params.${name}`,
        `contradicts the path, which says ${JSON.stringify(value)}`,
        "Give it once.",
      );
    } else {
      params[name] = value;
    }
  }
  return { entry: route.entry, params };
}
