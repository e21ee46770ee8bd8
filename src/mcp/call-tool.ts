import type { CallToolResult } from "@modelcontextprotocol/server";
import type { ToolContext } from "../tools/context.ts";
import { TOOL_MODULES, type ToolModule, type ToolName } from "../tools/registry.ts";
import { toErrorResult, toResult } from "./answer.ts";
import { describeIssues, InvalidArgumentsError } from "./input-errors.ts";

/** Runs one tool: its module loads at its first call, its arguments are checked, every failure is an error result. */
export async function callTool(name: ToolName, args: unknown, context: ToolContext): Promise<CallToolResult> {
  try {
    const load: ToolModule = TOOL_MODULES[name];
    const { default: tool } = await load();
    const parsed = await tool.input.safeParseAsync(args ?? {}, { reportInput: true });
    if (!parsed.success) {
      throw new InvalidArgumentsError(name, describeIssues(parsed.error.issues, Object.keys(tool.input.shape)));
    }
    const answer = await tool.run(context, parsed.data);
    return toResult(answer.data, answer.failed);
  } catch (error) {
    return toErrorResult(error);
  }
}
