import * as z from "zod";
import { defineTool } from "../contract.ts";
import { failureOf } from "../job-answer.ts";
import { pageBudget } from "../output-budget.ts";

/** Characters of one line. */
const LONGEST_LINE = 2000;

export default defineTool({
  name: "job_logs",
  title: "Read a job's log",
  description: "Read the log of a job's task, its last lines first. Page back with before.",
  toolset: "jobs",
  class: "read",
  idempotent: true,
  input: z.strictObject({
    id: z.string().describe("job.id"),
    before: z.int().min(0).optional().describe("before of the page before: older lines"),
    limit: z.int().min(1).max(500).default(50),
  }),
  output: z.object({
    cluster: z.string(),
    state: z.enum(["running", "ok", "warnings", "failed", "unknown"]),
    exitstatus: z.string().optional(),
    total: z.int().describe("Lines of the log so far"),
    start: z.int().describe("Index of the first line shown"),
    lines: z.array(z.string()),
    before: z.int().optional().describe("For the lines before these"),
  }),
  async run(context, input) {
    const handle = context.jobs.parse(input.id, context.principal);
    const one = context.cluster(handle.cluster);
    const { tasks } = one.cluster;
    // The state first: the log of a task that has ended is whole.
    const status = await tasks.status(one.caller, handle.upid, { signal: context.signal });
    const range =
      input.before === undefined
        ? { limit: input.limit }
        : { start: Math.max(0, input.before - input.limit), limit: Math.min(input.limit, input.before) };
    const log =
      range.limit === 0
        ? { lines: [], start: 0, total: 0 }
        : await tasks.log(one.caller, handle.upid, { ...range, signal: context.signal });
    const lines = lastOf(log.lines.map(cutLine));
    const start = log.start + log.lines.length - lines.length;
    const data = {
      cluster: one.name,
      state: status.state,
      ...(status.exitstatus === undefined ? {} : { exitstatus: status.exitstatus }),
      total: log.total,
      start,
      lines,
      ...(start > 0 && lines.length > 0 ? { before: start } : {}),
    };
    const gone = status.state === "unknown" && status.exitstatus === undefined && log.total === 0;
    return { data, ...(gone ? { failed: failureOf(status)! } : {}) };
  },
});

/** The last lines that fit the budget. */
function lastOf(lines: readonly string[]): string[] {
  let size = 0;
  const first = lines.findLastIndex((line) => {
    size += line.length + 4;
    return size > pageBudget();
  });
  return lines.slice(first + 1);
}

function cutLine(line: string): string {
  return line.length <= LONGEST_LINE ? line : `${line.slice(0, LONGEST_LINE)}… [cut: ${line.length} characters]`;
}
