import * as z from "zod";
import { maskSecrets } from "../../access/index.ts";
import { BATCH_OPERATION, type ManifestEntry, type Params } from "../../schema/operation.ts";
import { change } from "../change.ts";
import { globMatches } from "../columnar.ts";
import type { ToolCluster, ToolContext } from "../context.ts";
import type { ToolAnswer } from "../contract.ts";
import { jobOutput, watchJob } from "../job-answer.ts";
import { planOutput } from "../plan.ts";
import { batchFailure } from "./batch-outcome.ts";
import { fitAnswer } from "./fit-answer.ts";

/** How much of an answer is wanted. */
export const pageArguments = {
  fields: z.array(z.string()).min(1).optional().describe("For a list: only these keys of each row"),
  offset: z.int().min(0).default(0).describe("For a list: first row"),
  limit: z.int().min(1).optional().describe("For a list: most rows"),
};

/** What a call of any operation answers with. */
export const callOutput = {
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
};

type Output = z.input<z.ZodObject<typeof callOutput>>;

/** How a call is sent, and which part of its answer is shown. */
export interface CallOptions {
  fields?: readonly string[];
  /** Globs by key: rows of a list that fit all of them. */
  filter?: Readonly<Record<string, string>>;
  offset: number;
  limit?: number;
  waitSeconds: number;
  dryRun: boolean;
}

/** Sends one operation, waits for its task, and answers within the budget. */
export async function sendCall(
  context: ToolContext,
  one: ToolCluster,
  { entry, params }: { entry: ManifestEntry; params: Params },
  given: CallOptions,
): Promise<ToolAnswer<Output>> {
  const head = { cluster: one.name, operation: entry.id };
  if (given.dryRun) {
    const { data } = await change(context, one, (send) => send(entry.id, params), given);
    return { data: { ...head, ...data } };
  }
  const answer = await one.send(entry.id, params);
  if (!entry.id.startsWith("GET ")) one.cluster.resources.invalidate();
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
  const failed = entry.id === BATCH_OPERATION ? batchFailure(answer.data) : undefined;
  // Masked before it is cut: half a secret is one too.
  const data = filtered(maskSecrets(answer.data), given.filter);
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
    ...(failed ? { failed } : {}),
  };
}

function filtered(data: unknown, filter: Readonly<Record<string, string>> = {}): unknown {
  const wanted = Object.entries(filter);
  if (!Array.isArray(data) || wanted.length === 0) return data;
  return data.filter((row: unknown) =>
    wanted.every(([key, glob]) => {
      const value = (row as Record<string, unknown> | null)?.[key];
      return value !== undefined && value !== null && globMatches(glob, String(value));
    }),
  );
}

/** The whole of an answer that is only shown in part; without it the answer can still be paged. */
function keepWhole(context: ToolContext, head: { cluster: string; operation: string }, data: unknown) {
  const file = { name: "answer.json", mimeType: "application/json", cluster: head.cluster };
  return context.artifacts.put({ ...file, data: { untrusted: ["data"], ...head, data } }).catch(() => undefined);
}
