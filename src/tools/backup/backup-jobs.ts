import * as z from "zod";
import { getClusterBackup } from "../../../generated/clients/cluster-backup.ts";
import { getClusterBackupInfoNotBackedUp } from "../../../generated/clients/cluster-backup-info.ts";
import { getStorage } from "../../../generated/clients/storage.ts";
import type { ResourceSnapshot } from "../../pve/cluster.ts";
import { cell, cluster } from "../arguments.ts";
import { type Columns, columnar, listArguments, listOutput } from "../columnar.ts";
import type { ToolCluster } from "../context.ts";
import { defineTool } from "../contract.ts";
import { askClusters, clusterColumn, takeParts } from "../gather.ts";
import { type BackupJob, guestsOf, isEnabled, problemsOf, retentionOf, selectionOf } from "./job-coverage.ts";

interface Row {
  cluster: string;
  job: BackupJob;
  snapshot: ResourceSnapshot | undefined;
  retention: string | undefined;
}

const COLUMNS = {
  cluster: { value: (row: Row) => row.cluster, extra: true as const },
  id: { value: ({ job }: Row) => job.id },
  enabled: { value: ({ job }: Row) => isEnabled(job) },
  schedule: { value: ({ job }: Row) => job.schedule },
  // The list also computes it for jobs that never run.
  nextRun: { value: ({ job }: Row) => (isEnabled(job) ? timeOf(job["next-run"]) : undefined) },
  storage: { value: ({ job }: Row) => job.storage },
  guests: { value: ({ job }: Row) => selectionOf(job) },
  count: { value: ({ job, snapshot }: Row) => snapshot && guestsOf(job, snapshot).length },
  retention: { value: (row: Row) => row.retention },
  problems: { value: ({ job, snapshot }: Row) => (snapshot && problemsOf(job, snapshot).join("; ")) || undefined },
  mode: { value: ({ job }: Row) => job.mode, extra: true as const },
  compress: { value: ({ job }: Row) => job.compress, extra: true as const },
  comment: { value: ({ job }: Row) => job.comment, extra: true as const },
} satisfies Columns<Row>;

/** A guest that no job will save. */
interface Uncovered {
  cluster: string;
  vmid: number;
  name: string | undefined;
  type: string;
  node: string | undefined;
  why: "in no job" | "only in disabled jobs";
}

const UNCOVERED = {
  cluster: { value: (row: Uncovered) => row.cluster, extra: true as const },
  vmid: { value: (row: Uncovered) => row.vmid },
  name: { value: (row: Uncovered) => row.name },
  type: { value: (row: Uncovered) => row.type },
  node: { value: (row: Uncovered) => row.node },
  why: { value: (row: Uncovered) => row.why },
} satisfies Columns<Uncovered>;

/** Uncovered guests that one answer names. */
const SHOWN = 100;

export default defineTool({
  name: "proxmox_backup_jobs",
  title: "List backup jobs",
  description:
    "List scheduled backup jobs with next run, retention, the guests they take and what is wrong with them, and the guests that no job backs up.",
  toolset: "backup",
  class: "read",
  idempotent: true,
  input: z.strictObject({ cluster, ...listArguments(COLUMNS) }),
  output: z.object({
    ...listOutput,
    uncovered: z
      .object({ columns: z.array(z.string()), rows: z.array(z.array(cell)), total: z.int() })
      .optional()
      .describe("Guests that no enabled job takes; absent when that could not be had"),
  }),
  async run(context, input) {
    const { answers, missing } = await askClusters(context, input.cluster, async (one) => {
      const gaps: { part?: string; reason: string }[] = [];
      // Without the jobs themselves, nothing that is left would tell about them.
      const [{ data: jobs }, parts] = await Promise.all([
        getClusterBackup(one.send),
        takeParts(
          {
            uncovered: getClusterBackupInfoNotBackedUp(one.send),
            retention: getStorage(one.send),
            guests: one.cluster.resources.get(one.caller, { signal: context.signal }),
          },
          gaps,
        ),
      ]);
      return { gaps, jobs: jobs ?? [], ...parts };
    });
    const rows = answers.flatMap(({ cluster: one, answer }) => {
      const definitions =
        answer.retention && new Map((answer.retention.data ?? []).map((row) => [String(row.storage), { ...row }]));
      return answer.jobs.map(
        (job): Row => ({
          cluster: one.name,
          job,
          snapshot: answer.guests,
          retention: retentionOf(job, definitions),
        }),
      );
    });
    const uncovered = answers.flatMap(({ cluster: one, answer }) =>
      uncoveredBy(one, answer.uncovered?.data ?? [], answer.jobs, answer.guests),
    );
    const also = clusterColumn(context, input.cluster);
    const {
      columns,
      rows: shown,
      total,
    } = columnar(
      UNCOVERED as Columns<Uncovered>,
      uncovered,
      (row) => [row.cluster, row.vmid],
      { limit: SHOWN },
      [],
      also,
    );
    const gaps = answers.flatMap(({ cluster: { name }, answer }) =>
      answer.gaps.map((gap) => ({ cluster: name, ...gap })),
    );
    return {
      data: {
        ...columnar(
          COLUMNS as Columns<Row>,
          rows,
          (row) => [row.cluster, row.job.id],
          input,
          [...missing, ...gaps],
          also,
          JSON.stringify(shown).length,
        ),
        ...(answers.some(({ answer }) => answer.uncovered) ? { uncovered: { columns, rows: shown, total } } : {}),
      },
    };
  },
});

/** Guests in no job, as the server says, and those in disabled jobs only, which it counts as covered. */
function uncoveredBy(
  { name }: ToolCluster,
  none: readonly { vmid: number; name?: string; type: string }[],
  jobs: readonly BackupJob[],
  snapshot: ResourceSnapshot | undefined,
): Uncovered[] {
  const found = new Map<number, Uncovered>();
  for (const { vmid, type, name: guest } of none) {
    const id = Number(vmid);
    const node = snapshot?.guests.get(id)?.node;
    found.set(id, { cluster: name, vmid: id, name: guest, type, node, why: "in no job" });
  }
  if (snapshot === undefined) return [...found.values()];
  const saved = new Set(jobs.filter(isEnabled).flatMap((job) => guestsOf(job, snapshot).map(({ vmid }) => vmid)));
  for (const job of jobs.filter((one) => !isEnabled(one)))
    for (const { vmid, name: guest, type, node } of guestsOf(job, snapshot))
      if (!saved.has(vmid) && !found.has(vmid))
        found.set(vmid, { cluster: name, vmid, name: guest, type, node, why: "only in disabled jobs" });
  return [...found.values()];
}

function timeOf(seconds: unknown): string | undefined {
  const value = Number(seconds);
  return seconds === undefined || seconds === null || !(value > 0) ? undefined : new Date(value * 1000).toISOString();
}
