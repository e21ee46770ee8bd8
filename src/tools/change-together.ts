import { ConfirmationRequiredError } from "../access/index.ts";
import { ProxmoxMcpError } from "../errors/index.ts";
import type { Answer } from "../schema/operation.ts";
import { type ChangeNotes, capture, change, isUpid, type Request, requireValid } from "./change.ts";
import type { ToolCluster, ToolContext } from "./context.ts";
import { type JobEnd, watchJob } from "./job-answer.ts";
import type { Plan } from "./plan.ts";

/** What became of one request: refused, or answered, and how far its task is, if it started one. */
export type Outcome = { error: ProxmoxMcpError } | { answer: Answer; end?: JobEnd };

/**
 * Makes changes that do not depend on each other: planned, or put to a person, as a whole; then all are sent, whatever
 * becomes of the others, and their tasks are waited for at the same time.
 */
export async function changeTogether(
  context: ToolContext,
  one: ToolCluster,
  requests: readonly Request[],
  input: { dryRun: boolean; waitSeconds: number },
  notes: ChangeNotes = {},
): Promise<{ plan: Plan } | { outcomes: Outcome[] }> {
  if (input.dryRun) {
    const { plan } = (await change(context, one, requests, input, notes)).data;
    return { plan: plan! };
  }
  const calls = await Promise.all(requests.map(capture));
  const sent: (Answer | ProxmoxMcpError)[] = [];
  try {
    await requireValid(calls);
    await one.intend(calls);
    for (const request of requests) sent.push(await attempt(request, one, sent.length === 0));
  } catch (error) {
    if (error instanceof ConfirmationRequiredError) {
      if (notes.warnings?.length) error.notes.warnings = [...notes.warnings];
    }
    throw error;
  }
  const outcomes = await Promise.all(
    sent.map(async (answer): Promise<Outcome> => {
      if (answer instanceof ProxmoxMcpError) return { error: answer };
      return isUpid(answer.data)
        ? { answer, end: await watchJob(context, one, answer.data, input.waitSeconds) }
        : { answer };
    }),
  );
  return { outcomes };
}

/**
 * Sends one of several; its refusal does not keep the others from being sent. Only of the first may it be asked whether
 * it is wanted: later the question would hide what has been sent.
 */
async function attempt(request: Request, one: ToolCluster, isFirst: boolean): Promise<Answer | ProxmoxMcpError> {
  try {
    return await request(one.send);
  } catch (error) {
    if (!(error instanceof ProxmoxMcpError)) throw error;
    if (isFirst && error instanceof ConfirmationRequiredError) throw error;
    return error;
  }
}
