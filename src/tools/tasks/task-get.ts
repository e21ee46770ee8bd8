import * as z from "zod";
import { cluster } from "../arguments.ts";
import { defineTool } from "../contract.ts";
import { reasonOf } from "../gather.ts";

export default defineTool({
  name: "proxmox_task_get",
  title: "Show a task",
  description: "Show one task's real outcome and its log, the last lines by default. Page with start and limit.",
  toolset: "jobs",
  class: "read",
  idempotent: true,
  input: z.strictObject({
    cluster,
    upid: z.string().startsWith("UPID:", "must be a UPID, UPID:node:…"),
    start: z.int().min(0).optional().describe("First log line; the tail when left out"),
    limit: z.int().min(0).max(500).default(50).describe("Log lines"),
  }),
  output: z.object({
    cluster: z.string(),
    upid: z.string(),
    node: z.string(),
    type: z.string(),
    id: z.string(),
    user: z.string(),
    startedAt: z.string(),
    state: z.enum(["running", "ok", "warnings", "failed", "unknown"]),
    exitstatus: z.string().optional(),
    log: z.object({ start: z.int(), total: z.int(), lines: z.array(z.string()) }).optional(),
    incomplete: z.array(z.object({ part: z.string(), reason: z.string() })).optional(),
  }),
  async run(context, input) {
    const one = context.cluster(input.cluster);
    const { tasks } = one.cluster;
    const status = await tasks.status(one.caller, input.upid, { signal: context.signal });
    const log =
      input.limit === 0
        ? undefined
        : await tasks
            .log(one.caller, input.upid, {
              limit: input.limit,
              signal: context.signal,
              ...(input.start === undefined ? {} : { start: input.start }),
            })
            .catch((error: unknown) => reasonOf(error));
    return {
      data: {
        cluster: one.name,
        upid: status.upid,
        node: status.node,
        type: status.type,
        id: status.id,
        user: status.user,
        startedAt: new Date(status.starttime * 1000).toISOString(),
        state: status.state,
        ...(status.exitstatus === undefined ? {} : { exitstatus: status.exitstatus }),
        ...(log === undefined || typeof log === "string" ? {} : { log }),
        ...(typeof log === "string" ? { incomplete: [{ part: "log", reason: log }] } : {}),
      },
    };
  },
});
