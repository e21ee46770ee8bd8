import * as z from "zod";
import { ACCESS_CLASSES } from "../../schema/operation.ts";
import { cluster, dryRun, waitSeconds } from "../arguments.ts";
import { defineTool } from "../contract.ts";
import { ArgumentError } from "../errors.ts";
import { delegateTo, toolFacts } from "./delegate.ts";
import { classOfResolved, resolveCall } from "./resolve-call.ts";
import { callOutput, sendCall } from "./send-call.ts";

const input = z.strictObject({
  cluster,
  method: z.enum(["POST", "PUT", "DELETE", "GET"]).optional(),
  path: z.string().describe("e.g. /nodes/pve1/qemu/100/snapshot, or a tool's name"),
  params: z.record(z.string(), z.unknown()).default({}),
  waitSeconds,
  dryRun,
});

export default defineTool({
  name: "proxmox_api_write",
  title: "Change by the API",
  description:
    "Call any other Proxmox VE API operation, or a typed tool by name. Dangerous calls answer with a plan to confirm; tasks are waited for.",
  toolset: "api",
  class: "escape",
  idempotent: false,
  input,
  output: z.looseObject(z.object(callOutput).partial().shape),
  async delegate({ method, path, params, ...shared }) {
    return method === undefined ? delegateTo(path, { ...shared, ...params }, ACCESS_CLASSES) : undefined;
  },
  async classOfCall(args) {
    const given = input.safeParse(args);
    if (!given.success) return "read";
    const { method, path, params } = given.data;
    if (method !== undefined) return classOfResolved({ method, path, params });
    const facts = await toolFacts();
    return Object.hasOwn(facts, path) ? facts[path]!.class : "read";
  },
  async run(context, { method, ...given }) {
    if (method === undefined) throw new ArgumentError("method", "is missing", "Give POST, PUT or DELETE with a path.");
    const call = resolveCall(method, given.path, given.params);
    return sendCall(context, context.cluster(given.cluster), call, { ...given, offset: 0 });
  },
});
