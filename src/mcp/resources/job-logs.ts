import { UnknownJobError } from "../../jobs/index.ts";
import { reasonOf } from "../../tools/gather.ts";
import { pageBudget } from "../../tools/output-budget.ts";
import type { ResourceKind } from "./kind.ts";
import { jsonContent } from "./reading.ts";

/** Lines asked for; the budget may hold fewer. */
const LINES = 500;

/** How a job stands, and the end of its log. */
export const jobLogs: ResourceKind = {
  template: "proxmox://jobs/{jobId}/logs",
  name: "job-logs",
  title: "Log of a job",
  description: "How a job stands and the end of its log; jobId is job.id, percent-encoded. Can be subscribed to.",
  mimeType: "application/json",
  async read(reader, { jobId }) {
    const context = reader.context("resource:job-logs");
    let handle: ReturnType<typeof context.jobs.parse>;
    try {
      handle = context.jobs.parse(jobId!, reader.principal);
    } catch (error) {
      if (error instanceof UnknownJobError) return undefined;
      throw error;
    }
    const one = context.cluster(handle.cluster);
    const { tasks } = one.cluster;
    const { signal } = context;
    const status = await tasks.status(one.caller, handle.upid, { signal });
    // A task whose record is gone has no log, and its outcome is known all the same.
    const log = await tasks.log(one.caller, handle.upid, { limit: LINES, signal }).catch(reasonOf);
    return jsonContent(reader, "job-logs", {
      cluster: one.name,
      job: { id: jobId, upid: handle.upid, state: status.state, type: status.type, node: status.node },
      ...(status.exitstatus === undefined ? {} : { exitstatus: status.exitstatus }),
      ...(typeof log === "string" ? { incomplete: [{ part: "log", reason: log }] } : { log: tailOf(log) }),
    });
  },
};

/** The last lines that the budget holds. */
function tailOf({ start, total, lines }: { start: number; total: number; lines: readonly string[] }) {
  const budget = pageBudget();
  let first = lines.length;
  for (let size = 0; first > 0; first--) {
    size += JSON.stringify(lines[first - 1]).length + 1;
    if (size > budget && first < lines.length) break;
  }
  return { start: start + first, total, lines: lines.slice(first) };
}
