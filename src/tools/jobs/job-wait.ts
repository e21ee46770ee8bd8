import * as z from "zod";
import { waitSeconds } from "../arguments.ts";
import { defineTool } from "../contract.ts";
import { jobOutput, watchJob } from "../job-answer.ts";

export default defineTool({
  name: "job_wait",
  title: "Wait for a job",
  description:
    "Wait until a job ends, with progress, and report its real outcome. When the time is over first, job.state is running: call again.",
  toolset: "jobs",
  class: "read",
  idempotent: true,
  input: z.strictObject({ id: z.string().describe("job.id of the answer that started it"), waitSeconds }),
  output: z.object({ cluster: z.string(), job: jobOutput }),
  async run(context, input) {
    const handle = context.jobs.parse(input.id, context.principal);
    const one = context.cluster(handle.cluster);
    const { job, failed } = await watchJob(context, one, handle.upid, input.waitSeconds);
    return { data: { cluster: one.name, job }, ...(failed ? { failed } : {}) };
  },
});
