import * as z from "zod";
import { cluster } from "../arguments.ts";
import { defineTool } from "../contract.ts";
import { ArgumentError } from "../errors.ts";
import { delegateTo } from "./delegate.ts";
import { resolveCall } from "./resolve-call.ts";
import { callOutput, sendCall } from "./send-call.ts";

const input = z.strictObject({
  cluster,
  path: z.string().describe("e.g. /nodes/pve1/qemu, or a reading tool's name"),
  params: z.record(z.string(), z.unknown()).default({}),
  filter: z.record(z.string(), z.string()).optional().describe("Globs by key of a row"),
  fields: z.array(z.string()).min(1).optional(),
  offset: z
    .int()
    .min(0)
    .default(0)
    .meta({ listed: { type: "integer" } }),
  limit: z
    .int()
    .min(1)
    .optional()
    .meta({ listed: { type: "integer" } }),
});

export default defineTool({
  name: "proxmox_api_read",
  title: "Read by the API",
  description: "Read from the Proxmox VE API: any GET operation that changes nothing.",
  toolset: "api",
  class: "read",
  idempotent: true,
  input,
  output: z.looseObject(z.object(callOutput).partial().shape),
  async delegate({ path, cluster, params }) {
    return delegateTo(path, { cluster, ...params }, ["read"]);
  },
  async run(context, given) {
    const call = resolveCall("GET", given.path, given.params);
    if (call.entry.class !== "read") {
      throw new ArgumentError(
        "path",
        `means ${call.entry.id}, which is of class ${call.entry.class}`,
        "Send it by proxmox_api_write, with method GET.",
      );
    }
    return sendCall(context, context.cluster(given.cluster), call, { ...given, waitSeconds: 0, dryRun: false });
  },
});
