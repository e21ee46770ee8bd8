import {
  type CallToolResult,
  CLIENT_CAPABILITIES_META_KEY,
  type InputRequiredResult,
  inputRequired,
  inputResponse,
  type Server,
  type ServerContext,
} from "@modelcontextprotocol/server";
import {
  aCall,
  cleanText,
  consentParams,
  type PlanDescription,
  type PlannedRequest,
  redactText,
} from "../access/index.ts";
import { ProxmoxMcpError } from "../errors/index.ts";
import type { Grant } from "../pve/gate.ts";
import { toErrorResult } from "./answer.ts";

/** Name of the question in `inputRequests` and `inputResponses`. */
const QUESTION = "confirm";

/** The person was asked and said no. */
class DeclinedError extends ProxmoxMcpError {
  constructor(action: "decline" | "cancel") {
    super({
      code: "confirmation-declined",
      message: `The question was ${action === "decline" ? "declined" : "dismissed"} in the client. Nothing was sent.`,
      next: "Do not repeat the call unless the person asks for it. Where nobody is there, the operator passes the planId of a dryRun to proxmox-mcp admin approve; then call again with planId and confirm.",
    });
  }
}

/** The call has to be confirmed, and the client cannot ask: the plan is the answer. */
class PlanError extends ProxmoxMcpError {
  constructor(plan: PlanToAsk, human: boolean) {
    const operations = [...new Set(plan.requests.map(({ operation }) => operation))];
    super({
      code: "confirmation-required",
      message: `${operations.join(", ")} is ${aCall(plan.class)}: a person has to confirm it. Nothing was sent.`,
      next:
        plan.planId === undefined
          ? `${plan.refusal ?? "There is no plan of it any more."} Call again, with dryRun to see why.`
          : human
            ? `Only a person may let it pass: the operator runs proxmox-mcp admin approve with the planId; then call again with the same arguments, planId, and confirm ${JSON.stringify(plan.confirm)}.`
            : `Show data.plan to the person who decides. Once they agree and have typed the name, call again with the same arguments, planId, and confirm ${JSON.stringify(plan.confirm)}.`,
      data: { plan },
    });
  }
}

/**
 * What is known of the caller's consent before the tool runs; throws when the person said no. Where the client can put
 * the question, only its answer counts: a name in the arguments may be the model's own, so the person is asked.
 */
export async function grantOf(
  context: ServerContext,
  args: Record<string, unknown>,
  { canAsk, isApproved }: { canAsk: boolean; isApproved(planId: string): Promise<boolean> },
): Promise<Grant | undefined> {
  const state = context.mcpReq.requestState<string>();
  const answer = inputResponse(context.mcpReq.inputResponses, QUESTION);
  if (canAsk && typeof state === "string" && answer.kind === "elicit") {
    if (answer.action !== "accept") throw new DeclinedError(answer.action);
    return { planId: state, by: "asked", name: String(answer.content?.name ?? "") };
  }
  if (typeof args.planId !== "string" || (canAsk && !(await isApproved(args.planId)))) return undefined;
  return { planId: args.planId, by: "typed", name: String(args.confirm ?? "") };
}

/** A plan, with what the tool knows of the change beside its requests. */
export type PlanToAsk = PlanDescription & { diff?: readonly object[]; warnings?: readonly string[] };

/** Puts the plan to the person: by the client's own question where it can ask one, else as an answer to show. */
export function askFor(
  plan: PlanToAsk,
  calls: readonly PlannedRequest[],
  options: { canAsk: boolean; human: boolean },
): CallToolResult | InputRequiredResult {
  if (!options.canAsk || plan.planId === undefined) return toErrorResult(new PlanError(plan, options.human));
  return inputRequired({
    inputRequests: {
      [QUESTION]: inputRequired.elicit({
        message: questionOf(plan, calls),
        requestedSchema: {
          type: "object",
          properties: { name: { type: "string", title: cleanText(`Type ${plan.confirm} to confirm`) } },
          required: ["name"],
        },
      }),
    },
    requestState: plan.planId,
  });
}

/** Whether the client declared that it can put a form to its user, in either era. */
export function canAsk(server: Server, context: ServerContext): boolean {
  const envelope = context.mcpReq.envelope as Record<string, unknown> | undefined;
  const declared = (envelope?.[CLIENT_CAPABILITIES_META_KEY] ?? server.getClientCapabilities()) as
    | { elicitation?: unknown }
    | undefined;
  const elicitation = declared?.elicitation as { form?: unknown; url?: unknown } | undefined;
  return elicitation !== undefined && (elicitation.form !== undefined || elicitation.url === undefined);
}

/** Characters of one value in a question. */
const LONGEST_VALUE = 1000;

/** Requests that a question spells out; of more it says how many there are. */
const SPELT_OUT = 6;

function questionOf(plan: PlanToAsk, calls: readonly PlannedRequest[]): string {
  const requests = calls
    .slice(0, SPELT_OUT)
    .flatMap(({ operation, params }, index) => [
      index === 0 ? `${operation} (${plan.class})` : `then ${operation}`,
      paramsText(params),
    ]);
  const more = calls.length - SPELT_OUT;
  const lines = [
    ...requests,
    ...(more > 0 ? [`and ${more} more requests; a dry run of the call shows all of them`] : []),
    ...[...(plan.warnings ?? []), ...(plan.consequences ?? [])].map((note) => `- ${note.replace(/\s+/g, " ")}`),
  ];
  // Names and notes of guests are in it, which others write.
  return redactText(cleanText(lines.filter(Boolean).join("\n")));
}

function paramsText(params: Readonly<Record<string, unknown>>): string {
  return Object.entries(consentParams(params))
    .map(([name, value]) => `${isPlain(name) ? name : JSON.stringify(name)}=${shown(value)}`)
    .join(", ");
}

function shown(value: unknown): string {
  const text = isPlain(value) ? String(value) : JSON.stringify(value);
  return text.length <= LONGEST_VALUE
    ? text
    : `${text.slice(0, LONGEST_VALUE)}… [cut: ${text.length} characters in all]`;
}

/** A text with line breaks could write lines of its own into the question. */
function isPlain(value: unknown): boolean {
  return typeof value !== "object" && !/[\r\n\u0085\u2028\u2029"]/.test(String(value));
}
