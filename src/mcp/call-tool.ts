import type { CallToolResult, InputRequiredResult } from "@modelcontextprotocol/server";
import { ConfirmationRequiredError } from "../access/index.ts";
import type { Grant } from "../pve/gate.ts";
import { confirmationArguments, isConfirmable } from "../tools/contract.ts";
import { TOOL_MODULES, type ToolModule, type ToolName } from "../tools/registry.ts";
import { toErrorResult, toResult } from "./answer.ts";
import { askFor } from "./confirmation.ts";
import type { CallContext } from "./services.ts";

/** What a call brings along beside its arguments. */
export interface CallConditions {
  context(grant: Grant | undefined, tool: ToolName): CallContext;
  /** The consent that came with the call; throws when the person said no. */
  grant(args: Record<string, unknown>): Promise<Grant | undefined>;
  /** The client can put a question to its user. */
  canAsk: boolean;
  /** Only a person may confirm. */
  human: boolean;
}

const loaded = new Map<ToolName, ReturnType<ToolModule>>();

/** Importing it again would cost each call some microseconds. */
function toolModule(name: ToolName): ReturnType<ToolModule> {
  const module = loaded.get(name) ?? (TOOL_MODULES[name] as ToolModule)();
  loaded.set(name, module);
  return module;
}

/**
 * Runs one tool: its module loads at its first call, its arguments are checked, every failure is an error result, and
 * a call that the gate wants confirmed becomes a question or a plan.
 */
export async function callTool(
  name: ToolName,
  given: Record<string, unknown>,
  conditions: CallConditions,
): Promise<CallToolResult | InputRequiredResult> {
  try {
    const { default: tool } = await toolModule(name);
    const args = { ...given };
    const known = Object.keys(tool.input.shape);
    const grant = await conditions.grant(args);
    for (const argument of Object.keys(confirmationArguments.shape)) delete args[argument];
    if (isConfirmable(tool)) known.push(...Object.keys(confirmationArguments.shape));
    const parsed = await tool.input.safeParseAsync(args, { reportInput: true });
    if (!parsed.success) {
      const { describeIssues, InvalidArgumentsError } = await import("./input-errors.ts");
      throw new InvalidArgumentsError(name, describeIssues(parsed.error.issues, known));
    }
    const delegated = await tool.delegate?.(parsed.data);
    if (delegated) {
      // The consent that came along is for what is called in the end.
      const consent = Object.keys(confirmationArguments.shape).filter((argument) => given[argument] !== undefined);
      const args = {
        ...delegated.arguments,
        ...Object.fromEntries(consent.map((argument) => [argument, given[argument]])),
      };
      return await callTool(delegated.tool as ToolName, args, conditions);
    }
    const context = conditions.context(grant, name);
    try {
      const answer = await tool.run(context, parsed.data);
      return toResult(answer.data, answer.failed, answer.artifact);
    } catch (error) {
      if (!(error instanceof ConfirmationRequiredError)) throw error;
      const { cluster, calls } = error.planned;
      const plan = { ...(await context.cluster(cluster).plan(calls)), ...error.notes };
      return askFor(plan, calls, conditions);
    }
  } catch (error) {
    return toErrorResult(error);
  }
}
