import * as z from "zod";
import { defineTool } from "../contract.ts";
import { describeJob, jobOutput } from "../job-answer.ts";

export default defineTool({
  name: "job_get",
  title: "Show a job",
  description: "Show how a job stands, without waiting. A job that failed, or whose outcome is unknown, is an error.",
  toolset: "jobs",
  class: "read",
  idempotent: true,
  input: z.strictObject({ id: z.string().describe("job.id of the answer that started it") }),
  output: z.object({ cluster: z.string(), job: jobOutput }),
  async run(context, input) {
    const handle = context.jobs.parse(input.id, context.principal);
    const one = context.cluster(handle.cluster);
    const status = await one.cluster.tasks.status(one.caller, handle.upid, { signal: context.signal });
    const { job, failed } = await describeJob(context, one, status);
    return { data: { cluster: one.name, job }, ...(failed ? { failed } : {}) };
  },
});
