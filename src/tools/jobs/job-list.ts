import * as z from "zod";
import { getClusterTasks } from "../../../generated/clients/cluster-tasks.ts";
import { cluster } from "../arguments.ts";
import { type Columns, columnar, listArguments, listOutput } from "../columnar.ts";
import { defineTool } from "../contract.ts";
import { askClusters, clusterColumn } from "../gather.ts";
import { outcomeOf, TASK_COLUMNS, type TaskRow, taskOwner } from "../tasks/task-row.ts";

interface Row extends TaskRow {
  jobId: string;
}

const { cluster: clusterName, starttime, type, id, node, state, status } = TASK_COLUMNS;
const COLUMNS = {
  cluster: clusterName,
  job: { value: (row: Row) => row.jobId },
  starttime,
  type,
  id,
  node,
  state,
  status,
} satisfies Columns<Row>;

export default defineTool({
  name: "job_list",
  title: "List jobs",
  description:
    "List the tasks that this server's API token started, newest first, with their job ids. Read from the cluster's own task list, so it survives a restart.",
  toolset: "jobs",
  class: "read",
  idempotent: true,
  input: z.strictObject({
    cluster,
    running: z.boolean().default(false).describe("Only jobs that still run"),
    ...listArguments(COLUMNS as Columns<Row>),
  }),
  output: z.object(listOutput),
  async run(context, input) {
    const { answers, missing } = await askClusters(context, input.cluster, (one) => getClusterTasks(one.send));
    const rows = answers.flatMap(({ cluster: one, answer }) =>
      answer.data
        .map((task) => ({ ...task }) as Record<string, unknown>)
        .filter((task) => taskOwner(task) === one.cluster.config.tokenUser)
        .filter((task) => !input.running || outcomeOf(task) === "running")
        .map((task): Row => {
          const upid = String(task.upid);
          return { cluster: one.name, task, jobId: context.jobs.idOf({ cluster: one.name, upid }, context.principal) };
        }),
    );
    return {
      data: columnar(
        COLUMNS as Columns<Row>,
        rows,
        ({ cluster: name, task }) => [-Number(task.starttime ?? 0), name, String(task.upid ?? "")],
        input,
        missing,
        clusterColumn(context, input.cluster),
      ),
    };
  },
});
